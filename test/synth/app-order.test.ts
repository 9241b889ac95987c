import { chartsOf, objectsOf } from '../../src/synth/app-order';
import { linkCharts } from '../../src/synth/chart-links';
import { appOf, pathsOf } from './trees';

describe('the order of charts', () => {
  test('is that of the tree, with numbers first', () => {
    expect(pathsOf(chartsOf(appOf({ B: {}, A: {} }).app, true))).toEqual(['B', 'A']);
  });

  test('puts a chart after those that it depends on and those in it', () => {
    const { app, link } = appOf({ A: { Inner: {} }, B: { one: 'object' }, C: {} });
    link('A', 'C');
    linkCharts(app);
    expect(pathsOf(chartsOf(app, true))).toEqual(['C', 'A/Inner', 'A', 'B']);
  });
});

describe('the order of the objects of a chart', () => {
  test('leaves out those of charts in it', () => {
    const { app, chart } = appOf({ A: { one: 'object', Inner: { two: 'object' }, three: 'object' } });
    const links = linkCharts(app);
    expect(pathsOf(objectsOf(chart('A'), links))).toEqual(['A/one', 'A/three']);
    expect(pathsOf(objectsOf(chart('A/Inner'), links))).toEqual(['A/Inner/two']);
  });

  test('is that of their dependencies', () => {
    const { app, chart, link } = appOf({ A: { one: 'object', two: 'object' } });
    link('A/one', 'A/two');
    expect(pathsOf(objectsOf(chart('A'), linkCharts(app)))).toEqual(['A/two', 'A/one']);
  });

  test('heeds those of charts in it that lead back', () => {
    const { app, chart, link } = appOf({ A: { group: { Inner: { two: 'object' } }, one: 'object', three: 'object' } });
    link('A/group/Inner/two', 'A/three');
    expect(pathsOf(objectsOf(chart('A'), linkCharts(app)))).toEqual(['A/three', 'A/one']);
  });
});
