import { listAskedPorts } from '../../../private/shell-waits';
import { type ContainerScript, findContainerScript } from '../../configs/container-script';
import { type Call, listLocalCalls } from '../../model/calls';
import { isShell, toProgramName } from '../../model/commands';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';

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
const MIGRATES = /migrat|seed|schema|init-?db|create-?db|alembic|flyway|liquibase|prisma|knex|goose|sql|database/i;
/** Words with which a script decides, goes round or goes on beside. */
const CONTROL = /(?:^|[\s;&(])(?:if|for|while|until|case|do|function|trap)\s|<<|\|/;

/** A port of the pod that an init container is told to call, so that it fails where nobody listens. */
export interface ToldPort {
  readonly port: number;
  readonly at: Field;
}

/** The ports of the pod that an init container is told to call. What may be for others, or may fail without harm, does not count. */
export function listToldPorts(container: ContainerView, pod: PodView, set: ManifestSet): ToldPort[] {
  if (isShell(container.commandLine)) {
    const script = findContainerScript(container, pod, set);
    const asked = script ? listScriptPorts(script, container) : [];
    return asked.length > 0 || !canCall(script?.text ?? '') ? asked : listVariablePorts(container, pod);
  }
  if (FILE_TOOLS.test(toProgramName(container.commandLine))) {
    return [];
  }
  const flags = listLocalCalls(container).filter(
    ({ isVariable, name }) => !isVariable && !RENDERED.test(name) && !REPORTS.test(name),
  );
  return [...flags, ...listVariablePorts(container, pod)];
}

/** The ports that a plain script asks: one whose commands run one after the other as long as each does its work. */
function listScriptPorts({ text, at }: ContainerScript, container: ContainerView): ToldPort[] {
  const script = text.replace(/^#!.*\n/, '').trim();
  const [, strict, rest = script] = /^(set\s+-\w*e\w*[^\n;]*[\n;])?([\s\S]*)$/.exec(script) ?? [];
  if (CONTROL.test(rest)) {
    return [];
  }
  const statements = rest.split(strict ? /\n|;|&&/ : /&&/).map((statement) => statement.trim());
  return statements
    .filter((statement) => !FILE_TOOLS.test(toProgramName(statement.split(/\s+/))) && !/>/.test(statement))
    .flatMap((statement) => listAskedPorts(statement.split(/\s+/), container.field.at('env').value))
    .map((port) => ({ port, at }));
}

/** Whether a script does more than work on files. */
function canCall(script: string): boolean {
  const statements = script.split(/\n|;|&&|\|\||\||\bdo\b|\bthen\b/);
  return statements.some((statement) => {
    const [program = ''] = statement.trim().split(/\s+/);
    return (
      program !== '' &&
      !/^(#|if|for|while|until|done|fi|else)/.test(program) &&
      !FILE_TOOLS.test(toProgramName([program]))
    );
  });
}

/**
 * The databases that variables name. Many init containers have the variables of the main one and need none of them, so that it
 * counts only where something says that the container works on the database, or where nobody else has the variable.
 */
function listVariablePorts(container: ContainerView, pod: PodView): ToldPort[] {
  const calls = listLocalCalls(container).filter(
    ({ isVariable, name, scheme = '' }) =>
      isVariable && (DATABASE.test(name) || DATABASE.test(scheme)) && !REPORTS.test(name),
  );
  const words = [container.field.at('name').text ?? '', container.image, ...container.commandLine];
  const isMigration = calls.length > 0 && words.some((word) => MIGRATES.test(word));
  return calls.filter((call) => isMigration || !isShared(call, container, pod));
}

function isShared({ name }: Call, container: ContainerView, { all }: PodView): boolean {
  return all.some(
    (other) => other !== container && listLocalCalls(other).some((call) => call.isVariable && call.name === name),
  );
}
