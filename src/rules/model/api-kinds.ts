import { groupBy } from '../../private/lists';
import { KUBERNETES_FIELDS } from '../data/kubernetes-fields';

/** The minor versions of Kubernetes, from the first to the last, that have something. */
export interface Versions {
  readonly since: number;
  readonly until: number;
}

/** A kind of the API in one of its versions. */
export interface ApiKind extends Versions {
  readonly apiVersion: string;
  readonly kind: string;
  /** The type of its fields, where they are known. */
  readonly type?: string;
  /** The minor version of Kubernetes since which it is about to go. */
  readonly deprecated?: number;
  /** The API version that takes its place. */
  readonly successor?: string;
}

/** Whether a minor version of Kubernetes is one of these. */
export function isIn({ since, until }: Versions, kubernetes: number): boolean {
  return kubernetes >= since && kubernetes <= until;
}

/** Kinds whose types stand in other packages than those that the table is made from, or are gone from them. */
const ELSEWHERE = [
  'extensions/v1beta1/PodSecurityPolicy - @-15 ~11',
  'policy/v1beta1/PodSecurityPolicy - @-24 ~21',
  'settings.k8s.io/v1alpha1/PodPreset - @-19',
  'apiextensions.k8s.io/v1/CustomResourceDefinition -',
  'apiextensions.k8s.io/v1beta1/CustomResourceDefinition - @-21 ~16 =apiextensions.k8s.io/v1',
  'apiregistration.k8s.io/v1/APIService -',
  'apiregistration.k8s.io/v1beta1/APIService - @-21 ~19 =apiregistration.k8s.io/v1',
];

/** Kinds of which the API server clears the namespace, by their groups. */
const CLUSTER_SCOPED = new Set([
  ...['Namespace', 'Node', 'PersistentVolume'].map((kind) => `/${kind}`),
  ...['ClusterRole', 'ClusterRoleBinding'].map((kind) => `rbac.authorization.k8s.io/${kind}`),
  ...['StorageClass', 'CSIDriver', 'VolumeAttributesClass'].map((kind) => `storage.k8s.io/${kind}`),
  ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy'].map(
    (kind) => `admissionregistration.k8s.io/${kind}`,
  ),
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'scheduling.k8s.io/PriorityClass',
  'node.k8s.io/RuntimeClass',
  'networking.k8s.io/IngressClass',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
]);

/** The table, line by line, by the first word. */
let lines: ReadonlyMap<string, string> | undefined;
let kinds: ReadonlyMap<string, ApiKind> | undefined;
let byKind: ReadonlyMap<string, readonly ApiKind[]> | undefined;
let byVersion: ReadonlyMap<string, readonly ApiKind[]> | undefined;

/** The fields of a type, as the table has them. */
export function findTypeLine(name: string): string | undefined {
  lines ??= new Map(KUBERNETES_FIELDS.trim().split('\n').map(splitFirstWord));
  return lines.get(name);
}

/** A kind of Kubernetes itself, in any of its versions. */
export function findKind(apiVersion: string, kind: string): ApiKind | undefined {
  return loadKinds().get(`${apiVersion}/${kind}`);
}

/** Whether objects of this kind are in no namespace. */
export function isClusterScoped(group: string, kind: string): boolean {
  return CLUSTER_SCOPED.has(`${group}/${kind}`);
}

/** A kind in all API versions that ever had it. */
export function listVersionsWith(kind: string): readonly ApiKind[] {
  byKind ??= groupKinds(({ kind: name }) => name);
  return byKind.get(kind) ?? [];
}

/** The kinds of an API version, as in `apps/v1`; none of one that is not known. */
export function listKindsIn(apiVersion: string): readonly ApiKind[] {
  byVersion ??= groupKinds((kind) => kind.apiVersion);
  return byVersion.get(apiVersion) ?? [];
}

function loadKinds(): ReadonlyMap<string, ApiKind> {
  findTypeLine('');
  kinds ??= new Map([...lines!, ...ELSEWHERE.map(splitFirstWord)].filter(([name]) => name.includes('/')).map(toEntry));
  return kinds;
}

function groupKinds(toKey: (kind: ApiKind) => string): Map<string, ApiKind[]> {
  return groupBy(loadKinds().values(), toKey);
}

function splitFirstWord(line: string): [word: string, rest: string] {
  const end = line.indexOf(' ');
  return [line.slice(0, end), line.slice(end + 1)];
}

/** The kind of a line such as `policy/v1beta1/PodDisruptionBudget - @-24 ~21 =policy/v1`. */
function toEntry([name, text]: readonly [string, string]): [string, ApiKind] {
  const slash = name.lastIndexOf('/');
  const [type, ...marks] = text.split(' ');
  const find = (mark: string) => marks.find((word) => word.startsWith(mark))?.slice(1);
  const deprecated = find('~');
  const kind = {
    apiVersion: name.slice(0, slash),
    kind: name.slice(slash + 1),
    ...parseVersions(find('@')),
    ...(type !== '-' && { type }),
    ...(deprecated && { deprecated: Number(deprecated) }),
    ...(find('=') && { successor: find('=') }),
  };
  return [name, kind];
}

/** The versions of `35`, `-34` and `31-34`; all of them where nothing is said. */
export function parseVersions(text = ''): Versions {
  const [first, last] = text.split('-');
  return { since: first ? Number(first) : 0, until: last ? Number(last) : Number.POSITIVE_INFINITY };
}
