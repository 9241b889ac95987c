import { App } from 'cdk8s';
import { FastApp } from '../../src';
import { appOf, type Tree } from './trees';

const TREE: Tree = {
  A: { one: { a: 'object', b: 'object' }, two: { c: 'object', d: 'object' }, three: 'object', four: 'object' },
  B: { five: 'object' },
};

describe('a cycle', () => {
  test.each<[string[][]]>([
    [[['A/three', 'A/four', 'A/three']]],
    [[['A/one', 'A/two', 'A/one']]],
    [[['A/one', 'A/two', 'A/three', 'A/one']]],
    [[['A/three', 'B/five', 'A/four']]],
    [[['A', 'B', 'A']]],
    [[['A/one', 'A']]],
    [[['A/one/a', 'A/two', 'A/one/b', 'A/three', 'A/one/a']]],
    [
      [
        ['A/three', 'A/two/c', 'A/four'],
        ['A/three', 'A/two/d', 'A/four'],
        ['A/two/d', 'A/one/a'],
        ['A/four', 'A/three'],
      ],
    ],
  ])('of %j is told in the words of cdk8s', (links) => {
    const message = messageOf(App, links);
    expect(message).toMatch(/^Dependency cycle detected: /);
    expect(messageOf(FastApp, links)).toBe(message);
  });

  test('is told as it was found where cdk8s would search forever', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `g${index}`);
    const { app, link } = appOf(
      { A: Object.fromEntries(ids.map((id) => [id, { x: 'object', y: 'object', z: 'object' }])) },
      FastApp,
    );
    link(...ids.map((id) => `A/${id}`));
    link('A/g39/x', 'A/g0/x');
    expect(() => app.synthYaml()).toThrow(
      /^Dependency cycle detected: A\/g1\/x => A\/g2\/x => .* => A\/g39\/x => A\/g0\/x => A\/g1\/x$/,
    );
  });
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
