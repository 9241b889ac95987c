import { ApiObject, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  ConfigReload,
  ConfigReloader,
  FluentBit,
  FluentBitOutput,
  LogFiles,
  MultiContainerPod,
  Platform,
  PodDefaults,
  RunFirst,
  Sidecar,
  WebWithLogAgentDeployment,
} from '../../../src';
import { listContainers, type PodSpec } from '../../../src/pod/manifest/pod-template';
import { toNanos } from '../../../src/private/quantities';
import { restrictedViolations } from '../../restricted';
import { assertAlways } from '../../runs';
import { APP, container, newChart, podSpec, WORKLOADS } from '../../support';

const HELPER = { name: 'helper', image: 'acme/helper:1', user: 1000 };

/** A pod on a platform, beside whose main container is a helper. */
function newPod(platform: Platform, props: kplus.WorkloadProps = {}, kind = 'Deployment') {
  const chart = newChart();
  PodDefaults.of(chart).add({ platform });
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP], ...props }));
  return { chart, pod };
}

const toResources = (millis: number, mebibytes: number): kplus.ContainerResources => ({
  cpu: { request: kplus.Cpu.millis(millis) },
  memory: { request: Size.mebibytes(mebibytes), limit: Size.mebibytes(mebibytes) },
});

/** The pod of a main container and a helper that request so much. */
function podOf(platform: Platform, main: [number, number], helper: [number, number], kind?: string): PodSpec {
  const containers = [{ ...APP, resources: toResources(...main) }];
  const { chart, pod } = newPod(platform, { containers }, kind);
  pod.add(new Sidecar({ ...HELPER, resources: toResources(...helper) }));
  return podSpec(chart);
}

const resourcesOf = (spec: PodSpec) =>
  Object.fromEntries(listContainers(spec).map(({ name, resources }) => [name, resources]));

/** What all containers request together, in millicores and mebibytes. */
function sumOf(spec: PodSpec) {
  const sum = (amount: string, unit: bigint) =>
    listContainers(spec).reduce(
      (total, { resources }) => total + Number(toNanos(resources!.requests![amount] as string)! / unit),
      0,
    );
  return { cpu: sum('cpu', 1_000_000n), memory: sum('memory', 1_048_576_000_000_000n) };
}

/** Parts of a pod that get at its node. */
const HOST_ACCESS: readonly [part: string, add: (pod: MultiContainerPod) => void][] = [
  [
    'container "helper" is privileged',
    (pod) => pod.addSidecar({ ...HELPER, securityContext: { privileged: true, allowPrivilegeEscalation: true } }),
  ],
  [
    'container "helper" has `hostPort` 8081',
    (pod) => pod.addSidecar({ ...HELPER, ports: [{ number: 8081, hostPort: 8081 }] }),
  ],
  [
    'volume "node" is a `hostPath`',
    (pod) =>
      pod.storage.mount('app', '/node', kplus.Volume.fromHostPath(pod, 'node', 'node', { path: '/etc' }), {
        readOnly: true,
      }),
  ],
];

