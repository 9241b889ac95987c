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

/** A kind of Kubernetes in a group or version that has none of it. Groups of others have a domain in their names. */
function checkVersionOfKind(object: ObjectView): Problem[] {
  const { root, apiVersion, kind } = object;
  const isForeign = apiVersion.includes('.') && !isKnownGroup(apiVersion);
  if (isForeign || listVersionsWith(kind).length === 0) {
    return [];
  }
  const message = `Kubernetes has no ${kind} of ${apiVersion}`;
  return [{ at: root.at('apiVersion'), message, fix: toVersionFix(object) }];
}

function isKnownGroup(apiVersion: string): boolean {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  return ['v1', 'v1beta1', 'v1alpha1'].some((version) => listKindsIn(`${group}/${version}`).length > 0);
}

/** Names the API version to write: the one that takes the place of this one, or the most stable one that has the kind. */
function toVersionFix({ kind, kubernetes }: ObjectView, successor?: string): string | undefined {
  const served = listVersionsWith(kind).filter((known) => isIn(known, kubernetes));
  const isServed = served.some(({ apiVersion }) => apiVersion === successor);
  const stable = served.find(({ apiVersion }) => /(?:^|\/)v\d+$/.test(apiVersion)) ?? served[0];
  const version = isServed ? successor : stable?.apiVersion;
  return version && `write \`apiVersion: ${version}\``;
}
