import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { FastApp } from '../../src';
import { sortCharts, sortObjects } from '../../src/synth/app-order';
import { Arrivals, sortByPath } from '../../src/synth/arrivals';
import { linkCharts } from '../../src/synth/chart-links';
import { Scope } from '../../src/synth/scope';
import { Topology } from '../../src/synth/topology';
import { expectSameFiles } from './outcome';
import { addObject, appOf, pathsOf, type Tree } from './trees';

describe('the order of charts', () => {
  test('is that of the tree, with numbers first', () => {
    expect(pathsOf(sortCharts(appOf({ B: {}, A: {} }).app, true))).toEqual(['B', 'A']);
  });

  test('puts a chart after those that it depends on and those in it', () => {
    const { app, link } = appOf({ A: { Inner: {} }, B: { one: 'object' }, C: {} });
    link('A', 'C');
    linkCharts(app);
    expect(pathsOf(sortCharts(app, true))).toEqual(['C', 'A/Inner', 'A', 'B']);
  });
});

describe('the order of the objects of a chart', () => {
  test('leaves out those of charts in it', () => {
    const { app, chart } = appOf({ A: { one: 'object', Inner: { two: 'object' }, three: 'object' } });
    const links = linkCharts(app);
    expect(pathsOf(sortObjects(chart('A'), links))).toEqual(['A/one', 'A/three']);
    expect(pathsOf(sortObjects(chart('A/Inner'), links))).toEqual(['A/Inner/two']);
  });

  test('is that of their dependencies', () => {
    const { app, chart, link } = appOf({ A: { one: 'object', two: 'object' } });
    link('A/one', 'A/two');
    expect(pathsOf(sortObjects(chart('A'), linkCharts(app)))).toEqual(['A/two', 'A/one']);
  });

  test('heeds those of charts in it that lead back', () => {
    const { app, chart, link } = appOf({ A: { group: { Inner: { two: 'object' } }, one: 'object', three: 'object' } });
    link('A/group/Inner/two', 'A/three');
    expect(pathsOf(sortObjects(chart('A'), linkCharts(app)))).toEqual(['A/three', 'A/one']);
  });
});

describe('the walk of a scope', () => {
  test('starts at what nothing depends on', () => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object' } });
    link('A/one', 'A/two');
    expect(startsOf(app, false)).toEqual(['', 'A', 'A/one']);
  });

  test('starts at no object of a group that objects wait for', () => {
    const { app, link } = appOf({ A: { one: { x: 'object', y: 'object' }, two: { z: 'object' } } });
    link('A/one', 'A/two');
    expect(startsOf(app, true)).toEqual(['', 'A', 'A/one', 'A/one/x', 'A/one/y']);
    expect(startsOf(app, false)).toEqual(['', 'A', 'A/one', 'A/one/x', 'A/one/y', 'A/two/z']);
  });

  test('starts at the only object that waits for its own group', () => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object' } });
    link('A/one', 'A');
    expect(startsOf(app, true)).toEqual(['', 'A/one']);
  });

  test('meets paths that are numbers first, because JavaScript does', () => {
    const { app } = appOf({ Z: {}, 10: {}, 9: { A: {} }, '007': {}, 4294967295: {}, 4294967294: {} });
    expect(startsOf(app, false)).toEqual(['9', '10', '4294967294', '', '9/A', 'Z', '007', '4294967295']);
  });
});

test('the order of paths is that in which an object keeps its keys', () => {
  const { app } = appOf({ b: {}, 2: { 1: {} }, 1: {}, '-1': {}, '1.5': {}, '01': {} });
  const constructs = app.node.findAll();
  const keys = Object.keys(Object.fromEntries(constructs.map(({ node }) => [node.path, true])));
  expect(pathsOf(sortByPath(constructs, (construct) => construct))).toEqual(keys);
});

function startsOf(app: ReturnType<typeof appOf>['app'], hasGroups: boolean): string[] {
  return pathsOf(new Arrivals(new Scope(app.node.findAll()), hasGroups).starts.map(({ construct }) => construct));
}

