import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CloudSqlEngine,
  CloudSqlProxy,
  FluentBit,
  FluentBitOutput,
  LogFiles,
  MultiContainerPod,
  Platform,
  PodDefaults,
  type PodDefaultsOptions,
  PreStopSleep,
  ServiceMesh,
  SidecarMode,
  WaitFor,
} from '../../../src';
import { CATALOGUE } from '../../catalogue';
import { APP, newChart, podTemplate, WORKLOADS } from '../../support';

const MESHES = { Istio: ServiceMesh.istio, Linkerd: ServiceMesh.linkerd };

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

/** A pod with the proxy of a mesh. */
function newPod(defaults: PodDefaultsOptions, kind = 'Deployment', options = {}) {
  const chart = newChart();
  PodDefaults.of(chart).add(defaults);
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP], ...options }));
  return { chart, pod };
}

const newAgent = (mode?: SidecarMode) =>
  new FluentBit({
    mode,
    logs: LOGS,
    output: FluentBitOutput.forward({ host: 'logs.example.com' }),
  });

/** The annotations of the pods, without our own. */
function annotationsOf(defaults: PodDefaultsOptions, compose: (pod: MultiContainerPod) => void = () => {}) {
  const { chart, pod } = newPod(defaults);
  compose(pod);
  const entries = Object.entries(podTemplate(chart).metadata?.annotations ?? {});
  return Object.fromEntries(entries.filter(([name]) => /istio|linkerd/.test(name)));
}

describe('the mode of the proxy', () => {
  test.each<[string, PodDefaultsOptions, Record<string, string>]>([
    ['Istio, native', { mesh: ServiceMesh.istio() }, { 'sidecar.istio.io/nativeSidecar': 'true' }],
    [
      'Istio, classic',
      { mesh: ServiceMesh.istio({ nativeSidecar: false }) },
      {
        'sidecar.istio.io/nativeSidecar': 'false',
        'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true}',
      },
    ],
    [
      'Istio on Kubernetes 1.28, classic',
      { kubernetes: '1.28', mesh: ServiceMesh.istio() },
      {
        'sidecar.istio.io/nativeSidecar': 'false',
        'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true}',
      },
    ],
    [
      'Linkerd, native',
      { mesh: ServiceMesh.linkerd() },
      {
        'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'true',
        'config.beta.linkerd.io/proxy-enable-native-sidecar': 'true',
      },
    ],
    [
      'Linkerd, classic',
      { mesh: ServiceMesh.linkerd({ nativeSidecar: false }) },
      {
        'config.alpha.linkerd.io/proxy-enable-native-sidecar': 'false',
        'config.beta.linkerd.io/proxy-enable-native-sidecar': 'false',
        'config.linkerd.io/proxy-await': 'enabled',
      },
    ],
    ['no mesh', { mesh: ServiceMesh.none() }, {}],
  ])('%s, is told to the mesh', (_, defaults, annotations) => {
    expect(annotationsOf(defaults)).toEqual(annotations);
  });

  test('is what the workload says of its own pods', () => {
    const podMetadata = { annotations: { 'sidecar.istio.io/nativeSidecar': 'false' } };
    const { chart } = newPod({ mesh: ServiceMesh.istio() }, 'Deployment', { podMetadata });
    expect(podTemplate(chart).metadata?.annotations).toMatchObject(podMetadata.annotations);
  });

  test('is not native before Kubernetes 1.29', () => {
    const { chart } = newPod({ kubernetes: '1.28', mesh: ServiceMesh.istio({ nativeSidecar: true }) });
    expect(() => podTemplate(chart)).toThrow(
      '[shop/workload] the proxy of Istio is to be a native sidecar, but Kubernetes 1.28, which `PodDefaults` names, has no native sidecars (1.29 has); leave `nativeSidecar` out',
    );
  });

  test('lets classic sidecars flush: a classic proxy goes on until they have', () => {
    const flush = (pod: MultiContainerPod) => {
      pod.lifecycle.declareMainStop(Duration.seconds(20));
      pod.addSidecar({
        ...{ name: 'agent', image: 'acme/agent:1', user: 1000 },
        ...{ mode: SidecarMode.CLASSIC, flush: Duration.seconds(8), preStopSleep: PreStopSleep.COMMAND },
      });
    };
    expect(annotationsOf({ mesh: ServiceMesh.istio({ nativeSidecar: false }) }, flush)).toMatchObject({
      'proxy.istio.io/config': '{"holdApplicationUntilProxyStarts":true,"terminationDrainDuration":"30s"}',
    });
    expect(annotationsOf({ mesh: ServiceMesh.linkerd({ nativeSidecar: false }) }, flush)).toMatchObject({
      'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': '30',
    });
  });
});

