import type { Field } from '../rules/model/field';
import type { ObjectView } from '../rules/model/object-view';
import { readPodNumber, type Scaler } from '../rules/resources/shared/autoscaling';
import { findSurge } from './rollout-surge';

/** The number of pods of one workload that are there at once. */
export interface PodCount {
  readonly least: number;
  readonly most: number;
  /** While all are replaced, starting from the most. */
  readonly rollout: number;
  /** The facts that make the numbers others than those of the workload, or unsure. */
  readonly notes: readonly string[];
}

/** A range of numbers, with what is to be said of it. */
type Range = Pick<PodCount, 'least' | 'most'> & { readonly note?: string };

/** More pods than this are a mistake, and would only make numbers that nobody can read. */
const MAX_PODS = 1_000_000;

/** The number of pods of a workload, as far as the set tells. */
export function countPods(workload: ObjectView, scaler: Scaler | undefined, nodes: number): PodCount {
  const { least, most, note } = findRange(workload, scaler, nodes);
  const surge = Math.min(findSurge(workload, most), most);
  return { least, most, rollout: most + surge, notes: note === undefined ? [] : [note] };
}

function findRange(workload: ObjectView, scaler: Scaler | undefined, nodes: number): Range {
  const { kind, spec } = workload;
  switch (kind) {
    case 'Pod':
      return toRange(1);
    case 'PodTemplate':
      return { ...toRange(0), note: 'a PodTemplate makes no pods by itself' };
    case 'DaemonSet':
    case 'BroadcastJob':
      return { ...toRange(nodes), note: `one pod on each of ${nodes} nodes (\`--nodes\`)` };
    case 'Job':
      return findJobRange(spec);
    case 'CronJob':
      return findCronRange(spec);
    case 'LeaderWorkerSet':
      return toRange(readCount(spec.at('replicas'), 1) * readCount(spec.at('leaderWorkerTemplate', 'size'), 1));
    default:
      return isKnative(workload) ? findKnativeRange(workload) : findScaledRange(spec, scaler);
  }
}

function findScaledRange(spec: Field, scaler: Scaler | undefined): Range {
  return scaler
    ? { least: Math.min(scaler.least, MAX_PODS), most: Math.min(scaler.most, MAX_PODS) }
    : toRange(readCount(spec.at('replicas'), 1));
}

function toRange(count: number): Range {
  return { least: count, most: count };
}

/** A number of pods that stands in a field, within reason. */
function readCount(field: Field, otherwise: number): number {
  return Math.min(readPodNumber(field, otherwise), MAX_PODS);
}

/** As many as work at once, but no more than are to complete. */
function findJobRange(spec: Field): Range {
  const parallelism = readCount(spec.at('parallelism'), 1);
  const completions = readCount(spec.at('completions'), MAX_PODS);
  const most = Math.min(parallelism, completions);
  return spec.at('suspend').isTrue ? { least: 0, most, note: 'suspended: no pods until it is resumed' } : toRange(most);
}

function findCronRange(spec: Field): Range {
  const { most } = findJobRange(spec.at('jobTemplate', 'spec'));
  const isAllowed = (spec.at('concurrencyPolicy').text ?? 'Allow') === 'Allow';
  if (spec.at('suspend').isTrue) {
    return { ...toRange(0), note: 'suspended: it starts no runs' };
  }
  return {
    least: 0,
    most,
    ...(isAllowed && { note: 'counted as one run at a time; `concurrencyPolicy: Allow` lets slow runs overlap' }),
  };
}

function isKnative({ apiVersion }: ObjectView): boolean {
  return apiVersion.startsWith('serving.knative.dev/');
}

function findKnativeRange({ root, spec }: ObjectView): Range {
  const places = [spec.at('template', 'metadata', 'annotations'), root.at('metadata', 'annotations')];
  const find = (name: string) => {
    const text = places
      .map((place) => place.at(`autoscaling.knative.dev/${name}`).text)
      .find((found) => found !== undefined);
    return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0;
  };
  const least = find('min-scale') || find('minScale');
  const most = find('max-scale') || find('maxScale');
  const note = 'no `max-scale`, so there may be any number of pods; counted as the least, or one';
  return most > 0 ? { least, most: Math.max(least, most) } : { least, most: Math.max(least, 1), note };
}
