import { type Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type LogAgent,
  type LogAgentOptions,
  LogFiles,
  LogFormat,
  MultiContainerPod,
  PreStopSleep,
  WebWithLogAgentPod,
} from '../src';
import { describeCompanion } from './contract';
import { APP, container, newChart, newDeployment, podSpec, podTemplate, WORKLOADS } from './support';

const DIRECTORY = '/var/log/app';
const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });
const AUDIT = LogFiles.inDirectory('/var/log/audit', { pattern: 'audit.json', format: LogFormat.json() });

/** What a test needs to know of a log agent. */
export interface LogAgentCase {
  /** Makes the agent with some receiver. */
  readonly make: (options: LogAgentOptions) => LogAgent;
  /** The paths of the files that the agent of this chart reads, as its configuration says. */
  readonly tailed: (chart: Chart) => string[];
  /** Whether its default image can wait as a classic sidecar. */
  readonly classic?: boolean;
  /** The most memory that it may ask for, in MiB. */
  readonly mebibytes?: number;
}

/** The promises that every log agent keeps, so that any of them goes where another went. */
export function describeLogAgent(name: string, { make, tailed, classic, mebibytes }: LogAgentCase): void {
  describeCompanion(name, {
    make: () => make({ logs: LOGS }),
    containers: ['log-agent'],
    classic,
    mebibytes,
    copy: {
      props: () => ({
        logs: LOGS,
        resources: { memory: { limit: Size.mebibytes(96) } },
        envVariables: { REGION: kplus.EnvValue.fromValue('eu') },
      }),
      from: (props) => make(props),
    },
  });

  const ship = (options: LogAgentOptions = { logs: LOGS }) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const agent = make(options);
    pod.add(agent);
    return { chart, pod, agent };
  };
  const shipIn = (kind: string, options: LogAgentOptions = {}) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
    pod.add(make({ logs: LOGS, ...options }));
    return { chart, pod };
  };
  const rolled = (chart: Chart) => podTemplate(chart).metadata?.annotations?.['cdk8s-pod-patterns/config-checksum'];

  describe(`${name} as a log agent`, () => {
    test('goes where the log agent of a pattern goes', () => {
      const chart = newChart();
      new WebWithLogAgentPod(chart, 'web', { logAgent: make({}) });
      expect(tailed(chart).sort()).toEqual(['/var/log/nginx/access.log', '/var/log/nginx/error.log']);
    });

    test('sees the log files where the main container writes them, read-only', () => {
      const { chart } = ship();
      const mountIn = (owner: string) =>
        container(chart, owner).volumeMounts?.find(({ mountPath }) => mountPath === DIRECTORY);
      expect(mountIn('log-agent')).toEqual({ ...mountIn('app'), readOnly: true });
      expect(mountIn('app')).not.toHaveProperty('readOnly');
      expect(tailed(chart)).toEqual(['/var/log/app/*.log']);
    });

    test('ships files that are added later, each once, and rolls the pods for them', () => {
      const { chart, pod, agent } = ship();
      const before = rolled(chart);
      agent.addLogs(AUDIT);
      agent.collect(pod, AUDIT);
      agent.collect(pod, LOGS);
      expect(tailed(chart).sort()).toEqual(['/var/log/app/*.log', '/var/log/audit/audit.json']);
      expect(rolled(chart)).not.toBe(before);
    });

    test('reads the files of other containers below a directory of their own', () => {
      const { chart, pod, agent } = ship();
      pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 77 });
      agent.collect(pod, LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', container: 'proxy' }));
      expect(tailed(chart).sort()).toEqual(['/logs/proxy/var/log/app/*.log', '/var/log/app/*.log']);
    });

    test('does not ship what its container was given to read besides', () => {
      const { chart, pod, agent } = ship();
      const plain = LogFiles.inDirectory('/var/log/audit', { pattern: 'audit.json' });
      pod.logs.read(plain, 'log-agent');
      pod.logs.read(LOGS, 'log-agent');
      expect(tailed(chart)).toEqual(['/var/log/app/*.log']);
      agent.collect(pod, AUDIT);
      expect(tailed(chart).sort()).toEqual(['/var/log/app/*.log', '/var/log/audit/audit.json']);
    });

    test('fails where the same files are described in two ways', () => {
      const { agent } = ship();
      const other = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', format: LogFormat.json() });
      expect(() => agent.addLogs(other)).toThrow(
        new Error(
          '[shop/web] log agent "log-agent" already ships "/var/log/app/*.log" with another `format` or `multiline`; describe the files once',
        ),
      );
    });

    test('fails in a pod it was not added to', () => {
      const stranger = MultiContainerPod.of(newDeployment(newChart()));
      expect(() => ship().agent.collect(stranger, LOGS)).toThrow(
        new Error('[shop/web] log agent "log-agent" is not in this pod; call `pod.add` with it first'),
      );
    });

    test('fails at synth where it ships nothing', () => {
      expect(() => Testing.synth(ship({}).chart)).toThrow(
        '[shop/web] log agent "log-agent" ships nothing; pass `logs` or call `addLogs`',
      );
    });

    test('keeps its state on a limited volume of its own, which is not where the logs are', () => {
      const spec = podSpec(ship({ logs: LOGS, bufferLimit: Size.mebibytes(300) }).chart);
      const { volumes = [] } = spec;
      const [agent] = spec.initContainers!;
      const logs = spec.containers[0]!.volumeMounts!.map((mount) => mount.name);
      const state = agent!.volumeMounts!.filter((mount) => !mount.readOnly).map((mount) => mount.name);
      expect(state).toContain('log-agent-state');
      expect(state.filter((volume) => logs.includes(volume))).toEqual([]);
      const limit = volumes.find((volume) => volume.name === 'log-agent-state')?.emptyDir?.sizeLimit;
      expect(Number(/^(\d+)Mi$/.exec(String(limit))?.[1])).toBeGreaterThanOrEqual(300);
    });

    describe('with a volume for its state', () => {
      const keep = (kind: string, replicas?: number) => {
        const chart = newChart();
        const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'ledger-state');
        const state = kplus.Volume.fromPersistentVolumeClaim(chart, 'state', claim, { name: 'ledger-state' });
        const props = { containers: [APP], securityContext: { fsGroup: 5000 }, replicas };
        const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, props));
        pod.add(make({ logs: LOGS, state }));
        return chart;
      };

      test.each([
        ['Pod', undefined],
        ['StatefulSet', 1],
        ['Deployment', 1],
      ])('keeps it there: %s', (kind, replicas) => {
        const spec = podSpec(keep(kind, replicas));
        const [agent] = spec.initContainers!;
        const mounts = agent!.volumeMounts!.filter(({ name }) => name === 'ledger-state');
        expect(mounts).toHaveLength(1);
        expect(mounts[0]).not.toHaveProperty('readOnly', true);
        expect(spec.volumes!.map(({ name }) => name)).not.toContain('log-agent-state');
      });

      test.each([
        ['Deployment', 2, '2'],
        ['Deployment', undefined, '2'],
        ['StatefulSet', 3, '3'],
        ['DaemonSet', undefined, 'all'],
      ])('fails where several pods would share it: %s of %p', (kind, replicas, pods) => {
        expect(() => Testing.synth(keep(kind, replicas))).toThrow(
          `\`state\` of "log-agent" is a claim that ${pods} pods would share, and each would overwrite the positions of the others; run one pod, or pass an \`emptyDir\` of the name of a claim template`,
        );
      });

      const keepIn = (create: (chart: Chart) => kplus.Volume, fsGroup?: number) => {
        const chart = newChart();
        const pod = MultiContainerPod.of(newDeployment(chart, { securityContext: { fsGroup } }));
        pod.add(make({ logs: LOGS, state: create(chart) }));
        return { chart, pod };
      };
      const onNode = (type?: kplus.HostPathVolumeType) => (chart: Chart) =>
        kplus.Volume.fromHostPath(chart, 'state', 'state', { path: '/var/lib/agent', type });

      test.each<[string, (chart: Chart) => kplus.Volume, string]>([
        [
          'a ConfigMap',
          (chart) =>
            kplus.Volume.fromConfigMap(chart, 'state', kplus.ConfigMap.fromConfigMapName(chart, 'map', 'shop')),
          'a `configMap`',
        ],
        [
          'a Secret',
          (chart) => kplus.Volume.fromSecret(chart, 'state', kplus.Secret.fromSecretName(chart, 'secret', 'shop')),
          'a `secret`',
        ],
        [
          'a claim for reading',
          (chart) => {
            const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'shop');
            return kplus.Volume.fromPersistentVolumeClaim(chart, 'state', claim, { name: 'state', readOnly: true });
          },
          'a read-only `persistentVolumeClaim`',
        ],
      ])('fails at the call with %s', (_, create, what) => {
        expect(() => keepIn(create)).toThrow(
          `\`state\` of "log-agent" is a volume that nobody can write to, ${what}; pass a claim for writing, or an \`emptyDir\``,
        );
      });

      test.each([
        [kplus.HostPathVolumeType.DIRECTORY_OR_CREATE, undefined],
        [kplus.HostPathVolumeType.DEFAULT, 5000],
      ])('fails with a directory that is made on the node: type %j, group %p', (type, fsGroup) => {
        expect(() => Testing.synth(keepIn(onNode(type), fsGroup).chart)).toThrow(
          '[shop/web] `state` of "log-agent" is volume "state", a `hostPath` that is made on the node for root, whatever `fsGroup` is; prepare the directory for its user and say `HostPathVolumeType.DIRECTORY`, or pass a claim',
        );
      });

      test('takes a directory that is prepared on the node', () => {
        const { chart } = keepIn(onNode(kplus.HostPathVolumeType.DIRECTORY));
        expect(() => Testing.synth(chart)).not.toThrow();
      });

      test('is what an error names where another volume is mounted in its place', () => {
        const { chart, pod } = ship({ logs: LOGS });
        const { mountPath } = podSpec(chart).initContainers![0]!.volumeMounts!.find(
          ({ name }) => name === 'log-agent-state',
        )!;
        expect(() => pod.storage.mount('log-agent', mountPath, onNode()(chart))).toThrow(
          new Error(
            `[shop/web] container "log-agent" already mounts volume "log-agent-state" at "${mountPath}"; pass the volume for it as \`state\` of "log-agent"`,
          ),
        );
      });

      test('takes an `emptyDir`, which a claim template of that name replaces', () => {
        const chart = newChart();
        const state = kplus.Volume.fromEmptyDir(chart, 'state', 'ledger-state');
        const pod = MultiContainerPod.of(WORKLOADS.StatefulSet!(chart, { ...{ replicas: 3 }, containers: [APP] }));
        pod.add(make({ logs: LOGS, state }));
        expect(podSpec(chart).volumes!.map(({ name }) => name)).toContain('ledger-state');
      });
    });

    test('fails with a buffer of nothing', () => {
      expect(() => make({ bufferLimit: Size.kibibytes(0) })).toThrow(
        '`bufferLimit` of "log-agent" is 0; pass how much it may hold back',
      );
    });

    test('gets the time to deliver what it holds, after the main container has stopped', () => {
      expect(podSpec(ship().chart).terminationGracePeriodSeconds).toBe(30 + 10 + 5);
      const { chart } = ship({ logs: LOGS, flush: Duration.seconds(25) });
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 25 + 5);
    });

    test.each([
      [10, 3],
      [20, 3],
      [25, 4],
      [90, 10],
    ])('may fail its liveness probes for longer than a flush of %d s', (seconds, failureThreshold) => {
      const { chart } = ship({ logs: LOGS, flush: Duration.seconds(seconds) });
      expect(container(chart, 'log-agent').livenessProbe).toMatchObject({ failureThreshold, periodSeconds: 10 });
    });

    test('runs on after the main container of a Job, for longer than it takes to find a new file', () => {
      const { chart, pod } = shipIn('Job');
      const hook = container(chart, 'log-agent').lifecycle as any;
      expect(hook).toEqual({ preStop: { sleep: { seconds: expect.any(Number) } } });
      expect(hook.preStop.sleep.seconds).toBeLessThanOrEqual(15);
      expect(pod.lifecycle.endsByItself).toBe(true);
      const told = shipIn('CronJob', { catchUp: Duration.seconds(4), preStopSleep: PreStopSleep.COMMAND });
      expect(container(told.chart, 'log-agent').lifecycle).toEqual({
        preStop: { exec: { command: ['sleep', '4'] } },
      });
      expect(container(shipIn('Job', { catchUp: Duration.seconds(0) }).chart, 'log-agent').lifecycle).toBeUndefined();
    });

    test('has no hook in a pod that does not end by itself', () => {
      expect(container(shipIn('Deployment').chart, 'log-agent')).not.toHaveProperty('lifecycle');
    });

    test('never keeps the pod out of its Services, nor holds the main container back', () => {
      const agent = container(ship().chart, 'log-agent');
      expect(agent).not.toHaveProperty('readinessProbe');
      expect(agent).not.toHaveProperty('startupProbe');
    });

    test('knows pod, namespace and node from the downward API, and nobody may change them', () => {
      expect(container(ship().chart, 'log-agent').env).toEqual(
        expect.arrayContaining([
          { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
        ]),
      );
      expect(() => ship({ logs: LOGS, envVariables: { POD_NAME: kplus.EnvValue.fromValue('x') } })).toThrow(
        'environment variable "POD_NAME" of "log-agent" is set by the companion itself; choose another name',
      );
    });

    test('goes twice into one pod under another name and port', () => {
      const { chart, pod } = ship();
      pod.add(make({ logs: AUDIT, name: 'auditor', port: 18686 }));
      const { initContainers } = podSpec(chart);
      expect(initContainers!.map((agent) => agent.name)).toEqual(['log-agent', 'auditor']);
      expect(initContainers![1]!.ports?.map((port) => port.containerPort)).toContain(18686);
    });

    test('takes another image, user and resources', () => {
      const resources = { cpu: { request: kplus.Cpu.millis(7) }, memory: { limit: Size.mebibytes(99) } };
      const { chart } = ship({ logs: LOGS, image: 'acme/agent:9.0.0', user: 4321, resources });
      expect(container(chart, 'log-agent')).toMatchObject({
        image: 'acme/agent:9.0.0',
        securityContext: { runAsUser: 4321 },
        resources: { requests: { cpu: '7m' }, limits: { memory: '99Mi' } },
      });
    });

    test('reads the log files of a workload that has a UID of its own through a group', () => {
      const chart = newChart();
      const other = { ...APP, securityContext: { user: 4000 } };
      MultiContainerPod.of(newDeployment(chart, { containers: [other] })).add(make({ logs: LOGS }));
      expect(podSpec(chart).securityContext).toMatchObject({ fsGroup: 4000 });
    });
  });
}
