import { ApiObject, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, PreStopSleep, SidecarMode, type SidecarProps } from '../../../src/index';
import { APP, container, deepFreeze, JOBS, newChart, newDeployment, podSpec, WORKLOADS } from '../../support';

const { CLASSIC, NATIVE } = SidecarMode;
const { COMMAND, ACTION } = PreStopSleep;
const { millis, seconds } = Duration;
const AGENT: SidecarProps = deepFreeze({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000 });
const PRE_STOP = { preStop: kplus.Handler.fromCommand(['bye']) };

function compose(props: kplus.DeploymentProps = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, props));
  return { chart, pod, lifecycle: pod.lifecycle };
}

describe('a wait before the stop signal', () => {
  const tooLong = (wait: number, grace: number) =>
    new Error(
      `Validation failed with the following errors:\n  [shop/web] container "app" waits ${wait} s before its stop signal, but the pod is killed after ${grace} s; state with \`declareMainStop\` how long it takes to stop, the wait included`,
    );
  const hookInPlace = (name: string) =>
    new Error(
      `Validation failed with the following errors:\n  [shop/web] container "${name}" has a \`preStop\` hook, in whose place it should wait before its stop signal; remove one of the two`,
    );

  test('fails on a container with a preStop hook of its own', () => {
    const { chart, lifecycle } = compose({ containers: [{ ...APP, lifecycle: PRE_STOP }] });
    lifecycle.waitBeforeStop('app', seconds(5), COMMAND);
    expect(() => Testing.synth(chart)).toThrow(hookInPlace('app'));
  });

  test('fails on a classic sidecar that has to wait and gets a hook from a JSON patch', () => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, mode: CLASSIC, flush: seconds(10), preStopSleep: COMMAND });
    ApiObject.of(pod.workload).addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/1/lifecycle', { preStop: { exec: { command: ['bye'] } } }),
    );
    expect(() => Testing.synth(chart)).toThrow(hookInPlace('agent'));
  });

  test('may be said twice', () => {
    const { chart, lifecycle } = compose();
    lifecycle.waitBeforeStop('app', seconds(60), COMMAND);
    lifecycle.waitBeforeStop('app', Duration.minutes(1), COMMAND);
    lifecycle.declareMainStop(seconds(61));
    expect(container(chart, 'app').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '60'] } } });
  });

  test('fails with another time than before', () => {
    const { lifecycle } = compose();
    lifecycle.waitBeforeStop('app', seconds(5), COMMAND);
    expect(() => lifecycle.waitBeforeStop('app', seconds(6), COMMAND)).toThrow(
      new Error(
        '[shop/web] container "app" was said to wait 5 s before its stop signal by command, now 6 s by command; say it once',
      ),
    );
  });

  test('fails by other means than before', () => {
    const { lifecycle } = compose();
    lifecycle.waitBeforeStop('app', seconds(5), COMMAND);
    expect(() => lifecycle.waitBeforeStop('app', seconds(5), ACTION)).toThrow(
      new Error(
        '[shop/web] container "app" was said to wait 5 s before its stop signal by command, now 5 s by action; say it once',
      ),
    );
  });

  test('fails on a classic sidecar that waits for the main container anyway', () => {
    const { pod, lifecycle } = compose();
    pod.addSidecar({ ...AGENT, mode: CLASSIC, flush: seconds(10), preStopSleep: COMMAND });
    expect(() => lifecycle.waitBeforeStop('agent', seconds(5), COMMAND)).toThrow(
      new Error(
        '[shop/web] container "agent" is a classic sidecar that waits for the main container already; leave its wait out',
      ),
    );
  });

  test('is fine on a classic sidecar that flushes nothing', () => {
    const { chart, pod, lifecycle } = compose();
    pod.addSidecar({ ...AGENT, mode: CLASSIC });
    lifecycle.waitBeforeStop('agent', seconds(5), ACTION);
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  test('fails with no time at all', () => {
    expect(() => compose().lifecycle.waitBeforeStop('app', seconds(0), COMMAND)).toThrow(
      new Error(
        '[shop/web] container "app" is to wait 0 s before its stop signal; pass at least one second, or leave the wait out',
      ),
    );
  });

  test('rounds a fraction of a second up', () => {
    const { chart, lifecycle } = compose();
    lifecycle.waitBeforeStop('app', millis(1), COMMAND);
    expect(container(chart, 'app').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '1'] } } });
  });

  test.each([
    [30, undefined],
    [31, undefined],
    [60, 60],
  ])('fails where it is %d s and leaves no time to stop, with a stop of %p s', (wait, stop) => {
    const { chart, lifecycle } = compose();
    lifecycle.waitBeforeStop('app', seconds(wait), COMMAND);
    if (stop !== undefined) {
      lifecycle.declareMainStop(seconds(stop));
    }
    expect(() => Testing.synth(chart)).toThrow(tooLong(wait, stop ?? 30));
  });

  test('may take all but the last second', () => {
    const { chart, pod, lifecycle } = compose({ terminationGracePeriod: seconds(40) });
    lifecycle.waitBeforeStop('app', seconds(39), COMMAND);
    expect(pod.workload.node.validate()).toEqual([]);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(40);
  });
});

