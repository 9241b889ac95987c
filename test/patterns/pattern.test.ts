import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  LogFiles,
  LogRotation,
  MultiContainerPod,
  SidecarMode,
  WebServer,
  WebWithLogAgentDaemonSet,
  WebWithLogAgentDeployment,
  WebWithLogAgentPod,
  WebWithLogAgentStatefulSet,
} from '../../src';
import { addLogShipping } from '../../src/patterns/log-shipping';
import { createPod, ScaledPattern, ServedPattern, toWorkloadProps } from '../../src/patterns/pod-pattern';
import { fluentBitConfig } from '../fluent-bit-schema';
import { deepFreeze, manifests, newChart, newDeployment, podSpec } from '../support';

const LOGS = ['access.log', 'app.log'].map((pattern) => LogFiles.inDirectory('/logs', { pattern }));

function ship(rotation?: LogRotation, logAgent?: FluentBit) {
  const chart = newChart();
  const agent = addLogShipping(MultiContainerPod.of(newDeployment(chart)), { logs: LOGS, rotation, logAgent });
  return { chart, agent, names: podSpec(chart).initContainers?.map(({ name }) => name) };
}

test('all files are shipped, by an agent that prints them where none is given', () => {
  const { chart, agent } = ship();
  const { inputs, outputs } = fluentBitConfig(chart).pipeline;
  expect(agent.name).toBe('log-agent');
  expect(inputs.map(({ path }: any) => path)).toEqual(['/logs/access.log,/logs/app.log']);
  expect(outputs.map(({ name }: any) => name)).toEqual(['stdout']);
});

test('the agent that is given ships them', () => {
  const logAgent = new FluentBit({ output: FluentBitOutput.loki({ host: 'loki' }) });
  const { chart, agent } = ship(undefined, logAgent);
  expect(agent).toBe(logAgent);
  expect(fluentBitConfig(chart).pipeline.outputs[0].name).toBe('loki');
});

test.each([
  ['nobody knows of', undefined, ['log-agent']],
  ['the application does', LogRotation.byApplication(), ['log-agent']],
  ['takes a container', LogRotation.copyTruncate(), ['log-agent', 'log-rotator']],
])('a rotation that %s adds the containers it takes', (_, rotation, companions) => {
  expect(ship(rotation).names).toEqual(companions);
});

const job = () => new kplus.Deployment(newChart(), 'web');

test('the props of a pattern go to cdk8s-plus without containers and spread, and unchanged otherwise', () => {
  const props = deepFreeze({ spread: true, containers: [], restartPolicy: kplus.RestartPolicy.ALWAYS });
  expect(toWorkloadProps(props)).toEqual({
    restartPolicy: 'Always',
    securityContext: { fsGroupChangePolicy: 'OnRootMismatch' },
  });
});

test('a security context that is given goes to cdk8s-plus whole', () => {
  const securityContext = { fsGroup: 7, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ALWAYS };
  expect(toWorkloadProps({ securityContext })).toEqual({ securityContext });
});

test('the pod of a pattern has the mode of its sidecars', () => {
  const workload = job();
  const pod = createPod(workload, 'web', { sidecarMode: SidecarMode.CLASSIC });
  expect(pod).toBe(MultiContainerPod.of(workload));
  expect(pod.lifecycle.sidecarMode).toBe(SidecarMode.CLASSIC);
});

test.each([
  ['web', 'web server'],
  ['app', 'application'],
  ['job', 'job'],
] as const)('the pod of a pattern takes its main container from `%s`', (main, called) => {
  expect(() => createPod(job(), main, { containers: [{ image: 'acme/app:1' }] })).toThrow(
    new Error(
      `[shop/web] \`containers\` would be there before the ${called}, which is the main container; pass \`${main}\`, and add others with \`pod.add\``,
    ),
  );
});

test('a pattern that answers requests is exposed as its pod is', () => {
  const chart = newChart();
  const pattern: ServedPattern = new WebWithLogAgentPod(chart, 'web', { web: WebServer.nginx({ port: 8081 }) });
  const service = pattern.expose({ name: 'shop', port: 80 });
  expect(service.name).toBe('shop');
  expect(manifests(chart, 'Service').map(({ metadata, spec }) => [metadata.name, spec.ports])).toEqual([
    ['shop', [{ name: 'http', port: 80, targetPort: 8081 }]],
  ]);
});

test('patterns of any workload that answer requests are of one kind', () => {
  const chart = newChart();
  expect(new WebWithLogAgentPod(chart, 'a')).toBeInstanceOf(ServedPattern);
  expect(new WebWithLogAgentDaemonSet(chart, 'b')).toBeInstanceOf(ServedPattern);
});

test.each([
  ['Deployment', WebWithLogAgentDeployment],
  ['StatefulSet', WebWithLogAgentStatefulSet],
] as const)('a %s scales with the CPU of its web server, whatever that is called', (kind, Pattern) => {
  const chart = newChart();
  const pattern = new Pattern(chart, 'web', { web: WebServer.nginx({ name: 'front' }), replicas: 2 });
  expect(pattern).toBeInstanceOf(ScaledPattern);
  pattern.scaleOnCpu({ maxReplicas: 4, averageUtilization: 60 });
  pattern.keepAvailable();
  const [{ spec }] = manifests(chart, 'HorizontalPodAutoscaler');
  expect([spec.scaleTargetRef.kind, spec.metrics[0].containerResource.container]).toEqual([kind, 'front']);
  expect(manifests(chart, 'PodDisruptionBudget')).toHaveLength(1);
});

describe('a pattern stands somewhere, under a name of its own', () => {
  const make = (scope: unknown, id: unknown) => () => new WebWithLogAgentPod(scope as Chart, id as string);
  const chart = newChart();
  make(chart, 'shop')();

  test.each<[unknown, unknown, string]>([
    [{ node: {} }, 'web', '[WebWithLogAgentPod] `scope` is an object; pass a Construct'],
    ['shop', 'web', '[WebWithLogAgentPod] `scope` is "shop"; pass a Construct'],
    [chart, undefined, '[WebWithLogAgentPod] `id` is undefined; pass a text'],
    [chart, '', '[shop] `id` of a WebWithLogAgentPod is empty; pass a name'],
    [chart, 'shop', '[shop] `id` of a WebWithLogAgentPod is "shop", which another construct has; pass another'],
  ])('and fails otherwise: %#', (scope, id, message) => {
    expect(make(scope, id)).toThrow(new Error(message));
  });
});
