import { ApiObject, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { InitContainer, MultiContainerPod, PreStopSleep, SidecarMode, type SidecarProps } from '../../src';
import { schemaProblems } from '../kubernetes-schema';
import { APP, container, deepFreeze, JOBS, newChart, newDeployment, podSpec, WORKLOADS } from '../support';

describe('pod lifecycle grace', () => {
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
});

describe('pod lifecycle run on', () => {
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
});

describe('pod lifecycle', () => {
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
      expect(podSpec(chart).shareProcessNamespace).not.toBe(true);
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

    test('waits with the sleep action, which not every cdk8s-plus knows', () => {
      const { chart } = compose([{ ...AGENT, flush, preStopSleep: PreStopSleep.ACTION }], CLASSIC);
      expect(container(chart, 'agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 32 } } });
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
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
});

describe('pod lifecycle wait', () => {
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
  ])(
    'a grace period of %d s that a JSON patch sets becomes %d s: it stays where it is long enough',
    (own, expected) => {
      const { chart, pod } = compose();
      pod.addSidecar({ ...AGENT, flush: seconds(10) });
      ApiObject.of(pod.workload).addJsonPatch(JsonPatch.add('/spec/template/spec/terminationGracePeriodSeconds', own));
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(expected);
    },
  );

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
});
