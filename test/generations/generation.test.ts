import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { adaptPackage, adaptText, toPackageName } = require('../../tools/generation-names.cjs');
const { compareYaml } = require('./compare.cjs');

const ROOT = join(__dirname, '../..');
const PACKAGE = JSON.parse(read('package.json'));
const GENERATIONS: Record<string, { lowest: string }> = JSON.parse(read('tools/generations.json'));
const OTHERS = Object.keys(GENERATIONS).filter((generation) => generation !== '28');

test('the generations that live are 28, and those from the one that `cdk8s init` writes up to the newest that we test', () => {
  const { dependencies } = JSON.parse(read('node_modules/cdk8s-cli/package.json'));
  const numbers = (names: object) =>
    Object.keys(names).flatMap((name) => (/^cdk8s-plus-(\d+)$/.exec(name) ?? []).slice(1).map(Number));
  const [first] = numbers(dependencies);
  const newest = Math.max(...numbers(PACKAGE.devDependencies));
  const alive = Array.from({ length: newest - first! + 1 }, (_, index) => first! + index);
  expect(Object.keys(GENERATIONS)).toEqual(['28', ...alive.map(String)]);
});

test('the lowest cdk8s-plus of each generation is the one that is installed and tested', () => {
  for (const [generation, { lowest }] of Object.entries(GENERATIONS)) {
    expect([generation, PACKAGE.devDependencies[`cdk8s-plus-${generation}`]]).toEqual([generation, lowest]);
    expect(JSON.parse(read(`node_modules/cdk8s-plus-${generation}/package.json`)).version).toBe(lowest);
  }
  expect(PACKAGE.peerDependencies['cdk8s-plus-28']).toBe(`^${GENERATIONS['28']!.lowest}`);
});

test.each(OTHERS)('the package for cdk8s-plus-%s differs by its names alone', (generation) => {
  const { name, scripts, peerDependencies, devDependencies, jsii, ...others } = adaptPackage(PACKAGE, generation);
  expect(name).toBe(`cdk8s-pod-patterns-${generation}`);
  expect(peerDependencies).toEqual({
    cdk8s: PACKAGE.peerDependencies.cdk8s,
    [`cdk8s-plus-${generation}`]: `^${GENERATIONS[generation]!.lowest}`,
    constructs: PACKAGE.peerDependencies.constructs,
  });
  expect(Object.keys(devDependencies)).not.toContain('cdk8s-plus-28');
  expect(jsii).toEqual({
    ...PACKAGE.jsii,
    targets: {
      python: { distName: name, module: `cdk8s_pod_patterns_${generation}` },
      java: {
        package: `io.github.cdk8spodpatterns${generation}`,
        maven: { groupId: 'io.github.cdk8s-pod-patterns', artifactId: name },
      },
      go: { moduleName: PACKAGE.jsii.targets.go.moduleName, packageName: `podpatterns${generation}` },
      dotnet: { namespace: `Cdk8sPodPatterns${generation}`, packageId: `Cdk8sPodPatterns${generation}` },
    },
  });
  expect({ name: 'cdk8s-pod-patterns', ...others }).toMatchObject({ version: PACKAGE.version, bin: PACKAGE.bin });
});

test('28 is the package as it stands', () => {
  expect(toPackageName('28')).toBe(PACKAGE.name);
  expect(adaptPackage(PACKAGE, '28')).toBe(PACKAGE);
});

