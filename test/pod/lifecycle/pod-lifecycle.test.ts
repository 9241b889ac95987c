import { ApiObject, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, PreStopSleep, SidecarMode, type SidecarProps } from '../../../src/index';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, container, deepFreeze, JOBS, newChart, podSpec, WORKLOADS } from '../../support';

const AGENT: SidecarProps = deepFreeze({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000 });
const PROXY: SidecarProps = deepFreeze({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 3000 });
const HOOK = kplus.Handler.fromCommand(['bye']);
const UP = kplus.Probe.fromCommand(['up']);
const { CLASSIC, NATIVE } = SidecarMode;
const KINDS = Object.keys(WORKLOADS);
const SERVERS = KINDS.filter((kind) => !JOBS.includes(kind));

/** A pod of the application and these sidecars. */
function compose(sidecars: SidecarProps[], sidecarMode?: SidecarMode, kind = 'Deployment', props = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP], ...props }), { sidecarMode });
  for (const sidecar of sidecars) {
    pod.addSidecar(sidecar);
  }
  return { chart, pod, lifecycle: pod.lifecycle };
}

/** Names of the init containers that never end, and of the ordinary containers. */
function placed(chart: ReturnType<typeof newChart>) {
  const { initContainers = [], containers } = podSpec(chart);
  return {
    native: initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
    ordinary: containers.map(({ name }) => name),
  };
}

describe.each(KINDS)('a sidecar of a %s', (kind) => {
  test('is native unless somebody says otherwise', () => {
    const { chart, lifecycle } = compose([AGENT], undefined, kind);
    expect(lifecycle.sidecarMode).toBe(NATIVE);
    expect(placed(chart)).toEqual({ native: ['agent'], ordinary: ['app'] });
  });

  test('gets the time to flush after the main container has stopped', () => {
    const { chart } = compose([{ ...AGENT, flush: Duration.seconds(10) }], undefined, kind);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 10 + 5);
  });

  test('sees the processes of the other containers only where that is asked for', () => {
    const { chart, lifecycle } = compose([AGENT], undefined, kind);
    expect(podSpec(chart)).not.toHaveProperty('shareProcessNamespace');
    lifecycle.shareProcesses();
    expect(podSpec(chart).shareProcessNamespace).toBe(true);
  });
});

describe.each(SERVERS)('a sidecar of a %s', (kind) => {
  test('is classic where the pod says so', () => {
    const { chart } = compose([AGENT], CLASSIC, kind);
    expect(placed(chart)).toEqual({ native: [], ordinary: ['app', 'agent'] });
  });

  test('says for itself how it runs', () => {
    expect(placed(compose([{ ...AGENT, mode: CLASSIC }, PROXY], undefined, kind).chart)).toEqual({
      native: ['proxy'],
      ordinary: ['app', 'agent'],
    });
    expect(placed(compose([{ ...AGENT, mode: NATIVE }, PROXY], CLASSIC, kind).chart)).toEqual({
      native: ['agent'],
      ordinary: ['app', 'proxy'],
    });
  });
});

describe.each(JOBS)('a sidecar of a %s', (kind) => {
  const refused = new Error(
    '[shop/workload] container "agent" is a classic sidecar of a Job, which would then never complete; use SidecarMode.NATIVE',
  );

  test('fails where it asks to be classic', () => {
    expect(() => compose([{ ...AGENT, mode: CLASSIC }], undefined, kind)).toThrow(refused);
  });

  test('is native where it asks to be', () => {
    expect(placed(compose([{ ...AGENT, mode: NATIVE }], undefined, kind).chart).native).toEqual(['agent']);
  });
});

