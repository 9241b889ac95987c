import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  InitRestartPolicy,
  LogFiles,
  LogStreamer,
  MultiContainerPod,
  NginxReverseProxy,
  OAuth2Provider,
  OAuth2Proxy,
  OtelCollector,
  OtelExporter,
  PodDefaults,
  PreStopSleep,
  ResizeRestart,
  SidecarMode,
  SupplementalGroupsPolicy,
  WebServer,
} from '../../../src';
import { FLUENT_BIT, FLUENT_BIT_DEBUG, OAUTH2_PROXY, OAUTH2_PROXY_ALPINE } from '../../../src/software/images';
import { APP, container, manifests, newChart, podSpec, WORKLOADS } from '../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const SIDECAR = { name: 'own', image: 'acme/own:1', user: 1000 };

/** A pod on clusters of this version. */
function newPod(kubernetes: string, kind = 'Deployment', options = {}) {
  const chart = newChart();
  PodDefaults.of(chart).add({ kubernetes });
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }), options);
  return { chart, pod };
}

const newAgent = () => new FluentBit({ logs: LOGS, output: FluentBitOutput.stdout() });

describe('sidecars', () => {
  test.each([
    ['1.28', false],
    ['1.29', true],
    ['1.37', true],
  ])('on Kubernetes %s are native: %s', (kubernetes, isNative) => {
    const { chart, pod } = newPod(kubernetes);
    pod.addSidecar(SIDECAR);
    expect(podSpec(chart).initContainers?.length ?? 0).toBe(isNative ? 1 : 0);
  });

  test('cannot be native before 1.29', () => {
    const { pod } = newPod('1.28');
    expect(() => pod.addSidecar({ ...SIDECAR, mode: SidecarMode.NATIVE })).toThrow(
      new Error(
        '[shop/workload] container "own" is to be a native sidecar, but Kubernetes 1.28, which `PodDefaults` names, has no native sidecars (1.29 has); use SidecarMode.CLASSIC',
      ),
    );
  });

  test('cannot be in a Job before 1.29', () => {
    const { pod } = newPod('1.28', 'Job');
    expect(() => pod.addSidecar(SIDECAR)).toThrow(
      new Error(
        '[shop/workload] container "own" is a sidecar of a Job, which completes beside a native one alone, but Kubernetes 1.28, which `PodDefaults` names, has no native sidecars (1.29 has); leave the sidecar out',
      ),
    );
  });

  test('that cdk8s-plus made native are reported before 1.29', () => {
    const { chart, pod } = newPod('1.28');
    pod.workload.addInitContainer({
      ...{ name: 'late', image: 'acme/late:1', securityContext: { user: 1000 } },
      restartPolicy: kplus.ContainerRestartPolicy.ALWAYS,
    });
    expect(() => podSpec(chart)).toThrow(
      '[shop/workload] container "late" is a native sidecar, but Kubernetes 1.28, which `PodDefaults` names, has no native sidecars (1.29 has); do without, or name the version that the clusters have',
    );
  });
});

describe('containers wait', () => {
  const ACTION = { sleep: { seconds: 5 } };
  const COMMAND = { exec: { command: ['sleep', '5'] } };

  test.each([
    ['1.29', COMMAND],
    ['1.30', ACTION],
  ])('on Kubernetes %s, as nginx does, by %j', (kubernetes, preStop) => {
    const chart = newChart();
    PodDefaults.of(chart).add({ kubernetes });
    WebServer.nginx().addTo(MultiContainerPod.of(new kplus.Deployment(chart, 'web')));
    expect(container(chart, 'webserver').lifecycle).toEqual({ preStop });
  });

  test('as an image of your own can', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ kubernetes: '1.30' });
    WebServer.nginx({ image: 'acme/nginx:1' }).addTo(MultiContainerPod.of(new kplus.Deployment(chart, 'web')));
    expect(container(chart, 'webserver').lifecycle).toEqual({ preStop: COMMAND });
  });

  test.each([
    ['1.29', FLUENT_BIT_DEBUG.image, { exec: { command: ['sleep', expect.any(String)] } }],
    ['1.30', FLUENT_BIT.image, { sleep: { seconds: expect.any(Number) } }],
  ])(
    'on Kubernetes %s, as an agent beside a main container that ends does, in the image %s',
    (kubernetes, image, preStop) => {
      const { chart, pod } = newPod(kubernetes, 'Job');
      pod.add(newAgent());
      expect(container(chart, 'log-agent')).toMatchObject({ image, lifecycle: { preStop } });
    },
  );

  test.each([
    ['1.28', FLUENT_BIT_DEBUG.image, 'exec'],
    ['1.30', FLUENT_BIT.image, 'sleep'],
  ])('on Kubernetes %s, as a classic agent does, in the image %s by %s', (kubernetes, image, means) => {
    const { chart, pod } = newPod(kubernetes, 'Deployment', { sidecarMode: SidecarMode.CLASSIC });
    pod.add(newAgent());
    const agent = container(chart, 'log-agent');
    expect(agent.image).toBe(image);
    expect(Object.keys(agent.lifecycle!.preStop as object)).toEqual([means]);
  });

  test.each([
    ['1.29', 'exec'],
    ['1.30', 'sleep'],
  ])('on Kubernetes %s, as classic proxies and streamers do, by %s', (kubernetes, means) => {
    const { chart, pod } = newPod(kubernetes, 'Deployment', { sidecarMode: SidecarMode.CLASSIC });
    pod.add(new LogStreamer({ logs: LogFiles.inDirectory('/var/log/app', { pattern: 'app.log' }) }));
    pod.add(new NginxReverseProxy({ port: 8081 }));
    const waiting = podSpec(chart).containers.filter(({ lifecycle }) => lifecycle?.preStop);
    expect(waiting.map(({ lifecycle }) => Object.keys(lifecycle!.preStop as object))).toEqual([[means], [means]]);
  });

  test.each([
    ['1.29', OAUTH2_PROXY_ALPINE.image],
    ['1.30', OAUTH2_PROXY.image],
  ])('on Kubernetes %s, as a login does, in the image %s', (kubernetes, image) => {
    const { chart, pod } = newPod(kubernetes, 'Deployment', { sidecarMode: SidecarMode.CLASSIC });
    const secret = kplus.Secret.fromSecretName(chart, 'login', 'login');
    const [clientSecret, cookieSecret] = ['client', 'cookie'].map((key) => ({ secret, key }));
    const provider = OAuth2Provider.oidc({ issuerUrl: 'https://login.example.com' });
    pod.add(
      new OAuth2Proxy({
        provider,
        clientId: 'shop',
        clientSecret: clientSecret!,
        cookieSecret: cookieSecret!,
        emailDomains: ['example.com'],
      }),
    );
    expect(container(chart, 'oauth2-proxy').image).toBe(image);
  });

  test('by no action before 1.30', () => {
    const { pod } = newPod('1.29');
    const message =
      '[shop/workload] container "app" is to wait by PreStopSleep.ACTION, but Kubernetes 1.29, which `PodDefaults` names, has no hooks with the action `sleep` (1.30 has); use PreStopSleep.COMMAND, for which its image needs `sleep`';
    expect(() => pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.ACTION)).toThrow(
      new Error(message),
    );
    pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.COMMAND);
  });

  test('not at all where neither the image nor the clusters have means', () => {
    const { pod } = newPod('1.29', 'Job');
    expect(() => pod.add(new OtelCollector({ logs: LOGS, exporter: OtelExporter.debug() }))).toThrow(
      '[shop/workload] container "log-agent" is to wait by PreStopSleep.ACTION, but Kubernetes 1.29,',
    );
  });
});

