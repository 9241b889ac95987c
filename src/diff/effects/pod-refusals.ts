import type { FieldChange } from '../stored/compare';
import { formatPath } from '../stored/compare';
import { findValue, isSame, type Json, toItems } from '../stored/json';
import type { Change } from './change';

/** Resources of containers, which another request changes: `kubectl patch pod --subresource resize`. */
const RESOURCES = /^spec\.(containers|initContainers)\[[^\]]*\]\.resources\b/;
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const IMAGE = /^spec\.(containers|initContainers)\[[^\]]*\]\.image$/;

/** Of a pod little may change but its images; all else needs a new one. */
export function findPodRefusals({ fields, before, after }: Change): FieldChange[] {
  return fields.filter((change) =>
    change.keys[0] === 'spec' ? !isTaken(change, before.spec, after.spec) : isProfile(change),
  );
}

/** Annotations that name a profile of AppArmor, which are never changed once they are there. */
function isProfile({ keys: [, field, name = ''], old }: FieldChange): boolean {
  return field === 'annotations' && name.startsWith(APP_ARMOR) && old !== undefined;
}

/** Whether a change is one of the resources of a container. */
export function isResize({ keys }: FieldChange): boolean {
  return RESOURCES.test(formatPath(keys));
}

function isTaken(change: FieldChange, before: Json, after: Json): boolean {
  const { keys, old, next } = change;
  const path = formatPath(keys);
  switch (keys[1]) {
    case 'activeDeadlineSeconds':
      return typeof next === 'number' && (old === undefined || next <= old);
    case 'tolerations':
      return toItems(before.tolerations).every((item) =>
        toItems(after.tolerations).some((other) => isSame(item, other)),
      );
    case 'schedulingGates':
      return next === undefined || change.isOrder === true;
    case 'nodeSelector':
      return old === undefined && toItems(findValue(before, 'schedulingGates')).length > 0;
    default:
      return IMAGE.test(path) && next !== undefined && old !== undefined;
  }
}
