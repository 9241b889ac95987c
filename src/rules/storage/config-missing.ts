import { findNearest, isTypo } from '../../private/nearest';
import { Severity } from '../finding';
import type { MountView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { type ConfigReference, listConfigReferences } from './shared/config-references';

/** More names are not compared: some are always near each other, and it would take too long. */
const MAX_CANDIDATES = 100;

export const CONFIG_MISSING: Rule = {
  id: 'config-missing',
  severity: Severity.ERROR,
  catches:
    'A key that the ConfigMap or Secret does not have, or a name that is one letter off from a ConfigMap or Secret beside the pod.',
  consequence: 'The container is never created, or finds an empty directory in place of its file.',
  fix: 'name a key that is there, or add it',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps-as-files-from-a-pod',
  checkPod: (pod, set) => {
    const references = listConfigReferences(pod);
    return [
      ...references.flatMap((reference) => checkConfigReference(reference, references, pod.owner, set)),
      ...(references.length > 0 ? pod.all : []).flatMap(({ name, mounts }) =>
        mounts.flatMap((mount) => checkMountedFile(mount, name, pod, set)),
      ),
    ];
  },
};

function checkConfigReference(
  { kind, name: at, keys, who, isOptional }: ConfigReference,
  all: readonly ConfigReference[],
  beside: ObjectView,
  set: ManifestSet,
): Problem[] {
  const objects = isOptional || !at.text ? [] : set.listByName(kind, at.text, beside);
  if (isOptional || !at.text || objects.length > 0) {
    return checkReferencedKeys(objects, keys, who);
  }
  const isNamed = (name: string) => all.some((reference) => reference.kind === kind && reference.name.text === name);
  const candidates = set.listByKind(kind, beside);
  const meant =
    candidates.length <= MAX_CANDIDATES
      ? candidates.map(({ name }) => name ?? '').find((name) => isTypo(name, at.text!) && !isNamed(name))
      : undefined;
  const message = `${who} names ${kind} "${at.text}", but beside the pod there is "${meant}"`;
  return meant ? [{ at, message, fix: `write "${meant}"` }] : [];
}

/** Checks keys of an object; of several objects of its name, nobody knows which is meant, but one is to have the key. */
function checkReferencedKeys(objects: readonly ObjectView[], keys: readonly Field[], who: string): Problem[] {
  const lists = keys.length > 0 ? objects.map(listDataKeys) : [];
  const names = lists.some((list) => list.length === 0) ? [] : lists.flat();
  return keys
    .filter(({ text }) => text && names.length > 0 && !names.includes(text))
    .map((at) => ({
      at,
      message: `${who} takes key "${at.text}", which ${describeConfigObject(objects[0]!)} does not have`,
      ...toNearestFix(at, names),
    }));
}

/** A `subPath` that is no file of the ConfigMap or Secret: the kubelet makes an empty directory of it. */
function checkMountedFile(mount: MountView, container: string, pod: PodView, set: ManifestSet): Problem[] {
  const at = mount.field.at('subPath');
  const source = at.text ? findConfigSource(pod.findVolume(mount.volume)) : undefined;
  const object = source && set.find(source.kind, source.name, pod.owner);
  if (!object) {
    return [];
  }
  const items = source.items.map((item) => item.at('path').text ?? '');
  const files = items.length > 0 ? items : listDataKeys(object);
  const path = at.text!.replace(/\/+$/, '');
  const isThere = files.length === 0 || files.some((file) => file === path || file.startsWith(`${path}/`));
  const what = `container "${container}" mounts "${at.text}" of volume "${mount.volume}"`;
  return isThere
    ? []
    : [{ at, message: `${what}, but ${describeConfigObject(object)} has no such file`, ...toNearestFix(at, files) }];
}

function findConfigSource(volume: Field | undefined) {
  const config = volume?.at('configMap');
  const source = config?.exists ? config : volume?.at('secret');
  return source?.exists
    ? {
        kind: config?.exists ? 'ConfigMap' : 'Secret',
        name: source.at(config?.exists ? 'name' : 'secretName').text,
        items: source.at('items').items,
      }
    : undefined;
}

/** The keys that an object has; none where a controller fills it in later. */
function listDataKeys({ root }: ObjectView): string[] {
  return ['data', 'binaryData', 'stringData'].flatMap((name) => root.at(name).names);
}

function describeConfigObject({ kind, name }: ObjectView): string {
  return `${kind} "${name}"`;
}

function toNearestFix({ text }: Field, names: readonly string[]): { fix?: string } {
  const meant = findNearest(text!, names);
  return meant ? { fix: `write "${meant}"` } : {};
}
