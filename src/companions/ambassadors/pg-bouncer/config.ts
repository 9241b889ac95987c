/** Settings of PgBouncer by name; what is undefined is left out. */
export type Settings = Readonly<Record<string, string | number | undefined>>;

/** A database as clients ask for it. */
export interface Database {
  readonly name: string;
  /** Its connection string, part by part. */
  readonly connection: Settings;
}

/**
 * The configuration of PgBouncer.
 *
 * @see https://www.pgbouncer.org/config.html
 */
export function renderPgBouncer(databases: readonly Database[], settings: Settings): string {
  const lines = [
    '[databases]',
    ...databases.map(({ name, connection }) => `${name} = ${toConnectionString(connection)}`),
    '',
    '[pgbouncer]',
    ...listGivenSettings(settings).map(([name, value]) => `${name} = ${value}`.trimEnd()),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Writes the authentication file from the environment and becomes PgBouncer. The file is written anew at each start, so
 * that it never keeps the password of a Secret that was changed since.
 */
export function renderPgBouncerScript(userList: string, config: string): string {
  return `#!/bin/sh
set -eu
umask 077
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"; }
printf '%s %s\\n' "$(quoted "$PGBOUNCER_USER")" "$(quoted "$PGBOUNCER_PASSWORD")" >${userList}
unset PGBOUNCER_USER PGBOUNCER_PASSWORD
exec pgbouncer ${config}
`;
}

function toConnectionString(connection: Settings): string {
  return listGivenSettings(connection)
    .map(
      ([name, value]) => `${name}=${/^[\w.:,/-]+$/.test(String(value)) ? value : quoteConnectionValue(String(value))}`,
    )
    .join(' ');
}

function quoteConnectionValue(value: string): string {
  return `'${value.replace(/'/g, "''")}'`;
}

function listGivenSettings(settings: Settings): [string, string | number][] {
  return Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
