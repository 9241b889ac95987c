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
  /** Who refers to it, as in `container "app"`. */
  readonly who: string;
}

const VARIABLES: ReadonlySet<string> = new Set(['configMapKeyRef', 'secretKeyRef']);
const LISTS: ReadonlySet<string> = new Set(['configMapRef', 'secretRef']);
const SOURCES: ReadonlySet<string> = new Set(['configMap', 'secret', 'projected']);

/** All ConfigMaps and Secrets that a pod names. */
export function configReferences(pod: PodView): ConfigReference[] {
  return [...pod.volumes.flatMap(volumeReferences), ...pod.all.flatMap(containerReferences)];
}

function volumeReferences(volume: Field): ConfigReference[] {
  const source = volume.names.find((name) => SOURCES.has(name) && volume.at(name).exists);
  const who = `volume "${volume.at('name').text ?? ''}"`;
  switch (source) {
    case undefined:
      return [];
    case 'projected':
      return volume
        .at('projected', 'sources')
        .items.flatMap((item) => [item.at('configMap'), item.at('secret')])
        .flatMap((projection) => filesOf(projection, 'name', who));
    default:
      return filesOf(volume.at(source), source === 'secret' ? 'secretName' : 'name', who);
  }
}

function filesOf(source: Field, name: string, who: string): ConfigReference[] {
  const keys = source.at('items').items.map((item) => item.at('key'));
  return source.exists ? [referenceTo(source, source.at(name), keys, who)] : [];
}

function containerReferences({ field, name }: ContainerView): ConfigReference[] {
  const who = `container "${name}"`;
  const variables = field.at('env').items.flatMap((item) => referencesIn(item.at('valueFrom'), VARIABLES));
  const lists = field.at('envFrom').items.flatMap((from) => referencesIn(from, LISTS));
  return [
    ...variables.map((source) => referenceTo(source, source.at('name'), [source.at('key')], who)),
    ...lists.map((source) => referenceTo(source, source.at('name'), [], who)),
  ];
}

function referencesIn(holder: Field, names: ReadonlySet<string>): Field[] {
  return holder.names.flatMap((name) => (names.has(name) && holder.at(name).exists ? [holder.at(name)] : []));
}

function referenceTo(source: Field, name: Field, keys: readonly Field[], who: string): ConfigReference {
  const kind = source.name.startsWith('secret') ? 'Secret' : 'ConfigMap';
  return { kind, name, keys, isOptional: source.at('optional').isTrue, who };
}