describe('the links of charts', () => {
  test('come from nested charts, and stay in the tree as those of cdk8s do', () => {
    const { app, chart } = appOf({ A: { B: {}, group: { C: {} } } });
    expect(linkCharts(app).areOrdered).toBe(true);
    expect(pathsOf(chart('A').node.dependencies)).toEqual(['A/B']);
  });

  test('come from dependencies across charts', () => {
    const { app, chart, link } = appOf({ A: { one: 'object' }, B: { two: { three: 'object' } } });
    link('A/one', 'B/two/three');
    expect(linkCharts(app).areOrdered).toBe(true);
    expect(pathsOf(chart('A').node.dependencies)).toEqual(['B']);
  });

  test('come from nothing else', () => {
    const { app, chart, link } = appOf({ A: { one: 'object', two: 'object', group: { B: {} } } });
    link('A/one', 'A/two');
    const { areOrdered, reentered } = linkCharts(app);
    expect([areOrdered, ...reentered]).toEqual([false]);
    expect(chart('A').node.dependencies).toEqual([]);
  });

  test('tell the charts on which a chart in them depends', () => {
    const { app, chart, link } = appOf({ A: { one: 'object', group: { B: { two: 'object' } } }, C: {} });
    link('A/group/B/two', 'A/one');
    link('C', 'A');
    expect([...linkCharts(app).reentered]).toEqual([chart('A')]);
  });

  test.each([
    ['group', 'A'],
    ['A', 'group'],
  ])('fail like those of cdk8s where %s, outside of all charts, is linked with %s', (...paths) => {
    const { app, link } = appOf({ A: {}, group: {} });
    link(...paths);
    expect(() => linkCharts(app)).toThrow(new Error('cannot find a parent chart (directly or indirectly)'));
  });
});

describe('a cycle', () => {
  const TREE: Tree = {
    A: { one: { a: 'object', b: 'object' }, two: { c: 'object', d: 'object' }, three: 'object', four: 'object' },
    B: { five: 'object' },
  };

  test.each<[string[][], string]>([
    [[['A/three', 'A/four', 'A/three']], 'A/three => A/four => A/three'],
    [[['A/one', 'A/two', 'A/one']], 'A/one => A/two => A/one'],
    [[['A/one', 'A/two', 'A/three', 'A/one']], 'A/one => A/two => A/three => A/one'],
    [[['A/three', 'B/five', 'A/four']], 'A => B => A'],
    [[['A', 'B', 'A']], 'A => B => A'],
    [[['A/one', 'A']], 'A/one/a => A/one/b => A/one/a'],
    [[['A/one/a', 'A/two', 'A/one/b', 'A/three', 'A/one/a']], 'A/one/a => A/two => A/one/b => A/three => A/one/a'],
    [
      [
        ['A/three', 'A/two/c', 'A/four'],
        ['A/three', 'A/two/d', 'A/four'],
        ['A/two/d', 'A/one/a'],
        ['A/four', 'A/three'],
      ],
      'A/two/c => A/four => A/three => A/two/c',
    ],
  ])('of %j fails as with cdk8s, and is named', (links, route) => {
    const [start] = route.split(' => ');
    expect(messageOf(App, links)).toMatch(/^Dependency cycle detected: /);
    expect(messageOf(FastApp, links)).toBe(`[${start}] dependencies form a cycle: ${route}; remove one of them`);
  });

  test('is named where cdk8s would search forever', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `g${index}`);
    const { app, link } = appOf(
      { A: Object.fromEntries(ids.map((id) => [id, { x: 'object', y: 'object', z: 'object' }])) },
      FastApp,
    );
    link(...ids.map((id) => `A/${id}`));
    link('A/g39/x', 'A/g0/x');
    expect(() => app.synthYaml()).toThrow(
      /^\[A\/g1\/x\] dependencies form a cycle: A\/g1\/x => A\/g2\/x => .* => A\/g39\/x => A\/g0\/x => A\/g1\/x; remove one of them$/,
    );
  });

  function messageOf(type: typeof App, links: readonly string[][]): string {
    const { app, link } = appOf(TREE, type);
    for (const paths of links) {
      link(...paths);
    }
    try {
      app.synthYaml();
      return 'no error';
    } catch (error) {
      return (error as Error).message;
    }
  }
});

