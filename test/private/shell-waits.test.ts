import { isLoopbackHost, listAwaitedHosts } from '../../src/private/shell-waits';

/** The places that a shell script waits for, each as one word. */
function waitsOf(script: string, env: object[] = [], command = ['sh', '-c']): string[] {
  const awaited = listAwaitedHosts({ command: [...command, script], env });
  return awaited.map(({ host, port }) => `${host}:${port ?? ''}`);
}

test.each([
  ['until nc -z localhost 5432; do sleep 1; done; ./migrate', 'localhost:5432'],
  ['until nc -z -w 2 db 5432\ndo\n  sleep 1\ndone', 'db:5432'],
  ['while ! nc -z db.shop.svc 5432; do sleep 1; done', 'db.shop.svc:5432'],
  ['set -eu; echo "waiting for it"; sleep 5; until nc -z db 5432; do echo .; done', 'db:5432'],
  ['until wget -qO- http://api:8080/healthz >/dev/null 2>&1; do sleep 1; done', 'api:8080'],
  ['until curl -sf https://api/healthz; do sleep 1; done', 'api:443'],
  ['until curl -sf http://api; do sleep 1; done', 'api:80'],
  ['until pg_isready -h db -p 5433; do sleep 1; done', 'db:5433'],
  ['until pg_isready --host=db --port=5433; do sleep 1; done', 'db:5433'],
  ['until (echo > /dev/tcp/db/5432) 2>/dev/null; do sleep 1; done', 'db:5432'],
  ['until pg_isready -h 127.0.0.1; do sleep 1; done', '127.0.0.1:5432'],
  ['while ! /usr/bin/mysqladmin ping --host=db; do sleep 1; done', 'db:3306'],
  ['until nslookup db; do sleep 1; done', 'db:'],
  ['until nc -z ::1 5432; do sleep 1; done', '::1:5432'],
  ['while true\ndo\n  nc -z db 5432 && break\n  sleep 1\ndone', 'db:5432'],
  ['while :; do echo waiting; if nc -z db 5432 2>&1; then break; fi; sleep 1; done', 'db:5432'],
  ['for i in $(seq 30); do\n  if nc -z db 5432; then exit 0; fi\n  sleep 1\ndone\necho no\nexit 1', 'db:5432'],
  ["timeout 60 sh -c 'until nc -z db 5432; do sleep 1; done' && ./migrate", 'db:5432'],
  ["set -e\ntimeout -s INT 60 bash -c 'until nc -z db 5432; do sleep 1; done'\n./migrate", 'db:5432'],
  ['until npx wait-on tcp:db:5432; do sleep 1; done', 'db:5432'],
  ['until psql "postgres://shop@127.0.0.1:5432/shop" -c "select 1"; do sleep 1; done', '127.0.0.1:5432'],
])('the script %j waits for %s', (script, place) => {
  expect(waitsOf(script)).toContain(place);
});

test.each([
  ['no loop', 'nc -z localhost 5432'],
  ['a loop that ends by itself', 'for i in 1 2 3; do nc -z localhost 5432; done'],
  ['attempts that may fail', 'for i in 1 2 3; do nc -z localhost 5432 && exit 0; sleep 1; done; ./start'],
  ['an endless loop of more', 'while true; do nc -z localhost 5432 || ./start && break; done'],
  ['a time after which it goes on', "timeout 60 sh -c 'until nc -z localhost 5432; do sleep 1; done'; ./start"],
  ['a server of its own first', 'postgres & until pg_isready -h localhost -p 5432; do sleep 1; done'],
  ['a start first', 'pg_ctl start; until pg_isready -h localhost -p 5432; do sleep 1; done'],
  ['an alternative', 'until nc -z db 5432 || nc -z localhost 5432; do sleep 1; done'],
  ['a loop without an end', 'until nc -z localhost 5432'],
])('a script with %s waits for nothing that is known', (_, script) => {
  expect(waitsOf(script)).toEqual([]);
});

test('variables have the values that the container states, however they are written', () => {
  const env = [{ name: 'HOST', value: 'db' }, { name: 'PORT', value: '5432' }, { name: 'KEY' }];
  expect(waitsOf('until nc -z $HOST $PORT; do :; done', env)).toContain('db:5432');
  expect(waitsOf('until nc -z "$' + '{HOST}" "$(PORT)"; do :; done', env)).toContain('db:5432');
  expect(waitsOf('until nc -z $KEY 1; do :; done', env).join()).not.toContain('undefined');
});

test('a client of PostgreSQL asks the server that its variables name, and the address of the pod is that of the pod', () => {
  const env = [
    { name: 'PGHOST', value: 'db' },
    { name: 'PGPORT', value: 5433 },
  ];
  expect(waitsOf('until pg_isready -U shop; do :; done', env)).toContain('db:5433');
  expect(waitsOf('until psql -c "select 1"; do :; done', [{ name: 'PGHOST', value: 'db' }])).toContain('db:5432');
  expect(waitsOf('until pg_isready -h other; do :; done', env)).not.toContain('db:5433');
  expect(waitsOf('until pg_isready; do :; done').join()).not.toContain('PGHOST');
  const address = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };
  expect(waitsOf('until nc -z $POD_IP 80; do :; done', [address])).toContain('127.0.0.1:80');
});

test('a wait that gives up says so', () => {
  const script = 'until nc -z db 5432; do sleep 1; done';
  const boundsOf = (...command: string[]) => listAwaitedHosts({ command }).map(({ isBounded = false }) => isBounded);
  expect(new Set(boundsOf('timeout', '60', 'sh', '-c', script))).toEqual(new Set([true]));
  expect(new Set(boundsOf('sh', '-c', `timeout 60 sh -c '${script}'`))).toEqual(new Set([true]));
  expect(new Set(boundsOf('sh', '-c', script))).toEqual(new Set([false]));
});

test('a script is the argument of a shell, in the command or in the arguments', () => {
  const script = 'until nc -z db 5432; do :; done';
  expect(waitsOf(script, [], ['/bin/bash', '-ec'])).toContain('db:5432');
  expect(listAwaitedHosts({ args: ['sh', '-c', script] }).length).toBeGreaterThan(0);
  expect(listAwaitedHosts({ command: ['sh', '-c'], args: [script] }).length).toBeGreaterThan(0);
  expect(waitsOf(script, [], ['app', '-c'])).toEqual([]);
  expect(listAwaitedHosts({ command: 'sh -c x', env: 7 })).toEqual([]);
  expect(listAwaitedHosts({})).toEqual([]);
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['[::1]', true],
  ['db', false],
  ['localhost.example.com', false],
])('whether %s is the pod itself: %s', (host, isItself) => {
  expect(isLoopbackHost(host)).toBe(isItself);
});
