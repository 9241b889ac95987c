import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findGeneration, GENERATION_NAMES, GENERATIONS, toPackageName } from '../../src/init/generations';
import { runInit } from '../../src/init/main';
import { listProjectFiles } from '../../src/init/template';
import { USAGE } from '../../src/init/usage';
import { folderOf, Kept } from '../rules/command/support';

const ROOT = join(__dirname, '../..');
const start = process.cwd();

afterEach(() => process.chdir(start));

function call(...args: string[]) {
  const [stdout, stderr] = [new Kept(), new Kept()];
  const code = runInit(args, { stdout, stderr });
  return { code, out: stdout.text, err: stderr.text };
}

function failure(message: string) {
  return { code: 2, out: '', err: `cdk8s-pod-patterns init: ${message}\nTry "cdk8s-pod-patterns init --help".\n` };
}

/** An empty folder, which is where the call is made. */
function enter(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderOf(files);
  process.chdir(folder);
  return folder;
}

const list = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

const SHARED =
  `.gitignore README.md cdk8s.yaml chart.test.ts chart.ts jest.config.js main.ts package.json pod-rules.yaml
  tsconfig.json`.split(/\s+/);

test.each([
  [[], ['.github/workflows/ci.yml']],
  [['--pipeline', 'github'], ['.github/workflows/ci.yml']],
  [['--pipeline', 'gitlab'], ['.gitlab-ci.yml']],
  [['--pipeline=none'], []],
])('%j writes a project with its pipeline', (options, pipeline) => {
  const folder = enter();
  const { code, out, err } = call('shop', ...options);
  const files = [...pipeline, ...SHARED].sort();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(list(join(folder, 'shop'))).toEqual(files);
  expect(out).toBe(`Wrote shop into shop:
${files.map((file) => `  ${file}\n`).join('')}
Next:
  cd shop
  npm install
  npm test
  npm run synth
  npm run check
`);
});

test('the project is named after its folder, or as it is told', () => {
  const folder = enter();
  call('team/shop');
  call('.', '--name', 'web-1');
  for (const [path, name] of Object.entries({ 'team/shop': 'shop', '.': 'web-1' })) {
    const read = (file: string) => readFileSync(join(folder, path, file), 'utf8');
    expect(JSON.parse(read('package.json')).name).toBe(name);
    expect(read('main.ts')).toContain(`new WebChart(app, '${name}');`);
    expect(read('README.md')).toMatch(new RegExp(`^# ${name}\n`));
  }
  expect(list(folder).filter((file) => readFileSync(join(folder, file), 'utf8').includes('my-app'))).toEqual([]);
});

test('a folder that must be quoted is', () => {
  enter();
  expect(call('my folder', '--name', 'shop').out).toContain('\n  cd "my folder"\n');
});

test('what is there stays, and nothing is written beside it', () => {
  const folder = enter({ 'shop/chart.ts': 'mine', 'shop/LICENSE': 'mine, too' });
  symlinkSync('nowhere', join(folder, 'shop/README.md'));
  expect(call('shop')).toEqual(
    failure(
      'shop already has README.md, chart.ts, and nothing is overwritten; name another folder, or move what is there',
    ),
  );
  expect(readdirSync(join(folder, 'shop')).sort()).toEqual(['LICENSE', 'README.md', 'chart.ts']);
  expect(readFileSync(join(folder, 'shop/chart.ts'), 'utf8')).toBe('mine');
});

test('this folder is called so', () => {
  enter({ 'main.ts': 'mine' });
  expect(call('--name', 'shop').err).toContain('this folder already has main.ts, and nothing');
  enter();
  expect(call('--name', 'shop').out).toMatch(/^Wrote shop into this folder:\n[\s\S]*\nNext:\n {2}npm install\n/);
});

test('files of another name are no hindrance, such as those of git', () => {
  const folder = enter({ '.git/HEAD': '', LICENSE: 'mine' });
  expect(call('--name', 'shop').code).toBe(0);
  expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe('mine');
});

test('help is told', () => {
  expect(call('--help', 'shop')).toEqual({ code: 0, out: USAGE, err: '' });
});

