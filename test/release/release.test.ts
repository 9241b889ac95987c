import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ask, git, ROOT } from './support';

const NAMED: readonly string[] = ask('release/version.mjs', 'Object.keys(NAMED_IN)');
const CURRENT = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
/** The version of the repositories of these tests. */
const VERSION = '0.1.0';
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n- More.\n';

// Each test starts programs, which takes long on a busy machine.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A repository with all that names the version, and this changelog. */
function createRepository(changelog = CHANGELOG): void {
  for (const file of ['package.json', ...NAMED]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), readFileSync(join(ROOT, file), 'utf8').replaceAll(CURRENT, VERSION));
  }
  const lock = { name: 'a', version: VERSION, lockfileVersion: 3, packages: { '': { version: VERSION } } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  git(folder, 'init', '-q');
  commit();
}

function commit(): void {
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'state');
}

function prepare(version: string): string {
  const call = `(() => { try { prepareRelease(${JSON.stringify(folder)}, ${JSON.stringify(version)}, '2026-11-30'); return ''; } catch (error) { return error.message; } })()`;
  return ask('release/prepare.mjs', call);
}

const state = (env = {}) => ask('release/state.mjs', `readState(${JSON.stringify(folder)}, ${JSON.stringify(env)})`);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

describe('versions', () => {
  test.each([
    [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.1.0',
      '1.10.0',
      '2.0.0',
    ],
  ])('have the order of SemVer', (...versions) => {
    const sorted = ask(
      'release/version.mjs',
      `${JSON.stringify([...versions].reverse())}.sort((a, b) => compareVersions(a, b))`,
    );
    expect(sorted).toEqual(versions);
  });

  test.each(['1.0', 'v1.0.0', '01.0.0', '1.0.0-01', '1.0.0-', '', '1.0.0+build'])('"%s" is none', (text) => {
    createRepository();
    expect(prepare(text)).toBe(`"${text}" is no version, such as 1.2.3 or 1.2.3-rc.1`);
  });
});

describe('prepare', () => {
  test('writes a version into every file that names it, and its section', () => {
    createRepository();
    expect(prepare('0.2.0')).toBe('');
    expect(read('CHANGELOG.md')).toBe('# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-11-30)\n\n- More.\n');
    expect(JSON.parse(read('package.json')).version).toBe('0.2.0');
    expect(JSON.parse(read('package-lock.json')).version).toBe('0.2.0');
    for (const file of NAMED) {
      expect([file, read(file).includes('0.2.0')]).toEqual([file, true]);
      const changed = git(folder, 'diff', '--unified=0', '--', file).match(/^[-+](?![-+]).*/gm)!;
      const gone = changed
        .filter((line) => line.startsWith('-'))
        .map((line) => line.slice(1).replaceAll(VERSION, '0.2.0'));
      expect(gone).toEqual(changed.filter((line) => line.startsWith('+')).map((line) => line.slice(1)));
    }
    commit();
    expect(state().problems).toEqual([]);
  });

  test('leaves no other file behind that names the version for users', () => {
    const pattern = `(cdk8s-pod-patterns|pod-rules)@v?${CURRENT.replaceAll('.', '\\.')}`;
    const { stdout } = spawnSync('git', ['grep', '-lE', pattern, '--', ':!test'], { cwd: ROOT, encoding: 'utf8' });
    expect(stdout.split('\n').filter((file) => file !== '' && !NAMED.includes(file))).toEqual([]);
  });

  test('takes the version that is there as the first one', () => {
    createRepository();
    expect(prepare(VERSION)).toBe('');
    expect(read('CHANGELOG.md')).toContain(`## ${VERSION} (2026-11-30)`);
    expect(prepare(VERSION)).toBe(`${VERSION} is not after ${VERSION}, which is the version of package.json`);
  });

  test.each([
    ['0.0.9', CHANGELOG, `0.0.9 is not after ${VERSION}, which is the version of package.json`],
    ['0.2.0', '# Changelog\n\n## Unreleased\n', 'CHANGELOG.md has nothing under "## Unreleased"'],
    ['0.2.0', `${CHANGELOG}\n## 0.2.0 (2026-01-01)\n\n- A.\n`, 'CHANGELOG.md has a section 0.2.0 already'],
    [
      '0.1.1',
      `${CHANGELOG}\n### Breaking\n\n- A.\n`,
      'what is unreleased has "### Breaking", and 0.1.0 to 0.1.1 is a patch version',
    ],
    ['0.2.0', `${CHANGELOG}\n### Breaking\n\n- A.\n`, ''],
    ['1.0.0', `${CHANGELOG}\n### Breaking\n\n- A.\n`, ''],
  ])('%s after %j', (version, changelog, problem) => {
    createRepository(changelog);
    expect(prepare(version)).toBe(problem);
    expect(git(folder, 'status', '--porcelain') === '').toBe(problem !== '');
  });
});

