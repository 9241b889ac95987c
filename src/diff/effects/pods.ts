import { toNanos } from '../../private/quantities';
import { Effect } from '../report';
import type { FieldChange } from '../stored/compare';
import { type Fields, findValue, hasFields, listFieldSets } from '../stored/json';
import { type Change, type Explanation, touches, type World } from './change';
import { isResize } from './pod-refusals';
import { explainTemplate } from './reasons';
import { joinWords, toItemName } from './show';

/** The minor version from which a pod that runs can get other resources. */
const RESIZE = 33;

const AMOUNTS = ['cpu', 'memory'];

/** The effect on a pod that no controller makes, where the API server takes the change. */
export function explainPod(change: Change, world: World): Explanation {
  const reasons = explainTemplate(change.fields, change.next, world);
  const images = change.fields.filter(({ keys }) => keys[keys.length - 1] === 'image');
  const restarted = images.filter(({ keys }) => isRunning(change.after.spec, keys));
  if (restarted.length > 0) {
    const names = joinWords(restarted.map(({ keys }) => `"${toItemName(keys[2])}"`));
    return {
      effect: Effect.RESTART,
      summary: `starts ${names} again in place, with the new image; the pod stays`,
      reasons,
    };
  }
  if (images.length > 0) {
    return {
      effect: Effect.NEXT_START,
      summary: 'its init containers have run, so nothing happens until it is made again',
      reasons,
    };
  }
  const isGate = touches(change, 'spec', 'schedulingGates');
  return {
    effect: Effect.APPLY,
    summary: isGate ? 'may be scheduled now' : 'counts at once; no container starts again',
    reasons,
  };
}

/** Whether a container runs beside the others: containers, and init containers that start again always. */
function isRunning(spec: Fields, keys: readonly string[]): boolean {
  const [, list = '', item] = keys;
  const container = listFieldSets(spec[list]).find(({ name }) => `[${name}]` === item);
  return list === 'containers' || container?.restartPolicy === 'Always';
}

/** The way in which a pod gets other resources while it runs; nothing where it has to be made again for them. */
export function explainResize(change: Change, refused: readonly FieldChange[], world: World): Explanation | undefined {
  const { before, after, next } = change;
  const canResize =
    next.kubernetes >= RESIZE &&
    refused.every((field) => isResizable(field, after.spec)) &&
    findQuality(before.spec) === findQuality(after.spec);
  if (!canResize) {
    return undefined;
  }
  const restarts = listFieldSets(after.spec.containers)
    .filter((container) => isRestarted(container, refused))
    .map(({ name }) => `"${name}"`);
  const effect = restarts.length > 0 ? ` (${joinWords(restarts)} starts again: its \`resizePolicy\`)` : '';
  return {
    effect: Effect.RESIZE,
    summary: `gets other resources while it runs${effect}, by \`kubectl patch pod ${next.name} --subresource resize\`; \`kubectl apply\` is refused`,
    reasons: explainTemplate(change.fields, next, world),
  };
}

function isResizable(change: FieldChange, spec: Fields): boolean {
  const { keys, old, next } = change;
  const [, , , , list = '', name = ''] = keys;
  const isAmount = keys.length === 6 && ['requests', 'limits'].includes(list) && AMOUNTS.includes(name);
  const hasOwnBudget = hasFields(spec.resources);
  return (
    isResize(change) && isAmount && old !== undefined && next !== undefined && isRunning(spec, keys) && !hasOwnBudget
  );
}

function isRestarted(container: Fields, refused: readonly FieldChange[]): boolean {
  const changed = refused.filter(({ keys }) => keys[2] === `[${container.name}]`).map(({ keys }) => keys[5]);
  return listFieldSets(container.resizePolicy).some(
    ({ resourceName, restartPolicy }) => restartPolicy === 'RestartContainer' && changed.includes(resourceName),
  );
}

/** The quality of service of a pod, which a resize cannot change. */
function findQuality(spec: Fields): string {
  const containers = [...listFieldSets(spec.initContainers), ...listFieldSets(spec.containers)];
  const lists = containers.flatMap(({ resources }) => [
    findValue(resources, 'requests'),
    findValue(resources, 'limits'),
  ]);
  if (!lists.some((list) => AMOUNTS.some((name) => toNanos(findValue(list, name))))) {
    return 'BestEffort';
  }
  const isGuaranteed = containers.every(({ resources }) =>
    AMOUNTS.every((name) => {
      const [request, limit] = ['requests', 'limits'].map((list) => toNanos(findValue(resources, list, name)));
      return limit !== undefined && limit > 0n && request === limit;
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
