import { hasOwn } from '../../private/own';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Rule } from '../rule';

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
  catches: 'A label of nodes that Kubernetes has replaced, such as `beta.kubernetes.io/os`.',
  consequence: 'The API server warns of it, and on nodes without the old label the pod is never scheduled.',
  fix: 'write the label that replaced it',
  source: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#beta-kubernetes-io-os-deprecated',
  checkPod: (pod) =>
    listNodeLabels(pod).flatMap(({ at, label }) => {
      const meant = hasOwn(REPLACED, label) ? REPLACED[label] : undefined;
      return meant ? [{ at, message: `node label "${label}" is deprecated`, fix: `write "${meant}"` }] : [];
    }),
};

function listNodeLabels({ spec }: PodView): { at: Field; label: string }[] {
  const affinity = spec.at('affinity');
  const selectors = affinity.exists ? listAffinityFields(affinity) : [];
  const keys = [...selectors, ...spec.at('topologySpreadConstraints').items.map((item) => item.at('topologyKey'))];
  return [
    ...spec.at('nodeSelector').fields.map((at) => ({ at, label: at.name })),
    ...keys.flatMap((at) => (at.text ? [{ at, label: at.text }] : [])),
  ];
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
  return [
    ...[...required, ...preferred].flatMap((term) => term.at('matchExpressions').items.map((item) => item.at('key'))),
    ...terms.map((term) => term.at('topologyKey')),
  ];
}
