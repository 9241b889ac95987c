import { linkCharts } from '../../src/synth/chart-links';
import { appOf, pathsOf } from './trees';

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
    expect(linkCharts(app)).toEqual({ areOrdered: false, reentered: new Set() });
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