describe('objects beside the workload', () => {
  test('are no autoscaler on one container before 1.27', () => {
    const scale = (kubernetes: string) => newPod(kubernetes).pod.scaleOnCpu({ maxReplicas: 3, averageUtilization: 60 });
    expect(() => scale('1.26')).toThrow(
      new Error(
        '[shop/workload] the autoscaler would measure the main container alone, but Kubernetes 1.26, which `PodDefaults` names, has no autoscalers on the metrics of one container (1.27 has); scale without `scaleOnCpu`',
      ),
    );
    expect(() => scale('1.27')).not.toThrow();
  });

  test.each([
    ['1.26', undefined],
    ['1.27', 'AlwaysAllow'],
  ])('on Kubernetes %s are budgets with the eviction policy %s', (kubernetes, policy) => {
    const { chart, pod } = newPod(kubernetes);
    pod.keepAvailable();
    const [budget] = manifests(chart, 'PodDisruptionBudget');
    expect(budget.spec.unhealthyPodEvictionPolicy).toBe(policy);
  });
});

describe('fields of a newer Kubernetes', () => {
  const FIRST = { name: 'first', image: 'acme/first:1', user: 1000 };

  test.each<[string, string, (pod: MultiContainerPod) => void]>([
    ['1.33', 'the pod has `hostUsers`', (pod) => pod.configure({ hostUsers: false })],
    [
      '1.33',
      'the pod has a `supplementalGroupsPolicy`',
      (pod) => pod.configure({ supplementalGroupsPolicy: SupplementalGroupsPolicy.STRICT }),
    ],
    ['1.34', 'the pod has `resources`', (pod) => pod.configure({ resources: { cpu: { limit: kplus.Cpu.units(2) } } })],
    [
      '1.33',
      'container "own" has a `resizePolicy`',
      (pod) => pod.addSidecar({ ...SIDECAR, resizePolicy: { cpu: ResizeRestart.NOT_REQUIRED } }),
    ],
    [
      '1.35',
      'volume "image-data" is an image',
      (pod) => pod.storage.mount('app', '/data', pod.storage.fromImage('acme/data:1')),
    ],
    [
      '1.35',
      'container "first" has a `restartPolicy` of its own',
      (pod) => pod.addInitContainer({ ...FIRST, restartPolicy: InitRestartPolicy.NEVER }),
    ],
  ])('need Kubernetes %s where %s', (since, phrase, use) => {
    const minor = Number(since.split('.')[1]);
    const write = (kubernetes: string) => {
      const { chart, pod } = newPod(kubernetes);
      use(pod);
      return podSpec(chart);
    };
    expect(() => write(since)).not.toThrow();
    expect(() => write(`1.${minor - 1}`)).toThrow(
      `[shop/workload] ${phrase}, but Kubernetes 1.${minor - 1}, which \`PodDefaults\` names, has no `,
    );
  });

  test('are users of a pod in all pods that share nothing with their node', () => {
    const write = (props: object, kubernetes = '1.33') => {
      const chart = newChart();
      PodDefaults.of(chart).add({ hostUsers: false, kubernetes });
      MultiContainerPod.of(WORKLOADS.Deployment!(chart, { containers: [APP], ...props }));
      return podSpec(chart).hostUsers;
    };
    expect(write({})).toBe(false);
    expect(write({ hostNetwork: true })).toBeUndefined();
    expect(() => write({}, '1.32')).toThrow(
      '[shop/workload] the pod has `hostUsers`, but Kubernetes 1.32, which `PodDefaults` names, has no users of a pod (1.33 has); do without, or name the version that the clusters have',
    );
  });
});
