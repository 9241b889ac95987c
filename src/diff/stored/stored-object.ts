import { findKind, isIn } from '../../rules/model/api-kinds';
import type { ObjectView } from '../../rules/model/object-view';
import { applyManifest } from './apply';
import { completeObject } from './defaults';
import { copyValue, type Fields, findValue, hasFields, type Json } from './json';
import { normalizeFields, omitNulls } from './normalize';

/** The manifest that `kubectl apply` was given the last time, in an object of a cluster. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Fields that only the API server and controllers write. */
const SERVER_METADATA = ['managedFields', 'resourceVersion', 'uid', 'creationTimestamp', 'generation', 'selfLink'];
const SERVER_ANNOTATIONS = [LAST_APPLIED, 'deployment.kubernetes.io/revision'];

/** An object of a cluster before and after a change. */
export interface StoredPair {
  readonly before: Fields;
  readonly after: Fields;
  /** The type of the fields, where it is known. */
  readonly type?: string;
}

/** The group of the API that an object is of now, whatever its API version: `apps` for a Deployment of `extensions/v1beta1`. */
export function findGroup({ apiVersion, kind }: ObjectView): string {
  const version = findKind(apiVersion, kind)?.successor ?? apiVersion;
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
}

/** The object that the API server keeps of a manifest. */
export function toStored(object: ObjectView): Fields {
  return complete(toManifest(object, object.root.value), object);
}

/** The object in the API server before and after the apply of a manifest in place of another one. */
export function toStoredPair(old: ObjectView, next: ObjectView): StoredPair {
  const before = toStored(old);
  const type = findType(next) ?? findType(old);
  const versions = { live: before, old: readApplied(old), next: toManifest(next, next.root.value) };
  const after = complete(copyValue(applyManifest(versions, type, next.kubernetes)), next);
  return { before, after, ...(type !== undefined && { type }) };
}

/** The type of the fields of an object: versions of the API that are gone have that of what took their place. */
export function findType({ apiVersion, kind, kubernetes }: ObjectView): string | undefined {
  const found = findKind(apiVersion, kind);
  const known = found?.type === undefined && found?.successor ? findKind(found.successor, kind) : found;
  return known && isIn(known, kubernetes) ? known.type : undefined;
}

/** The manifest that was applied before: for an object out of a cluster, the one that it remembers. */
function readApplied(object: ObjectView): Fields {
  const { value } = object.root;
  const remembered = findValue(value, 'metadata', 'annotations', LAST_APPLIED);
  if (typeof remembered === 'string') {
    return toManifest(object, tryParse(remembered));
  }
  return findValue(value, 'metadata', 'uid') === undefined ? toManifest(object, value) : {};
}

function tryParse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A manifest without what a cluster adds. */
function toManifest(object: ObjectView, value: Json): Fields {
  const fields = copyValue(normalizeFields(omitNulls(value), findType(object), object.kubernetes));
  for (const name of ['apiVersion', 'kind', 'status']) {
    delete fields[name];
  }
  if (hasFields(fields.metadata)) {
    for (const name of SERVER_METADATA) {
      delete fields.metadata[name];
    }
    omitAnnotations(fields.metadata);
  }
  return fields;
}

function omitAnnotations(metadata: Fields): void {
  const { annotations } = metadata;
  if (hasFields(annotations)) {
    for (const name of SERVER_ANNOTATIONS) {
      delete annotations[name];
    }
    if (Object.keys(annotations).length === 0) {
      delete metadata.annotations;
    }
  }
}

function complete(fields: Fields, object: ObjectView): Fields {
  completeObject(fields, findGroup(object), object.kind);
  return fields;
}
