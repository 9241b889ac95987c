import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { listSources } from './flat-order';

/** The dependencies between the charts of an app. */
export interface ChartLinks {
  /** Whether one depends on another, so that the names of their files begin with their place in the order. */
  readonly areOrdered: boolean;
  /** The charts on whose constructs a chart inside of them depends: what is in there takes part in their order. */
  readonly reentered: ReadonlySet<Chart>;
  /** All constructs of the app. */
  readonly constructs: readonly IConstruct[];
  /** Those of them that depend on any, where no chart does. */
  readonly sources?: readonly IConstruct[];
}

/**
 * Makes dependencies between charts of nested charts and of dependencies across charts, as cdk8s does at each synth: they stay
 * in the tree.
 *
 * @throws if something outside of all charts depends on anything, or is depended on
 */
export function linkCharts(app: IConstruct): ChartLinks {
  const constructs = app.node.findAll();
  const isNested = linkNested(constructs);
  const sources = listSources(constructs);
  const dependencies = sources.flatMap((source) => source.node.dependencies.map((target) => ({ source, target })));
  const reentered = new Set<Chart>();
  let isAcross = false;
  for (const dependency of dependencies) {
    const [source, target] = [Chart.of(dependency.source), Chart.of(dependency.target)];
    if (source !== target) {
      source.node.addDependency(target);
      isAcross = true;
      if (isInside(source, target)) {
        reentered.add(target);
      }
    }
  }
  const areOrdered = isNested || isAcross;
  return { areOrdered, reentered, constructs, sources: areOrdered ? undefined : sources };
}

function linkNested(constructs: readonly IConstruct[]): boolean {
  let isNested = false;
  for (const parent of constructs.filter(Chart.isChart)) {
    for (const child of parent.node.children.filter(Chart.isChart)) {
      parent.node.addDependency(child);
      isNested = true;
    }
  }
  return isNested;
}

function isInside(inner: IConstruct, outer: IConstruct): boolean {
  const { scope } = inner.node;
  return scope !== undefined && (scope === outer || isInside(scope, outer));
}
