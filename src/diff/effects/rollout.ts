import { formatCount } from '../../rules/report';
import { findScaler } from '../../rules/resources/shared/autoscaling';
import { Effect } from '../report';
import { type Fields, findValue, type Json } from '../stored/json';
import type { Change, Explanation, World } from './change';
import { formatWord } from './show';

/** The number of pods that a workload has, as far as the manifests say. */
export interface Replicas {
  /** The least and the most; both are one number where nothing scales it. */
  readonly least: number;
  readonly most: number;
  /** Whether an autoscaler decides. */
  readonly isScaled: boolean;
}

/** The minor version from which a StatefulSet replaces several pods at a time. */
const MAX_UNAVAILABLE = 37;

/** The way of a new template to the pods of a workload. */
export function explainRollout(change: Change, world: World): Explanation {
  switch (`${change.group}/${change.kind}`) {
    case 'apps/Deployment':
      return explainDeployment(change, world);
    case 'apps/StatefulSet':
      return explainStatefulSet(change, world);
    case 'apps/DaemonSet':
      return explainDaemonSet(change);
    case 'apps/ReplicaSet':
    case '/ReplicationController':
      return {
        effect: Effect.NEXT_START,
        summary: 'only pods that are made from now on get the new template; those that are there stay',
      };
    default:
      return { effect: Effect.ROLL, summary: `replaces its pods, in the way of a ${change.kind}` };
  }
}

/** The number of pods after a change. */
export function findReplicas({ after, next }: Change, world: World): Replicas {
  const stated = toNumber(findValue(after, 'spec', 'replicas')) ?? 1;
  const scaler = findScaler(next, world.after);
  return scaler && stated > 0
    ? { least: Math.max(scaler.least, 1), most: scaler.most, isScaled: true } // of none, none is replaced
    : { least: stated, most: stated, isScaled: false };
}

function explainDeployment(change: Change, world: World): Explanation {
  const spec: Fields = change.after.spec;
  const replicas = findReplicas(change, world);
  const idle = explainIdle(spec, replicas);
  if (idle) {
    return idle;
  }
  const pods = formatReplicas(replicas);
  if (findValue(spec, 'strategy', 'type') === 'Recreate') {
    const summary = `ends ${replicas.most === 1 ? 'its only pod' : `all ${pods}`} before the first new one starts: nothing serves meanwhile`;
    return { effect: Effect.DOWN, summary, notes: listPace(spec) };
  }
  return { ...explainSurge(spec, replicas), notes: listPace(spec) };
}

/** A Deployment that replaces no pod now. */
function explainIdle(spec: Fields, { most }: Replicas): Explanation | undefined {
  if (spec.paused === true) {
    return {
      effect: Effect.NEXT_START,
      summary: 'is paused, so pods are replaced only after `kubectl rollout resume`',
    };
  }
  return most === 0
    ? { effect: Effect.NEXT_START, summary: 'has no pods; those that come later get the new template' }
    : undefined;
}

function explainSurge(spec: Fields, replicas: Replicas): Explanation {
  const { least, most } = replicas;
  const [low, high] = [toLimits(spec, least), toLimits(spec, most)];
  const available = least - low.unavailable;
  if (available <= 0) {
    const summary =
      most === 1
        ? 'replaces its only pod, which may end before the new one is ready: nothing may serve meanwhile'
        : `replaces ${formatReplicas(replicas)}, and ${least === 1 ? 'with one' : 'all of them'} may be down at once: nothing may serve meanwhile`;
    return { effect: Effect.DOWN, summary };
  }
  if (most === 1) {
    return { effect: Effect.ROLL, summary: 'replaces its only pod; the old one stays until the new one is ready' };
  }
  const steps =
    least === most
      ? `at least ${available} available, at most ${least + low.surge} at once`
      : `of ${least} at least ${available} are available, of ${most} at least ${most - high.unavailable}`;
  return { effect: Effect.ROLL, summary: `replaces ${formatReplicas(replicas)} step by step: ${steps}` };
}

/** The pods more and fewer than wanted during a rollout; one of them is more than zero. */
function toLimits(spec: Fields, replicas: number): { surge: number; unavailable: number } {
  const rolling = findValue(spec, 'strategy', 'rollingUpdate');
  const surge = toAmount(findValue(rolling, 'maxSurge'), replicas, Math.ceil) ?? 0;
  const unavailable = toAmount(findValue(rolling, 'maxUnavailable'), replicas, Math.floor) ?? 0;
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: 1 }
    : { surge, unavailable: Math.min(unavailable, replicas) };
}

