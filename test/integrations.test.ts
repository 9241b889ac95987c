import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readRequest } from '../src/rules/command/arguments';

const ROOT = join(__dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { version } = JSON.parse(read('package.json'));

test('what CI servers and hooks install is this version', () => {
  const files = ['action.yml', 'diff/action.yml', 'templates/pod-rules.yml', '.pre-commit-hooks.yaml'];
  const named = files.flatMap((file) => read(file).match(/cdk8s-pod-patterns@[\w.-]+/g) ?? []);
  expect(named).toEqual(files.map(() => `cdk8s-pod-patterns@${version}`));
  const readme = [...read('README.md').matchAll(/(?:cdk8s-pod-patterns(?:\/diff)?@v|pod-rules@|rev: v)(\d[\w.-]*)/g)];
  expect(readme.map(([, other]) => other)).toEqual([version, version, version, version]);
});

test.each(['action.yml', 'diff/action.yml'])('the inputs of %s are those that its steps read', (file) => {
  const { inputs, runs } = parse(read(file));
  const used = JSON.stringify(runs).match(/(?<=\$\{\{ inputs\.)[\w-]+/g);
  expect(new Set(used)).toEqual(new Set(Object.keys(inputs)));
  // What a user says must never be a part of a script.
  expect(runs.steps.filter(({ run }: { run: string }) => run.includes('${{'))).toEqual([]);
});

test('the inputs of the template are those that its job reads', () => {
  const [{ spec }, job] = parseAllDocuments(read('templates/pod-rules.yml')).map((document) => document.toJS());
  const used = JSON.stringify(job).match(/(?<=\$\[\[ inputs\.)[\w-]+/g);
  expect(new Set(used)).toEqual(new Set(Object.keys(spec.inputs)));
});

test('the options that they pass are known', () => {
  const texts = ['action.yml', 'templates/pod-rules.yml', '.pre-commit-hooks.yaml'].map(read).join('\n');
  const commands = texts.split('\n').filter((line) => /pod_rules"|bin\/pod-rules|options[+=]|pod-rules --/.test(line));
  const options = commands.join('\n').match(/(?<=pod-rules.*|options.*)--(?!package|yes)[a-z][a-z-]+/g)!;
  expect(options.length).toBeGreaterThan(5);
  for (const option of options.filter((name) => !/^--(?:no-|legacy|prefix)/.test(name))) {
    const value = { '--format': ['junit'], '--fail-on': ['never'], '--severity': ['info'] }[option] ?? [];
    const isFlag = ['--summary', '--partial'].includes(option);
    expect(() => readRequest([option, ...(isFlag ? [] : value.length > 0 ? value : ['x'])])).not.toThrow();
  }
});