describe('the start of a sidecar', () => {
  test('comes before the main container with a probe that says when it is up', () => {
    const { chart } = compose([{ ...AGENT, readyBeforeMain: true, startup: UP }]);
    expect(placed(chart).native).toEqual(['agent']);
    expect(container(chart, 'agent').startupProbe).toMatchObject({ exec: { command: ['up'] } });
  });

  test('fails without a probe that says when it is up', () => {
    expect(() => compose([{ ...AGENT, readyBeforeMain: true }])).toThrow(
      new Error(
        '[shop/workload] container "agent" must be ready before the main container, but has no `startup` probe that says when it is; pass one',
      ),
    );
  });

  test('fails as a classic sidecar that the main container needs first', () => {
    expect(() => compose([{ ...AGENT, readyBeforeMain: true, startup: UP }], CLASSIC)).toThrow(
      new Error(
        '[shop/workload] container "agent" must be ready before the main container, but Kubernetes starts ordinary containers without waiting for each other; use SidecarMode.NATIVE',
      ),
    );
  });
});

describe('the stop of a sidecar', () => {
  const flush = Duration.seconds(10);

  test('fails to have a preStop hook as a native sidecar', () => {
    expect(() => compose([{ ...AGENT, lifecycle: { preStop: HOOK } }])).toThrow(
      new Error(
        '[shop/workload] container "agent" is a native sidecar with a `preStop` hook, which the kubelet runs at once, while the main container still drains; remove the hook, the sidecar is stopped last anyway',
      ),
    );
  });

  test('may have a preStop hook as a classic sidecar that holds nothing', () => {
    const { chart } = compose([{ ...AGENT, lifecycle: { preStop: HOOK } }], CLASSIC);
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { exec: { command: ['bye'] } } });
  });

  test('waits with a command as a classic sidecar that flushes, two seconds longer than the main container takes', () => {
    const { chart, lifecycle } = compose([{ ...AGENT, flush, preStopSleep: PreStopSleep.COMMAND }], CLASSIC);
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '32'] } } });
    lifecycle.declareMainStop(Duration.seconds(12));
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '14'] } } });
  });

  test('waits with the sleep action, which the schema of cdk8s-plus does not know', () => {
    const { chart } = compose([{ ...AGENT, flush, preStopSleep: PreStopSleep.ACTION }], CLASSIC);
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 32 } } });
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);

    const patched = newChart();
    ApiObject.of(WORKLOADS.Deployment!(patched, { containers: [APP] })).addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/0/lifecycle', { preStop: { sleep: { seconds: 30 } } }),
    );
    expect(container(patched, 'app').lifecycle).toEqual({ preStop: {} });
  });

  test('needs no wait as a native sidecar, whatever its image could do', () => {
    const { chart } = compose([{ ...AGENT, flush, preStopSleep: PreStopSleep.COMMAND }]);
    expect(container(chart, 'agent')).not.toHaveProperty('lifecycle');
  });

  test('keeps its postStart hook beside the wait', () => {
    const lifecycle = { postStart: HOOK };
    const { chart } = compose([{ ...AGENT, flush, lifecycle, preStopSleep: PreStopSleep.COMMAND }], CLASSIC);
    expect(container(chart, 'agent').lifecycle).toEqual({
      postStart: { exec: { command: ['bye'] } },
      preStop: { exec: { command: ['sleep', '32'] } },
    });
  });

  test('fails as a classic sidecar that flushes and cannot wait', () => {
    expect(() => compose([{ ...AGENT, flush }], CLASSIC)).toThrow(
      new Error(
        '[shop/workload] container "agent" must outlive the main container by 10 s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with `preStopSleep` what lets it wait',
      ),
    );
  });

  test('fails as a classic sidecar that flushes and has a hook of its own', () => {
    const sidecar = { ...AGENT, flush, preStopSleep: PreStopSleep.COMMAND, lifecycle: { preStop: HOOK } };
    expect(() => compose([sidecar], CLASSIC)).toThrow(
      new Error(
        '[shop/workload] container "agent" has a `preStop` hook, but must wait in that hook to outlive the main container; remove the hook or `flush`',
      ),
    );
  });
});
