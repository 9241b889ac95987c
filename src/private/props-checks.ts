import type { Duration, Size } from 'cdk8s';
import { memoizeByText } from './memo';
import {
  UNWRITABLE_KEY,
  validateDnsLabel,
  validateDnsSubdomain,
  validateLabelValue,
  validateQualifiedName,
} from './names';
import { MAX_ANNOTATIONS, validateFinalizer, validateInnerPath, validateSysctl } from './pod-fields';
import { formatSize, toExactKibibytes } from './sizes';
import { checkEach, checkField, checkName, checkWithin, createMistake, describeValue, Mistake } from './values';
import { checkEnvSource, checkEnvValue, checkVariableNames, findNameProblem } from './variables';
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

/**
 * Rules for values of one type, wherever they stand in props: what Kubernetes refuses although cdk8s-plus passes it on, and amounts
 * that are no number. Each throws a `Mistake`.
 */
export const VALUE_CHECKS: { readonly [type: string]: (value: any) => void } = {
  ApiObjectMetadata: checkMetadata,
  CompanionOptions: checkVariableNames,
  Construct: checkConstruct,
  ContainerOpts: checkContainer,
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
  IConstruct: checkConstruct,
  InitContainerProps: checkRestartRules,
  ISecret: ({ name }) => checkObjectName('Secret', name),
  JobProps: (props) => checkRestartPolicy('Job', props),
  MemoryResources: (sizes) => checkOrder(sizes, toExactKibibytes, formatSize),
  MonitorOptions: ({ labels }) => checkWithin('labels', labels, checkLabels),
  MountOptions: checkMountOptions,
  OwnerReference: checkOwner,
  PercentOrAbsolute: checkPercent,
  PodContainerOptions: checkContainer,
  PodDnsProps: checkDns,
  Replicas: checkChange,
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

/** Fails where something has a `node` that is none of a tree of constructs. */
function checkConstruct(construct: { readonly node?: { readonly findAll?: unknown } }): void {
  if (typeof construct.node?.findAll !== 'function') {
    throw createMistake(construct, 'a Construct');
  }
}

/** On Windows a path begins with a letter, or with a backslash. */
function checkContainer(options: {
  readonly envVariables?: Readonly<Record<string, unknown>>;
  readonly workingDir?: string;
}): void {
  checkVariableNames(options);
  const { workingDir } = options;
  if (workingDir !== undefined && !/^($|\/|\\|[A-Za-z]:)/.test(workingDir)) {
    throw new Mistake(`is "${workingDir}", with which no container starts; pass an absolute path`).within('workingDir');
  }
}

function checkOwner(owner: Texts): void {
  for (const prop of ['apiVersion', 'kind', 'name', 'uid']) {
    if (owner[prop] === '') {
      throw new Mistake('is empty, which Kubernetes refuses; pass that of the owner').within(prop);
    }
  }
}

/** The change of an autoscaler, which it tells only as Kubernetes takes it. */
function checkChange(replicas: { readonly _toKube?: () => { readonly value?: unknown } }): void {
  const value = replicas._toKube?.().value ?? 1;
  if (!Number.isInteger(value) || (value as number) < 1) {
    throw new Mistake(`is ${describeValue(value)}; pass a whole number above 0`);
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
  if (typeof amount !== 'string' || !/^\d+(\.\d{1,3})?$|^\d+m$/.test(amount)) {
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

function checkObjectName(kind: string, name: unknown): void {
  const problem = findNameProblem(kind, name);
  if (problem) {
    throw problem.within('name');
  }
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
  const bytes = countBytes(annotations);
  if (bytes > MAX_ANNOTATIONS) {
    throw new Mistake(`are ${bytes} bytes, more than the 256 KiB that an object may have; keep them in a ConfigMap`);
  }
}

/** The bytes of keys and values together; exactly where they may be too many. */
function countBytes(texts: Texts): number {
  let characters = 0;
  for (const key of Object.keys(texts)) {
    characters += key.length + String(texts[key]).length;
  }
  return characters * 3 <= MAX_ANNOTATIONS ? characters : Buffer.byteLength(Object.entries(texts).flat().join(''));
}

/** The keys of labels and annotations are the same in most pods. */
const validateKeyOnce = memoizeByText(validateQualifiedName);

function checkKeys(texts: Texts, validate: (key: string) => string | undefined): void {
  for (const key of Object.keys(texts)) {
    const problem = key === UNWRITABLE_KEY ? 'cdk8s cannot write' : validate(key);
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
  const isAmount = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
  const isPercentage = typeof value === 'string' && /^(\d\d?|100)%$/.test(value);
  if (!isAmount && !isPercentage) {
    throw new Mistake(`is ${value}; pass a whole number of pods, or 0 to 100 percent`);
  }
}

function checkProfilePath(path: string): void {
  if (validateInnerPath(path) !== undefined) {
    throw new Mistake(
      `is "${path}"; pass a path below the node's directory of profiles, without "/" at its beginning and without ".."`,
    );
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
  if (type === 'Localhost') {
    checkWithin('localhostProfile', localhostProfile, checkProfilePath);
  }
  if (type !== 'Localhost' && localhostProfile !== undefined) {
    throw new Mistake(`is "${localhostProfile}" with type ${type}; leave it out, or pass the type Localhost`).within(
      'localhostProfile',
    );
  }
}
