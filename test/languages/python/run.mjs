import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = ['build', 'mypy'];
const BROKEN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: broken}\ndta: {}\n';

/** Builds the wheel, installs it with what it asks for, and runs apps, type check and commands. */
export function checkPython({ root, folder, made, run, check, note, compare }) {
  const bin = join(folder, 'venv/bin');
  run('python3', ['-m', 'venv', join(folder, 'venv')]);
  run(join(bin, 'pip'), ['install', '--quiet', ...TOOLS]);
  run(join(bin, 'python'), ['-m', 'build', '--wheel'], { cwd: made });
  const [wheel] = readdirSync(join(made, 'dist'));
  run(join(bin, 'pip'), ['install', '--quiet', join(made, 'dist', wheel)]);
  const installed = run(join(bin, 'pip'), ['list', '--format', 'freeze']).match(/^(cdk8s|constructs|jsii)\S*/gm);
  note(`python: published ${installed.filter((name) => !name.includes('pod-patterns')).join(', ')}`);

  const apps = join(root, 'test/languages/python');
  compare(join(bin, 'python'), [], { cwd: apps, env: { PYTHONDONTWRITEBYTECODE: '1' } }, ['app.py', 'shop.py']);
  const cache = ['--cache-dir', join(folder, 'mypy')];
  check(
    'python: mypy --strict has nothing to say',
    /no issues found/.test(run(join(bin, 'mypy'), ['--strict', ...cache, apps])),
  );
  checkCommands(bin, folder, check);
}

/** The commands that the wheel installs, on a file and on standard input. */
function checkCommands(bin, folder, check) {
  writeFileSync(join(folder, 'broken.yaml'), BROKEN);
  for (const [command, ...args] of [['pod-rules'], ['cdk8s-pod-patterns', 'check']]) {
    const call = (...rest) =>
      spawnSync(join(bin, command), [...args, ...rest], { cwd: folder, encoding: 'utf8', input: BROKEN });
    const [file, input] = [call('broken.yaml'), call('-')];
    const isFound = [file, input].every(({ status, stdout }) => status === 1 && /unknown-field/.test(stdout));
    check(`python: \`${[command, ...args].join(' ')}\` finds an error, and exits with 1`, isFound);
  }
}
