import { FIELD_PATHS, isResource, parseEntryPath, validateDivisor } from './downward-fields';
import { isConfigKey, isEnvName, validateDnsSubdomain } from './names';
import { describeValue, isLazy, Mistake, readText } from './values';

/** A reference to an object of a namespace, and to a key in it. */
interface KeyReference {
  readonly name: unknown;
  readonly key?: unknown;
}

/** The source of a variable, as Kubernetes takes it. */
interface Source {
  readonly secretKeyRef?: KeyReference;
  readonly configMapKeyRef?: KeyReference;
  readonly fieldRef?: { readonly fieldPath?: unknown };
  readonly resourceFieldRef?: { readonly resource?: unknown; readonly divisor?: any };
}

/** Fails where Kubernetes takes no variable of such a name. */
export function checkVariableNames({
  envVariables = {},
}: {
  readonly envVariables?: Readonly<Record<string, unknown>>;
}): void {
  const wrong = Object.keys(envVariables).find((name) => !isEnvName(name));
  if (wrong !== undefined) {
    const mistake = new Mistake(
      `has the name ${JSON.stringify(wrong)}, which Kubernetes does not take; use printable ASCII characters other than "="`,
    );
    throw mistake.within('envVariables');
  }
}

/** Fails where a variable has no such value, or cannot come from where it should. */
export function checkEnvValue({ value, valueFrom }: { readonly value?: unknown; readonly valueFrom?: unknown }): void {
  if (typeof value === 'string') {
    readText(value);
  } else if (value !== undefined && value !== null && !isLazy(value)) {
    throw new Mistake(
      `has the value ${describeValue(value)}, and a variable is a text; pass one to \`EnvValue.fromValue\``,
    );
  }
  if (valueFrom !== undefined && valueFrom !== null) {
    checkSource(valueFrom);
  }
}

function checkSource({ secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef }: Source): void {
  if (secretKeyRef) {
    checkKeyReference('Secret', secretKeyRef);
  }
  if (configMapKeyRef) {
    checkKeyReference('ConfigMap', configMapKeyRef);
  }
  if (fieldRef) {
    checkVariableField(String(fieldRef.fieldPath));
  }
  if (resourceFieldRef) {
    checkVariableResource(String(resourceFieldRef.resource), resourceFieldRef.divisor);
  }
}

function checkVariableField(path: string): void {
  const entry = FIELD_PATHS.includes(path) ? undefined : parseEntryPath(path);
  if (entry?.problem) {
    throw new Mistake(`comes from ${entry.holder} "${entry.key}", which ${entry.problem}; pass another key`);
  }
  if (!entry && !FIELD_PATHS.includes(path)) {
    throw new Mistake(
      `comes from field "${path}", which no variable can come from; pass one of ${FIELD_PATHS.join(', ')}, or a label or annotation with its key`,
    );
  }
}

function checkVariableResource(resource: string, divisor: any): void {
  const text = String(divisor?.value ?? divisor ?? '');
  const units = validateDivisor(resource, text);
  if (!isResource(resource)) {
    throw new Mistake(`comes from resource "${resource}", which is none; pass one of \`ResourceFieldPaths\``);
  }
  if (units !== undefined) {
    throw new Mistake(`has \`divisor\` "${text}", which is no unit of "${resource}"; pass ${units}`);
  }
}

/** Fails where a container cannot get such an environment. The parts of an `EnvFrom` show themselves only as Kubernetes takes them. */
export function checkEnvSource(source: { readonly _toKube?: () => any }): void {
  const { configMapRef, secretRef, prefix } = source._toKube?.() ?? {};
  if (configMapRef) {
    checkReference('ConfigMap', configMapRef);
  }
  if (secretRef) {
    checkReference('Secret', secretRef);
  }
  if (prefix && !isEnvName(prefix)) {
    throw new Mistake(
      `has the prefix ${JSON.stringify(prefix)}, which Kubernetes does not take; use printable ASCII characters other than "="`,
    );
  }
}

/** A reference in a container that cdk8s-plus has made. */
function checkReference(kind: string, { name }: KeyReference): void {
  const problem = findNameProblem(kind, name);
  if (problem) {
    throw problem;
  }
}

function checkKeyReference(kind: string, reference: KeyReference): void {
  checkReference(kind, reference);
  const { key } = reference;
  if (key === undefined || key === null) {
    throw new Mistake(`names no key of the ${kind}; pass one`);
  }
  if (typeof key === 'string' && !isConfigKey(key)) {
    throw new Mistake(
      `names key ${JSON.stringify(key)}, which cannot be a key of a ${kind}; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning`,
    );
  }
}

/** A name may be found only at synth, and is none of ours to check then. */
export function findNameProblem(kind: string, name: unknown): Mistake | undefined {
  const problem = typeof name === 'string' ? validateDnsSubdomain(name) : undefined;
  return problem ? new Mistake(`names ${kind} "${name}", which ${problem}; pass the name of one`) : undefined;
}
