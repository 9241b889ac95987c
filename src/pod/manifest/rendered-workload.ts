import { findRepeated } from '../../private/lists';
import { validateImageName } from '../../private/names';
import {
  type FieldCheck,
  validateAbsolutePath,
  validateAzureDisk,
  validateHostPath,
  validateInnerPath,
  validateIp,
  validateKey,
  validateMedium,
  validateMode,
  validateName,
  validateRestartPolicy,
  validateSearchDomain,
  validateShare,
  validateSysctl,
} from '../../private/pod-fields';
import { toNanos } from '../../private/quantities';
import { validateProps } from '../../private/read-props';
import { validateSchedule } from '../../private/schedules';
import { isTimeZone } from '../../private/time-zones';
import { type Container, listContainers, type PodSpec, type PodTemplate } from './pod-template';
import { validateLeaves } from './rendered-values';

/** A rendered workload: plain data as Kubernetes takes it. */
export type Workload = any;

/**
 * Fields of a rendered workload that the API server would refuse, and that users give to cdk8s-plus itself, which passes them on as
 * they are. What the kernel and the companions write is right by itself.
 */
export function validateRenderedWorkload(workload: Workload, template: PodTemplate): string[] {
  const { kind, metadata, spec } = workload;
  return [
    ...(metadata?.name
      ? []
      : ['the workload has no name in its manifest; give `metadata.name` a value, or leave it out']),
    ...(kind === 'CronJob' ? validateTimes(spec) : []),
    ...validateSelector(kind, spec),
    ...validateField('strategy.maxUnavailable', ' of the workload', validateShare(readMaxUnavailable(spec))),
    ...validateField(
      'restartPolicy',
      ' of the pod',
      validateRestartPolicy(kind, template.spec.restartPolicy as string),
    ),
    ...(kind === 'Pod' ? [] : validateLeaves(omitTemplate(spec), ' of the workload')),
    ...validatePodFields(template.spec),
    ...(template.spec.volumes ?? []).flatMap(validateVolume),
    ...listContainers(template.spec).flatMap(validateContainer),
  ];
}

/** Reasons why the API server would refuse the metadata of a rendered workload and of its pods. */
export function validateMetadata({ kind, metadata = {} }: Workload, template: PodTemplate): string[] {
  return [
    ...validateProps('ApiObjectMetadata', metadata, ' of the workload'),
    ...(kind === 'Pod' ? [] : validateProps('ApiObjectMetadata', template.metadata ?? {}, ' of the pod template')),
  ];
}

/** A Deployment has a strategy, others have a strategy of updates. */
function readMaxUnavailable({ strategy, updateStrategy }: Workload): unknown {
  return (strategy ?? updateStrategy)?.rollingUpdate?.maxUnavailable;
}

/** The spec of a workload without its pod. */
function omitTemplate(spec: Workload): Workload {
  const others: Workload = {};
  for (const field of Object.keys(spec)) {
    if (field !== 'template' && field !== 'jobTemplate') {
      others[field] = spec[field];
    }
  }
  if (spec.jobTemplate) {
    others.job = omitTemplate(spec.jobTemplate.spec);
  }
  return others;
}

/** Settings of the resolver of a pod. */
interface DnsConfig {
  readonly nameservers?: readonly string[];
  readonly searches?: readonly string[];
  readonly options?: readonly { readonly name?: string }[];
}

function validatePodFields({ initContainers, containers, ...spec }: PodSpec): string[] {
  const { hostAliases, dnsConfig, serviceAccountName, securityContext, hostname, subdomain } = spec;
  const aliases = (hostAliases ?? []) as { ip: string; hostnames?: string[] }[];
  const { nameservers, searches, options = [] } = (dnsConfig ?? {}) as DnsConfig;
  const sysctls = ((securityContext?.sysctls ?? []) as { name: string }[]).map(({ name }) => name);
  const [twice] = findRepeated(sysctls, (name) => name);
  return [
    ...validateLeaves(spec, ' of the pod'),
    ...aliases.flatMap(({ ip, hostnames }, index) => [
      ...validateField(`hostAliases[${index}].ip`, ' of the pod', validateIp(ip)),
      ...validateEach(`hostAliases[${index}].hostnames`, ' of the pod', hostnames, validateName),
    ]),
    ...validateProps('PodDnsProps', { hostname, subdomain }, ' of the pod'),
    ...validateEach('dns.nameservers', ' of the pod', nameservers, validateIp),
    ...validateEach('dns.searches', ' of the pod', searches, validateSearchDomain),
    ...(options.some(({ name }) => name === '')
      ? ['an option in `dns` of the pod has an empty name; give it one']
      : []),
    ...(!serviceAccountName ? [] : validateField('serviceAccount', ' of the pod', validateName(serviceAccountName))),
    ...validateEach('securityContext.sysctls', ' of the pod', sysctls, validateSysctl),
    ...(twice === undefined ? [] : [`\`securityContext.sysctls\` of the pod has "${twice}" twice; keep one of them`]),
  ];
}

