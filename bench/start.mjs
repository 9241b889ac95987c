// How long it takes until an app runs: loading this library beside loading cdk8s-plus, and the ways to launch a small app.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleave, milliseconds, ratio, runCommand, runJob, table } from './measure.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

const BOTH = ['cdk8s-plus-28', '<root>'];
const MODULES = {
  '`constructs`': { modules: ['constructs'] },
  '`cdk8s`': { modules: ['cdk8s'] },
  '`cdk8s-plus-28`': { modules: ['cdk8s-plus-28'] },
  '`cdk8s-plus-28` and `cdk8s-pod-patterns`': { modules: BOTH },
  'both, and a `FastApp` is used': { modules: BOTH, names: ['FastApp'] },
  'both, and a pattern is used': { modules: BOTH, names: ['WebWithLogAgentDeployment'] },
};

const APP = `import { App, Chart } from 'cdk8s';
import { WebWithLogAgentPod } from '../lib/src/index';

const app: App = new App();
new WebWithLogAgentPod(new Chart(app, 'my-app'), 'my-app');
app.synth();
`;

export async function report({ quick }) {
  return [...(await loading(quick ? 3 : 15)), '', ...(await launching(quick ? 1 : 7))];
}

async function loading(rounds) {
  const tasks = Object.values(MODULES).map((options) => () => runJob('load', options));
  const results = await interleave(tasks, rounds);
  const plus = results[2].cpu;
  return [
    '## Loading',
    '',
    ...table(
      ['`require` of', 'CPU ms', 'wall ms', 'CPU beside cdk8s-plus-28'],
      Object.keys(MODULES).map((name, index) => [
        ...[
          name,
          milliseconds(results[index].cpu),
          milliseconds(results[index].wall),
          ratio(results[index].cpu / plus),
        ],
      ]),
    ),
    '',
    `Target: this library adds at most 15 %: ${verdict(results[3].cpu / plus)}; with a pattern used: ${verdict(results[5].cpu / plus)}.`,
  ];
}

function verdict(times) {
  return times <= 1.15 ? 'held' : `MISSED (${ratio(times)})`;
}

async function launching(rounds) {
  const folder = mkdtempSync(join(ROOT, 'bench-launch-'));
  try {
    writeFileSync(join(folder, 'main.ts'), APP);
    writeFileSync(join(folder, 'main.js'), compiled());
    const modes = Object.entries(launches(folder)).filter(([, { needs }]) => !needs || isInstalled(needs));
    const env = { ...process.env, CDK8S_OUTDIR: join(folder, 'dist'), CDK8S_CHECK_UPGRADE: 'false' };
    const tasks = modes.map(
      ([, { args }]) =>
        () =>
          runCommand(process.execPath, args, { cwd: folder, env }),
    );
    const results = await interleave(tasks, rounds);
    return [
      '## Launching a small app',
      '',
      ...table(
        ['how', 'CPU ms', 'wall ms', 'CPU beside precompiled'],
        modes.map(([name], index) => {
          const { cpu, wall } = results[index];
          return [name, milliseconds(cpu), milliseconds(wall), ratio(cpu / results[0].cpu)];
        }),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Ways to run a program in TypeScript, as far as they are installed. */
function launches(folder) {
  const bin = (name) => join(ROOT, 'node_modules', name);
  return {
    '`node main.js`, precompiled': { args: ['main.js'] },
    '`node -r @swc-node/register main.ts`': {
      needs: '@swc-node/register',
      args: ['-r', '@swc-node/register', 'main.ts'],
    },
    '`tsx main.ts`': { needs: 'tsx', args: ['--import', 'tsx', 'main.ts'] },
    '`ts-node --transpile-only main.ts`': { needs: 'ts-node', args: [bin('ts-node/dist/bin.js'), '-T', 'main.ts'] },
    '`ts-node main.ts`': { needs: 'ts-node', args: [bin('ts-node/dist/bin.js'), 'main.ts'] },
    '`cdk8s synth`, of `node main.js`': {
      ...{
        needs: 'cdk8s-cli',
        args: [bin('cdk8s-cli/bin/cdk8s'), 'synth', '--app', `node ${join(folder, 'main.js')}`],
      },
    },
  };
}

function compiled() {
  const { transpileModule, ModuleKind, ScriptTarget } = require('typescript');
  return transpileModule(APP, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } })
    .outputText;
}

function isInstalled(name) {
  return existsSync(join(ROOT, 'node_modules', name));
}
