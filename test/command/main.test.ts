import { runVerb, VERBS } from '../../src/command/main';
import { terminal } from '../rules/command/support';

async function call(...args: string[]) {
  const connected = terminal({ input: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
  const code = await runVerb(args, connected);
  return { code, out: connected.stdout.text, err: connected.stderr.text };
}

test.each([[], ['--help'], ['-h'], ['help']])('%j lists all commands', async (...args) => {
  const { code, out, err } = await call(...args.flat());
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const [name, { summary }] of Object.entries(VERBS)) {
    expect(out.replace(/ +/g, ' ')).toContain(` ${name} ${summary}\n`);
  }
});

test.each(Object.keys(VERBS))('%s tells all about itself, whichever way it is asked', async (name) => {
  const { code, out } = await call(name, '--help');
  expect(code).toBe(0);
  expect(out).toContain(`cdk8s-pod-patterns ${name} [options]`);
  expect((await call('help', name)).out).toBe(out);
});

test('a command gets its arguments and gives its exit code', async () => {
  expect(await call('check', '-')).toEqual({ code: 0, out: 'no findings in 1 object\n', err: '' });
  expect((await call('check', '--nope')).code).toBe(2);
});

test('the version is that of the package', async () => {
  expect((await call('--version')).out).toMatch(/^\d+\.\d+\.\d+/);
});

test.each([
  ['chekc', 'unknown command "chekc"; did you mean "check"?'],
  ['manifests/', 'unknown command "manifests/"'],
  ['toString', 'unknown command "toString"'],
])('%s is no command', async (name, message) => {
  expect(await call(name)).toEqual({
    code: 2,
    out: '',
    err: `cdk8s-pod-patterns: ${message}\nTry "cdk8s-pod-patterns --help".\n`,
  });
});
