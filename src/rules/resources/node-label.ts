import { hasOwn } from '../../private/own';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';

/** Labels of nodes that were replaced. */
const REPLACED: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};

export const NODE_LABEL: Rule = {
  id: 'node-label',
  severity: Severity.WARNING,
  catches:
    'A label of nodes that Kubernetes has replaced, such as `beta.kubernetes.io/os`, in a pod, a volume or a class of them.',
  consequence: 'The API server warns of it, and on nodes without the old label the pod is never scheduled.',
  fix: 'write the label that replaced it',
  source: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#beta-kubernetes-io-os-deprecated',
  checkPod: ({ spec }) => {
    const affinity = spec.at('affinity');
    const spread = spec.at('topologySpreadConstraints').items.map((item) => item.at('topologyKey'));
    return checkNodeLabels(
      [...(affinity.exists ? listAffinityFields(affinity) : []), ...spread],
      spec.at('nodeSelector'),
    );
  },
  checkObject: ({ apiVersion, kind, root, spec }) => {
    switch (`${apiVersion}/${kind}`) {
      case 'v1/PersistentVolume':
        return checkNodeLabels(listKeys(spec.at('nodeAffinity', 'required', 'nodeSelectorTerms').items));
      case 'storage.k8s.io/v1/StorageClass':
        return checkNodeLabels(listKeys(root.at('allowedTopologies').items));
      case 'node.k8s.io/v1/RuntimeClass':
        return checkNodeLabels([], root.at('scheduling', 'nodeSelector'));
      default:
        return [];
    }
  },
};

/** Checks fields that hold a label, and the names of those of a selector. */
function checkNodeLabels(keys: readonly Field[], selector?: Field): Problem[] {
  const labels = [
    ...(selector?.fields ?? []).map((at) => ({ at, label: at.name })),
    ...keys.flatMap((at) => (at.text ? [{ at, label: at.text }] : [])),
  ];
  return labels.flatMap(({ at, label }) => {
    const meant = hasOwn(REPLACED, label) ? REPLACED[label] : undefined;
    return meant ? [{ at, message: `node label "${label}" is deprecated`, fix: `write "${meant}"` }] : [];
  });
}

/** The labels of terms that choose nodes, whatever the kind calls their list. */
function listKeys(terms: readonly Field[]): Field[] {
  return terms
    .flatMap((term) => [...term.at('matchExpressions').items, ...term.at('matchLabelExpressions').items])
    .map((item) => item.at('key'));
}

function listAffinityFields(affinity: Field): Field[] {
  const node = affinity.at('nodeAffinity');
  const required = node.at('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms').items;
  const preferred = node
    .at('preferredDuringSchedulingIgnoredDuringExecution')
    .items.map((item) => item.at('preference'));
  const terms = ['podAffinity', 'podAntiAffinity'].flatMap((name) => [
    ...affinity.at(name, 'requiredDuringSchedulingIgnoredDuringExecution').items,
    ...affinity
      .at(name, 'preferredDuringSchedulingIgnoredDuringExecution')
      .items.map((item) => item.at('podAffinityTerm')),
  ]);
  return [...listKeys([...required, ...preferred]), ...terms.map((term) => term.at('topologyKey'))];
}
