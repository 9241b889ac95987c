import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './support';

const FOLDER = join(ROOT, '.github/workflows');
const workflows = new Map(readdirSync(FOLDER).map((file) => [file, parse(readFileSync(join(FOLDER, file), 'utf8'))]));
const { jobs, ...release } = workflows.get('release.yml');
const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const ci = workflows.get('ci.yml');

const REGISTRIES = ['npm', 'pypi', 'maven', 'nuget', 'go'];

describe('the release', () => {
  test('begins with a tag, alone, and is never stopped half-way', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } });
    expect(release.concurrency).toEqual({ group: 'release', 'cancel-in-progress': false });
  });

  test('builds and tests once, and uploads what came of it after all tests', () => {
    expect(Object.keys(jobs)).toEqual(['ci', 'build', ...REGISTRIES, 'github']);
    expect(jobs.ci.uses).toBe('./.github/workflows/ci.yml');
    expect(ci.on).toHaveProperty('workflow_call');
    const building = Object.keys(jobs).filter((name) =>
      /npm run|npm pack/.test(JSON.stringify(jobs[name].steps ?? [])),
    );
    expect(building).toEqual(['build']);
    for (const name of REGISTRIES) {
      expect([name, jobs[name].needs]).toEqual([name, ['ci', 'build']]);
    }
    expect(jobs.github.needs).toEqual(['build', ...REGISTRIES]);
  });

  test('uploads to each registry what the build leaves for it', () => {
    const uploads = REGISTRIES.map((name) => jobs[name].steps.at(-1).run.trim().split('\n').at(-1));
    expect(uploads).toEqual([
      'publib-npm artifacts/js',
      'publib-pypi artifacts/python',
      'publib-maven artifacts/java',
      'publib-nuget artifacts/dotnet',
      'node tools/release/push-modules.mjs artifacts/go',
    ]);
  });

  test('gives each job the rights that it needs, and no other', () => {
    expect(release.permissions).toEqual({});
    const read = { contents: 'read' };
    const identified = { contents: 'read', 'id-token': 'write' };
    expect(Object.fromEntries(Object.entries<any>(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      ci: read,
      build: read,
      npm: identified,
      pypi: identified,
      maven: read,
      nuget: identified,
      go: read,
      github: { contents: 'write' },
    });
  });

  test('keeps secrets to the jobs of a protected environment, and to the step that uses them', () => {
    for (const [name, job] of Object.entries<any>(jobs)) {
      expect([name, job.environment]).toEqual([name, REGISTRIES.includes(name) ? 'release' : undefined]);
      const { steps = [], ...rest } = job;
      const { env: _, ...step } = steps.at(-1) ?? {};
      expect(JSON.stringify([rest, step])).not.toContain('secrets.');
    }
    const secrets = JSON.stringify(jobs).match(/secrets\.\w+/g);
    expect(secrets).toEqual([
      'secrets.MAVEN_USERNAME',
      'secrets.MAVEN_PASSWORD',
      'secrets.MAVEN_GPG_PRIVATE_KEY',
      'secrets.MAVEN_GPG_PRIVATE_KEY_PASSPHRASE',
      'secrets.GO_DEPLOY_KEY',
    ]);
  });

  test('takes actions by the commit, and nothing from a cache', () => {
    const used = listUses(jobs).filter((action) => !action.startsWith('./'));
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(JSON.stringify(jobs)).not.toMatch(/"cache":"/);
    const checkouts = Object.values<any>(jobs).flatMap(({ steps = [] }) => steps.filter(isCheckout));
    expect(checkouts.filter((step) => step.with['persist-credentials'] !== false)).toEqual([]);
  });

  test('installs one thing to publish with, locked, without its scripts', () => {
    const action = parse(readFileSync(join(ROOT, '.github/publib/action.yml'), 'utf8'));
    expect(action.runs.steps.at(-1).run).toContain('npm ci --prefix .github/publib --ignore-scripts');
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, '.github/publib/package.json'), 'utf8'));
    const { packages } = JSON.parse(readFileSync(join(ROOT, '.github/publib/package-lock.json'), 'utf8'));
    expect(dependencies).toEqual({ publib: packages['node_modules/publib'].version });
  });
});

describe('every workflow', () => {
  const files = [...workflows].map(([file, workflow]) => ({
    file,
    text: readFileSync(join(FOLDER, file), 'utf8'),
    workflow,
  }));

  test('says what it may do', () => {
    expect(files.filter(({ workflow }) => workflow.permissions === undefined)).toEqual([]);
    expect(files.filter(({ workflow }) => workflow.on.pull_request_target !== undefined)).toEqual([]);
  });

  test('has scripts that bash can read, and no value of an event in them', () => {
    for (const { workflow } of files) {
      for (const run of listSteps(workflow.jobs).flatMap((step) => step.run ?? [])) {
        expect(run.replace(/\$\{\{ matrix\.[\w-]+ \}\}/g, '')).not.toContain('${{');
        execFileSync('bash', ['-n', '-c', run]);
      }
    }
  });

  test('uses the same major version of an action', () => {
    const others = ['.github/publib/action.yml', 'starter/.github/workflows/ci.yml'].map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    const majors = new Map<string, Set<string>>();
    for (const text of [...files.map((file) => file.text), ...others]) {
      for (const [, action, version] of text.matchAll(/uses: ([\w-]+\/[\w/-]+)@(?:[0-9a-f]{40} # )?(v\d+)/g)) {
        majors.set(action!, (majors.get(action!) ?? new Set()).add(version!));
      }
    }
    expect(majors.size).toBeGreaterThan(7);
    expect([...majors].filter(([, versions]) => versions.size > 1)).toEqual([]);
  });

  test('that tests does so with every Node.js that is supported', () => {
    const [lowest] = /\d+/.exec(own.engines.node)!;
    expect(ci.jobs.test.strategy.matrix.node).toEqual([20, 22, 24]);
    expect(lowest).toBe('20');
  });
});

test('a pull request shows what it changes of the API, without any right to write', () => {
  expect(ci.permissions).toEqual({ contents: 'read' });
  expect(ci.jobs.api.if).toBe("github.event_name == 'pull_request'");
  expect(ci.jobs.api.steps.at(-1).run).toBe(
    'node tools/api-diff.mjs "origin/$GITHUB_BASE_REF" >> "$GITHUB_STEP_SUMMARY"',
  );
  expect(ci.jobs.api.steps[0].with['fetch-depth']).toBe(0);
});

function listSteps(all: object): any[] {
  return Object.values<any>(all).flatMap(({ steps = [] }) => steps);
}

function listUses(all: object): string[] {
  return listSteps(all).flatMap(({ uses }) => uses ?? []);
}

function isCheckout({ uses = '' }: { uses?: string }): boolean {
  return uses.startsWith('actions/checkout@');
}
