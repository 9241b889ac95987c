import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { InitContainer, MultiContainerPod, PreStopSleep, SidecarMode } from '../../../src/index';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const { CLASSIC, NATIVE } = SidecarMode;
const { COMMAND, ACTION } = PreStopSleep;

/** A pod whose sidecars flush for these seconds. */
function compose(flushes: [SidecarMode, number][], props: kplus.DeploymentProps = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, props));
  for (const [index, [mode, seconds]] of flushes.entries()) {
    const flush = Duration.seconds(seconds);
    pod.addSidecar({ name: `agent-${index}`, image: 'a:1', user: 2000, mode, flush, preStopSleep: COMMAND });
  }
  return { chart, lifecycle: pod.lifecycle };
}

describe('the termination grace period', () => {
  test.each<[string, [SidecarMode, number][], number | undefined, number | undefined, number]>([
    ['is what Kubernetes gives where nobody flushes', [], undefined, undefined, 30],
    [
      'adds up the flushes of native sidecars, which stop one after another',
      [
        [NATIVE, 10],
        [NATIVE, 5],
      ],
      undefined,
      undefined,
      50,
    ],
    [
      'takes the longest flush of classic sidecars, which stop together',
      [
        [CLASSIC, 10],
        [CLASSIC, 5],
      ],
      undefined,
      undefined,
      47,
    ],
    [
      'adds the native sum and the classic maximum',
      [
        [NATIVE, 10],
        [CLASSIC, 7],
        [CLASSIC, 5],
      ],
      undefined,
      undefined,
      54,
    ],
    ['gives the main container all of the period that the workload states', [[NATIVE, 10]], 60, undefined, 75],
    ['counts the stop that is declared instead', [[NATIVE, 10]], undefined, 45, 60],
    ['is no shorter than the one that the workload states', [[NATIVE, 10]], 120, 20, 120],
    ['is no shorter than what Kubernetes gives', [[NATIVE, 10]], undefined, 5, 30],
    ['is raised for a main container that stops more slowly', [], undefined, 90, 90],
    ['keeps a margin only where somebody flushes', [[NATIVE, 0]], 40, undefined, 40],
  ])('%s', (_, flushes, own, mainStop, expected) => {
    const terminationGracePeriod = own === undefined ? undefined : Duration.seconds(own);
    const { chart, lifecycle } = compose(flushes, { terminationGracePeriod });
    if (mainStop !== undefined) {
      lifecycle.declareMainStop(Duration.seconds(mainStop));
    }
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(expected);
    expect(lifecycle.terminationGracePeriod.toSeconds()).toBe(expected);
  });

  test('gives a classic sidecar two seconds more than the main container, to read what that wrote last', () => {
    const { chart, lifecycle } = compose([[CLASSIC, 10]]);
    lifecycle.declareMainStop(Duration.seconds(40));
    expect(container(chart, 'agent-0').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '42'] } } });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(40 + 2 + 10 + 5);
  });

  test('takes one stop of the main container, said as often as one likes', () => {
    const { chart, lifecycle } = compose([[NATIVE, 10]]);
    lifecycle.declareMainStop(Duration.seconds(60));
    lifecycle.declareMainStop(Duration.minutes(1));
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(75);
  });

  test('fails to take another stop of the main container', () => {
    const { lifecycle } = compose([]);
    lifecycle.declareMainStop(Duration.seconds(20));
    expect(() => lifecycle.declareMainStop(Duration.minutes(1))).toThrow(
      new Error('[shop/web] the main container was said to stop within 20 s, now within 60 s; declare it once'),
    );
  });
});

describe('a wait before the stop signal', () => {
  test('is a command of the image', () => {
    const { chart, lifecycle } = compose([]);
    lifecycle.waitBeforeStop('app', Duration.seconds(5), COMMAND);
    expect(container(chart, 'app').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
  });

  test('is an action of the kubelet', () => {
    const { chart, lifecycle } = compose([]);
    lifecycle.waitBeforeStop('app', Duration.seconds(5), ACTION);
    expect(container(chart, 'app').lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  test('leaves the postStart hook and the other containers as they are', () => {
    const lifecycle = { postStart: kplus.Handler.fromCommand(['hello']) };
    const { chart, lifecycle: ours } = compose([], {
      containers: [
        { ...APP, lifecycle },
        { image: 'b:1', name: 'b' },
      ],
    });
    ours.waitBeforeStop('app', Duration.seconds(5), COMMAND);
    expect(container(chart, 'app').lifecycle).toEqual({
      postStart: { exec: { command: ['hello'] } },
      preStop: { exec: { command: ['sleep', '5'] } },
    });
    expect(container(chart, 'b')).not.toHaveProperty('lifecycle');
  });

  test.each(['agent-0', 'setup'])('fails on %s, which the kubelet stops at its own time', (name) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.addSidecar({ name: 'agent-0', image: 'a:1', user: 2000 });
    pod.add(new InitContainer({ name: 'setup', image: 'b:1', user: 2000 }));
    expect(() => pod.lifecycle.waitBeforeStop(name, Duration.seconds(5), COMMAND)).toThrow(
      new Error(
        `[shop/web] container "${name}" is an init container or native sidecar and cannot wait before its stop signal; the kubelet already stops it after the main container`,
      ),
    );
  });

  test('fails on a container that is not there', () => {
    expect(() => compose([]).lifecycle.waitBeforeStop('ap', Duration.seconds(5), COMMAND)).toThrow(
      new Error('[shop/web] there is no container "ap" in this pod (containers: app); pass one of them'),
    );
  });
});
