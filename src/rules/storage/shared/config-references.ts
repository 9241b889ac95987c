import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';

/** A place of a pod that names a ConfigMap or a Secret. */
export interface ConfigReference {
  readonly kind: 'ConfigMap' | 'Secret';
  /** The field that holds the name. */
  readonly name: Field;
  /** The fields that name its keys. */
  readonly keys: readonly Field[];
  /** Whether the pod also runs without it. */
  readonly isOptional: boolean;
  /** The part of the pod that refers to it, as in `container "app"`. */
  readonly who: string;
}

const VARIABLES: ReadonlySet<string> = new Set(['configMapKeyRef', 'secretKeyRef']);
const LISTS: ReadonlySet<string> = new Set(['configMapRef', 'secretRef']);
const SOURCES: ReadonlySet<string> = new Set(['configMap', 'secret', 'projected']);

/** All ConfigMaps and Secrets that a pod names. */
export function listConfigReferences(pod: PodView): ConfigReference[] {
  return [...pod.volumes.flatMap(listVolumeReferences), ...pod.all.flatMap(listContainerReferences)];
}

function listVolumeReferences(volume: Field): ConfigReference[] {
  const source = volume.names.find((name) => SOURCES.has(name) && volume.at(name).exists);
  const who = `volume "${volume.at('name').text ?? ''}"`;
  switch (source) {
    case undefined:
      return [];
    case 'projected':
      return volume
        .at('projected', 'sources')
        .items.flatMap((item) => [item.at('configMap'), item.at('secret')])
        .flatMap((projection) => toFileReferences(projection, 'name', who));
    default:
      return toFileReferences(volume.at(source), source === 'secret' ? 'secretName' : 'name', who);
  }
}

function toFileReferences(source: Field, name: string, who: string): ConfigReference[] {
  const keys = source.at('items').items.map((item) => item.at('key'));
  return source.exists ? [toConfigReference(source, source.at(name), keys, who)] : [];
}

function listContainerReferences({ field, name }: ContainerView): ConfigReference[] {
  const who = `container "${name}"`;
  const variables = field.at('env').items.flatMap((item) => findReferenceFields(item.at('valueFrom'), VARIABLES));
  const lists = field.at('envFrom').items.flatMap((from) => findReferenceFields(from, LISTS));
  return [
    ...variables.map((source) => toConfigReference(source, source.at('name'), [source.at('key')], who)),
    ...lists.map((source) => toConfigReference(source, source.at('name'), [], who)),
  ];
}

function findReferenceFields(holder: Field, names: ReadonlySet<string>): Field[] {
  return holder.names.flatMap((name) => (names.has(name) && holder.at(name).exists ? [holder.at(name)] : []));
}

function toConfigReference(source: Field, name: Field, keys: readonly Field[], who: string): ConfigReference {
  const kind = source.name.startsWith('secret') ? 'Secret' : 'ConfigMap';
  return { kind, name, keys, isOptional: source.at('optional').isTrue, who };
}
