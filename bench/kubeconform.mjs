// A named peer of the rules: kubeconform, built from its Go module, with the schemas that its users have, derived from the OpenAPI
// text of Kubernetes. It checks the types of fields alone; nothing that several containers share.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULE = 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0';
/** The oracle of the tests names the version of Kubernetes, and has its text. */
const ORACLE = fileURLToPath(new URL('../test/oracle', import.meta.url));
const VERSION = '1.34.4';
const KINDS = { 'pod-v1': 'io.k8s.api.core.v1.Pod' };

/** The command and its first arguments; nothing where Go or the text is not here. */
export function prepareKubeconform(folder) {
  const text = findOpenApi();
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-modcacherw' };
  if (text === undefined || spawnSync('go', ['install', MODULE], { env, stdio: 'ignore' }).status !== 0) {
    return undefined;
  }
  const schemas = join(folder, `v${VERSION}-standalone-strict`);
  mkdirSync(schemas);
  const { definitions } = JSON.parse(readFileSync(text, 'utf8'));
  for (const [file, name] of Object.entries(KINDS)) {
    writeFileSync(join(schemas, `${file}.json`), JSON.stringify(toSchema(definitions[name], definitions, [name])));
  }
  const location = join(
    folder,
    '{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json',
  );
  return [join(folder, 'kubeconform'), '-strict', '-kubernetes-version', VERSION, '-schema-location', location];
}

function findOpenApi() {
  try {
    const module = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'k8s.io/kubernetes'], {
      cwd: ORACLE,
      encoding: 'utf8',
    });
    const file = join(module.trim(), 'api/openapi-spec/swagger.json');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** A definition with all that it refers to in its place, as the schemas are that kubeconform downloads. */
function toSchema(value, definitions, above) {
  if (Array.isArray(value)) {
    return value.map((item) => toSchema(item, definitions, above));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const name = value.$ref?.split('/').pop();
  if (name !== undefined) {
    return above.includes(name) ? {} : (toScalar(name) ?? toSchema(definitions[name], definitions, [...above, name]));
  }
  const entries = Object.entries(value).filter(([key]) => !key.startsWith('x-'));
  const schema = Object.fromEntries(entries.map(([key, inner]) => [key, toSchema(inner, definitions, above)]));
  return value.properties ? { additionalProperties: false, ...schema } : schema;
}

function toScalar(name) {
  const other = name.endsWith('.IntOrString') ? 'integer' : name.endsWith('.Quantity') ? 'number' : undefined;
  return other && { oneOf: [{ type: 'string' }, { type: other }] };
}
