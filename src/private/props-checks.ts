import type { Duration, Size } from 'cdk8s';
import { memoizeByText } from './memo';
import {
  isConfigKey,
  isEnvName,
  validateDnsLabel,
  validateDnsSubdomain,
  validateLabelValue,
  validateQualifiedName,
} from './names';
import { validateFinalizer, validateSysctl } from './pod-fields';
import { formatSize, toExactKibibytes } from './sizes';
import { checkEach, checkField, checkName, checkWithin, Mistake, readText } from './values';
import {
  checkDeployment,
  checkDns,
  checkHostAlias,
  checkRestartPolicy,
  checkRestartRules,
  checkScalingRules,
  checkSchedule,
  checkTimeZone,
} from './workload-checks';

/** The most that fits into 64 bits when it is counted in bytes. */
const MAX_KIBIBYTES = 2 ** 53 - 1;

type Texts = Readonly<Record<string, string>>;

/** A reference to an object of a namespace, and to a key in it. */
interface KeyReference {
  readonly name: unknown;
  readonly key?: unknown;
}

/**
 * Rules for values of one type, wherever they stand in props: what Kubernetes refuses although cdk8s-plus passes it on, and amounts
 * that are no number. Each throws a `Mistake`.
 */
export const VALUE_CHECKS: { readonly [type: string]: (value: any) => void } = {
  ApiObjectMetadata: checkMetadata,
  CompanionOptions: checkVariableNames,
  ContainerOpts: checkVariableNames,
  Cpu: checkCpu,
  CpuResources: (cpu) => checkOrder(cpu, toMillis, ({ amount }) => amount),
  Cron: ({ expressionString }) => checkSchedule(expressionString),
  CronJobProps: checkTimeZone,
  DaemonSetProps: (props) => checkRestartPolicy('DaemonSet', props),
  DeploymentProps: checkDeployment,
  Duration: (time: Duration) =>
    checkAmount(time.toMilliseconds({ integral: false }), Number.MAX_SAFE_INTEGER, 'milliseconds'),
  EnvFrom: checkEnvSource,
  EnvValue: checkEnvValue,
  EphemeralStorageResources: (sizes) => checkOrder(sizes, toExactKibibytes, formatSize),
  HostAlias: checkHostAlias,
  IConfigMap: ({ name }) => checkObjectName('ConfigMap', name),
  InitContainerProps: checkRestartRules,
  ISecret: ({ name }) => checkObjectName('Secret', name),
  JobProps: (props) => checkRestartPolicy('Job', props),
  MemoryResources: (sizes) => checkOrder(sizes, toExactKibibytes, formatSize),
  MonitorOptions: ({ labels }) => checkWithin('labels', labels, checkLabels),
  MountOptions: checkMountOptions,
  PercentOrAbsolute: checkPercent,
  PodContainerOptions: checkVariableNames,
  PodDnsProps: checkDns,
  RunFirstOfMainProps: checkVariableNames,
  SeccompProfile: checkSeccompProfile,
  ScalingRules: checkScalingRules,
  Size: (size: Size) => checkAmount(toExactKibibytes(size), MAX_KIBIBYTES, 'kibibytes'),
  StatefulSetProps: (props) => checkRestartPolicy('StatefulSet', props),
  Sysctl: ({ name }) => checkWithin('name', name, (text) => checkField(text, validateSysctl)),
};

/** Fails where a Duration is no whole number of seconds. */
export function checkWholeSeconds(time: Duration): void {
  const milliseconds = time.toMilliseconds({ integral: false });
  if (milliseconds % 1000 !== 0) {
    throw new Mistake(`is ${milliseconds} ms, and cdk8s-plus writes whole seconds alone; pass a Duration of seconds`);
  }
}

function checkAmount(amount: number, most: number, unit: string): void {
  if (!Number.isFinite(amount)) {
    throw new Mistake(`is ${amount} ${unit}; pass a number of them`);
  }
  if (amount > most) {
    throw new Mistake(`is ${amount} ${unit}, and Kubernetes counts up to ${most}; pass less`);
  }
}

function checkCpu({ amount }: { readonly amount: string }): void {
  if (!/^\d+(\.\d{1,3})?$|^\d+m$/.test(amount)) {
    throw new Mistake(`is "${amount}" CPUs; pass a positive number of units, or whole millis`);
  }
}

function toMillis({ amount }: { readonly amount: string }): number {
  return amount.endsWith('m') ? Number.parseFloat(amount) : Number.parseFloat(amount) * 1000;
}

