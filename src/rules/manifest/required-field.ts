import { Severity } from '../finding';
import { checkSchema } from '../model/schema';
import type { Rule } from '../rule';

/** Parts whose absence `object-shape` reports. */
const SHAPE = ['apiVersion', 'kind', 'spec', 'template', 'jobTemplate', 'containers'];

/** Fields that the schema requires, and without which the API server takes an object: an empty text or number stands for them. */
const COMPLETED = new Set([
  ...['HTTPHeader value', 'Sysctl value', 'SleepAction seconds', 'PreferredSchedulingTerm preference'],
  ...['ClusterTrustBundleProjection path', 'PodFailurePolicy rules', 'PodFailurePolicyOnPodConditionsPattern status'],
  'NetworkPolicySpec podSelector',
  'ISCSIVolumeSource lun',
]);

export const REQUIRED_FIELD: Rule = {
  id: 'required-field',
  severity: Severity.ERROR,
  catches: 'A field that Kubernetes requires and nobody wrote, such as `containerPort` of a port.',
  consequence: 'The API server rejects the object.',
  fix: 'write the field',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  checkObject: (object) =>
    checkSchema(object)
      .filter(({ fault }) => fault === 'missing')
      .filter(({ at, holder }) => !(object.pod && SHAPE.includes(at.name)) && !COMPLETED.has(`${holder} ${at.name}`))
      .filter(({ at }) => !(object.source.isKustomized && at.name === 'selector'))
      .map(({ at, holder }) => ({ at, message: `${holder} has no \`${at.name}\`` })),
};
