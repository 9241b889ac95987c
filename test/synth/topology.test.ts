import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Scope } from '../../src/synth/scope';
import { Topology } from '../../src/synth/topology';
import { addObject, appOf, pathsOf } from './trees';

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
    expect(() => sorted(app)).toThrow(new Error(`Dependency cycle detected: ${message}`));
  });

  test('fails on an object that depends on itself, which cdk8s leaves out of its output', () => {
    const { app, link } = appOf({ A: { one: 'object', two: 'object' } });
    link('A/one', 'A/one');
    expect(() => sorted(app)).toThrow(new Error('Dependency cycle detected: A/one => A/one'));
    link('A/two', 'A/one');
    expect(() => sorted(app)).toThrow(new Error('Dependency cycle detected: A/one => A/one'));
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