test.each([
  ["import { FastApp } from 'cdk8s-pod-patterns';", "import { FastApp } from 'cdk8s-pod-patterns-33';"],
  ["import 'cdk8s-pod-patterns/testing/jest';", "import 'cdk8s-pod-patterns-33/testing/jest';"],
  ["import * as kplus from 'cdk8s-plus-28';", "import * as kplus from 'cdk8s-plus-33';"],
  ['npm install cdk8s-pod-patterns cdk8s cdk8s-plus-28', 'npm install cdk8s-pod-patterns-33 cdk8s cdk8s-plus-33'],
  ['package: ./node_modules/cdk8s-pod-patterns', 'package: ./node_modules/cdk8s-pod-patterns-33'],
  ['from cdk8s_plus_28 import Pod', 'from cdk8s_plus_33 import Pod'],
  ['from cdk8s_pod_patterns import FastApp', 'from cdk8s_pod_patterns_33 import FastApp'],
  ['pip install cdk8s-pod-patterns', 'pip install cdk8s-pod-patterns-33'],
  ['<artifactId>cdk8s-pod-patterns</artifactId>', '<artifactId>cdk8s-pod-patterns-33</artifactId>'],
  ['import io.github.cdk8spodpatterns.FastApp;', 'import io.github.cdk8spodpatterns33.FastApp;'],
  ['import org.cdk8s.plus28.Pod;', 'import org.cdk8s.plus33.Pod;'],
  [
    'kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"',
    'kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus33/v2"',
  ],
  [
    '"github.com/cdk8s-pod-patterns/cdk8s-pod-patterns-go/podpatterns"',
    '"github.com/cdk8s-pod-patterns/cdk8s-pod-patterns-go/podpatterns33"',
  ],
  [
    'podpatterns.NewFluentBit(&podpatterns.FluentBitProps{',
    'podpatterns33.NewFluentBit(&podpatterns33.FluentBitProps{',
  ],
  ["'^cdk8s-pod-patterns$': '<rootDir>/src'", "'^cdk8s-pod-patterns-33$': '<rootDir>/src'"],
])('%s is adapted', (text, adapted) => {
  expect(adaptText(text, '33')).toBe(adapted);
});

test.each([
  "'cdk8s-pod-patterns/ignore': 'image-tag: ours'",
  "const CHECKSUM = 'cdk8s-pod-patterns/config-checksum';",
  'Usage: cdk8s-pod-patterns <command> [options]',
  'https://github.com/cdk8s-pod-patterns/cdk8s-pod-patterns#readme',
  '<groupId>io.github.cdk8s-pod-patterns</groupId>',
  '`cdk8s_pod_patterns_33`, `io.github.cdk8spodpatterns33`, `podpatterns33`',
  'uses: cdk8s-pod-patterns/cdk8s-pod-patterns@v0.1.0',
])('%s is no name of the package, and stays', (text) => {
  expect(adaptText(text, '33')).toBe(text);
});

test('rows of tables in Markdown stay, as they tell the generations apart', () => {
  const text = "| `cdk8s-plus-28` | `'cdk8s-pod-patterns'` |\ncdk8s-plus-28\n";
  expect(adaptText(text, '33', true)).toBe(text.replace('\ncdk8s-plus-28', '\ncdk8s-plus-33'));
});

test('README has a row for each generation, with its peer, its package, and the versions of Node.js that CI has', () => {
  const [, node] = /node: \[(.*)\]/.exec(read('.github/workflows/ci.yml'))!;
  for (const [generation, { lowest }] of Object.entries(GENERATIONS)) {
    const [row] = read('README.md').match(new RegExp(`^\\|.*\`cdk8s-plus-${generation}\`.*$`, 'm')) ?? [];
    const cells = ['1.29 and later', `\`cdk8s-plus-${generation}\` from ${lowest} on`, `1.${generation}`];
    expect(row).toBe(`| ${[...cells, `\`${toPackageName(generation)}\``, node].join(' | ')} |`);
  }
});

test('the differences of each other generation are written down', () => {
  const differences = JSON.parse(read('test/generations/differences.json'));
  expect(Object.keys(differences)).toEqual(OTHERS);
});

describe('the comparison of YAML', () => {
  const pod = (spec: string) => `kind: Pod\nmetadata: {name: web}\nspec: ${spec}\n`;

  test.each([
    ['{a: 1}', '{a: 1}', []],
    ['{a: 1}', '{a: 2, b: false}', ['Pod spec.a: 1 -> 2', 'Pod spec.b: nothing -> false']],
    ['{a: [{b: 1}, {b: 1}]}', '{a: [{b: 1}, {}]}', ['Pod spec.a[].b: 1 -> nothing']],
    ['{a: [1]}', '{a: {b: 1}}', ['Pod spec.a: [1] -> {"b":1}']],
    ['{a: 1, b: 2}', '{b: 2, a: 1}', ['Pod spec: the order of its fields']],
  ])('of %s and %s', (one, other, expected) => {
    expect(compareYaml(pod(one), pod(other))).toEqual(expected);
  });

  test('tells of objects that are not the same', () => {
    expect(compareYaml(pod('{}'), `${pod('{}')}---\n${pod('{}')}`)).toEqual(['objects: Pod/web -> Pod/web,Pod/web']);
  });
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