/** Two charts, the second of which the first may need. */
function shop(app: App, isOrdered = false): void {
  const [web, store] = [new Chart(app, 'web'), new Chart(app, 'store', { namespace: 'data' })];
  new ApiObject(web, 'page', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page' } });
  new ApiObject(store, 'page', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page/2' } });
  new ApiObject(store, 'key', { apiVersion: 'v1', kind: 'Secret' });
  if (isOrdered) {
    web.addDependency(store);
  }
}

describe('manifests are written', () => {
  test.each<[YamlOutputType, string[]]>([
    [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml']],
    [YamlOutputType.FILE_PER_CHART, ['store.k8s.yaml', 'web.k8s.yaml']],
    [
      YamlOutputType.FILE_PER_RESOURCE,
      ['ConfigMap.page.k8s.yaml', 'ConfigMap.page2.k8s.yaml', 'Secret.store-key-c8c0e029.k8s.yaml'],
    ],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ['store/ConfigMap.page2.k8s.yaml', 'store/Secret.store-key-c8c0e029.k8s.yaml', 'web/ConfigMap.page.k8s.yaml'],
    ],
  ])('by output type %d as by cdk8s', (yamlOutputType, names) => {
    const { files } = expectSameFiles((app) => shop(app), { yamlOutputType });
    expect(Object.keys(files).sort()).toEqual(names);
  });

  test.each<[YamlOutputType, string[]]>([
    [YamlOutputType.FILE_PER_CHART, ['0000-store.yml', '0001-web.yml']],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ['0000-store/ConfigMap.page2.yml', '0000-store/Secret.store-key-c8c0e029.yml', '0001-web/ConfigMap.page.yml'],
    ],
  ])('with the place of each chart where they are ordered, by output type %d', (yamlOutputType, names) => {
    const { files } = expectSameFiles((app) => shop(app, true), { yamlOutputType, outputFileExtension: '.yml' });
    expect(Object.keys(files).sort()).toEqual(names);
  });

  test('to no file where there is no chart, and to none where the type is unknown', () => {
    expect(expectSameFiles(() => {}, { yamlOutputType: YamlOutputType.FILE_PER_APP }).files).toEqual({});
    expect(expectSameFiles((app) => shop(app), { yamlOutputType: 9 as YamlOutputType }).files).toEqual({});
  });
});

describe('scope', () => {
  const TREE = { A: { group: { one: 'object', two: 'object' }, three: 'object' }, B: { four: 'object' } } as const;

  describe('a scope', () => {
    test('holds the places of a subtree in preorder, each knowing what lies under it', () => {
      const { app } = appOf(TREE);
      const { places } = new Scope(app.node.findAll());
      expect(pathsOf(places.map(({ construct }) => construct))).toEqual([
        '',
        'A',
        'A/group',
        'A/group/one',
        'A/group/two',
        'A/three',
        'B',
        'B/four',
      ]);
      const [, a, group, one, , three, b] = places;
      expect([a!.contains(three!), a!.contains(a!), group!.contains(three!), a!.contains(b!)]).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(one!.parent).toBe(group);
      expect(group!.children).toHaveLength(2);
    });

    test('tells objects and charts from other constructs', () => {
      const { places } = new Scope(appOf(TREE).app.node.findAll());
      expect(places.filter(({ isChart }) => isChart)).toHaveLength(2);
      expect(places.filter(({ isApiObject }) => isApiObject)).toHaveLength(4);
    });

    test('knows dependencies inside of it, and none that lead out of it', () => {
      const { chart, link } = appOf(TREE);
      link('A/three', 'A/group');
      link('A/three', 'B/four');
      const { places } = new Scope(chart('A').node.findAll());
      expect(places.flatMap(({ dependencies }) => dependencies.map(({ construct }) => construct.node.path))).toEqual([
        'A/group',
      ]);
    });

    test('takes a construct of another app for the one here of the same path, as cdk8s does', () => {
      const [here, there] = [appOf(TREE), appOf(TREE)];
      here.part('A/three').node.addDependency(there.part('A/group/one'), appOf({ C: {} }).part('C'));
      const { places } = new Scope(here.app.node.findAll());
      expect(places.flatMap(({ dependencies }) => dependencies.map(({ construct }) => construct))).toEqual([
        here.part('A/group/one'),
      ]);
    });
  });
});

describe('the order of a scope', () => {
  test('is that of the tree where nothing depends on anything', () => {
    const { app } = appOf({ A: { one: 'object', two: { three: 'object' } }, B: { four: 'object' } });
    expect(sorted(app)).toEqual(['A/one', 'A/two/three', 'B/four']);
  });

  test('puts what is depended on first, and only once', () => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object', three: 'object' } });
    link('A/one', 'A/three', 'A/two');
    link('A/one', 'A/two');
    expect(sorted(app)).toEqual(['A/two', 'A/three', 'A/one']);
  });

  test('puts all objects of a group before each object of another', () => {
    const { app, link } = appOf({ A: { one: { x: 'object', y: 'object' }, two: { a: 'object', b: { c: 'object' } } } });
    link('A/one', 'A/two');
    expect(sorted(app)).toEqual(['A/two/a', 'A/two/b/c', 'A/one/x', 'A/one/y']);
  });

  test('lets an object wait for all others of a group that it belongs to', () => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object', three: 'object' } });
    link('A/two', 'A');
    expect(sorted(app)).toEqual(['A/one', 'A/three', 'A/two']);
  });

  test('keeps objects of a chart out of the groups around it', () => {
    const { app, link } = appOf({ A: { one: 'object', two: { Inner: { hidden: 'object' }, seen: 'object' } } });
    link('A/one', 'A/two');
    expect(sorted(app)).toEqual(['A/two/seen', 'A/one', 'A/two/Inner/hidden']);
  });

  test('has no groups in an app that is not synthesized', () => {
    const { app, link } = appOf({ A: { one: { x: 'object' }, two: { y: 'object' } } });
    link('A/one', 'A/two');
    expect(sorted(app, false)).toEqual(['A/one/x', 'A/two/y']);
  });

  test.each([
    [['A/one', 'A/two', 'A/one'], 'A/one => A/two => A/one'],
    [['A/one', 'A/two', 'A/three', 'A/two'], 'A/two => A/three => A/two'],
  ])('fails on the cycle %j', (path, message) => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object', three: 'object' } });
    link(...path);
    expect(() => sorted(app)).toThrow(
      new Error(`[${message.split(' ')[0]}] dependencies form a cycle: ${message}; remove one of them`),
    );
  });

  test('fails on an object that depends on itself, which cdk8s leaves out of its output', () => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object' } });
    link('A/one', 'A/one');
    expect(() => sorted(app)).toThrow(
      new Error('[A/one] dependencies form a cycle: A/one => A/one; remove one of them'),
    );
    link('A/two', 'A/one');
    expect(() => sorted(app)).toThrow(
      new Error('[A/one] dependencies form a cycle: A/one => A/one; remove one of them'),
    );
  });

  test('takes a construct that depends on itself, as long as no object gets lost', () => {
    const { app, link } = appOf({ A: { one: { x: 'object' } } });
    link('A/one', 'A/one');
    expect(sorted(app)).toEqual(['A/one/x']);
  });
});

