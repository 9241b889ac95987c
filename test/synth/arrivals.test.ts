import { Arrivals, inOrderOfPaths } from '../../src/synth/arrivals';
import { Scope } from '../../src/synth/scope';
import { appOf, pathsOf } from './trees';

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
  expect(pathsOf(inOrderOfPaths(constructs, (construct) => construct))).toEqual(keys);
});

function startsOf(app: ReturnType<typeof appOf>['app'], hasGroups: boolean): string[] {
  return pathsOf(new Arrivals(new Scope(app.node.findAll()), hasGroups).starts.map(({ construct }) => construct));
}
