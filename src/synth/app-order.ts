import { type ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { sortByPath } from './arrivals';
import type { ChartLinks } from './chart-links';
import { FlatOrder, listOwnConstructs, listSources } from './flat-order';
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
  return sortListedCharts(constructs, listSources(constructs), isLinked);
}

/** The same for an app that was just linked. */
export function sortLinkedCharts({ constructs, sources }: ChartLinks): Chart[] {
  return sortListedCharts(constructs, sources ?? listSources(constructs), true);
}

function sortListedCharts(
  constructs: readonly IConstruct[],
  sources: readonly IConstruct[],
  isLinked: boolean,
): Chart[] {
  return new FlatOrder(sources).isFlat
    ? [...sortByPath(constructs.filter(Chart.isChart), (chart) => chart)]
    : (new Topology(new Scope(constructs), isLinked).sort(({ isChart }) => isChart) as Chart[]);
}

/**
 * The objects of a chart, each after those it depends on.
 *
 * @throws if their dependencies form a cycle
 */
export function sortObjects(chart: Chart, { reentered }: Pick<ChartLinks, 'reentered'>): ApiObject[] {
  return reentered.has(chart) ? sortWholeChart(chart) : sortOwnObjects(listOwnConstructs(chart));
}

function sortOwnObjects(constructs: readonly IConstruct[]): ApiObject[] {
  const order = new FlatOrder(listSources(constructs));
  return order.isFlat
    ? order.sortObjects(constructs)
    : (new Topology(new Scope(constructs), true).sort(({ isApiObject }) => isApiObject) as ApiObject[]);
}

/** The same for a chart that is sorted together with the charts in it. */
function sortWholeChart(chart: Chart): ApiObject[] {
  const scope = new Scope(chart.node.findAll());
  return new Topology(scope, true).sort(
    ({ isApiObject, construct }) => isApiObject && Chart.of(construct) === chart,
  ) as ApiObject[];
}
