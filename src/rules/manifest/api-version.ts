import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import { formatKubernetesVersion } from '../kubernetes-version';
import { type ApiKind, findKind, isIn, listKindsIn, listVersionsWith } from '../model/api-kinds';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';

export const API_VERSION: Rule = {
  id: 'api-version',
  severity: Severity.ERROR,
  catches:
    'A kind or API version that the version of the cluster does not have: unknown, gone or not there yet. A warning for one that is about to go.',
  consequence: 'The API server knows no such kind and rejects the object.',
  fix: 'write an API version that has the kind',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  checkObject: (object) => (object.apiVersion && object.kind ? checkApiVersion(object) : []),
};

/** Kinds of OpenShift that still stand in the group of Kubernetes itself, where its first versions had them. */
const OPENSHIFT = new Set(
  'Build BuildConfig DeploymentConfig Group Image ImageStream ImageStreamTag Project Route Template User'.split(' '),
);

function checkApiVersion(object: ObjectView): Problem[] {
  if (object.apiVersion === 'v1' && OPENSHIFT.has(object.kind)) {
    return [];
  }
  const found = findKind(object.apiVersion, object.kind);
  return found ? checkServed(object, found) : [...checkKindName(object), ...checkVersionOfKind(object)];
}

function checkServed(object: ObjectView, found: ApiKind): Problem[] {
  const { root, kind, apiVersion, kubernetes } = object;
  const { deprecated = Number.POSITIVE_INFINITY, since, until } = found;
  const at = root.at('apiVersion');
  const fix = toVersionFix(object, found.successor);
  if (kubernetes < since) {
    const has = `Kubernetes has ${kind} of ${apiVersion} from ${formatKubernetesVersion(since)} on`;
    return [{ at, message: `${has}, and the cluster is ${formatKubernetesVersion(kubernetes)}`, fix }];
  }
  const gone = formatKubernetesVersion(until + 1);
  if (kubernetes > until) {
    return [{ at, message: `Kubernetes has no ${kind} of ${apiVersion} since ${gone}`, fix }];
  }
  const message = `${kind} of ${apiVersion} is deprecated, and Kubernetes has none from ${gone} on`;
  return kubernetes >= deprecated ? [{ at, message, fix, severity: Severity.WARNING }] : [];
}

/** A kind that is a typing mistake away from one that its API version has. */
function checkKindName({ root, apiVersion, kind, kubernetes }: ObjectView): Problem[] {
  const kinds =
    listVersionsWith(kind).length > 0 ? [] : listKindsIn(apiVersion).filter((known) => isIn(known, kubernetes));
  const meant = findNearest(
    kind,
    kinds.map((known) => known.kind),
  );
  const message = `${apiVersion} has no kind "${kind}"`;
  return meant === undefined ? [] : [{ at: root.at('kind'), message, fix: `write \`${meant}\`` }];
}

/**
 * A kind of Kubernetes in a group or version that has none of it. Groups of others have a domain in their names; one that is
 * like those of Kubernetes may be of one of its projects.
 */
function checkVersionOfKind(object: ObjectView): Problem[] {
  const { root, apiVersion, kind } = object;
  const group = toGroup(apiVersion);
  const isForeign = group.includes('.') && !isKnownGroup(group);
  if ((isForeign && !group.endsWith('.k8s.io')) || listVersionsWith(kind).length === 0) {
    return [];
  }
  const message = `Kubernetes has no ${kind} of ${apiVersion}`;
  const severity = isForeign ? Severity.WARNING : Severity.ERROR;
  return [{ at: root.at('apiVersion'), message, fix: toVersionFix(object), severity }];
}

/** The group of an API version; a group that stands there alone. */
function toGroup(apiVersion: string): string {
  return apiVersion.replace(/\/.*$/, '');
}

function isKnownGroup(group: string): boolean {
  return ['v1', 'v1beta1', 'v1alpha1'].some((version) => listKindsIn(`${group}/${version}`).length > 0);
}

/** Names the API version to write: the one that takes the place of this one, or the best that has the kind. */
function toVersionFix(object: ObjectView, successor?: string): string {
  const served = listVersionsWith(object.kind)
    .filter((known) => isIn(known, object.kubernetes))
    .map(({ apiVersion }) => apiVersion);
  const [best] = served.sort((a, b) => toRank(b, object) - toRank(a, object));
  const version = successor !== undefined && served.includes(successor) ? successor : best;
  return version === undefined ? explainGone(object.kind) : `write \`apiVersion: ${version}\``;
}

/** The same group before others, then what is stable, then the newest. */
function toRank(apiVersion: string, { apiVersion: written }: ObjectView): number {
  const [, number = '0', level = ''] = /v(\d+)(alpha|beta)?/.exec(apiVersion.slice(apiVersion.indexOf('/') + 1)) ?? [];
  const isSameGroup = toGroup(apiVersion) === toGroup(written);
  return (isSameGroup ? 1_000 : 0) + { alpha: 0, beta: 100, '': 200 }[level]! + Number(number);
}

function explainGone(kind: string): string {
  return kind === 'PodSecurityPolicy'
    ? 'remove it, and label namespaces for Pod Security admission, which takes its place'
    : 'remove it: no API version has the kind any more';
}
