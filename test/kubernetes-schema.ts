import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { PodMonitor, type PodMonitorProps } from '../imports/monitoring.coreos.com';

const require = createRequire(__filename);

/** Fields of Kubernetes 1.34, which `kubernetes-models` does not know yet, and the rules do. */
const LATER = /\/(fileKeyRef|restartPolicyRules)(\/|$)/;

/**
 * What the Kubernetes schema has against a manifest: wrong types, missing fields, fields that it does not know.
 *
 * The validators of `kubernetes-models` are generated from the OpenAPI schema and read each field that it knows. A field
 * that a validator never reads is one that the schema does not know.
 */
export function schemaProblems(manifest: any): string[] {
  if (manifest.apiVersion === PodMonitor.GVK.apiVersion) {
    return podMonitorProblems(manifest);
  }
  const model = modelOf(manifest);
  const read = new Map<string, { readonly fields: string[]; readonly known: Set<string> }>();
  const problems: string[] = [];
  try {
    model.prototype.validate.call(watch(manifest, '', read));
  } catch (error) {
    problems.push((error as Error).message);
  }
  for (const [path, { fields, known }] of read) {
    const unknown = fields.filter((field) => !known.has(field)).map((field) => `${path}/${field}`);
    problems.push(...unknown.filter((field) => !LATER.test(field)).map((field) => `unknown field ${field}`));
  }
  return problems;
}

/** The generated code passes each field on that the custom resource definition knows, and no other. */
function podMonitorProblems(manifest: PodMonitorProps): string[] {
  const known = PodMonitor.manifest(manifest);
  return isDeepStrictEqual(known, manifest) ? [] : [`unknown field of a PodMonitor: ${JSON.stringify(manifest)}`];
}

function modelOf({ apiVersion, kind }: { apiVersion: string; kind: string }): any {
  return require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
}

function watch(data: any, path: string, read: Map<string, { fields: string[]; known: Set<string> }>): any {
  if (data === null || typeof data !== 'object') {
    return data;
  }
  if (Array.isArray(data)) {
    return data.map((item, index) => watch(item, `${path}/${index}`, read));
  }
  const known = new Set<string>();
  read.set(path, { fields: Object.keys(data), known });
  const copy = Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, watch(value, `${path}/${field}`, read)]),
  );
  return new Proxy(copy, {
    get(target, field) {
      known.add(String(field));
      return Reflect.get(target, field);
    },
  });
}
