import { groupsAround, membersOf } from '../../src/synth/groups';
import { Scope } from '../../src/synth/scope';
import { appOf } from './trees';

describe('the groups of dependencies', () => {
  const { app, link } = appOf({
    A: { one: { object: 'object', Inner: { hidden: 'object' } }, two: { object: 'object' } },
  });
  link('A', 'A/two');
  link('A/one', 'A/two/object');
  const { places } = new Scope(app.node.findAll());
  const find = (path: string) => places.find(({ construct }) => construct.node.path === path)!;

  test('are those of the constructs around an object, up to its chart, from the outside in', () => {
    expect(groupsAround(find('A/one/object'))).toEqual([find('A/two'), find('A/two/object')]);
    expect(groupsAround(find('A/one/Inner/hidden'))).toEqual([]);
  });

  test('hold the objects of a construct, but not those of charts in it', () => {
    expect(membersOf(find('A'))).toEqual([find('A/one/object'), find('A/two/object')]);
  });
});
