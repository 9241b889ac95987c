import { isFine } from '../../src/budget/budget';
import { formatAmount } from '../../src/budget/units';
import { budgetOf, containerOf } from './support';

const SPEC = { containers: [containerOf('app', '500m/256Mi', '1/512Mi')] };
const deploymentOf = (replicas: number, spec: object = SPEC) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas, template: { spec } },
});
const quotaOf = (hard: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota' },
  spec: { hard, ...spec },
});

/** Each amount of the quota, with what is used of it at the least, at the most and during a rollout. */
function use(objects: readonly object[], options = {}): string[] {
  return budgetOf(objects, options).quotas.flatMap(({ lines }) =>
    lines.map(({ name, hard, used }) =>
      [name, ...[hard, used.least, used.most, used.rollout].map((amount) => formatAmount(name, amount))].join(' '),
    ),
  );
}

test('compute resources are those of all pods', () => {
  const hard = {
    cpu: '4',
    'requests.memory': '2Gi',
    'limits.cpu': '8',
    'limits.memory': '4Gi',
    pods: 6,
    'count/pods': 6,
  };
  expect(use([deploymentOf(4), quotaOf(hard)])).toEqual([
    'cpu 4 2 2 2.5',
    'requests.memory 2Gi 1Gi 1Gi 1.25Gi',
    'limits.cpu 8 4 4 5',
    'limits.memory 4Gi 2Gi 2Gi 2.5Gi',
    'pods 6 4 4 5',
    'count/pods 6 4 4 5',
  ]);
});

test('devices and huge pages count under `requests`', () => {
  const resources = { limits: { 'nvidia.com/gpu': 2, 'hugepages-2Mi': '4Mi', cpu: '1' } };
  const hard = { 'requests.nvidia.com/gpu': 4, 'hugepages-2Mi': '16Mi', 'requests.hugepages-2Mi': '16Mi' };
  expect(use([deploymentOf(1, { containers: [{ name: 'app', resources }] }), quotaOf(hard)])).toEqual([
    'requests.nvidia.com/gpu 4 2 2 4',
    'hugepages-2Mi 16Mi 4Mi 4Mi 8Mi',
    'requests.hugepages-2Mi 16Mi 4Mi 4Mi 8Mi',
  ]);
});

test('objects and claims are counted, too', () => {
  const claim = {
    metadata: { name: 'data' },
    spec: { storageClassName: 'ssd', resources: { requests: { storage: '10Gi' } } },
  };
  const volumes = [
    { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } } } },
  ];
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: { replicas: 3, volumeClaimTemplates: [claim], template: { spec: { ...SPEC, volumes } } },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'LoadBalancer', ports: [{}, {}] },
  };
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'web' } };
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' } };
  const alone = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim };
  const hard = {
    'count/statefulsets.apps': 1,
    'count/networkpolicies.networking.k8s.io': 1,
    'count/ingresses.networking.k8s.io': 1,
    services: 1,
    'services.loadbalancers': 1,
    'services.nodeports': 1,
    persistentvolumeclaims: 9,
    'requests.storage': '50Gi',
    'ssd.storageclass.storage.k8s.io/requests.storage': '50Gi',
    'count/secrets': 1,
    'count/replicasets.apps': 1,
  };
  const objects = [set, service, policy, ingress, alone, quotaOf(hard)];
  expect(use(objects)).toEqual([
    'count/statefulsets.apps 1 1 1 1',
    'count/networkpolicies.networking.k8s.io 1 1 1 1',
    'count/ingresses.networking.k8s.io 1 1 1 1',
    'services 1 1 1 1',
    'services.loadbalancers 1 1 1 1',
    'services.nodeports 1 2 2 2',
    'persistentvolumeclaims 9 7 7 7',
    'requests.storage 50Gi 43Gi 43Gi 43Gi',
    'ssd.storageclass.storage.k8s.io/requests.storage 50Gi 40Gi 40Gi 40Gi',
    'count/secrets 1 0 0 0',
  ]);
  expect(budgetOf(objects).quotas[0]!.unknown).toEqual(['count/replicasets.apps']);
});

test.each([
  [{ scopes: ['NotTerminating'] }, 2],
  [{ scopes: ['Terminating'] }, 0],
  [{ scopes: ['NotBestEffort'] }, 2],
  [{ scopes: ['BestEffort'] }, 0],
  [{ scopes: ['CrossNamespacePodAffinity'] }, 0],
  [{ scopes: ['Nonsense'] }, 0],
  [{ scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'DoesNotExist' }] } }, 2],
  [{ scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } }, 0],
])('scopes decide which pods count: %j', (scopes, pods) => {
  expect(use([deploymentOf(2), quotaOf({ pods: 9 }, scopes)])[0]).toMatch(`pods 9 ${pods} `);
});

test('a class of priority may be that of all pods', () => {
  const high = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    globalDefault: true,
  };
  const scopeSelector = { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] };
  expect(use([deploymentOf(2), high, quotaOf({ pods: 9 }, { scopeSelector })])).toEqual(['pods 9 2 2 3']);
});

test('a quota counts its own namespace only, and objects without one are in that of the call', () => {
  const quota = { ...quotaOf({ pods: 9 }), metadata: { name: 'quota', namespace: 'shop' } };
  expect(use([deploymentOf(2), quota])).toEqual(['pods 9 0 0 0']);
  expect(use([deploymentOf(2), quota], { namespace: 'shop' })).toEqual(['pods 9 2 2 3']);
});

test('a pod that does not say what a quota counts is refused', () => {
  const { refusals } = budgetOf([
    deploymentOf(1, { containers: [containerOf('app', '100m/', '/64Mi'), { name: 'agent' }] }),
    quotaOf({ 'requests.cpu': 9, 'limits.memory': '9Gi', 'requests.ephemeral-storage': '9Gi' }),
  ]);
  expect(refusals).toEqual([
    {
      subject: 'Deployment/web',
      message: 'ResourceQuota/quota refuses it: it must say limits.memory of "agent"; requests.cpu of "agent"',
    },
  ]);
});

test.each([
  [{ pods: 4 }, true],
  [{ pods: 3 }, false],
  [{ 'requests.nvidia.com/gpu': 0 }, true],
])('three pods that roll with one more fit into %j: %p', (hard, expected) => {
  expect(isFine(budgetOf([deploymentOf(3), quotaOf(hard)]))).toBe(expected);
});
