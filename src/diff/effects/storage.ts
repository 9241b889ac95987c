import type { ObjectView } from '../../rules/model/object-view';
import { Effect } from '../report';
import { findValue } from '../stored/json';
import { type Change, type Explanation, touches, type World } from './change';
import { formatChange, formatWord } from './show';

/** The effect on a claim. */
export function explainClaim(change: Change, world: World): Explanation {
  const [old, next] = [change.before, change.after].map((stored) =>
    findValue(stored, 'spec', 'resources', 'requests', 'storage'),
  );
  if (!touches(change, 'spec', 'resources', 'requests', 'storage')) {
    const isNamed = touches(change, 'spec', 'storageClassName');
    const notes = isNamed
      ? ['it is refused where the cluster has given the claim a default class of another name']
      : [];
    return { effect: Effect.APPLY, summary: 'no pod is touched', reasons: change.fields.map(formatChange), notes };
  }
  const summary = `its volume grows from ${formatWord(old)} to ${formatWord(next)} in place`;
  return { effect: Effect.APPLY, summary, notes: [describeExpansion(change.next, world)] };
}

/** Whether a class of storage lets its volumes grow. */
function describeExpansion(claim: ObjectView, world: World): string {
  const name = claim.spec.at('storageClassName').text;
  const found = world.after.objects.find((object) => object.kind === 'StorageClass' && object.name === name);
  if (found?.root.at('allowVolumeExpansion').isTrue) {
    return 'its StorageClass allows that';
  }
  return found
    ? `StorageClass "${name}" does not allow that, so the API server refuses it; set \`allowVolumeExpansion\``
    : 'its StorageClass must say `allowVolumeExpansion`, or the API server refuses it';
}

/** The end of the data of a claim or volume that is gone, or has to be made again. */
export function explainDataLoss(object: ObjectView, world: World): string[] {
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      return [describeReclaim(object, world)];
    case 'PersistentVolume':
      return object.spec.at('persistentVolumeReclaimPolicy').text === 'Delete'
        ? ['its reclaim policy is Delete']
        : ['its data stays where it is'];
    case 'StatefulSet':
      return explainClaims(object);
    default:
      return [];
  }
}

function describeReclaim(claim: ObjectView, { before }: World): string {
  const name = claim.spec.at('storageClassName').text;
  const found = before.objects.find((object) => object.kind === 'StorageClass' && object.name === name);
  const policy = found && (found.root.at('reclaimPolicy').text ?? 'Delete');
  switch (policy) {
    case 'Retain':
      return 'its volume stays, with its data, and no claim gets it by itself (Retain)';
    case 'Delete':
      return 'its volume and its data go with it (Delete), once no pod uses it';
    default:
      return 'its volume and its data go with it, unless its StorageClass retains them; that waits until no pod uses it';
  }
}

/** The claims of a StatefulSet outlive it, unless it says otherwise. */
function explainClaims(object: ObjectView): string[] {
  const claims = object.spec
    .at('volumeClaimTemplates')
    .items.flatMap((claim) => claim.at('metadata', 'name').text ?? []);
  const isDeleted = object.spec.at('persistentVolumeClaimRetentionPolicy', 'whenDeleted').text === 'Delete';
  const names = claims.map((name) => `"${name}"`).join(', ');
  if (claims.length === 0) {
    return [];
  }
  return [
    isDeleted
      ? `the claims ${names} of its pods go with it, and their data`
      : `the claims ${names} of its pods stay, with their data`,
  ];
}