test.each([
  [['a', 'b'], 'takes one folder, not 2: a, b'],
  [['--nmae', 'a'], 'unknown option "--nmae"; did you mean "--name"?'],
  [['--pipeline', 'jenkins'], '`--pipeline` cannot be "jenkins" (known: github, gitlab, none)'],
  [['--cdk8s-plus', '29'], '`--cdk8s-plus` cannot be "29" (known: 28, 33, 34)'],
  [
    ['--name', 'Shop'],
    '`--name` "Shop" must be lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
  [['--name', '1st'], '`--name` "1st" must begin with a letter'],
  [['--name', 'a'.repeat(64)], `\`--name\` "${'a'.repeat(64)}" has 64 characters, and at most 63 are allowed`],
  [['1st'], 'the name of the folder, "1st", must begin with a letter to name the project; pass `--name`'],
  [
    ['--name', 'cdk8s'],
    '`--name` "cdk8s" is a package that the project needs, and npm installs none into a project of its name',
  ],
])('%j cannot be carried out', (args, message) => {
  const folder = enter();
  expect(call(...args)).toEqual(failure(message));
  expect(readdirSync(folder)).toEqual([]);
});

test('a file in the way of the folder is named', () => {
  enter({ shop: 'a file' });
  expect(call('shop', '--pipeline', 'none')).toEqual(failure('cannot write shop/.gitignore: file already exists'));
});

(process.getuid?.() === 0 ? test.skip : test)('a folder that nobody may write is named', () => {
  const folder = enter();
  mkdirSync(join(folder, 'shop'));
  chmodSync(join(folder, 'shop'), 0o555);
  expect(call('shop').err).toContain('permission denied');
});

test('every generation that there is can be chosen, and the newest or own one is where none is', () => {
  const built = JSON.parse(readFileSync(join(ROOT, 'tools/generations.json'), 'utf8'));
  expect(Object.keys(GENERATIONS)).toEqual(Object.keys(built));
  const { name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(findGeneration()).toBe(/-(\d+)$/.exec(name)?.[1] ?? '34');
  const folder = enter();
  call('shop', '--cdk8s-plus', '33');
  expect(readFileSync(join(folder, 'shop/chart.ts'), 'utf8')).toContain("from 'cdk8s-plus-33'");
});

describe.each(GENERATION_NAMES)('the project for cdk8s-plus-%s', (generation) => {
  const files = new Map(
    listProjectFiles({ folder: '.', name: 'my-app', pipeline: 'github', generation }).map(({ path, text }) => [
      path,
      text,
    ]),
  );
  const project = JSON.parse(files.get('package.json')!);
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { lowest } = JSON.parse(readFileSync(join(ROOT, 'tools/generations.json'), 'utf8'))[generation];
  const library = toPackageName(generation);

  test('installs this version of the library, and its peers', () => {
    const { cdk8s, constructs } = own.peerDependencies;
    const peers = { cdk8s, [`cdk8s-plus-${generation}`]: `^${lowest}`, constructs };
    expect(project.dependencies).toEqual({ ...peers, [library]: `^${own.version}` });
    expect(Object.keys(project.dependencies)).toEqual(Object.keys(project.dependencies).sort());
  });

  test('imports no other generation', () => {
    const packages = [...files].flatMap(
      ([, text]) => text.match(/cdk8s-(?:plus-\d+|pod-patterns(?!\/cdk8s)[-\d]*)(?=['"/]|$)/gm) ?? [],
    );
    expect(new Set(packages)).toEqual(new Set([`cdk8s-plus-${generation}`, library]));
  });

  test('is made with the tools that the library itself is tested with', () => {
    const toMajors = (versions: Record<string, string>) =>
      Object.entries(versions).map(([name, version]) => [name, /\d+/.exec(version)![0]]);
    const tools = Object.entries(own.devDependencies as Record<string, string>);
    const known = Object.fromEntries(tools.filter(([name]) => name in project.devDependencies));
    expect(toMajors(project.devDependencies)).toEqual(toMajors(known));
    expect(project.engines).toEqual(own.engines);
  });

  test('runs in its pipelines what its README tells', () => {
    const commands = [...files.get('README.md')!.matchAll(/^npm (?:run )?(\w+) /gm)].map(([, command]) => command!);
    expect(commands).toEqual(['install', 'test', 'synth', 'check']);
    expect(Object.keys(project.scripts).sort()).toEqual(commands.slice(1).sort());
    const github = parse(files.get('.github/workflows/ci.yml')!).jobs.test.steps.flatMap(({ run }: any) => run ?? []);
    const { test: job } = parse(readFileSync(join(ROOT, 'starter/.gitlab-ci.yml'), 'utf8'));
    for (const step of ['npm test', 'npm run synth', 'git diff --exit-code -- dist']) {
      expect(github).toContain(step);
      expect(job.script).toContain(step);
    }
    expect(github.at(-1)).toBe('npx pod-rules --format github dist');
    expect(job.script.at(-1)).toBe('npx pod-rules --format junit dist > pod-rules.xml');
  });

  test('has settings with a schema that is packed', () => {
    const [, schema] = new RegExp(`\\$schema=\\./node_modules/${library}/(\\S+)`).exec(files.get('pod-rules.yaml')!)!;
    expect(own.files).toContain(schema);
    expect(existsSync(join(ROOT, schema!))).toBe(true);
  });
});
