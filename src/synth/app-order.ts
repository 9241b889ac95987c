import { type ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ChartLinks } from './chart-links';
import { Scope } from './scope';
import { Topology } from './topology';

/**
 * The charts of an app, each after those it depends on.
 *
 * @param isLinked whether the app was synthesized, so that the objects of its constructs depend on each other
 * @throws if the dependencies form a cycle
 */
export function chartsOf(app: IConstruct, isLinked: boolean): Chart[] {
  return new Topology(new Scope(app), isLinked).sort(({ isChart }) => isChart) as Chart[];
}

/**
 * The objects of a chart, each after those it depends on.
 *
 * @throws if their dependencies form a cycle
 */
export function objectsOf(chart: Chart, { reentered }: ChartLinks): ApiObject[] {
  const isWhole = reentered.has(chart);
  const scope = new Scope(chart, (child) => isWhole || !Chart.isChart(child));
  const isOwn = (object: IConstruct) => !isWhole || Chart.of(object) === chart;
  return new Topology(scope, true).sort(({ isApiObject, construct }) => isApiObject && isOwn(construct)) as ApiObject[];
}
