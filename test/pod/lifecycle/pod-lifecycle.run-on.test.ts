import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, PreStopSleep, SidecarMode, type SidecarProps } from '../../../src/index';
import { APP, container, deepFreeze, JOBS, newChart, podSpec, WORKLOADS } from '../../support';

const { seconds } = Duration;
const { ACTION, COMMAND } = PreStopSleep;
const AGENT: SidecarProps = deepFreeze({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000 });

function compose(kind = 'Job', props: object = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP], ...props }));
  pod.addSidecar(AGENT);
  return { chart, pod, lifecycle: pod.lifecycle };
}

const grace = (chart: any) => podSpec(chart).terminationGracePeriodSeconds;

describe('a sidecar that runs on after the main container', () => {
  test.each(JOBS)('sleeps in its preStop hook, which the kubelet begins when the %s has ended', (kind) => {
    const { chart, lifecycle } = compose(kind);
    lifecycle.runOnAfterMain('agent', seconds(7));
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 7 } } });
    expect(container(chart, 'app')).not.toHaveProperty('lifecycle');
  });

  test.each([kplus.RestartPolicy.NEVER, kplus.RestartPolicy.ON_FAILURE])(
    'does so in a Pod that is restarted %s, which ends by itself too',
    (restartPolicy) => {
      const { chart, lifecycle } = compose('Pod', { restartPolicy });
      lifecycle.runOnAfterMain('agent', seconds(7));
      expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 7 } } });
    },
  );

  test('sleeps by a command where the image has one and the cluster no action', () => {
    const { chart, lifecycle } = compose();
    lifecycle.runOnAfterMain('agent', seconds(7), COMMAND);
    expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '7'] } } });
  });

  test('runs on for the longer of two times, in any order', () => {
    for (const [first, second] of [
      [7, 9],
      [9, 7],
    ]) {
      const { chart, lifecycle } = compose();
      lifecycle.runOnAfterMain('agent', seconds(first!));
      lifecycle.runOnAfterMain('agent', seconds(second!));
      expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 9 } } });
    }
  });

  test('has no hook where it does not run on', () => {
    const { chart, lifecycle } = compose();
    lifecycle.runOnAfterMain('agent', seconds(0));
    expect(container(chart, 'agent')).not.toHaveProperty('lifecycle');
    expect(grace(chart)).toBe(30);
  });

  test('is given the time to do so before the kubelet kills it', () => {
    const { chart, pod, lifecycle } = compose();
    pod.addSidecar({ ...AGENT, name: 'other', flush: seconds(10) });
    lifecycle.runOnAfterMain('agent', seconds(60));
    lifecycle.runOnAfterMain('other', seconds(40));
    expect(grace(chart)).toBe(60 + 10 + 5);
  });

  test('sleeps beside a main container that stops more slowly', () => {
    const { chart, lifecycle } = compose();
    lifecycle.declareMainStop(seconds(90));
    lifecycle.runOnAfterMain('agent', seconds(60));
    expect(grace(chart)).toBe(90 + 5);
  });

  test.each(Object.keys(WORKLOADS).filter((kind) => !JOBS.includes(kind)))(
    'fails in a %s, which does not end by itself',
    (kind) => {
      const { lifecycle } = compose(kind);
      expect(lifecycle.endsByItself).toBe(false);
      expect(() => lifecycle.runOnAfterMain('agent', seconds(7))).toThrow(
        new Error(
          '[shop/workload] container "agent" is to run on after the main container, but the pod does not end by itself: in a pod that is deleted the sidecar outlives the main container anyway; leave it out',
        ),
      );
    },
  );

  test.each([
    ['app', 'the main container'],
    ['setup', 'an init container'],
  ])('fails as container "%s", which is %s', (name) => {
    const { pod, lifecycle } = compose();
    pod.addInitContainer({ ...AGENT, name: 'setup' });
    expect(() => lifecycle.runOnAfterMain(name, seconds(7))).toThrow(
      new Error(
        `[shop/workload] container "${name}" is to run on after the main container, but is no native sidecar; add it with \`addSidecar\` and SidecarMode.NATIVE`,
      ),
    );
  });

  test('may be a native sidecar of cdk8s-plus', () => {
    const { chart, pod, lifecycle } = compose();
    pod.workload.addInitContainer({
      name: 'own',
      image: 'acme/own:1',
      restartPolicy: kplus.ContainerRestartPolicy.ALWAYS,
      securityContext: { user: 5 },
    });
    lifecycle.runOnAfterMain('own', seconds(7));
    expect(container(chart, 'own').lifecycle).toEqual({ preStop: { sleep: { seconds: 7 } } });
  });

  test('fails by other means than before', () => {
    const { lifecycle } = compose();
    lifecycle.runOnAfterMain('agent', seconds(7));
    expect(() => lifecycle.runOnAfterMain('agent', seconds(7), COMMAND)).toThrow(
      new Error(
        `[shop/workload] container "agent" was said to run on after the main container by ${ACTION}, now by command; say it once`,
      ),
    );
  });

  test('fails on a native sidecar of cdk8s-plus with a hook of its own', () => {
    const { chart, pod, lifecycle } = compose();
    pod.workload.addInitContainer({
      name: 'own',
      image: 'acme/own:1',
      restartPolicy: kplus.ContainerRestartPolicy.ALWAYS,
      lifecycle: { preStop: kplus.Handler.fromCommand(['bye']) },
    });
    lifecycle.runOnAfterMain('own', seconds(7));
    expect(() => Testing.synth(chart)).toThrow(
      'container "own" has a `preStop` hook, in whose place it should wait before its stop signal; remove one of the two',
    );
  });

  test('is never a classic one, which a Pod that ends by itself could have', () => {
    const { pod, lifecycle } = compose('Pod', { restartPolicy: kplus.RestartPolicy.NEVER });
    pod.addSidecar({ ...AGENT, name: 'classic', mode: SidecarMode.CLASSIC });
    expect(() => lifecycle.runOnAfterMain('classic', seconds(7))).toThrow('but is no native sidecar');
  });
});