/** A number, or a percentage of a number of pods. */
function toAmount(amount: Json, total: number, round: (number: number) => number): number | undefined {
  if (typeof amount === 'number') {
    return amount;
  }
  const [, percent] = /^(\d+)%$/.exec(String(amount)) ?? [];
  return percent === undefined ? undefined : round((Number(percent) * total) / 100);
}

function listPace({ minReadySeconds }: Fields): string[] {
  return toNumber(minReadySeconds) ? [`each new pod counts once it has been ready for ${minReadySeconds} s`] : [];
}

function explainStatefulSet(change: Change, world: World): Explanation {
  const spec: Fields = change.after.spec;
  const { most } = findReplicas(change, world);
  if (spec.updateStrategy?.type === 'OnDelete') {
    const summary = 'each pod keeps the old template until somebody deletes it (OnDelete)';
    return { effect: Effect.NEXT_START, summary };
  }
  if (most === 0) {
    return { effect: Effect.NEXT_START, summary: 'has no pods; those that come later get the new template' };
  }
  const first = toNumber(findValue(spec, 'ordinals', 'start')) ?? 0;
  return explainOrdinals(change, [first, first + most - 1]);
}

/** The pods from the last down to the partition are replaced, one after the other. */
function explainOrdinals(change: Change, [first, last]: readonly [first: number, last: number]): Explanation {
  const { spec } = change.after;
  const partition = toNumber(findValue(spec, 'updateStrategy', 'rollingUpdate', 'partition')) ?? 0;
  const from = Math.max(first, partition);
  if (from > last) {
    const summary = `no pod gets the new template, as the partition is ${partition} and the last pod is ${last}`;
    return { effect: Effect.NEXT_START, summary };
  }
  const old = formatRange(first, from - 1);
  const kept = from > first ? [`pods ${old} keep the old template: the partition is ${partition}`] : [];
  const notes = [...kept, ...listPace(spec), ...explainStep(spec, change)];
  if (first === last) {
    const summary = 'ends its only pod before the new one starts: nothing serves meanwhile';
    return { effect: Effect.DOWN, summary, notes };
  }
  const pods = formatOrdinals(change.next.name ?? '', from, last);
  return { effect: Effect.ROLL, summary: `replaces ${pods}; each ends before its successor starts`, notes };
}

function formatOrdinals(name: string, from: number, last: number): string {
  return last === from
    ? `pod ${name}-${last}`
    : `${formatCount(last - from + 1, 'pod')} one by one, from ${name}-${last} down to ${name}-${from}`;
}

/** Several at a time, where the cluster can. */
function explainStep(spec: Fields, { next }: Change): string[] {
  const step = findValue(spec, 'updateStrategy', 'rollingUpdate', 'maxUnavailable');
  if (step === undefined || step === 1) {
    return [];
  }
  const isOn = next.kubernetes >= MAX_UNAVAILABLE;
  return [
    isOn
      ? `up to ${step} of them at a time`
      : `\`maxUnavailable\` (${step}) counts only with the feature gate MaxUnavailableStatefulSet`,
  ];
}

function formatRange(from: number, to: number): string {
  return from === to ? `${from}` : `${from} to ${to}`;
}

function explainDaemonSet({ after }: Change): Explanation {
  const { type, rollingUpdate } = after.spec.updateStrategy ?? {};
  if (type === 'OnDelete') {
    return {
      effect: Effect.NEXT_START,
      summary: 'the pod of each node keeps the old template until somebody deletes it (OnDelete)',
    };
  }
  const [surge, unavailable] = [findValue(rollingUpdate, 'maxSurge'), findValue(rollingUpdate, 'maxUnavailable')];
  const notes = listPace(after.spec);
  if (hasAmount(surge)) {
    const summary = `replaces the pod of ${formatNodes(surge)} at a time; the old one stays until the new one is ready`;
    return { effect: Effect.ROLL, summary, notes };
  }
  return {
    effect: Effect.ROLL,
    summary: `replaces the pod of ${formatNodes(unavailable)} at a time, which has none meanwhile`,
    notes,
  };
}

function hasAmount(amount: Json): boolean {
  return amount !== undefined && amount !== 0 && amount !== '0%';
}

function formatNodes(amount: Json): string {
  return typeof amount === 'number' ? formatCount(amount, 'node') : `${formatWord(amount)} of the nodes`;
}

function formatReplicas({ least, most, isScaled }: Replicas): string {
  const number = least === most ? formatCount(least, 'pod') : `${least} to ${most} pods`;
  return isScaled ? `${number} (as the autoscaler says)` : number;
}

function toNumber(value: Json): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
