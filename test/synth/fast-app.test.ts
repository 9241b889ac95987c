import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct, Node } from 'constructs';
import { FastApp, PodRules } from '../../src';
import { expectSameFiles } from './outcome';
import { addObject, appOf } from './trees';

const outdir = mkdtempSync(join(tmpdir(), 'fast-app-'));

afterAll(() => rmSync(outdir, { recursive: true }));

describe('a FastApp', () => {
  test('is an App for all who ask', () => {
    const app = new FastApp({ outdir });
    const chart = new Chart(app, 'shop');
    expect(app).toBeInstanceOf(App);
    expect(App.of(addObject(chart, 'one'))).toBe(app);
    expect(Testing.synth(chart)).toHaveLength(1);
    expect(app.resolvers).toEqual(new App().resolvers);
    expect(app.outputFileExtension).toBe('.k8s.yaml');
  });

  test.each(['CDK8S_DISABLE_SORT', 'CDK8S_LEGACY_HASH', 'CDK8S_RECORD_CONSTRUCT_METADATA'])(
    'heeds %s as cdk8s does',
    (name) => {
      process.env[name] = 'true';
      try {
        const { files } = expectSameFiles((app) => {
          new ApiObject(new Construct(new Chart(app, 'shop'), 'in'), 'map', {
            apiVersion: 'v1',
            kind: 'Map',
            z: 1,
            a: 2,
          } as any);
        });
        expect(Object.keys(files)).toContain('shop.k8s.yaml');
        expect('construct-metadata.json' in files).toBe(name === 'CDK8S_RECORD_CONSTRUCT_METADATA');
      } finally {
        delete process.env[name];
      }
    },
  );

  test('writes to CDK8S_OUTDIR, which it makes', () => {
    process.env.CDK8S_OUTDIR = join(outdir, 'deep/er');
    try {
      const app = new FastApp();
      addObject(new Chart(app, 'shop'), 'one');
      app.synth();
      expect(readdirSync(join(outdir, 'deep/er'))).toEqual(['shop.k8s.yaml']);
    } finally {
      delete process.env.CDK8S_OUTDIR;
    }
  });

  test('gives the manifests of one chart as `Testing.synth` does', () => {
    const { app, chart, link } = appOf({ A: { one: 'object', two: 'object' }, B: { three: 'object' } }, FastApp);
    link('A/one', 'A/two');
    const manifests = (app as FastApp).synthChart(chart('A'));
    expect(manifests.map(({ data }) => data.of)).toEqual(['two', 'one']);
    expect(manifests).toEqual(Testing.synth(chart('A')));
  });

  test('validates in each way to synthesize', () => {
    const app = new FastApp({ outdir: join(outdir, 'invalid') });
    const chart = new Chart(app, 'shop');
    chart.node.addValidation({ validate: () => ['is empty', 'is dull'] });
    addObject(chart, 'one').node.addValidation({ validate: () => ['is lonely'] });
    const error = new Error(
      'Validation failed with the following errors:\n  [shop] is empty\n  [shop] is dull\n  [shop/one] is lonely',
    );
    expect(() => app.synth()).toThrow(error);
    expect(() => app.synthYaml()).toThrow(error);
    expect(() => app.synthChart(chart)).toThrow(error);
    expect(readdirSync(join(outdir, 'invalid'))).toEqual([]);
  });

  test('fails on a chart that depends on itself, which cdk8s leaves out of its output', () => {
    const { app, link } = appOf({ A: { one: 'object' }, B: {} }, FastApp);
    link('A', 'A');
    expect(() => app.synthYaml()).toThrow(new Error('[A] dependencies form a cycle: A => A; remove one of them'));
  });

  test('synthesizes chains of groups that cdk8s never ends with', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `g${index}`);
    const { app, chart, link } = appOf(
      { A: Object.fromEntries(ids.map((id) => [id, { x: 'object', y: 'object', z: 'object' }])) },
      FastApp,
    );
    link(...ids.map((id) => `A/${id}`));
    const manifests = (app as FastApp).synthChart(chart('A'));
    expect(manifests.map(({ metadata }) => metadata.name.split('-')[1])).toEqual(
      [...ids].reverse().flatMap((id) => [id, id, id]),
    );
  });
});

