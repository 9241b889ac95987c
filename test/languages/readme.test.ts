import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { LANGUAGES, toLanguageReadme } = require('../../tools/language-readme.cjs');

const ROOT = join(__dirname, '../..');
const SOURCE = 'https://example.com/blob/v1/';
const README = read('README.md');

/** The languages that README shows, with the names of their sources. */
const SHOWN = { python: '.py', java: '.java', go: '.go' };

describe.each(Object.keys(LANGUAGES))('the README of the package for %s', (language) => {
  const readme = toLanguageReadme(README, language, SOURCE);

  test('has samples in its language alone', () => {
    const fences = [...readme.matchAll(/^```(\w*)$/gm)].map(([, fence]) => fence!).filter((fence) => fence !== '');
    expect(LANGUAGES[language].fences).toEqual(expect.arrayContaining(fences));
    expect(fences.length).toBeGreaterThan(0);
    expect(readme).not.toMatch(/^import \{|^const \w+ = |=> \{/m);
  });

  test('is short of what is for Node.js alone, and leads to it', () => {
    expect(readme).not.toMatch(/npm (ci|install)|vitest/i);
    expect(readme).toContain(`(${SOURCE}README.md)`);
    expect(readme).toContain('## What there is\n');
    expect(readme).toContain('## What it guarantees\n');
  });

  test('has no link that leads to a file beside it', () => {
    expect([...readme.matchAll(/\]\((?!https?:|#)[^)]*\)/g)]).toEqual([]);
  });
});

test.each(Object.entries(SHOWN))('the sample of README in %s is an app that the tests run', (language, extension) => {
  const samples = [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text!,
  );
  const folder = join('test/languages', language);
  const sources = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => read(join(folder, file)));
  expect(samples.length).toBeGreaterThan(0);
  expect(samples.filter((sample) => !sources.includes(sample))).toEqual([]);
});

test('the names of the packages in README are those of package.json', () => {
  const { version, jsii } = JSON.parse(read('package.json'));
  const { python, java, go } = jsii.targets;
  expect(README).toContain(`pip install ${python.distName}\n`);
  expect(README).toContain(`from ${python.module} import`);
  expect(README).toContain(`<artifactId>${java.maven.artifactId}</artifactId>\n  <version>${version}</version>`);
  expect(README).toContain(`<groupId>${java.maven.groupId}</groupId>`);
  expect(README).toContain(`import ${java.package}.`);
  expect(README).toContain(`go get ${go.moduleName}/${go.packageName}\n`);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