describe('OpenShift', () => {
  const platform = Platform.openShift();

  test('gives all containers that are added through the pod their user, and the pod its group', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ platform });
    new WebWithLogAgentDeployment(chart, 'web').pod.add(new Sidecar(HELPER));
    const spec = podSpec(chart);
    expect(spec.securityContext).not.toHaveProperty('fsGroup');
    for (const { securityContext } of listContainers(spec)) {
      expect(securityContext).not.toHaveProperty('runAsUser');
      expect(securityContext).not.toHaveProperty('runAsGroup');
      expect(securityContext).toMatchObject({ runAsNonRoot: true, readOnlyRootFilesystem: true });
    }
    expect(restrictedViolations(spec)).toEqual([]);
  });

  test('has one user for all, so that companions share files and signal processes without more', () => {
    const { chart, pod } = newPod(platform, { containers: [{ ...APP, securityContext: {} }] });
    pod.add(RunFirst.ofMain({ command: ['migrate'] }));
    pod.add(
      new FluentBit({
        logs: LogFiles.inDirectory('/var/log/app', { pattern: '*.log' }),
        output: FluentBitOutput.stdout(),
      }),
    );
    const settings = new kplus.ConfigMap(chart, 'settings', { data: { a: 'b' } });
    pod.storage.mount('app', '/etc/app', kplus.Volume.fromConfigMap(chart, 'config', settings));
    pod.add(new ConfigReloader({ directory: '/etc/app', reload: ConfigReload.bySignal({ process: 'app' }) }));
    expect(listContainers(podSpec(chart)).map(({ securityContext }) => securityContext!.runAsUser)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('refuses a user and a group that are stated outside of the ranges of its projects', () => {
    const { chart } = newPod(platform, { securityContext: { fsGroup: 2000 } });
    const remedy =
      'which the constraints "restricted-v2" of OpenShift refuse, as each project has a range from 1000000000 on; remove it, or pass `Platform.plain()` where the ServiceAccount may use other constraints';
    expect(() => podSpec(chart)).toThrow(`[shop/workload] the pod has \`fsGroup\` 2000, ${remedy}`);
    expect(() => podSpec(chart)).toThrow(`[shop/workload] container "app" has \`runAsUser\` 1000, ${remedy}`);
  });

  test('takes a user and a group of those ranges', () => {
    const { chart } = newPod(platform, {
      containers: [{ ...APP, securityContext: { user: 1_000_660_000 } }],
      securityContext: { fsGroup: 1_000_660_000 },
    });
    expect(podSpec(chart).securityContext?.fsGroup).toBe(1_000_660_000);
    expect(container(chart, 'app').securityContext?.runAsUser).toBe(1_000_660_000);
  });

  test('refuses capabilities but one', () => {
    const { chart, pod } = newPod(platform, { containers: [{ ...APP, securityContext: {} }] });
    const add = (name: string, capability: kplus.Capability) =>
      pod.addSidecar({ ...HELPER, name, securityContext: { capabilities: { add: [capability] } } });
    add('helper', kplus.Capability.NET_BIND_SERVICE);
    expect(() => podSpec(chart)).not.toThrow();
    add('tracer', kplus.Capability.SYS_PTRACE);
    expect(() => podSpec(chart)).toThrow(
      '[shop/workload] container "tracer" adds the capabilities SYS_PTRACE, which the constraints "restricted-v2" of OpenShift refuse; remove it, or pass `Platform.plain()` where the ServiceAccount may use other constraints',
    );
  });

  test.each(HOST_ACCESS)('refuses a pod where %s', (phrase, add) => {
    const { chart, pod } = newPod(platform, { containers: [{ ...APP, securityContext: {} }] });
    add(pod);
    expect(() => podSpec(chart)).toThrow(
      `[shop/workload] ${phrase}, which the constraints "restricted-v2" of OpenShift refuse; remove it, or pass \`Platform.plain()\` where the ServiceAccount may use other constraints`,
    );
  });
});

describe('GKE Autopilot', () => {
  test('asks for the least of each container, and for memory in proportion', () => {
    expect(resourcesOf(podOf(Platform.gkeAutopilot(), [1000, 512], [10, 16]))).toEqual({
      app: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
      helper: { requests: { cpu: '50m', memory: '52Mi' }, limits: { memory: '52Mi' } },
    });
    expect(resourcesOf(podOf(Platform.gkeAutopilot(), [100, 2048], [50, 64])).app).toEqual({
      requests: { cpu: '268m', memory: '2Gi' },
      limits: { memory: '2Gi' },
    });
  });

  test('leaves what fits as it is', () => {
    const plain = podOf(Platform.plain(), [250, 512], [50, 64]);
    expect(podOf(Platform.gkeAutopilot(), [250, 512], [50, 64])).toEqual(plain);
  });

  test('without bursting takes CPU in steps, and limits of what is requested', () => {
    expect(resourcesOf(podOf(Platform.gkeAutopilot({ bursting: false }), [250, 512], [50, 64]))).toEqual({
      app: { requests: { cpu: '450m', memory: '512Mi' }, limits: { cpu: '450m', memory: '512Mi' } },
      helper: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '50m', memory: '64Mi' } },
    });
  });

  test('has other bounds for the pods of a DaemonSet, which stay', () => {
    const plain = podOf(Platform.plain(), [10, 16], [10, 16], 'DaemonSet');
    expect(podOf(Platform.gkeAutopilot(), [10, 16], [10, 16], 'DaemonSet')).toEqual(plain);
  });

  test('has the proportion in any pod', () => {
    const amount = fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 20_000 }));
    assertAlways(
      fc.property(amount, amount, fc.boolean(), (main, helper, bursting) => {
        const { cpu, memory } = sumOf(podOf(Platform.gkeAutopilot({ bursting }), main, helper));
        expect(memory / 1024).toBeGreaterThanOrEqual(cpu / 1000);
        expect(memory / 1024).toBeLessThanOrEqual((cpu / 1000) * 6.5 + 0.01);
        expect(bursting ? 0 : cpu % 250).toBe(0);
      }),
    );
  });

  test('refuses a pod that is too large', () => {
    expect(() => podOf(Platform.gkeAutopilot(), [30_000, 40_000], [50, 64])).toThrow(
      '[shop/workload] the pod requests 30050m CPU and 40064 MiB, and GKE Autopilot takes pods up to 30000m and 112640 MiB; request less',
    );
  });

  test.each(HOST_ACCESS)('refuses a pod where %s', (phrase, add) => {
    const { chart, pod } = newPod(Platform.gkeAutopilot());
    add(pod);
    expect(() => podSpec(chart)).toThrow(
      `[shop/workload] ${phrase}, which GKE Autopilot refuses; remove it, or run the pod on other nodes`,
    );
  });

  test('takes the logs of the node', () => {
    const { chart, pod } = newPod(Platform.gkeAutopilot());
    const logs = kplus.Volume.fromHostPath(pod, 'node', 'node', { path: '/var/log/pods' });
    pod.storage.mount('app', '/node', logs, { readOnly: true });
    expect(() => podSpec(chart)).not.toThrow();
  });
});