describe('rules in a FastApp', () => {
  const broken = { containers: [{ name: 'web', image: 'acme/web:1.0.0', port: [] }] };

  test('fail its synth, each pod once', () => {
    const app = new FastApp({ outdir });
    new ApiObject(new Chart(app, 'shop'), 'web', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: broken,
    } as any);
    PodRules.enforce(app);
    for (const synth of [() => app.synth(), () => app.synthYaml()]) {
      expect(synth).toThrow('[shop/web] error Pod/web spec.containers[0].port: Container has no field "port"');
    }
  });

  test('record where its objects were made', () => {
    const app = new FastApp({ outdir: join(outdir, 'recorded'), recordConstructMetadata: true });
    addObject(new Chart(app, 'shop'), 'one');
    PodRules.recordConstructs(app);
    app.synth();
    expect(existsSync(join(outdir, 'recorded/construct-metadata.json'))).toBe(true);
    expect(JSON.parse(readFileSync(join(outdir, 'recorded/construct-paths.json'), 'utf8'))).toEqual({
      'ConfigMap/shop-one-c8fdce85': 'shop/one',
    });
  });
});

describe('the work of a synth', () => {
  const GETTERS = ['children', 'dependencies', 'scopes'] as const;

  test.each<[string, (app: App, size: number) => void]>([
    ['charts', (app, size) => charts(app, size)],
    ['objects', (app, size) => objects(new Chart(app, 'all'), size)],
    ['charts that depend on the one before', (app, size) => chain(charts(app, size))],
    ['charts in one chart', (app, size) => charts(new Chart(app, 'all'), size)],
    ['charts that are all enforced', (app, size) => void charts(app, size).map((chart) => PodRules.enforce(chart))],
    ['objects that depend on the one before', (app, size) => chain(objects(new Chart(app, 'all'), size))],
    ['groups that depend on the one before', (app, size) => chain(groups(new Chart(app, 'all'), size))],
  ])('grows no faster than %s', (_, build) => {
    const [small, double, fourfold] = [20, 40, 80].map((size) => work((app) => build(app, size)));
    for (const count of Object.keys(small!)) {
      expect([count, fourfold![count]! - double![count]!]).toEqual([count, 2 * (double![count]! - small![count]!)]);
    }
    expect(fourfold!.validate).toBe(fourfold!.constructs);
  });

  /** How often constructs are asked for anything in one synth. */
  function work(build: (app: App) => void): Record<string, number> {
    const app = new FastApp({ outdir: '/nowhere' });
    build(app);
    const counts: Record<string, number> = { constructs: app.node.findAll().length };
    const spies = [
      jest.spyOn(Node.prototype, 'validate'),
      jest.spyOn(Node.prototype, 'findAll'),
      ...GETTERS.map((name) => jest.spyOn(Node.prototype, name, 'get')),
    ];
    app.synthYaml();
    for (const [index, name] of ['validate', 'findAll', ...GETTERS].entries()) {
      counts[name] = spies[index]!.mock.calls.length;
    }
    jest.restoreAllMocks();
    return counts;
  }

  function charts(scope: Construct, size: number): Chart[] {
    return Array.from({ length: size }, (_, index) => {
      const chart = new Chart(scope, `chart-${index}`);
      objects(chart, 3);
      return chart;
    });
  }

  function groups(scope: Construct, size: number): Construct[] {
    return Array.from({ length: size }, (_, index) => {
      const group = new Construct(scope, `group-${index}`);
      objects(group, 3);
      return group;
    });
  }

  function objects(scope: Construct, size: number): Construct[] {
    return Array.from({ length: size }, (_, index) => addObject(scope, `object-${index}`));
  }

  function chain(parts: readonly Construct[]): void {
    parts.forEach((part, index) => {
      if (index > 0) {
        part.node.addDependency(parts[index - 1]!);
      }
    });
  }
});
