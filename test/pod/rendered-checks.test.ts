import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, PreStopSleep } from '../../src';
import { APP, container, newChart, newDeployment, WORKLOADS } from '../support';

const AGENT = { name: 'agent', image: 'acme/agent:1.0.0', user: 2000 };
const BYE = { preStop: kplus.Handler.fromCommand(['bye']) };
const RENDERED_BYE = { preStop: { exec: { command: ['bye'] } } };

/** What a chart fails with, by line, without the first one, which is always the same. */
function errorsOf(chart: Chart): string[] {
  try {
    Testing.synth(chart);
  } catch (error) {
    const [first, ...others] = (error as Error).message.split('\n  ');
    expect(first).toBe('Validation failed with the following errors:');
    return others;
  }
  return [];
}

const lost = (where: string, name: string) =>
  `[${where}] container "${name}" is not in the manifest, so what was declared for it is lost; name it where it is made, not by a patch`;
const forgotten = (where: string, name: string) =>
  `[${where}] a probe of container "${name}" dials port 80, which the container does not list (cdk8s-plus dials 80 where a probe names no port); pass the probe a \`port\` that the container listens on`;
const hookInPlace = (where: string, name: string) =>
  `[${where}] container "${name}" has a \`preStop\` hook, in whose place it should wait before its stop signal; remove one of the two`;
const portTaken = (where: string) =>
  `[${where}] port 8080/TCP of container "twin" is already used by container "app", and containers of a pod share localhost; pick a free port`;

/** A workload that is wrong in what it declares and in what it renders. */
function addBroken(chart: Chart, id: string): void {
  const twin = { name: 'twin', image: 'acme/twin:1.0.0', ports: [{ number: 8080 }] };
  const containers = [{ ...APP, lifecycle: BYE }, twin];
  const deployment = new kplus.Deployment(chart, id, { containers });
  const pod = MultiContainerPod.of(deployment);
  pod.addSidecar({ ...AGENT, ports: [{ number: 2020 }], liveness: kplus.Probe.fromHttpGet('/') });
  pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.COMMAND);
}

const brokenAt = (where: string) => [portTaken(where), forgotten(where, 'agent'), hookInPlace(where, 'app')];

describe('what only the manifest shows', () => {
  test('fails together with all other errors', () => {
    const chart = newChart();
    addBroken(chart, 'web');
    expect(errorsOf(chart)).toEqual(brokenAt('shop/web'));
  });

  test('fails over two broken workloads of one app, of one chart or of two', () => {
    const together = newChart();
    addBroken(together, 'a');
    addBroken(together, 'b');
    expect(errorsOf(together).sort()).toEqual([...brokenAt('shop/a'), ...brokenAt('shop/b')].sort());

    const app = Testing.app();
    const [first, second] = [new Chart(app, 'one'), new Chart(app, 'two')];
    addBroken(first, 'a');
    addBroken(second, 'b');
    expect(errorsOf(first).sort()).toEqual([...brokenAt('one/a'), ...brokenAt('two/b')].sort());
  });

  test('fails where a patch renamed a container that has something to lose', () => {
    const chart = newChart();
    const deployment = newDeployment(chart);
    MultiContainerPod.of(deployment).addSidecar(AGENT);
    ApiObject.of(deployment).addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/name', 'shop'));
    expect(errorsOf(chart)).toEqual([lost('shop/web', 'app')]);
  });

  test('fails for an init container with a hook', () => {
    const chart = newChart();
    const setup = { name: 'setup', image: 'acme/setup:1.0.0', lifecycle: BYE };
    MultiContainerPod.of(newDeployment(chart, { initContainers: [setup] }));
    expect(errorsOf(chart)).toEqual([
      '[shop/web] container "setup" is an init container with a `lifecycle`, which Kubernetes refuses; remove it',
    ]);
  });

  test('is looked at as often in an app of one chart as in an app of many', () => {
    const rendersOf = (charts: number) => {
      const app = new App();
      const apiObject = ApiObject.of(newDeployment(new Chart(app, 'first')));
      MultiContainerPod.of(app.node.findChild('first').node.findChild('web') as kplus.Deployment).addSidecar(AGENT);
      for (let index = 1; index < charts; index++) {
        new Chart(app, `chart-${index}`);
      }
      const toJson = jest.spyOn(apiObject, 'toJson');
      app.synthYaml();
      return toJson.mock.calls.length;
    };
    expect(rendersOf(1)).toBeGreaterThan(0);
    expect(rendersOf(9)).toBe(rendersOf(1));
  });

  test('is looked at again where something was added', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    expect(errorsOf(chart)).toEqual([]);
    pod.addSidecar({ ...AGENT, ports: [{ number: 2020 }], liveness: kplus.Probe.fromHttpGet('/') });
    expect(errorsOf(chart)).toEqual([forgotten('shop/web', 'agent')]);
  });
});

