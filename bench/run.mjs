// Measures and prints tables of ratios. Without arguments all topics, which are written to RESULTS.md; else the topics that are
// named. `--quick` measures each thing once, in small, and writes nothing.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';

const TOPICS = ['synth', 'peers', 'patterns', 'start', 'rules'];

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const named = args.filter((arg) => !arg.startsWith('--'));
const topics = named.length === 0 ? TOPICS : named;
const parts = [heading()];
for (const topic of topics) {
  const { report } = await import(`./${topic}.mjs`);
  const lines = await report({ quick });
  console.log(`\n${lines.join('\n')}`);
  parts.push(lines.join('\n'));
}
if (!quick && named.length === 0) {
  writeFileSync(new URL('RESULTS.md', import.meta.url), `${parts.join('\n\n')}\n`);
}

function heading() {
  const [{ model }] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `# Results

Written by \`npm run bench\` on ${date}: ${cpus().length} cores of ${model.trim()}, Node ${process.versions.node},
${versions().join(', ')}. Each measurement is a process of its own; what is compared takes turns. Medians; read the ratios.`;
}

function versions() {
  const require = createRequire(import.meta.url);
  const packages = ['cdk8s', 'cdk8s-plus-28', 'constructs'].map((name) => {
    const text = readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8');
    return `${name} ${JSON.parse(text).version}`;
  });
  return [...packages, `yaml ${require('yaml/package.json').version}`, ...tools()];
}

function tools() {
  const commands = { jsonnet: ['--version'], kubectl: ['version', '--client'], helm: ['version', '--short'] };
  return Object.entries(commands).flatMap(([name, options]) => {
    const { status, stdout } = spawnSync(name, options, { encoding: 'utf8' });
    return status === 0 ? [`${name} ${/v?\d+\.\d+\.\d+/.exec(stdout)?.[0]}`] : [];
  });
}
