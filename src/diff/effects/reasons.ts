import { groupBy } from '../../private/lists';
import type { ObjectView } from '../../rules/model/object-view';
import { listConfigReferences } from '../../rules/storage/shared/config-references';
import { type FieldChange, formatPath } from '../stored/compare';
import { type Fields, hasFields } from '../stored/json';
import type { World } from './change';
import { describeSource, formatDifference, formatValue, formatWord, joinWords, toItemName } from './show';

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** Annotations that hold a checksum, so that pods are replaced when files change. */
const CHECKSUM = /checksum|sha\d*|hash|digest/i;

/** Fields of containers in words. */
const WORDS: Readonly<Record<string, string>> = {
  args: 'arguments',
  command: 'command',
  imagePullPolicy: 'pull policy',
  livenessProbe: 'liveness probe',
  readinessProbe: 'readiness probe',
  startupProbe: 'startup probe',
  securityContext: 'security context',
  workingDir: 'working directory',
};

/** Why the pods of a template are others than before, one sentence for each thing that differs. */
export function explainTemplate(changes: readonly FieldChange[], next: ObjectView, world: World): string[] {
  const moved = findMoved(changes);
  const groups = groupBy(changes, ({ keys }) => toTopic(keys).join('\n'));
  const reasons = [...groups.values()].map((group) => explainGroup(group, next, world, moved));
  return reasons.filter((reason) => reason !== '');
}