describe.each([
  ['Istio', [15000, 15001, 15002, 15004, 15006, 15008, 15009, 15020, 15021, 15053, 15090], 1337],
  ['Linkerd', [4140, 4143, 4190, 4191], 2102],
] as const)('%s', (title, ports, user) => {
  const mesh = () => MESHES[title]();

  test('keeps its ports, on loopback too', () => {
    const { chart, pod } = newPod({ mesh: mesh() });
    for (const port of ports) {
      expect(() => pod.network.claim({ container: 'app', port, loopback: true })).toThrow(
        new Error(
          `[shop/workload] port ${port}/TCP of container "app" is one that the proxy of ${title} opens in the pod; pick a port other than ${ports.join(', ')}`,
        ),
      );
    }
    pod.network.claim({ container: 'app', port: ports[0], protocol: kplus.Protocol.UDP });
    expect(() => podTemplate(chart)).not.toThrow();
  });

  test('keeps its ports from containers of cdk8s-plus, which is reported once', () => {
    const { chart, pod } = newPod({ mesh: mesh() });
    const late = { name: 'late', image: 'acme/late:1', securityContext: { user: 1000 } };
    pod.workload.addContainer({ ...late, ports: [{ number: ports[1] }] });
    expect(() => podTemplate(chart)).toThrow(
      `port ${ports[1]}/TCP of container "late" is one that the proxy of ${title}`,
    );
  });

  test('keeps its user', () => {
    const { chart, pod } = newPod({ mesh: mesh() });
    pod.addSidecar({ name: 'own', image: 'acme/own:1', user });
    expect(() => podTemplate(chart)).toThrow(
      `[shop/workload] container "own" runs as user ${user}, whose traffic ${title} takes for that of its proxy and leads past it; pass another \`user\``,
    );
  });

  test('as a native sidecar has nothing against any of our companions', () => {
    for (const kind of ['Deployment', 'Job']) {
      const { chart, pod } = newPod({ mesh: mesh() }, kind);
      pod.add(WaitFor.tcp({ host: 'db.example.com', port: 5432 }));
      pod.add(new CloudSqlProxy({ instances: [{ connectionName: 'a:b:c', engine: CloudSqlEngine.POSTGRESQL }] }));
      pod.add(newAgent());
      expect(() => podTemplate(chart)).not.toThrow();
    }
  });

  describe('as a classic sidecar', () => {
    const REMEDY = 'have the proxy run as a native sidecar, or pass `ServiceMesh.none()` for this pod';
    const start = (kind?: string, cni?: boolean, platform?: Platform) =>
      newPod({ platform, mesh: MESHES[title]({ nativeSidecar: false, cni }) }, kind);
    const addProxy = (pod: MultiContainerPod) =>
      pod.add(new CloudSqlProxy({ instances: [{ connectionName: 'a:b:c', engine: CloudSqlEngine.POSTGRESQL }] }));

    test.each(['Job', 'CronJob'])('keeps a %s from completing', (kind) => {
      expect(() => podTemplate(start(kind).chart)).toThrow(
        `[shop/workload] a ${kind} never completes beside the classic proxy of ${title}, which does not end; ${REMEDY}`,
      );
    });

    test('leads traffic from the start where a CNI plugin does, when no native sidecar can be asked whether it has started', () => {
      const { chart, pod } = start('Deployment', true);
      addProxy(pod);
      expect(() => podTemplate(chart)).toThrow(
        `[shop/workload] container "cloud-sql-proxy" has a startup probe, which the kubelet sends through the classic proxy of ${title}, and that starts after it: the pod would never start; ${REMEDY}`,
      );
    });

    test('and when no init container can wait for a server', () => {
      const { chart, pod } = start('Deployment', undefined, Platform.gkeAutopilot());
      pod.add(WaitFor.tcp({ host: 'db.example.com', port: 5432 }));
      expect(() => podTemplate(chart)).toThrow(
        `[shop/workload] container "wait-for-db-example-com" waits for "db.example.com" before the classic proxy of ${title} runs, without which nothing leaves the pod; ${REMEDY}`,
      );
    });

    test('leads no traffic yet where an init container of the mesh does that last', () => {
      const { chart, pod } = start();
      pod.add(WaitFor.tcp({ host: 'db.example.com', port: 5432 }));
      addProxy(pod);
      expect(() => podTemplate(chart)).not.toThrow();
    });

    test('leaves its user to init containers, whose traffic is to be led past it', () => {
      const { chart, pod } = start('Deployment', true);
      pod.addInitContainer({ name: 'first', image: 'acme/first:1', user });
      expect(() => podTemplate(chart)).not.toThrow();
    });

    test('is gone when a native agent ships its last lines', () => {
      const { chart, pod } = start();
      pod.add(newAgent());
      expect(() => podTemplate(chart)).toThrow(
        `[shop/workload] container "log-agent" finishes after the main container has stopped, when the classic proxy of ${title} has stopped too and lets nothing out; ${REMEDY}, or use SidecarMode.CLASSIC`,
      );
    });

    test.each(['Alloy', 'OtelCollector'])('is gone when %s sends the last lines', (kind) => {
      const { chart, pod } = start();
      pod.add(CATALOGUE[kind]!.make(0));
      expect(() => podTemplate(chart)).toThrow('finishes after the main container has stopped');
    });

    test.each(['Filebeat', 'FluentBit', 'Fluentd', 'LogStreamer', 'Vector'])(
      'is not needed by %s, which prints',
      (kind) => {
        const { chart, pod } = start();
        pod.add(CATALOGUE[kind]!.make(0));
        expect(() => podTemplate(chart)).not.toThrow();
      },
    );

    test('lives with a classic agent', () => {
      const { chart, pod } = start();
      pod.add(newAgent(SidecarMode.CLASSIC));
      expect(() => podTemplate(chart)).not.toThrow();
    });
  });
});
