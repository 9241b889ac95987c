import { runBudget } from '../../src/budget/command/main';
import { folderOf, Kept, terminal } from '../rules/command/support';

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      initContainers:
        - {name: log-agent, image: fluent/fluent-bit:4.0.3, restartPolicy: Always, resources: {requests: {cpu: 50m, memory: 128Mi}, limits: {memory: 128Mi}}}
      containers:
        - {name: shop, image: acme/shop:1.4.2, resources: {requests: {cpu: 450m, memory: 256Mi}, limits: {memory: 384Mi}}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: compute}
spec: {hard: {requests.cpu: "1", pods: "10"}}
`;

const FOLDER = folderOf({
  'shop.yaml': SHOP,
  'set/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {replicas: 3}\n',
  'broken.yaml': 'kind: Pod\nmetadata: {\n',
  'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
});

async function call(args: readonly string[], options: Parameters<typeof terminal>[0] = {}) {
  const connected = terminal(options);
  const code = await runBudget(args, connected);
  return { code, out: connected.stdout.text, err: connected.stderr.text };
}

test('the text has a line for each pod, the totals, the companions, the quotas and the agents of nodes', async () => {
  expect(await call(['-'], { input: SHOP })).toEqual({
    code: 1,
    err: '',
    out: `POD              PODS  QOS         CPU  CPU LIMIT  MEMORY  MEMORY LIMIT
Deployment/shop     2  Burstable  500m       none   384Mi         512Mi

TOTAL             PODS  CPU  CPU LIMIT  MEMORY  MEMORY LIMIT
at least             2    1       none   768Mi           1Gi
at most              2    1       none   768Mi           1Gi
during a rollout     3  1.5       none  1.13Gi         1.5Gi

PART OF A POD                CPU  SHARE  MEMORY  SHARE
Deployment/shop: log agents  50m   10 %   128Mi   33 %

PART OF ALL, AT MOST   CPU  SHARE  MEMORY  SHARE
log agents            100m   10 %   256Mi   33 %
all companions        100m   10 %   256Mi   33 %

ResourceQuota/compute in default  HARD   AT LEAST    AT MOST      ROLLOUT
requests.cpu                         1  1 (100 %)  1 (100 %)  1.5 (150 %)  exceeded during a rollout
pods                                10   2 (20 %)   2 (20 %)     3 (30 %)

A rollout is all workloads at once, starting from the most. Pods that are still ending count against a quota, too, and are not in these numbers.

LOG AGENTS                            CPU   MEMORY
in each of 2 pods                    100m    256Mi
on each of 3 nodes instead           310m  625.6Mi
difference                           210m  369.6Mi
no more from so many pods on a node     3        2

Assumed: 3 nodes (\`--nodes\`) with 0.7 of the pods each (\`--pods-per-node\`). The agent of a pod requests 50m CPU and 128Mi memory;
that of a node 100m CPU and 200Mi memory (\`--node-agent\`) and, for each pod, a tenth of that, 5m CPU and 12.8Mi memory (\`--node-agent-per-pod\`).
Not the same: an agent of a node reads standard output and directories of the node, not files in volumes of pods. It is not
started before a pod and stopped after it, so that last lines may be lost; its one configuration, its buffers and its failures
are those of all pods of the node; and it needs hostPath, which Pod Security "baseline" refuses, and nodes that are yours.

1 workload: 1 amount of quotas exceeded
`,
  });
});

test('the options say what manifests do not', async () => {
  const args = ['--fleet', '1000', '--nodes', '10', '--pods-per-node', '30', '--node-agent', 'cpu=200m,memory=256Mi'];
  const { out } = await call([
    ...args,
    '--node-agent-per-pod',
    'cpu=2m,memory=4Mi',
    '--kubernetes',
    '1.33',
    `${FOLDER}/shop.yaml`,
  ]);
  expect(out).toContain('a fleet           1,000  500       none   375Gi         500Gi\n');
  expect(out).toContain('log agents            100m   10 %   256Mi   33 %         50         125Gi\n');
  expect(out).toContain('in each of 300 pods                     15    37.5Gi\n');
  expect(out).toContain('on each of 10 nodes instead            2.6    3.68Gi\n');
  expect(out).toContain('no more from so many pods on a node      5         3\n');
});

test('JSON has exact quantities, and where each pod stands', async () => {
  const { code, out } = await call(['--format', 'json', `${FOLDER}/shop.yaml`]);
  const { pods, totals, quotas, nodeAgent, parts } = JSON.parse(out);
  expect(code).toBe(1);
  expect(pods).toEqual([
    {
      kind: 'Deployment',
      name: 'shop',
      namespace: 'default',
      file: `${FOLDER}/shop.yaml`,
      line: 1,
      replicas: { least: 2, most: 2, rollout: 3 },
      qosClass: 'Burstable',
      requests: { cpu: '500m', memory: '384Mi' },
      limits: { memory: '512Mi' },
      unlimited: { cpu: ['log-agent', 'shop'] },
      parts: {
        application: { requests: { cpu: '450m', memory: '256Mi' }, limits: { memory: '384Mi' } },
        'log agents': { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } },
      },
      containers: [
        {
          name: 'log-agent',
          role: 'native sidecar',
          part: 'log agents',
          requests: { cpu: '50m', memory: '128Mi' },
          limits: { memory: '128Mi' },
        },
        {
          name: 'shop',
          role: 'main container',
          part: 'application',
          requests: { cpu: '450m', memory: '256Mi' },
          limits: { memory: '384Mi' },
        },
      ],
    },
  ]);
  expect(totals.rollout).toEqual({
    pods: 3,
    requests: { cpu: '1500m', memory: '1152Mi' },
    limits: { memory: '1536Mi' },
  });
  expect(parts['log agents'].most.requests).toEqual({ cpu: '100m', memory: '256Mi' });
  expect(quotas[0].amounts[0]).toEqual({
    name: 'requests.cpu',
    hard: '1',
    used: { least: '1', most: '1', rollout: '1500m' },
    exceeded: ['rollout'],
  });
  expect(nodeAgent.breakEvenPodsPerNode).toEqual({ cpu: 3, memory: 2 });
});