describe('EKS Fargate', () => {
  const platform = Platform.eksFargate();

  test('makes limits of requests, and gives the main container what is left of the size of the pod', () => {
    expect(resourcesOf(podOf(platform, [250, 512], [50, 64]))).toEqual({
      app: { requests: { cpu: '450m', memory: '704Mi' }, limits: { cpu: '450m', memory: '704Mi' } },
      helper: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '50m', memory: '64Mi' } },
    });
  });

  test('fills a size in any pod', () => {
    const amount = fc.tuple(fc.integer({ min: 1, max: 7000 }), fc.integer({ min: 1, max: 50_000 }));
    const sizes = [250, 500, 1000, 2000, 4000, 8000, 16_000];
    assertAlways(
      fc.property(amount, amount, (main, helper) => {
        const { cpu, memory } = sumOf(podOf(platform, main, helper));
        expect(sizes).toContain(cpu);
        expect((memory + 256) % 512).toBe(0);
        expect(cpu).toBeGreaterThanOrEqual(main[0] + helper[0]);
        expect(memory).toBeGreaterThanOrEqual(main[1] + helper[1]);
      }),
    );
  });

  test('counts the largest init container where it requests more', () => {
    const { chart, pod } = newPod(platform, { containers: [{ ...APP, resources: toResources(100, 128) }] });
    pod.addInitContainer({ ...HELPER, name: 'first', resources: toResources(400, 512) });
    expect(resourcesOf(podSpec(chart)).app!.requests).toEqual({ cpu: '500m', memory: '768Mi' });
  });

  test('runs no DaemonSet, and no pod that is too large', () => {
    expect(() => podOf(platform, [100, 128], [50, 64], 'DaemonSet')).toThrow(
      '[shop/workload] EKS Fargate runs no DaemonSets; use a Deployment, and add what each node had to its pods',
    );
    expect(() => podOf(platform, [16_000, 1024], [50, 64])).toThrow(
      '[shop/workload] the pod requests 16050m CPU and 1088 MiB, beside 256 MiB that the kubelet takes, and the largest pod of EKS Fargate has 16 CPUs and 120 GiB; request less',
    );
  });

  test.each(HOST_ACCESS)('refuses a pod where %s', (phrase, add) => {
    const { chart, pod } = newPod(platform);
    add(pod);
    expect(() => podSpec(chart)).toThrow(
      `[shop/workload] ${phrase}, which EKS Fargate refuses; remove it, or run the pod on other nodes`,
    );
  });
});

test('a platform leaves what is in a manifest as it is', () => {
  for (const platform of [Platform.openShift(), Platform.gkeAutopilot({ bursting: false }), Platform.eksFargate()]) {
    const chart = newChart();
    PodDefaults.of(chart).add({ platform, hostUsers: false });
    const app = {
      name: 'app',
      image: 'acme/app:1',
      securityContext: { runAsUser: 1000 },
      resources: { requests: { cpu: '7m' } },
    };
    const volumes = [{ name: 'node', hostPath: { path: '/etc' } }];
    const parts = { hostNetwork: true, securityContext: { fsGroup: 2000 }, volumes };
    const spec = { template: { spec: { ...parts, containers: [app] } } };
    const object = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec });
    MultiContainerPod.of(object).add(new Sidecar(HELPER));
    expect(container(chart, 'app')).toEqual(app);
    expect(podSpec(chart)).toMatchObject(parts);
    expect(podSpec(chart)).not.toHaveProperty('hostUsers');
  }
});
