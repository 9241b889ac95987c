import { Scope } from '../../src/synth/scope';
import { appOf, pathsOf } from './trees';

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