/** Changes of one topic are told together: all of a probe, or of the resources of a container. */
function toTopic(keys: readonly string[]): readonly string[] {
  const [part, field = '', , , ...rest] = keys;
  if (part === 'spec' && LISTS.includes(field)) {
    return keys.slice(0, rest.length > 0 && /^\[/.test(rest[0]!) ? 5 : 4);
  }
  return field === 'volumes' || part === 'metadata' ? keys.slice(0, 3) : keys;
}

function explainGroup(
  group: readonly FieldChange[],
  next: ObjectView,
  world: World,
  moved: ReadonlySet<string>,
): string {
  const [first] = group as [FieldChange];
  const [part, field = '', item] = first.keys;
  if (part === 'metadata') {
    return explainMetadata(first, next, world);
  }
  if (LISTS.includes(field) && item !== undefined) {
    return explainContainer(group, moved);
  }
  if (field === 'volumes' && item !== undefined) {
    return explainVolume(group);
  }
  return first.isOrder
    ? `order of \`${field}\`: ${formatDifference(first).replace(/^order /, '')}`
    : explainField(first);
}

function explainField(change: FieldChange): string {
  return `\`${formatPath(change.keys.slice(1))}\`: ${formatDifference(change)}`;
}

function explainMetadata(change: FieldChange, next: ObjectView, world: World): string {
  const [, field, name = ''] = change.keys;
  if (field === 'annotations' && CHECKSUM.test(name) && change.old !== undefined && change.next !== undefined) {
    const changed = listChangedConfigs(next, world);
    const source = changed.length > 0 ? `checksum of ${joinWords(changed)}` : 'a checksum';
    return `${source}, in annotation "${name}"`;
  }
  const word = { annotations: 'annotation', labels: 'label' }[field ?? ''];
  return word === undefined || name === ''
    ? `\`${formatPath(change.keys)}\` of the pods: ${formatDifference(change)}`
    : `${word} "${name}" of the pods: ${formatDifference(change)}`;
}

/** The ConfigMaps and Secrets of a pod that change, with their keys: `ConfigMap/web (nginx.conf)`. */
function listChangedConfigs(next: ObjectView, world: World): string[] {
  const references = next.pod ? listConfigReferences(next.pod) : [];
  const found = references.flatMap(({ kind, name }) => world.after.find(kind, name.text, next) ?? []);
  return [...new Set(found)].flatMap((object) => {
    const keys = world.findChange(object)?.fields.filter(({ keys: [part] }) => /[dD]ata$/.test(part ?? '')) ?? [];
    const names = [...new Set(keys.map(({ keys: [, name = ''] }) => name))].filter((name) => name !== '');
    return keys.length > 0 ? `${object.title}${names.length > 0 ? ` (${names.join(', ')})` : ''}` : [];
  });
}

function explainVolume(group: readonly FieldChange[]): string {
  const [first] = group as [FieldChange];
  const name = toItemName(first.keys[2]);
  const [source, other] = [findSource(group, 'old'), findSource(group, 'next')];
  if (source !== undefined && other !== undefined) {
    return `volume "${name}": ${describeSource(source)} -> ${describeSource(other)}`;
  }
  if (first.keys.length > 3) {
    const details = group.map((change) => `${formatPath(change.keys.slice(3))} ${formatDifference(change)}`);
    return `volume "${name}": ${details.join(', ')}`;
  }
  return first.old === undefined
    ? `new volume "${name}" (${describeSource(first.next)})`
    : `volume "${name}" (${describeSource(first.old)}) is gone`;
}

/** The source of a volume that is another one than before. */
function findSource(group: readonly FieldChange[], when: 'old' | 'next'): Fields | undefined {
  const change = group.find((one) => one.keys.length === 4 && one[when === 'old' ? 'next' : 'old'] === undefined);
  return change && { [change.keys[3]!]: change[when] };
}

/** Containers that go from one list to the other. */
function findMoved(changes: readonly FieldChange[]): ReadonlySet<string> {
  const whole = changes.filter(({ keys }) => keys.length === 3 && LISTS.includes(keys[1]!));
  const gone = whole.filter(({ next }) => next === undefined).map(({ keys }) => keys[2]!);
  return new Set(
    whole.filter(({ old, keys }) => old === undefined && gone.includes(keys[2]!)).map(({ keys }) => keys[2]!),
  );
}

function explainContainer(group: readonly FieldChange[], moved: ReadonlySet<string>): string {
  const [first] = group as [FieldChange];
  const [, list = '', item = '', field] = first.keys;
  if (field === undefined) {
    return explainWhole(first, list, item, moved);
  }
  const who = `container "${toItemName(item)}"`;
  switch (field) {
    case 'image':
      return `image of ${who}: ${formatImages(first)}`;
    case 'env':
      return explainItem(first, 'variable', who);
    case 'volumeMounts':
      return explainItem(first, 'mount', who);
    case 'ports':
      return explainItem(first, 'port', who);
    case 'resources':
      return `resources of ${who}: ${group.map(formatAmountChange).join(', ')}`;
    default:
      return explainSettings(group, who);
  }
}

function explainWhole({ old, next }: FieldChange, list: string, item: string, moved: ReadonlySet<string>): string {
  const role = describeRole(list, next ?? old);
  const name = toItemName(item);
  if (moved.has(item)) {
    return next === undefined
      ? ''
      : `"${name}" becomes ${role === 'container' ? 'a' : 'an'} ${role}`.replace('an native', 'a native');
  }
  return next === undefined ? `${role} "${name}" is gone` : `new ${role} "${name}"`;
}

function describeRole(list: string, container: unknown): string {
  const isNative = hasFields(container) && container.restartPolicy === 'Always';
  return list === 'initContainers' ? (isNative ? 'native sidecar' : 'init container') : 'container';
}

/** An item of a list of a container that comes, goes or changes. */
function explainItem(change: FieldChange, thing: string, who: string): string {
  const { keys, old, next, isOrder } = change;
  const [name, ...rest] = keys.slice(4);
  if (isOrder || name === undefined) {
    return `${thing}s of ${who}: ${formatDifference(change)}`;
  }
  const what = `${thing} "${toItemName(name)}"`;
  if (rest.length > 0) {
    const field = rest.length === 1 && rest[0] === 'value' ? '' : `${formatPath(rest)} `;
    return `${what} of ${who}: ${field}${formatDifference(change)}`;
  }
  return next === undefined ? `${what} of ${who} is gone` : `${old === undefined ? 'new ' : ''}${what} of ${who}`;
}

function explainSettings(group: readonly FieldChange[], who: string): string {
  const [, , , field = ''] = group[0]!.keys;
  const parts = group.map((change) => {
    const rest = formatPath(change.keys.slice(4));
    return rest === '' ? formatDifference(change) : `${rest} ${formatDifference(change)}`;
  });
  return `${WORDS[field] ?? `\`${field}\``} of ${who}: ${parts.join(', ')}`;
}

/** `memory limit 64Mi -> 128Mi`. */
function formatAmountChange(change: FieldChange): string {
  const [list, name] = change.keys.slice(4);
  const word = list === 'limits' ? 'limit' : list === 'requests' ? 'request' : undefined;
  const bare = { ...change, ...(name === undefined && {}) };
  if (word === undefined || name === undefined) {
    return `${formatPath(change.keys.slice(4))} ${formatDifference(bare)}`;
  }
  const [old, next] = [change.old, change.next].map((value) => (value === undefined ? undefined : formatWord(value)));
  return `${name} ${word} ${old === undefined ? `now ${next}` : next === undefined ? `no longer ${old}` : `${old} -> ${next}`}`;
}

/** Two images; of the same repository only the tags differ. */
function formatImages({ old, next }: FieldChange): string {
  const [before, after] = [formatWord(old ?? ''), formatWord(next ?? '')];
  const [, repository, tag] = /^(.*?[^/]):([^:/]+)$/.exec(after) ?? [];
  if (repository !== undefined && before.startsWith(`${repository}:`) && !before.includes('@')) {
    return `${repository} ${before.slice(repository.length + 1)} -> ${tag}`;
  }
  return old === undefined || next === undefined ? formatValue(next ?? old) : `${before} -> ${after}`;
}
