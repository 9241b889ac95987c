import { omitUndefined } from '../private/own';
import { ManifestSet } from '../rules/model/manifest-set';
import type { ObjectView } from '../rules/model/object-view';
import {
  type Change,
  type Explanation,
  explainChange,
  explainCreation,
  explainDeletion,
  explainUnchangedService,
  type World,
} from './effects';
import { findPodKeys } from './effects/change';
import { type Match, matchObjects } from './match';
import { compareSteps } from './order';
import type { DiffReport, ObjectPlace, ObjectReport, PassedOver } from './report';
import { compareFields, type FieldChange } from './stored/compare';
import { findGroup, toStoredPair } from './stored/stored-object';

/** Controllers that compare templates as they are written, and not by what they mean. */
const LITERAL = ['apps/StatefulSet', 'apps/DaemonSet'];

/** The effect on each object of the apply of one set of manifests in place of another, in the order in which it happens. */
export function buildReport(
  before: readonly ObjectView[],
  after: readonly ObjectView[],
): Pick<DiffReport, 'objects' | 'unchanged' | 'passedOver'> {
  const [old, next] = [before, after].map((objects) => objects.filter(isFinished));
  const matches = matchObjects(old!, next!);
  const world = createWorld(old!, next!, matches);
  const reports = matches.flatMap((match) => describeMatch(match, world) ?? []);
  return {
    objects: reports.sort(compareSteps),
    unchanged: matches.length - reports.length,
    passedOver: [...before, ...after].flatMap(findPassedOver),
  };
}

/** Whether a document is an object that can be applied. */
function isFinished({ root, unfinished, kind, apiVersion }: ObjectView): boolean {
  return root.isObject && unfinished === undefined && kind !== '' && apiVersion !== '';
}

function findPassedOver(object: ObjectView): PassedOver[] {
  const { unfinished, root, source } = object;
  if (isFinished(object) || source.error !== undefined || (!root.exists && unfinished === undefined)) {
    return [];
  }
  return [
    {
      object: object.title,
      place: toPlace(object)!,
      reason: unfinished ?? 'no object of Kubernetes: it says no `apiVersion` or `kind`',
    },
  ];
}

function createWorld(before: readonly ObjectView[], after: readonly ObjectView[], matches: readonly Match[]): World {
  const changes = new Map(
    matches.flatMap(({ old, next }) => (old && next ? [[next, createChange(old, next)] as const] : [])),
  );
  return {
    before: new ManifestSet(before),
    after: new ManifestSet(after),
    findChange: (next) => {
      const change = changes.get(next);
      return change && change.fields.length > 0 ? change : undefined;
    },
  };
}

function createChange(old: ObjectView, next: ObjectView): Change {
  const group = findGroup(next);
  const { before, after, type } = toStoredPair(old, next);
  const literal = LITERAL.includes(`${group}/${next.kind}`) ? findPodKeys(next) : undefined;
  const fields = compareFields(before, after, { type, kubernetes: next.kubernetes, literal });
  return { group, kind: next.kind, old, next, before, after, fields: fields.map((field) => omitSecret(field, next)) };
}

/** Values of Secrets are shown nowhere. */
function omitSecret(field: FieldChange, { kind }: ObjectView): FieldChange {
  const isSecret = kind === 'Secret' && ['data', 'stringData'].includes(field.keys[0] ?? '');
  return isSecret
    ? {
        keys: field.keys,
        ...(field.old !== undefined && { old: HIDDEN }),
        ...(field.next !== undefined && { next: HIDDEN }),
      }
    : field;
}

const HIDDEN = '(hidden)';

function describeMatch(match: Match, world: World): ObjectReport | undefined {
  const explanation = explainMatch(match, world);
  const { old, next } = match;
  const { apiVersion, kind, name, namespace } = (next ?? old)!;
  const previousName = old && next && old.name !== next.name ? old.name : undefined;
  return (
    explanation && {
      ...omitUndefined({ name, namespace, previousName }),
      apiVersion,
      kind,
      ...omitUndefined({ old: toPlace(old), next: toPlace(next) }),
      reasons: [],
      notes: [],
      ...explanation,
      fields: (next && world.findChange(next)?.fields) ?? [],
    }
  );
}

function explainMatch({ old, next }: Match, world: World): Explanation | undefined {
  if (!old || !next) {
    return next ? explainCreation(next, world) : explainDeletion(old!, world);
  }
  const change = world.findChange(next);
  if (change) {
    return old.name === next.name ? explainChange(change, world) : explainRename(change, world);
  }
  return next.kind === 'Service' && findGroup(next) === '' ? explainUnchangedService(old, next, world) : undefined;
}

/** An object that has another name now, as a hash of its content is a part of it: nothing that is there is changed. */
function explainRename(change: Change, world: World): Explanation {
  const { effect } = explainCreation(change.next, world);
  const fields = change.fields.filter(({ keys: [part] }) => part !== 'metadata');
  const keys = [...new Set(fields.map(({ keys: [, key = ''] }) => key))].filter((key) => key !== '');
  const content = keys.length === 0 ? '' : ` (${keys.join(', ')} differ${keys.length === 1 ? 's' : ''})`;
  return {
    effect,
    summary: `takes the place of ${change.old.title}${content}`,
    notes: ['the old one stays until it is pruned'],
  };
}

function toPlace(object: ObjectView | undefined): ObjectPlace | undefined {
  return (
    object &&
    omitUndefined<string | number>({ file: object.source.file, line: object.source.findLine?.(object.root.keys) })
  );
}
