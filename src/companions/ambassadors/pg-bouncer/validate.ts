import { findRepeated } from '../../../private/lists';
import { validatePort } from '../../../private/ports';
import { findCredential } from '../../../software/credentials';
import { validateHost } from '../../../software/hosts';
import type { PgBouncerDatabase, PgBouncerProps } from './index';

/** Settings that turn the verification of PostgreSQL on. */
const VERIFYING = /^verify-/;

/**
 * Finds what is wrong with the settings of PgBouncer: it would not start, or would show a credential.
 *
 * @param own settings that the other props say
 */
export function validatePgBouncer(name: string, props: PgBouncerProps, own: readonly string[]): string[] {
  return [
    ...validateDatabases(name, props),
    ...validatePgBouncerSettings(name, props.settings ?? {}, own),
    ...validateTls(name, props),
  ];
}

function validateDatabases(name: string, { databases }: PgBouncerProps): string[] {
  return [
    ...(databases.length === 0 ? [`\`databases\` of "${name}" is empty; pass at least one`] : []),
    ...findRepeated(databases, (database) => database.name).map(
      (database) => `database "${database.name}" stands twice in \`databases\` of "${name}"; list it once`,
    ),
    ...databases.flatMap(validateDatabase),
  ];
}

function validateDatabase({ name, host, port = 5432, database, user }: PgBouncerDatabase): string[] {
  const texts = Object.entries({ database, user });
  const lines = texts.filter(([, text]) => text !== undefined && !/^[^\r\n]+$/.test(text));
  return [
    ...(/^([\w.-]+|\*)$/.test(name)
      ? []
      : [`database name "${name}" cannot stand in the configuration; use letters, digits, "_", "." and "-", or "*"`]),
    ...validatePort(`\`port\` ${port} of database "${name}"`, port),
    ...host
      .split(/, */)
      .filter((each) => !/^[/@]\S+$/.test(each))
      .flatMap((each) => validateHost(each, ` of database "${name}"`)),
    ...lines.map(([prop]) => `\`${prop}\` of database "${name}" is empty or more than one line; pass one line`),
  ];
}

function validatePgBouncerSettings(
  name: string,
  settings: { readonly [setting: string]: string },
  own: readonly string[],
): string[] {
  const secret = findCredential(settings);
  return [
    ...Object.entries(settings).flatMap(([setting, value]) =>
      /^\w+$/.test(setting) && /^[^\r\n]*$/.test(value)
        ? []
        : [`setting "${setting}" of "${name}" is not one line; pass a name of letters and "_", and one line`],
    ),
    ...Object.keys(settings)
      .filter((setting) => own.includes(setting))
      .map((setting) => `setting "${setting}" of "${name}" is set by the companion itself; use the prop that says it`),
    ...(secret === undefined
      ? []
      : [`setting "${secret}" of "${name}" would show a credential in a ConfigMap; pass it with \`credentials\``]),
  ];
}

function validateTls(name: string, { tlsMode, ca }: PgBouncerProps): string[] {
  const verifies = VERIFYING.test(tlsMode ?? '');
  if (verifies && !ca) {
    return [`\`tlsMode\` ${tlsMode} of "${name}" verifies PostgreSQL, but nobody says against whom; pass \`ca\``];
  }
  return ca && !verifies
    ? [`"${name}" has \`ca\`, but verifies nobody; pass \`tlsMode\` VERIFY_CA or VERIFY_FULL too`]
    : [];
}