describe('the group that containers of different users need', () => {
  const compose = (props: kplus.DeploymentProps = {}, agentUser = 2000) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, props));
    pod.addSidecar({ ...AGENT, user: agentUser });
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data');
    pod.storage.mount('app', '/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'data', claim, { name: 'data' }));
    const shared = pod.storage.share('content');
    shared.writtenBy('app', '/content');
    shared.readBy('agent', '/content');
    return chart;
  };

  test('fails where it would take over the files of a persistent volume', () => {
    expect(errorsOf(compose())).toEqual([
      '[shop/web] containers of different UIDs share files, for which the pod needs an `fsGroup`, and that would give all files of volume "data" to group 1000; set `securityContext.fsGroup` of the workload yourself, or run these containers as one user',
    ]);
  });

  test('is in order where the user chose it, or where it is not needed', () => {
    expect(errorsOf(compose({ securityContext: { fsGroup: 4000 } }))).toEqual([]);
    expect(errorsOf(compose({}, 1000))).toEqual([]);
  });
});

describe.each(Object.keys(WORKLOADS))('hooks of the user in a %s', (kind) => {
  const compose = () => {
    const chart = newChart();
    const native = { name: 'proxy', image: 'acme/proxy:1.0.0', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS };
    const workload = WORKLOADS[kind]!(chart, {
      containers: [{ ...APP, lifecycle: BYE }],
      initContainers: [{ ...native, lifecycle: BYE }],
    });
    return { chart, pod: MultiContainerPod.of(workload) };
  };

  test('stay on containers that were there before, native sidecars too', () => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, flush: Duration.seconds(1) });
    expect(container(chart, 'app').lifecycle).toEqual(RENDERED_BYE);
    expect(container(chart, 'proxy').lifecycle).toEqual(RENDERED_BYE);
  });

  test('fail where the container should wait in their place, and are not replaced', () => {
    const { chart, pod } = compose();
    pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.COMMAND);
    expect(errorsOf(chart)).toEqual([hookInPlace('shop/workload', 'app')]);
    const { spec } = ApiObject.of(pod.workload).toJson();
    const template = kind === 'Pod' ? { spec } : (spec.jobTemplate?.spec ?? spec).template;
    expect(template.spec.containers[0].lifecycle).toEqual(RENDERED_BYE);
  });
});

test.each(Object.keys(WORKLOADS))('an existing container of a %s is unchanged but for hardening', (kind) => {
  const rich: kplus.ContainerProps = {
    ...APP,
    lifecycle: BYE,
    liveness: kplus.Probe.fromHttpGet('/', { port: 8080 }),
    envVariables: { LEVEL: kplus.EnvValue.fromValue('info') },
    resources: { cpu: { limit: kplus.Cpu.millis(100) } },
  };
  const [bare, chart] = [newChart(), newChart()];
  WORKLOADS[kind]!(bare, { containers: [rich] });
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [rich] }));
  pod.addSidecar(AGENT);
  const { securityContext: before, ...expected } = container(bare, 'app');
  const { securityContext: after, ...rendered } = container(chart, 'app');
  expect(rendered).toEqual(expected);
  expect(after).toMatchObject(before!);
});