describe('the state of the sources', () => {
  test('without a tag is rehearsed, with the notes of what is unreleased', () => {
    createRepository();
    expect(state()).toEqual({ version: VERSION, notes: '- More.', isPrerelease: false, problems: [] });
  });

  test('with a tag has the version, the notes, and nothing else', () => {
    createRepository();
    prepare('1.0.0-rc.1');
    commit();
    git(folder, 'tag', 'v1.0.0-rc.1');
    const expected = { version: '1.0.0-rc.1', tag: 'v1.0.0-rc.1', notes: '- More.', isPrerelease: true, problems: [] };
    expect(state()).toEqual(expected);
  });

  test('tells all that is wrong', () => {
    createRepository();
    writeFileSync(
      join(folder, 'action.yml'),
      read('action.yml').replace(`cdk8s-pod-patterns@${VERSION}`, 'cdk8s-pod-patterns@9.9.9'),
    );
    expect(state({ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v7.0.0' }).problems).toEqual([
      `the tag is v7.0.0, and package.json has ${VERSION}`,
      `CHANGELOG.md has no section "## ${VERSION} (<date>)"; \`npm run release -- prepare\` writes it`,
      `action.yml names 9.9.9, and package.json ${VERSION}`,
      'the tree is not clean:\n M action.yml',
    ]);
  });

  // Generations of the package are tested as copies, which are no repositories.
  (existsSync(join(ROOT, '.git')) ? test : test.skip)('of this project names one version', () => {
    const problems: string[] = ask('release/state.mjs', `readState(${JSON.stringify(ROOT)}, {}).problems`);
    expect(problems.filter((problem) => / names /.test(problem))).toEqual([]);
  });
});

test('packages for Maven and Go lack nothing that their registries ask for', () => {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('java/a/a.pom', '<project><name/><description><url><licenses><developers></project>');
  write('java/a/a.jar', '');
  write('go/podpatterns/go.mod', 'module a');
  write('go/podpatterns/version', '1.0.0');
  expect(ask('release/validate.mjs', `validateMaven(${JSON.stringify(join(folder, 'java'))})`)).toEqual([
    `${folder}/java/a/a.pom has no <name>`,
    `${folder}/java/a/a.pom has no <scm>`,
    `${folder}/java/a/a-sources.jar is missing`,
    `${folder}/java/a/a-javadoc.jar is missing`,
  ]);
  expect(ask('release/validate.mjs', `validateGo(${JSON.stringify(join(folder, 'go'))})`)).toEqual([
    `${folder}/go/podpatterns has no LICENSE`,
    `${folder}/go/podpatterns has no README.md`,
  ]);
});

test('a release has a package of each generation, and this project makes the first', () => {
  const generations = Object.keys(JSON.parse(readFileSync(join(ROOT, 'tools/generations.json'), 'utf8')));
  const [first, ...others] = ask('release/packages.mjs', "listProjects('/this', '/stage')");
  expect(first).toEqual({ generation: '28', name: expect.stringMatching(/^cdk8s-pod-patterns/), folder: '/this' });
  expect(others.map(({ generation }: any) => generation)).toEqual(generations.slice(1));
  expect(others.every(({ name, folder }: any) => folder === join('/stage', name))).toBe(true);
});

test.each([
  [[], 2, 'The uploads are made by .github/workflows/release.yml alone'],
  [['publish'], 2, 'Usage: npm run release'],
  [['prepare'], 2, 'Usage: npm run release'],
  [
    ['--dry-run', '--languages', 'perl'],
    1,
    'release: "perl" is no language that is built (known: python, java, go, dotnet)',
  ],
  [['--nope'], 1, "release: Unknown option '--nope'"],
])('%j is told what to do', (args, code, message) => {
  const { status, stderr } = spawnSync('node', [join(ROOT, 'tools/release.mjs'), ...args], { encoding: 'utf8' });
  expect(status).toBe(code);
  expect(stderr).toContain(message);
});

describe('the diff of the API', () => {
  const diff = () => execFileSync('node', [join(ROOT, 'tools/api-diff.mjs'), 'main', folder], { encoding: 'utf8' });
  const report = (lines: string[]) =>
    `# API\n\n\`\`\`ts\nclass Alloy {\n  constructor();\n}\n\ninterface Other {\n${lines.map((line) => `  ${line}\n`).join('')}}\n\`\`\`\n`;

  function change(before: string[], after: string[]): void {
    git(folder, 'init', '-q', '-b', 'main');
    mkdirSync(join(folder, 'docs'));
    writeFileSync(join(folder, 'docs/api.md'), report(before));
    commit();
    git(folder, 'checkout', '-qb', 'mine');
    writeFileSync(join(folder, 'docs/api.md'), report(after));
    git(folder, 'commit', '-qam', 'mine', '--allow-empty');
    git(folder, 'checkout', '-q', 'main');
    writeFileSync(join(folder, 'docs/api.md'), report([...before, 'readonly later: string;']));
    git(folder, 'commit', '-qam', 'later');
    git(folder, 'checkout', '-q', 'mine');
  }

  test('is what the branch itself changed, with the type that it belongs to', () => {
    change(['readonly a: string;'], ['readonly a: string;', 'readonly b?: string;']);
    expect(diff()).toMatch(/^### API\n\nNew lines: 1, none is gone: a minor version\.\n\n````diff\n@@/);
    expect(diff()).toContain(' interface Other {\n   readonly a: string;\n+  readonly b?: string;\n');
    expect(diff()).not.toContain('Alloy {');
    expect(diff()).not.toContain('later');
  });

  test('says that a line which is gone may break something', () => {
    change(['readonly a: string;'], ['readonly a: number;']);
    expect(diff()).toContain('New lines: 1, gone or changed: 1. A major version, unless');
  });

  test('may be none', () => {
    change(['readonly a: string;'], ['readonly a: string;']);
    expect(diff()).toBe('### API\n\nNo signature changed.\n');
  });
});
