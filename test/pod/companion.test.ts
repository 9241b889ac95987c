import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, type ICompanion, type ILogAgent, LogFiles, MultiContainerPod } from '../../src';
import { describeCompanion } from '../contract';
import { schemaProblems } from '../kubernetes-schema';
import { restrictedViolations } from '../restricted';
import { APP, container, manifests, newChart, newDeployment, podSpec, podTemplate, WORKLOADS } from '../support';

/** A companion of somebody else, made with nothing but the public API. */
class Cache implements ICompanion {
  public bind(pod: MultiContainerPod): void {
    pod.addInitContainer({ name: 'cache-warmup', image: 'acme/warmup:1.0.0', user: 3001 });
    pod.addSidecar({ name: 'cache', image: 'acme/cache:1.0.0', user: 3000, flush: Duration.seconds(4) });
    const { address } = pod.network.claim({ container: 'cache', port: 6379, name: 'cache' });
    pod.addEnv(pod.main.name, 'CACHE', kplus.EnvValue.fromValue(address));
    const sockets = pod.storage.share('sockets', { sizeLimit: Size.mebibytes(8) });
    sockets.writtenBy('cache', '/run/cache');
    sockets.readBy(pod.main.name, '/run/cache');
    pod.storage.scratch('cache', '/tmp');
    pod.storage.configFiles({
      container: 'cache',
      directory: '/etc/cache',
      files: { 'cache.conf': 'maxmemory 32mb\n' },
    });
  }
}

/** A log agent of somebody else. */
class Tail implements ILogAgent {
  public readonly name = 'tail';

  public bind(pod: MultiContainerPod): void {
    pod.addSidecar({ name: this.name, image: 'acme/tail:1.0.0', user: 3000 });
  }

  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    pod.logs.read(logs, this.name);
  }
}

describe.each(Object.keys(WORKLOADS))("a stranger's companion of a %s", (kind) => {
  const chart = newChart();
  MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] })).add(new Cache());

  test('adds a sidecar and an init container', () => {
    expect(podSpec(chart).initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['cache-warmup', undefined],
      ['cache', 'Always'],
    ]);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 4 + 5);
  });

  test('takes a port and tells the main container where it is', () => {
    expect(container(chart, 'cache').ports).toEqual([{ containerPort: 6379, name: 'cache' }]);
    expect(container(chart, 'app').env).toEqual([{ name: 'CACHE', value: 'localhost:6379' }]);
  });

  test('shares a volume with the main container and keeps another for itself', () => {
    expect(container(chart, 'app').volumeMounts).toEqual([
      { mountPath: '/run/cache', name: 'sockets', readOnly: true },
    ]);
    expect(container(chart, 'cache').volumeMounts).toEqual([
      { mountPath: '/run/cache', name: 'sockets' },
      { mountPath: '/tmp', name: 'cache-tmp' },
      { mountPath: '/etc/cache', name: 'cache-config', readOnly: true },
    ]);
    expect(podSpec(chart).volumes).toContainEqual({ name: 'sockets', emptyDir: { sizeLimit: '8Mi' } });
  });

  test('gets a configuration file whose change rolls the pods', () => {
    expect(manifests(chart, 'ConfigMap').map(({ data }) => data)).toEqual([{ 'cache.conf': 'maxmemory 32mb\n' }]);
    expect(podTemplate(chart).metadata?.annotations).toHaveProperty('cdk8s-pod-patterns/config-checksum');
  });

  test('gives manifests that Kubernetes takes, restricted', () => {
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
  });
});

describeCompanion("a stranger's companion", {
  make: () => ({ bind: (pod) => void pod.addSidecar({ name: 'echo', image: 'acme/echo:1.0.0', user: 3000 }) }),
  containers: ['echo'],
});

test("a stranger's log agent reads what the agent of this library reads", () => {
  const logs = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const mountsOf = (agent: ILogAgent) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(agent);
    agent.collect(pod, logs);
    return container(chart, agent.name).volumeMounts;
  };
  const mount = { mountPath: '/var/log/app', name: 'app-var-log-app', readOnly: true };
  expect(mountsOf(new Tail())).toEqual([mount]);
  expect(mountsOf(new FluentBit({ output: FluentBitOutput.stdout() }))).toContainEqual(mount);
});
