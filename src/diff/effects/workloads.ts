import { formatCount } from '../../rules/report';
import { findScaler } from '../../rules/resources/shared/autoscaling';
import { Effect } from '../report';
import type { FieldChange } from '../stored/compare';
import { findValue } from '../stored/json';
import { type Change, type Explanation, findPodKeys, listBelow, type World } from './change';
import { explainTemplate } from './reasons';
import { explainRollout, findReplicas } from './rollout';
import { formatChange } from './show';
import { explainVolumes } from './volumes';

/** The effect on the pods of a workload. */
export function explainWorkload(change: Change, world: World): Explanation {
  const template = listBelow(change.fields, findPodKeys(change.next) ?? []);
  if (template.length === 0) {
    return explainSettings(change, world);
  }
  const rollout = explainRollout(change, world);
  const isReplacing = [Effect.ROLL, Effect.DOWN].includes(rollout.effect);
  const scale = explainScale(change, world);
  return {
    ...rollout,
    reasons: explainTemplate(template, change.next, world),
    notes: [
      ...(rollout.notes ?? []),
      ...(scale ? [`it also ${scale.summary}`, ...(scale.notes ?? [])] : []),
      ...(isReplacing ? explainVolumes(change) : []),
    ],
  };
}

/** Fields beside the template: the number of pods, and how a later rollout goes. */
function explainSettings(change: Change, world: World): Explanation {
  const others = change.fields.filter(({ keys }) => keys[0] === 'spec' && keys[1] !== 'replicas');
  const scale = explainScale(change, world);
  if (scale) {
    return { ...scale, reasons: others.map(formatChange) };
  }
  const resumed = others.find(({ keys }) => keys[1] === 'paused');
  if (resumed) {
    return {
      effect: Effect.APPLY,
      summary: describePause(resumed),
      reasons: others.filter((field) => field !== resumed).map(formatChange),
    };
  }
  const summary =
    others.length > 0
      ? 'counts for the next rollout; no pod is touched'
      : 'only its own metadata changes; no pod is touched';
  const shown = others.length > 0 ? others : change.fields;
  return { effect: Effect.APPLY, summary, reasons: shown.map(formatChange), notes: explainSelfReplicas(change, world) };
}

function describePause({ next }: FieldChange): string {
  return next === true
    ? 'rollouts pause; no pod is touched'
    : 'rollouts go on: what has changed since the pause replaces its pods now';
}

/** More or fewer pods than before. */
function explainScale(change: Change, world: World): Explanation | undefined {
  const [old, next] = [change.before, change.after].map((stored) => findValue(stored, 'spec', 'replicas'));
  if (old === next || typeof old !== 'number' || typeof next !== 'number') {
    return undefined;
  }
  const notes = [...explainScaler(change, world, next), ...explainFewer(change, old, next)];
  if (next === 0) {
    return {
      effect: Effect.DOWN,
      summary: `ends its ${formatCount(old, 'pod')}: nothing serves until it is scaled up again`,
      notes,
    };
  }
  return {
    effect: Effect.SCALE,
    summary: `${next > old ? 'grows' : 'shrinks'} from ${old} to ${formatCount(next, 'pod')}`,
    notes,
  };
}

/** An autoscaler decides on the number, and an apply overwrites it for a while. */
function explainScaler(change: Change, world: World, next: number): string[] {
  const scaler = findScaler(change.next, world.after);
  if (!scaler || next === 0) {
    return [];
  }
  const isLeftOut = !change.next.spec.at('replicas').exists;
  return [
    isLeftOut
      ? `\`replicas\` is no longer stated, so \`kubectl apply\` sets it to ${next} until ${scaler.object.title} raises it; set \`replicas\` of the last applied configuration aside first: \`kubectl apply edit-last-applied\``
      : `${scaler.object.title} decides on the number: ${next} lasts until it looks again`,
  ];
}

/** The number that is stated beside an autoscaler, and now left out or taken over without a change. */
function explainSelfReplicas(change: Change, world: World): string[] {
  const scaler = findScaler(change.next, world.after);
  const isNew = scaler !== undefined && findScaler(change.old, world.before) === undefined;
  return isNew
    ? [
        `${scaler.object.title} decides on the number of its pods from now on: ${findReplicas(change, world).least} at least`,
      ]
    : [];
}

/** The claims of pods that a StatefulSet no longer has. */
function explainFewer({ next: object, after }: Change, old: number, next: number): string[] {
  if (object.kind !== 'StatefulSet' || next >= old || object.spec.at('volumeClaimTemplates').items.length === 0) {
    return [];
  }
  const isDeleted = findValue(after, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled') === 'Delete';
  const pods = formatCount(old - next, 'pod');
  return [
    isDeleted
      ? `the claims of the ${pods} that end go with them, and their data`
      : `the claims of the ${pods} that end stay, with their data`,
  ];
}
