import type { Field, Key } from './field';
import type { ObjectView } from './object-view';
import { findSchemaType, loadObjectType, type ObjectType, type Shape } from './schema';

/** Fields that hold a level of an object, in which people look for a field of another one. */
const LEVELS = new Set([
  ...['spec', 'metadata', 'template', 'jobTemplate', 'containers', 'securityContext', 'resources', 'ports', 'strategy'],
  ...['rollingUpdate', 'updateStrategy', 'emptyDir', 'secret', 'configMap', 'persistentVolumeClaim', 'volumeMounts'],
  ...['valueFrom', 'lifecycle', 'httpGet', 'target', 'selector'],
]);

/** Names that stand at so many levels that none is meant but the next, if it is the only one. */
const COMMON = new Set(
  'name value key path type kind items port data mode optional spec labels annotations'.split(' '),
);

/** Levels below one that are looked at. */
const MAX_DEPTH = 3;

/** Other kinds whose `spec` may be meant. */
const KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
];

interface Level {
  readonly keys: readonly Key[];
  readonly type: ObjectType;
}

interface FoundLevel {
  readonly keys: readonly Key[];
  /** Steps up and down to it. */
  readonly distance: number;
}

/** The place where a misplaced field belongs, as the rest of a sentence: another level of its object, or another kind. */
export function findFieldLevel(at: Field, object: ObjectView): string | undefined {
  const levels = listLevels(at.keys.slice(0, -1), object);
  const [found, next] = levels
    .flatMap((level, index) => findBelow(level, at, object.kubernetes, index))
    .filter(({ keys }) => !object.root.follow([...keys, at.name]).exists)
    .sort((a, b) => a.distance - b.distance);
  if (COMMON.has(at.name)) {
    const isClear = found?.distance === 1 && next?.distance !== 1;
    return isClear ? describeLevel(found.keys) : undefined;
  }
  if (found) {
    return describeLevel(found.keys);
  }
  const isOfPod = object.pod !== undefined && /Spec$/.test(levels[0]?.type.name ?? '');
  const kind = isOfPod ? findOtherKind(at, object) : undefined;
  return kind && `the \`spec\` of a ${kind}`;
}

/** The objects around a field, from the inside out. */
function listLevels(keys: readonly Key[], { apiVersion, kind, kubernetes }: ObjectView): Level[] {
  const name = findSchemaType(apiVersion, kind, kubernetes);
  if (name === undefined) {
    return [];
  }
  const levels: Level[] = [{ keys: [], type: loadObjectType(name, kubernetes) }];
  let shape: Shape | undefined;
  keys.forEach((key, index) => {
    shape = typeof key === 'number' ? shape?.items : levels[0]!.type.fields.get(key)?.shape;
    if (shape?.type) {
      levels.unshift({ keys: keys.slice(0, index + 1), type: loadObjectType(shape.type, kubernetes) });
    }
  });
  return levels;
}

/** The levels at and below one that have the field, with their distances. */
function findBelow(level: Level, at: Field, kubernetes: number, distance: number, depth = 0): FoundLevel[] {
  const field = level.type.fields.get(at.name);
  if (field && isFitting(at.value, field.shape)) {
    return [{ keys: level.keys, distance }];
  }
  return depth === MAX_DEPTH
    ? []
    : listInner(level, kubernetes).flatMap((inner) => findBelow(inner, at, kubernetes, distance + 1, depth + 1));
}

/** The levels right below one. */
function listInner({ keys, type: { fields } }: Level, kubernetes: number): Level[] {
  return [...fields].flatMap(([name, { shape }]) => {
    const type = LEVELS.has(name) ? (shape.type ?? shape.items?.type) : undefined;
    return type === undefined
      ? []
      : [{ keys: [...keys, ...(shape.items ? [name, '*'] : [name])], type: loadObjectType(type, kubernetes) }];
  });
}

function isFitting(value: unknown, { types }: Shape): boolean {
  return types.includes(Array.isArray(value) ? 'list' : typeof value);
}

function findOtherKind(at: Field, { kubernetes, kind }: ObjectView): string | undefined {
  return KINDS.filter(([, other]) => other !== kind).find(([apiVersion, other]) => {
    const type = findSchemaType(apiVersion, other, kubernetes);
    const spec = type && loadObjectType(type, kubernetes).fields.get('spec')?.shape.type;
    const field = spec && loadObjectType(spec, kubernetes).fields.get(at.name);
    return field && isFitting(at.value, field.shape);
  })?.[1];
}

function describeLevel(keys: readonly Key[]): string {
  return keys.length === 0 ? 'the top of the object' : `\`${formatLevel(keys)}\``;
}

function formatLevel(keys: readonly Key[]): string {
  return keys
    .map((key) => (key === '*' ? '[]' : typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}
