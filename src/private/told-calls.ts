import { posix } from 'node:path';
import type { LocalCall } from './local-calls';

/** Settings of what a program reports to, without which it does its work. */
const REPORTS =
  /otel|otlp|trac|jaeger|zipkin|metric|statsd|telemetry|sentry|datadog|^dd_|apm|collector|push|(^|[-_.])log/;
/** Flags whose value may only go into a file that is written for others. */
const RENDERED = /upstream|backend|template|render|proxy/;
/** Settings and schemes that nothing but the client of a database has. */
const DATABASE = /database|(^|_)db(_|$)|^pg|postgres|mysql|maria|mongo|redis|sql|dsn|amqp|rabbit|datastore/;
/** Programs that work on files and call nobody. */
const FILE_TOOLS =
  /^(chown|chmod|cp|mv|mkdir|ln|tar|gzip|gunzip|unzip|rm|touch|cat|echo|printf|sed|awk|envsubst|tee|sleep|true|test|\[|sysctl|iptables|ip|mount|install|dd|find|ls|id|env|set|export|cd|umask|git|openssl|keytool|jq|yq|date)$/;
/** Words of a container that works on a database. */
const MIGRATES = /migrat|seed|init-?db|create-?db|\bdb:\w|alembic|flyway|liquibase|prisma|knex|goose|dbmate|sqitch/i;
type ToldCall = Pick<LocalCall, 'name' | 'scheme'>;

/** Whether a program works on files and calls nobody. */
export function isFileTool(program: string): boolean {
  return FILE_TOOLS.test(posix.basename(program));
}

/** Whether a script does more than work on files. */
export function canCall(script: string): boolean {
  const statements = script.split(/\n|;|&&|\|\||\||\bdo\b|\bthen\b/);
  return statements.some((statement) => {
    const [program = ''] = statement.trim().split(/\s+/);
    return program !== '' && !/^(#|if|for|while|until|done|fi|else)/.test(program) && !isFileTool(program);
  });
}

/** The calls without which a program does not do its work, of those that its flags tell it of. */
export function pickNeededByFlags<T extends ToldCall>(calls: readonly T[]): T[] {
  return calls.filter(({ name }) => !RENDERED.test(name) && !REPORTS.test(name));
}

/**
 * The databases that variables name. Many init containers have the variables of the main one and need none of them, so that it
 * counts only where something says that the container works on the database, or where nobody else has the variable.
 *
 * @param words name, image and command line of the container
 */
export function pickNeededByVariables<T extends ToldCall>(
  calls: readonly T[],
  words: readonly string[],
  isShared: (call: T) => boolean,
): T[] {
  const databases = calls.filter(
    ({ name, scheme = '' }) => (DATABASE.test(name) || DATABASE.test(scheme)) && !REPORTS.test(name),
  );
  const isMigration = databases.length > 0 && words.some((word) => MIGRATES.test(word));
  return databases.filter((call) => isMigration || !isShared(call));
}
