import { Field } from '../../../src/rules/model/field';
import { findFieldLevel } from '../../../src/rules/model/field-level';
import { ObjectView } from '../../../src/rules/model/object-view';

/** The level that is told for a field of an object of this kind. */
function levelOf(kind: string, place: string, value: unknown = 'a'): string | undefined {
  const keys = place.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const data = keys.reduceRight<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
  const [group] = /^(Cron)?Job$/.test(kind)
    ? ['batch/v1']
    : kind === 'Pod' || kind === 'Service'
      ? ['v1']
      : ['apps/v1'];
  const root = Field.root({ apiVersion: group, kind, ...(data as object) });
  return findFieldLevel(root.follow(keys), new ObjectView(root, {}));
}

const POD = 'spec.template.spec';
const CRON = 'spec.jobTemplate.spec.template.spec';

test.each<[string, string, unknown, string | undefined]>([
  ['Pod', 'spec.containers.0.securityContext.fsGroup', 1, '`spec.securityContext`'],
  ['Pod', 'spec.securityContext.capabilities', {}, '`spec.containers[].securityContext`'],
  ['Pod', 'spec.securityContext.allowPrivilegeEscalation', false, '`spec.containers[].securityContext`'],
  ['Pod', 'spec.containers.0.volumes', [], '`spec`'],
  ['Deployment', `${POD}.containers.0.hostNetwork`, true, `\`${POD}\``],
  ['Deployment', `${POD}.containers.0.serviceAccountName`, 'a', `\`${POD}\``],
  ['Deployment', `${POD}.containers.0.initContainers`, [], `\`${POD}\``],
  ['Deployment', `${POD}.containers.0.terminationGracePeriodSeconds`, 5, `\`${POD}\``],
  ['Deployment', `${POD}.replicas`, 2, '`spec`'],
  ['Deployment', 'spec.containers', [], `\`${POD}\``],
  ['Deployment', 'containers', [], `\`${POD}\``],
  ['Deployment', 'replicas', 2, '`spec`'],
  ['Deployment', 'spec.labels', {}, undefined],
  ['Deployment', 'spec.maxSurge', 1, '`spec.strategy.rollingUpdate`'],
  ['Deployment', `${POD}.image`, 'a', `\`${POD}.containers[]\``],
  ['Deployment', `${POD}.containers.0.limits`, {}, `\`${POD}.containers[0].resources\``],
  ['CronJob', `${CRON}.concurrencyPolicy`, 'Forbid', '`spec`'],
  ['CronJob', `${CRON}.backoffLimit`, 1, '`spec.jobTemplate.spec`'],
  ['CronJob', 'spec.backoffLimit', 1, '`spec.jobTemplate.spec`'],
  ['Pod', 'spec.schedule', '@daily', 'the `spec` of a CronJob'],
  ['Pod', 'spec.backoffLimit', 1, 'the `spec` of a Job'],
  ['Pod', 'spec.replicas', 1, 'the `spec` of a Deployment'],
  ['Pod', 'spec.containers.0.volumes', {}, undefined],
  ['Pod', 'spec.containers.0.nothing', {}, undefined],
  ['Service', 'spec.serviceName', 'a', undefined],
  ['Pod', 'spec.containers.0.backoffLimit', 1, undefined],
  ['Pod', 'spec.containers.0.port', 80, undefined],
  ['Pod', 'spec.apiVersion', 'v1', undefined], // which stands there already
  ['Pod', 'labels', {}, '`metadata`'],
  ['Pod', 'spec.containers.0.preStop', {}, '`spec.containers[0].lifecycle`'],
  ['Pod', 'spec.containers.0.env.0.secretKeyRef', {}, '`spec.containers[0].env[0].valueFrom`'],
  ['Pod', 'spec.containers.0.livenessProbe.path', '/', '`spec.containers[0].livenessProbe.httpGet`'],
  ['Service', 'spec.ports.0.type', 'NodePort', '`spec`'],
  ['Deployment', 'spec.matchLabels', {}, '`spec.selector`'],
  ['Unknown', 'spec.replicas', 1, undefined],
])('in a %s, %s belongs elsewhere', (kind, place, value, level) => {
  expect(levelOf(kind, place, value)).toBe(level);
});
