import type { ContainerView } from '../../rules/model/container-view';
import type { Field } from '../../rules/model/field';
import type { ObjectView } from '../../rules/model/object-view';
import type { PodView } from '../../rules/model/pod-view';
import { Effect } from '../report';
import { type Change, type Explanation, findPodKeys, listBelow, type World } from './change';
import { joinWords } from './show';

/** The use that pods make of a ConfigMap or a Secret. */
interface Use {
  readonly owner: ObjectView;
  /** The containers that mount it as a folder, mount a file of it, or have it in their variables. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly variables: readonly string[];
}

/** The effect of a changed ConfigMap or Secret on the pods that use it. */
export function explainConfig(change: Change, world: World): Explanation {
  const uses = listConfigUses(change.next, world);
  const keys = listKeys(change);
  const what = keys.length === 0 ? '' : ` (${joinWords(keys)})`;
  if (keys.length === 0) {
    return { effect: Effect.APPLY, summary: 'no key of it changes, so no pod notices' };
  }
  if (uses.length === 0) {
    return { effect: Effect.APPLY, summary: `new content${what}; no pod of these manifests uses it` };
  }
  const rolling = uses.filter(({ owner }) => isReplaced(owner, world));
  const others = uses.filter((use) => !rolling.includes(use));
  const notes = [
    ...rolling.map(({ owner }) => `${owner.title} gets it, as its pods are replaced`),
    ...others.flatMap(explainUse),
  ];
  if (others.length === 0) {
    return { effect: Effect.APPLY, summary: `new content${what}, which the replaced pods get`, notes };
  }
  const isLate = others.every(({ folders }) => folders.length === 0);
  return isLate
    ? { effect: Effect.NEXT_START, summary: `new content${what}, which no running pod sees`, notes }
    : { effect: Effect.APPLY, summary: `new content${what}, which running pods see within about a minute`, notes };
}

function explainUse({ owner, folders, files, variables }: Use): string[] {
  const isRun = owner.isJob ? 'its next run' : 'the container starts again';
  const until = (names: readonly string[], why: string) =>
    names.length === 0 ? [] : [`${owner.title}: ${formatContainers(names)} ${why}, so nothing changes until ${isRun}`];
  const inPlace = `${owner.title}: the files that ${formatContainers(folders)} mounts change in place; what reads them only at its start does not notice`;
  return [
    ...(folders.length > 0 ? [inPlace] : []),
    ...until(files, 'mounts it with `subPath`'),
    ...until(variables, 'has it in its variables'),
  ];
}

function formatContainers(names: readonly string[]): string {
  return names.length === 1 ? `container "${names[0]}"` : `containers ${joinWords(names.map((name) => `"${name}"`))}`;
}

/** The keys that differ, in order. */
function listKeys({ fields }: Change): string[] {
  const below = ['data', 'binaryData'].flatMap((name) => listBelow(fields, [name]));
  return [...new Set(below.map(({ keys: [key = ''] }) => key).filter((key) => key !== ''))];
}

/** Whether the pods of a workload are replaced by the same change. */
function isReplaced(owner: ObjectView, world: World): boolean {
  const change = world.findChange(owner);
  const keys = findPodKeys(owner) ?? [];
  return change !== undefined && keys.length > 0 && listBelow(change.fields, keys).length > 0 && !owner.isJob;
}

/** The pods that use a ConfigMap or Secret. */
export function listConfigUses(config: ObjectView, world: World): Use[] {
  return world.after.listPodsBeside(config).flatMap((pod) => {
    const use = toUse(pod, config);
    return use.folders.length + use.files.length + use.variables.length > 0 ? [use] : [];
  });
}

function toUse(pod: PodView, { kind, name }: ObjectView): Use {
  const volumes = new Set(
    pod.volumes.filter((volume) => isFrom(volume, kind, name)).map((volume) => volume.at('name').text),
  );
  const list = (test: (container: ContainerView) => boolean) => pod.all.filter(test).map((container) => container.name);
  const mounts = (container: ContainerView, isFile: boolean) =>
    container.mounts.some((mount) => volumes.has(mount.volume) && isFile === isPart(mount.field));
  return {
    owner: pod.owner,
    folders: list((container) => mounts(container, false)),
    files: list((container) => mounts(container, true)),
    variables: list(({ field }) => hasVariables(field, kind, name)),
  };
}

function isPart(mount: Field): boolean {
  return Boolean(mount.at('subPath').text) || mount.at('subPathExpr').exists;
}

function isFrom(volume: Field, kind: string, name: string | undefined): boolean {
  const [source, key] = kind === 'Secret' ? ['secret', 'secretName'] : ['configMap', 'name'];
  const projected = volume.at('projected', 'sources').items.some((item) => item.at(source!, 'name').text === name);
  return name !== undefined && (volume.at(source!, key!).text === name || projected);
}

function hasVariables(container: Field, kind: string, name: string | undefined): boolean {
  const [one, all] = kind === 'Secret' ? ['secretKeyRef', 'secretRef'] : ['configMapKeyRef', 'configMapRef'];
  return (
    container.at('env').items.some((item) => item.at('valueFrom', one!, 'name').text === name) ||
    container.at('envFrom').items.some((item) => item.at(all!, 'name').text === name)
  );
}
