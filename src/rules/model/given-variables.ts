import type { ContainerView } from './container-view';
import type { Field } from './field';
import type { ManifestSet } from './manifest-set';
import type { PodView } from './pod-view';
import { listVariables, type Setting } from './settings';

/** The variables of a container, with those that ConfigMaps of the set give it. */
export function listGivenVariables(container: ContainerView, pod: PodView, set: ManifestSet): readonly Setting[] {
  const { field } = container;
  const own = listVariables(container);
  const lists = field.at('envFrom').items;
  const keys = field.at('env').items.filter((item) => item.at('valueFrom', 'configMapKeyRef').exists);
  if (lists.length + keys.length === 0) {
    return own;
  }
  const given = [
    ...lists.flatMap((list) => readMap(list, pod, set)),
    ...keys.flatMap((key) => readMapKey(key, pod, set)),
  ];
  const stated = own.filter(({ name, value }) => value !== '' || !given.some((setting) => setting.name === name));
  // What stands in the list of the container itself counts, and of several ConfigMaps the last.
  return [...stated, ...given.filter(({ name }, place) => !isNamed(name, [...stated, ...given.slice(place + 1)]))];
}

function isNamed(name: string, settings: readonly Setting[]): boolean {
  return settings.some((setting) => setting.name === name);
}

function readMap(list: Field, { owner }: PodView, set: ManifestSet): Setting[] {
  const at = list.at('configMapRef');
  const data = set.find('ConfigMap', at.at('name').text, owner)?.root.at('data');
  const prefix = list.at('prefix').text ?? '';
  return (data?.fields ?? []).map((field) => {
    return { name: `${prefix}${field.name}`.toLowerCase(), value: field.text ?? '', at };
  });
}

function readMapKey(item: Field, { owner }: PodView, set: ManifestSet): Setting[] {
  const [name, at] = [item.at('name').text, item.at('valueFrom', 'configMapKeyRef')];
  const data = set.find('ConfigMap', at.at('name').text, owner)?.root.at('data');
  const value = data?.at(at.at('key').text ?? '').text;
  return name === undefined || value === undefined ? [] : [{ name: name.toLowerCase(), value, at }];
}