describe('the work of sorting', () => {
  test.each<[string, (chart: Chart, size: number) => void]>([
    [
      'a chain of objects',
      (chart, size) => chain(Array.from({ length: size }, (_, index) => addObject(chart, `o${index}`))),
    ],
    [
      'a chain of groups of three',
      (chart, size) => chain(Array.from({ length: size }, (_, index) => group(chart, index, 3))),
    ],
    [
      'two groups, one of which waits for the other',
      (chart, size) => chain([group(chart, 0, size), group(chart, 1, size)]),
    ],
    [
      'groups that all wait for one group',
      (chart, size) => {
        const first = group(chart, 0, size);
        for (let index = 1; index <= size; index++) {
          group(chart, index, 2).node.addDependency(first);
        }
      },
    ],
    [
      'a group that waits for many',
      (chart, size) => {
        const last = group(chart, size, size);
        for (let index = 0; index < size; index++) {
          last.node.addDependency(group(chart, index, 2));
        }
      },
    ],
    [
      'groups in groups, each of which is waited for',
      (chart, size) => {
        const waiting = addObject(chart, 'waiting');
        let inner: Construct = chart;
        for (let depth = 0; depth < size; depth++) {
          inner = new Construct(inner, 'inner');
          addObject(inner, 'object');
          waiting.node.addDependency(inner);
        }
      },
    ],
  ])('grows no faster than %s', (_, add) => {
    const [small, double, fourfold] = [50, 100, 200].map((size) => workOf((chart) => add(chart, size)));
    expect(fourfold! - double!).toBe(2 * (double! - small!));
  });

  test('needs no stack, however long the chain', () => {
    const app = new App({ outdir: '/nowhere' });
    const chart = new Chart(app, 'A');
    chain(Array.from({ length: 20_000 }, (_, index) => addObject(chart, `o${index}`)));
    expect(sorted(app)[0]).toBe('A/o19999');
  });
});

function chain(parts: readonly Construct[]): void {
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if (next) {
      part.node.addDependency(next);
    }
  });
}

function group(chart: Chart, index: number, size: number): Construct {
  const construct = new Construct(chart, `g${index}`);
  for (let object = 0; object < size; object++) {
    addObject(construct, `o${object}`);
  }
  return construct;
}

function workOf(add: (chart: Chart) => void): number {
  const app = new App({ outdir: '/nowhere' });
  add(new Chart(app, 'A'));
  const topology = new Topology(new Scope(app.node.findAll()), true);
  topology.sort(() => true);
  return topology.work;
}

function sorted(app: App, hasGroups = true): string[] {
  return pathsOf(new Topology(new Scope(app.node.findAll()), hasGroups).sort(({ isApiObject }) => isApiObject));
}
