// Runs what must hold before a change lands, all at once: types, lint, build and API report beside jest, which has all cores
// that the others leave. Arguments go to jest: `npm test -- test/pod`. Its output is shown as it comes, that of the others
// where they fail. None of them may leave anything in the system's temporary folder.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const TEMPORARY = mkdtempSync(join(tmpdir(), 'test-'));
const SHELL = {
  cwd: ROOT,
  env: {
    ...process.env,
    PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    TMPDIR: TEMPORARY,
  },
};

const steps = await Promise.all([
  step('build', 'sh', ['-c', `${scripts.build} && ${scripts.props} --check && ${scripts.api} --check`]),
  step('typecheck', 'sh', ['-c', scripts.typecheck]),
  step('lint', 'sh', ['-c', scripts.lint]),
  step('jest', 'jest', ['--maxWorkers=100%', ...process.argv.slice(2)], 'inherit'),
]);

for (const { name, output, failed, seconds } of steps) {
  console.log(`${failed ? `\n${output}FAILED` : 'ok'} ${name} (${seconds.toFixed(0)} s)`);
}
const left = readdirSync(TEMPORARY);
rmSync(TEMPORARY, { recursive: true });
if (left.length > 0) {
  console.log(`FAILED: left in the temporary folder: ${left.join(', ')}`);
}
process.exitCode = left.length > 0 || steps.some(({ failed }) => failed) ? 1 : 0;

function step(name, command, args, stdio = 'pipe') {
  const start = performance.now();
  const output = [];
  const child = spawn(command, args, { ...SHELL, stdio: ['ignore', stdio, stdio] });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => output.push(piece));
  }
  return new Promise((resolve) => {
    const end = (failed) =>
      resolve({ name, failed, output: Buffer.concat(output), seconds: (performance.now() - start) / 1000 });
    child.on('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      end(true);
    });
    child.on('close', (code) => end(code !== 0));
  });
}