describe('the time to flush', () => {
  test.each([NATIVE, CLASSIC])('counts as none where it is 0 s, in mode %s', (mode) => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, mode, flush: seconds(0), preStopSleep: COMMAND });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30);
    expect(container(chart, 'agent')).not.toHaveProperty('lifecycle');
  });

  test('needs no means to wait and leaves the hook to others where it is 0 s', () => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, mode: CLASSIC, flush: seconds(0), lifecycle: PRE_STOP });
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { exec: { command: ['bye'] } } });
  });

  test.each([
    [NATIVE, 30 + 2 + 5],
    [CLASSIC, 30 + 2 + 2 + 5],
  ])('is rounded up to whole seconds in mode %s', (mode, grace) => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, mode, flush: millis(1001), preStopSleep: COMMAND });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(grace);
  });

  test('is rounded up for each native sidecar', () => {
    const { chart, pod } = compose();
    for (const name of ['a', 'b']) {
      pod.addSidecar({ ...AGENT, name, flush: millis(500) });
    }
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 1 + 1 + 5);
  });

  test('is named in whole seconds where a classic sidecar cannot keep it', () => {
    expect(() => compose().pod.addSidecar({ ...AGENT, mode: CLASSIC, flush: millis(1500) })).toThrow(
      new Error(
        '[shop/web] container "agent" must outlive the main container by 2 s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with `preStopSleep` what lets it wait',
      ),
    );
  });
});

test('the stop of the main container is rounded up, and a fraction of the same second is the same', () => {
  const { chart, lifecycle } = compose();
  lifecycle.declareMainStop(millis(44_001));
  lifecycle.declareMainStop(seconds(45));
  expect(podSpec(chart).terminationGracePeriodSeconds).toBe(45);
});

test.each([
  [100, 100],
  [10, 45],
])('a grace period of %d s that a JSON patch sets becomes %d s: it stays where it is long enough', (own, expected) => {
  const { chart, pod } = compose();
  pod.addSidecar({ ...AGENT, flush: seconds(10) });
  ApiObject.of(pod.workload).addJsonPatch(JsonPatch.add('/spec/template/spec/terminationGracePeriodSeconds', own));
  expect(podSpec(chart).terminationGracePeriodSeconds).toBe(expected);
});

describe('a classic sidecar', () => {
  test('fails before the main container, whose place it would take', () => {
    const { pod } = compose({ containers: [] });
    expect(() => pod.addSidecar({ ...AGENT, mode: CLASSIC })).toThrow(
      new Error(
        '[shop/web] container "agent" would be the first of the pod, which is the main container; add the main container first',
      ),
    );
    expect(pod.workload.containers).toEqual([]);
  });

  test.each(JOBS)('fails as the mode of a %s', (kind) => {
    const workload = WORKLOADS[kind]!(newChart(), { containers: [APP] });
    expect(() => MultiContainerPod.of(workload, { sidecarMode: CLASSIC })).toThrow(
      new Error(
        '[shop/workload] a classic sidecar runs on in the pod of a Job, which would then never complete; use SidecarMode.NATIVE',
      ),
    );
    expect(workload.node.tryFindChild('MultiContainerPod')).toBeUndefined();
    expect(MultiContainerPod.of(workload).lifecycle.sidecarMode).toBe(NATIVE);
  });
});
