import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDiff } from '../../src/diff/command/main';
import { terminal } from '../rules/command/support';

const FOLDER = join(__dirname, 'pairs');
const PAIRS = readdirSync(FOLDER);

/** What the command prints for two files, by their bare names. */
async function show(pair: string, ...options: string[]) {
  const connected = terminal();
  const [old, next] = ['old', 'new'].map((name) => join(FOLDER, pair, `${name}.yaml`));
  const code = await runDiff([old!, next!, ...options], connected);
  return { code, text: (connected.stdout.text + connected.stderr.text).split(`${join(FOLDER, pair)}/`).join('') };
}

test('there are pairs of all kinds, each with a word on why it is there', () => {
  expect(PAIRS.length).toBeGreaterThan(60);
  const headers = PAIRS.map((pair) => readFileSync(join(FOLDER, pair, 'old.yaml'), 'utf8').split('\n')[0]);
  expect(headers.filter((header) => !/^# .{10,}/.test(header!))).toEqual([]);
});

test.each(PAIRS)('%s does what is expected', async (pair) => {
  const { code, text } = await show(pair);
  const file = join(FOLDER, pair, 'expected.txt');
  if (process.env.UPDATE_GOLDEN && (!existsSync(file) || readFileSync(file, 'utf8') !== text)) {
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
  expect(code).toBe(/^nothing changes/.test(text) ? 0 : 1);
});

test('the sample of README is what the command prints', () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const [, sample] = /\$ npx cdk8s-pod-patterns diff main -- k8s\n([\s\S]*?)^```/m.exec(readme)!;
  const expected = readFileSync(join(FOLDER, 'config-map-checksum/expected.txt'), 'utf8');
  expect(sample).toBe(expected.split('new.yaml').join('k8s/web.yaml'));
});