test('Markdown is for a comment on a change, and holds no Markdown of manifests', async () => {
  const input = SHOP.replace('name: shop}', 'name: "a|b*c"}');
  const { out } = await call(['--format', 'markdown'], { input });
  expect(out).toContain(
    '| POD | PODS | QOS | CPU | CPU LIMIT | MEMORY | MEMORY LIMIT |\n| --- | ---: | --- | ---: | ---: | ---: | ---: |\n',
  );
  expect(out).toContain('| Deployment/a\\|b\\*c | 2 | Burstable | 500m | none | 384Mi | 512Mi |\n');
});

test('what is unfinished is passed over, and said', async () => {
  const { code, out } = await call(['--nodes', '1', `${FOLDER}/shop.yaml`, `${FOLDER}/set`]);
  expect(code).toBe(1);
  expect(out).toContain(
    `Not counted\n  ${FOLDER}/set/patch.yaml:1: a patch; check what \`kubectl kustomize\` makes of it and the rest\n`,
  );
});

test.each([
  [['--nope'], 'unknown option "--nope"\nTry "cdk8s-pod-patterns budget --help".'],
  [['--node', '3'], 'unknown option "--node"; did you mean "--nodes"?\nTry "cdk8s-pod-patterns budget --help".'],
  [
    ['--nodes', '0'],
    '`--nodes` is "0"; pass a whole number from 1 to 1000000\nTry "cdk8s-pod-patterns budget --help".',
  ],
  [
    ['--format', 'xml'],
    '`--format` cannot be "xml" (known: text, json, markdown)\nTry "cdk8s-pod-patterns budget --help".',
  ],
  [
    ['--node-agent', 'large'],
    '`--node-agent` takes amounts such as "cpu=100m,memory=200Mi", not "large"\nTry "cdk8s-pod-patterns budget --help".',
  ],
  [
    ['--config', 'a', '--no-config'],
    '`--config` and `--no-config` exclude each other\nTry "cdk8s-pod-patterns budget --help".',
  ],
  [['--config', 'nope.yaml', '-'], 'nope.yaml: no such file or directory'],
  [['nope.yaml'], 'nope.yaml: no such file or directory'],
  [
    [`${FOLDER}/set/patch.yaml`, `${FOLDER}/service.yaml`],
    `${FOLDER}/set/patch.yaml: no pod among the manifests; Deployment/shop is passed over: a patch; check what \`kubectl kustomize\` makes of it and the rest`,
  ],
  [[`${FOLDER}/service.yaml`], `${FOLDER}/service.yaml: no pod among the manifests`],
])('%j cannot be carried out', async (args, message) => {
  expect(await call(args)).toEqual({ code: 2, out: '', err: `cdk8s-pod-patterns budget: ${message}\n` });
});

test('a file that is no YAML does not keep the rest from being summed up', async () => {
  const { code, out, err } = await call([`${FOLDER}/broken.yaml`, `${FOLDER}/shop.yaml`]);
  expect(code).toBe(2);
  expect(out).toContain('Deployment/shop');
  expect(err).toMatch(/^cdk8s-pod-patterns budget: .*broken\.yaml: line \d: .*\n$/);
});

test('a terminal without input gets help', async () => {
  const { code, out, err } = await call([], { isTTY: true });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Usage: cdk8s-pod-patterns budget');
});

test.each([
  [
    Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' }),
    /cannot write: no space left on device\n$/,
  ],
  [new Error('oops'), /this is a fault of cdk8s-pod-patterns itself, please report it: Error: oops\n/],
])('what goes wrong on the way is told: %p', async (error, message) => {
  const connected = {
    ...terminal({ input: SHOP }),
    stdout: Object.assign(new Kept(), {
      write: () => {
        throw error;
      },
    }),
  };
  expect(await runBudget([], connected as never)).toBe(2);
  expect(connected.stderr.text).toMatch(message);
});

test('an object that stands in several files is counted in each, and that is said', async () => {
  const folder = folderOf({ 'a.yaml': SHOP, 'b.yaml': SHOP });
  const { out } = await call([folder]);
  expect(out.match(/Deployment\/shop: it stands in several files, and is counted in each/g)).toHaveLength(2);
});

test('parts that take nothing are not shown', async () => {
  const input =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {initContainers: [{name: b, image: c}], containers: [{name: d, image: e}]}\n';
  expect(await call([], { input })).toEqual({
    code: 0,
    err: '',
    out: `POD    PODS  QOS         CPU  CPU LIMIT  MEMORY  MEMORY LIMIT
Pod/a     1  BestEffort    0       none       0          none

TOTAL             PODS  CPU  CPU LIMIT  MEMORY  MEMORY LIMIT
at least             1    0       none       0          none
at most              1    0       none       0          none
during a rollout     1    0       none       0          none

1 workload: no quota among the manifests
`,
  });
});