/** Kubernetes refuses to promise more than it allows. */
function checkOrder<T>(
  { request, limit }: { readonly request?: T; readonly limit?: T },
  toNumber: (amount: T) => number,
  format: (amount: T) => string,
): void {
  if (request !== undefined && limit !== undefined && toNumber(request) > toNumber(limit)) {
    throw new Mistake(
      `has a \`request\` of ${format(request)} above its \`limit\` of ${format(limit)}; request less, or raise the limit`,
    );
  }
}

function checkVariableNames({
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

function checkEnvValue({ value, valueFrom }: { readonly value?: unknown; readonly valueFrom?: any }): void {
  if (typeof value === 'string') {
    readText(value);
  }
  const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
  if (secretKeyRef) {
    checkReference('Secret', secretKeyRef);
  }
  if (configMapKeyRef) {
    checkReference('ConfigMap', configMapKeyRef);
  }
}

/** The parts of an `EnvFrom` show themselves only as Kubernetes takes them. */
function checkEnvSource(source: { readonly _toKube?: () => any }): void {
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
function checkReference(kind: string, { name, key }: KeyReference): void {
  const problem = findNameProblem(kind, name);
  if (problem) {
    throw problem;
  }
  if (typeof key === 'string' && !isConfigKey(key)) {
    throw new Mistake(
      `names key ${JSON.stringify(key)}, which cannot be a key of a ${kind}; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning`,
    );
  }
}

function checkObjectName(kind: string, name: unknown): void {
  const problem = findNameProblem(kind, name);
  if (problem) {
    throw problem.within('name');
  }
}

/** A name may be found only at synth, and is none of ours to check then. */
function findNameProblem(kind: string, name: unknown): Mistake | undefined {
  const problem = typeof name === 'string' ? validateDnsSubdomain(name) : undefined;
  return problem ? new Mistake(`names ${kind} "${name}", which ${problem}; pass the name of one`) : undefined;
}

function checkMetadata({ name, namespace, labels, annotations, finalizers }: any): void {
  checkWithin('name', name, (text: string) => checkName(text, validateDnsSubdomain));
  checkWithin('namespace', namespace, (text: string) => checkName(text, validateDnsLabel));
  checkWithin('labels', labels, checkLabels);
  checkWithin('annotations', annotations, checkAnnotations);
  checkEach('finalizers', finalizers, validateFinalizer);
}

function checkLabels(labels: Texts): void {
  checkKeys(labels, validateKeyOnce);
  for (const [key, value] of Object.entries(labels)) {
    const problem = typeof value === 'string' ? validateLabelValue(value) : undefined;
    if (problem) {
      throw new Mistake(`has the value "${value}", which ${problem}; shorten it, or put it in an annotation`).within(
        key,
      );
    }
  }
}

/** Of annotations only the key is checked, and upper case counts as lower case. */
function checkAnnotations(annotations: Texts): void {
  checkKeys(annotations, (key) => validateKeyOnce(key.toLowerCase()));
}

/** The keys of labels and annotations are the same in most pods. */
const validateKeyOnce = memoizeByText(validateQualifiedName);

function checkKeys(texts: Texts, validate: (key: string) => string | undefined): void {
  for (const key of Object.keys(texts)) {
    const problem = validate(key);
    if (problem) {
      throw new Mistake(`has the key "${key}", which ${problem}; pass another`);
    }
  }
}

function checkMountOptions({
  subPath,
  subPathExpr,
}: {
  readonly subPath?: string;
  readonly subPathExpr?: string;
}): void {
  if (subPath !== undefined && subPathExpr !== undefined) {
    throw new Mistake('is given beside `subPathExpr`, and Kubernetes takes one of them; pass one').within('subPath');
  }
  for (const [prop, path] of Object.entries({ subPath, subPathExpr })) {
    if (path !== undefined && (path.startsWith('/') || path.split('/').includes('..'))) {
      throw new Mistake(
        `is "${path}"; pass a path in the volume, without "/" at its beginning and without ".."`,
      ).within(prop);
    }
  }
}

function checkPercent({ value }: { readonly value: unknown }): void {
  const isAmount = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  const isPercentage = typeof value === 'string' && /^(\d\d?|100)%$/.test(value);
  if (!isAmount && !isPercentage) {
    throw new Mistake(`is ${value}; pass a whole number of pods, or 0 to 100 percent`);
  }
}

function checkSeccompProfile({
  type,
  localhostProfile,
}: {
  readonly type: string;
  readonly localhostProfile?: string;
}): void {
  if (type === 'Localhost' && !localhostProfile) {
    throw new Mistake('is missing, and a profile of type Localhost is a file of the node; pass its path').within(
      'localhostProfile',
    );
  }
  if (type !== 'Localhost' && localhostProfile !== undefined) {
    throw new Mistake(`is "${localhostProfile}" with type ${type}; leave it out, or pass the type Localhost`).within(
      'localhostProfile',
    );
  }
}
