import { ApiObject, App, Chart, type IResolver, JsonPatch, Lazy } from 'cdk8s';
import { hasOwn } from '../own';
import { findGeneratedClass, type GeneratedClass, RENDERED_BY_CDK8S } from './generated-class';
import { type Fields, omitEmpty, RESOLVERS, resolveFields } from './resolve-data';

/** The parts of an object, which cdk8s keeps in fields of its own. */
interface Parts {
  readonly props: Fields;
  readonly patches: readonly JsonPatch[];
  readonly metadata: Fields & { readonly _additionalAttributes: Fields };
}

/**
 * The manifest of an object, as its `toJson()` gives it: field by field the same, in the same order, and with the same error.
 *
 * cdk8s looks the app up for each value and asks its resolvers, resolves and sorts `metadata` twice, and code of `cdk8s import` copies
 * each part of a manifest once per field. Here each value is looked at once. An object that renders itself in another way, an app that
 * has other resolvers, and data that cdk8s would refuse are left to cdk8s, and so is all, should another release of it render otherwise:
 * docs/decisions/0013-an-app-that-stays-fast.md.
 */
export function renderObject(object: { toJson(): unknown }): any {
  return hasOwn(object, 'toJson') ? object.toJson() : renderOriginal(object as ApiObject);
}

/** The manifest of an object as its class renders it, whatever has been put around `toJson` of this one. */
export function renderOriginal(object: ApiObject): any {
  const { toJson } = Object.getPrototypeOf(object) as ApiObject;
  try {
    const generated = findGeneratedClass(object);
    if ((toJson === RENDERED_BY_CDK8S || generated) && isResolvedByCdk8s(object) && isTrusted()) {
      return renderFields(object, generated);
    }
  } catch {
    // cdk8s says in its own words what is wrong
  }
  return toJson.call(object);
}

function renderFields(object: ApiObject, generated: GeneratedClass | undefined): any {
  const { props, patches, metadata } = object as unknown as Parts;
  const rendered = renderMetadata(metadata, object);
  const fields = resolveFields({ ...props, metadata: rendered }, object, !process.env.CDK8S_DISABLE_SORT);
  const patched = patches.length > 0 ? JsonPatch.apply(fields, ...patches) : fields;
  return generated ? generated.render(patched) : sortTopFields(patched);
}

function renderMetadata(metadata: Parts['metadata'], object: ApiObject): unknown {
  const { name, namespace, annotations, finalizers, ownerReferences, labels, _additionalAttributes: more } = metadata;
  const known = { name, namespace, annotations, finalizers, ownerReferences, labels };
  const fields = Object.keys(more).every((field) => field in known) ? known : { ...more, ...known };
  return omitEmpty(resolveFields(fields, object, true));
}

function sortTopFields(fields: Fields): Fields {
  const sorted: Record<string, unknown> = {};
  for (const key of ['apiVersion', 'kind', 'metadata', ...Object.keys(fields)]) {
    if (key in fields) {
      sorted[key] = fields[key];
    }
  }
  return sorted;
}

/** Whether the app has no resolvers but those of cdk8s. */
function isResolvedByCdk8s(object: ApiObject): boolean {
  const { resolvers } = App.of(object);
  return resolvers.length === RESOLVERS.length && RESOLVERS.every((type, index) => isExactly(type, resolvers[index]!));
}

function isExactly({ prototype }: (typeof RESOLVERS)[number], resolver: IResolver): boolean {
  return Object.getPrototypeOf(resolver) === prototype && resolver.resolve === prototype.resolve;
}

let trusted: boolean | undefined;

/** Whether the cdk8s that is installed renders an object as it is done here. */
function isTrusted(): boolean {
  trusted ??= isSampleEqual();
  return trusted;
}

function isSampleEqual(): boolean {
  const metadata = {
    labels: { b: 'b', a: 'a' },
    annotations: {},
    finalizers: [],
    extra: { z: Lazy.any({ produce: () => 1 }) },
  };
  const spec = {
    list: [{ b: 1, a: Lazy.any({ produce: () => ({ z: 'z', y: [] }) }) }],
    empty: {},
    none: null,
    'a.b': true,
  };
  const sample = new ApiObject(new Chart(new App(), 'sample'), 'sample', {
    apiVersion: 'v1',
    kind: 'Sample',
    metadata,
    spec,
  } as any);
  sample.addJsonPatch(JsonPatch.add('/spec/added', { b: 1, a: 2 }));
  try {
    return JSON.stringify(renderFields(sample, undefined)) === JSON.stringify(RENDERED_BY_CDK8S.call(sample));
  } catch {
    return false;
  }
}