/** A file of a volume of keys. */
interface FileItem {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

/** A volume of keys. */
interface FileSource {
  readonly items?: readonly FileItem[];
  readonly defaultMode?: number;
}

function validateVolume({ name, azureDisk, csi, nfs, secret, configMap, emptyDir, hostPath }: any): string[] {
  const subject = ` of volume "${name}"`;
  const files = secret ?? configMap;
  return [
    ...(azureDisk ? validateField('azureDisk', subject, validateAzureDisk(azureDisk)) : []),
    ...(csi ? validateField('csi.driver', subject, validateName(csi.driver)) : []),
    ...(hostPath ? validateField('hostPath', subject, validateHostPath(hostPath)) : []),
    ...(nfs ? validateField('nfs.path', subject, validateAbsolutePath(nfs.path)) : []),
    ...validateField('nfs.server', subject, nfs?.server === '' ? 'is ""; pass the server' : undefined),
    ...(files ? validateFiles(files, subject) : []),
    ...validateField('medium', subject, validateMedium(emptyDir?.medium)),
    ...validateQuantity('sizeLimit', subject, emptyDir?.sizeLimit),
  ];
}

function validateFiles({ items = [], defaultMode }: FileSource, subject: string): string[] {
  return [
    ...items.flatMap(({ key, path }) => [
      ...validateField('items', subject, validateKey(key)),
      ...validateField(`items.${key}.path`, subject, validateInnerPath(path)),
    ]),
    ...validateFileMode(defaultMode, subject),
    ...items.flatMap(({ mode }) => validateFileMode(mode, subject)),
  ];
}

function validateFileMode(mode: number | undefined, subject: string): string[] {
  return mode === undefined ? [] : validateField('mode', subject, validateMode(mode));
}

function validateContainer(container: Container): string[] {
  const { name, image, env, volumeMounts, securityContext, resources } = container;
  const subject = ` of container "${name}"`;
  const isPrivileged = securityContext?.privileged === true;
  const amounts = [...Object.entries(resources?.requests ?? {}), ...Object.entries(resources?.limits ?? {})];
  const shared = volumeMounts?.find((mount: any) => mount.mountPropagation === 'Bidirectional');
  return [
    ...validateLeaves(container, subject),
    ...validateImage(image, subject),
    ...(isPrivileged && securityContext.allowPrivilegeEscalation === false
      ? [
          `container "${name}" is privileged, and \`allowPrivilegeEscalation\` is false, which contradicts it; pass true for both, or for none`,
        ]
      : []),
    ...(shared && !isPrivileged
      ? [
          `the mount at "${shared.mountPath}"${subject} has propagation Bidirectional, which Kubernetes gives privileged containers alone; pass another`,
        ]
      : []),
    ...amounts.flatMap(([resource, amount]) => validateQuantity(`resources.${resource}`, subject, amount)),
    ...(env ?? []).flatMap((variable) => validateVariable(variable, subject)),
  ];
}

function validateImage(image: unknown, subject: string): string[] {
  const problem = typeof image === 'string' ? validateImageName(image) : undefined;
  return problem === undefined
    ? []
    : [`\`image\` "${image}"${subject} ${problem}; pass one such as "registry.example.com/team/app:1.4"`];
}

function validateVariable({ name, valueFrom }: { name: string; valueFrom?: any }, subject: string): string[] {
  if (!valueFrom) {
    return [];
  }
  const { fieldRef, resourceFieldRef } = valueFrom;
  const version = fieldRef?.apiVersion ?? 'v1';
  return [
    ...(version === 'v1'
      ? []
      : [`variable "${name}"${subject} has \`apiVersion\` ${JSON.stringify(version)}; leave it out, or pass "v1"`]),
    ...validateQuantity('divisor', ` of variable "${name}"${subject}`, resourceFieldRef?.divisor),
  ];
}

function validateTimes({ schedule, timeZone }: { schedule: string; timeZone?: string }): string[] {
  const problem = validateSchedule(schedule);
  return [
    ...(problem === undefined ? [] : [`\`schedule\` of the workload is ${JSON.stringify(schedule)}, which ${problem}`]),
    ...(timeZone === undefined || isTimeZone(timeZone)
      ? []
      : [
          `\`timeZone\` of the workload is ${JSON.stringify(timeZone)}; pass a name of the IANA's database, such as "Europe/Berlin"`,
        ]),
  ];
}

function validateSelector(kind: string, { selector }: { selector?: object }): string[] {
  const needsOne = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(kind);
  const amounts = Object.values(selector ?? {}).map((part) => Object.keys(part ?? {}).length);
  return needsOne && !amounts.some((amount) => amount > 0)
    ? ['the workload selects no labels, so it would have no pods; leave `select` out, or call `select`']
    : [];
}

function validateQuantity(field: string, subject: string, amount: unknown): string[] {
  const text = (amount as { value?: unknown } | undefined)?.value ?? amount;
  return text === undefined || toNanos(text as string) !== undefined
    ? []
    : [`\`${field}\`${subject} is ${JSON.stringify(text)}, which is no amount; pass one such as "1", "500m" or "64Mi"`];
}

function validateField(field: string, subject: string, problem: string | undefined): string[] {
  return problem === undefined ? [] : [`\`${field}\`${subject} ${problem}`];
}

function validateEach(field: string, subject: string, values: unknown, check: FieldCheck): string[] {
  return ((values ?? []) as unknown[]).flatMap((value, index) =>
    validateField(`${field}[${index}]`, subject, check(value)),
  );
}
