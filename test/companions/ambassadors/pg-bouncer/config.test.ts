import { pgBouncerScript, renderPgBouncer } from '../../../../src/companions/ambassadors/pg-bouncer/config';

test('databases and settings stand in sections of their own, and what is undefined is left out', () => {
  const databases = [{ name: '*', connection: { host: 'db', dbname: undefined, user: "it's me" } }];
  expect(renderPgBouncer(databases, { listen_port: 5432, unix_socket_dir: '', auth_query: undefined })).toBe(
    "[databases]\n* = host=db user='it''s me'\n\n[pgbouncer]\nlisten_port = 5432\nunix_socket_dir =\n",
  );
});

test('the script becomes PgBouncer, which then has no password in its environment', () => {
  const script = pgBouncerScript('/run/users', '/etc/pool.ini');
  expect(script).toMatch(/^#!\/bin\/sh\nset -eu\numask 077\n/);
  expect(script).toMatch(/unset PGBOUNCER_USER PGBOUNCER_PASSWORD\nexec pgbouncer \/etc\/pool\.ini\n$/);
});
