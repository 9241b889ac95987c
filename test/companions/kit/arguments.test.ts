import { type ArgumentRules, argumentsOf, flagOf } from '../../../src/companions/kit/arguments';

const RULES: ArgumentRules = {
  ...{ kind: 'App', name: 'app', own: ['port', 'tls'], letters: { p: 'port', t: 'token' }, secret: ['key-text'] },
  remedy: 'mount it',
};

test.each([
  ['--port=1', 'port'],
  ['--no-tls', 'tls'],
  ['-web.path=a=b', 'web.path'],
  ['--noise', 'noise'],
])('%s is the flag "%s"', (argument, flag) => {
  expect(flagOf(argument)).toBe(flag);
});

test('arguments that contradict nothing are copied', () => {
  const more = ['--log.level=warn', '-v', '--ports', '--url=http://a/?b=c'];
  expect(argumentsOf(RULES, more)).toEqual(more);
  expect(argumentsOf(RULES, more)).not.toBe(more);
  expect(argumentsOf(RULES)).toEqual([]);
});

const OWN = 'is set by the companion itself; leave it out, or use its prop';
const SECRET = 'would show a credential to all who may read the pod; mount it';

test.each([
  ['acme', 'argument "acme" of "app" is no flag; pass each as `--flag=value`'],
  ['', 'argument "" of "app" is no flag; pass each as `--flag=value`'],
  ['--port=1', `argument "--port" of "app" ${OWN}`],
  ['-port=1', `argument "-p" of "app" ${OWN}`],
  ['-p1', `argument "-p" of "app" ${OWN}`],
  ['--no-tls', `argument "--no-tls" of "app" ${OWN}`],
  ['-thidden', `argument "-t" of "app" ${SECRET}`],
  ['--db-password=hidden', `argument "--db-password" of "app" ${SECRET}`],
  ['--key-text=hidden', `argument "--key-text" of "app" ${SECRET}`],
  ['--dsn=postgresql://me:hidden@db', `argument "--dsn" of "app" ${SECRET}`],
  ['--url=http://a/?token=hidden', `argument "--url" of "app" ${SECRET}`],
])('fails with "%s"', (argument, message) => {
  expect(() => argumentsOf(RULES, ['--fine', argument])).toThrow(new Error(`[App] ${message}`));
});
