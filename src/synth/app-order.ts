import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { sortByPath } from './arrivals';
import type { ChartLinks } from './chart-links';
import { Scope } from './scope';
import { Topology } from './topology';

/**
 * The charts of an app, each after those it depends on.
 *
 * @param isLinked whether the app was synthesized, so that the objects of its constructs depend on each other
 * @throws if the dependencies form a cycle
 */
export function sortCharts(app: IConstruct, isLinked: boolean): Chart[] {
  const constructs = app.node.findAll();
  return hasNoDependencies(constructs)
    ? [...sortByPath(constructs.filter(Chart.isChart), (chart) => chart)]
    : (new Topology(new Scope(constructs), isLinked).sort(({ isChart }) => isChart) as Chart[]);
}

/**
 * The objects of a chart, each after those it depends on.
 *
 * @throws if their dependencies form a cycle
 */
export function sortObjects(chart: Chart, { reentered }: ChartLinks): ApiObject[] {
  const isWhole = reentered.has(chart);
  const constructs = isWhole ? chart.node.findAll() : listOwnConstructs(chart);
  const isOwn = (construct: IConstruct) => !isWhole || Chart.of(construct) === chart;
  return hasNoDependencies(constructs)
    ? constructs.filter(ApiObject.isApiObject).filter(isOwn)
    : (new Topology(new Scope(constructs), true).sort(
        ({ isApiObject, construct }) => isApiObject && isOwn(construct),
      ) as ApiObject[]);
}

/** Whether there is nothing to sort. */
function hasNoDependencies(constructs: readonly IConstruct[]): boolean {
  return constructs.every(({ node }) => node.dependencies.length === 0);
}

/** A chart and all in it, but for the charts in it. */
function listOwnConstructs(chart: Chart): IConstruct[] {
  const own: IConstruct[] = [];
  const visit = (construct: IConstruct): void => {
    own.push(construct);
    for (const child of construct.node.children) {
      if (!Chart.isChart(child)) {
        visit(child);
      }
    }
  };
  visit(chart);
  return own;
}
