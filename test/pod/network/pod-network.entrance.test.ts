import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, SidecarMode } from '../../../src/index';
import { APP, manifests, newChart, newDeployment, WORKLOADS } from '../../support';

const HTTP = { number: 8080, name: 'http' };
const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0', user: 2000, ports: [{ number: 4180, name: 'entry' }] };

/** A Deployment "shop/web" with a proxy, through which nothing enters yet. */
function compose(mode = SidecarMode.NATIVE, ports: kplus.ContainerPort[] = [HTTP]) {
  const chart = newChart();
  const deployment = newDeployment(chart, { containers: [{ ...APP, ports }] });
  const pod = MultiContainerPod.of(deployment);
  pod.addSidecar({ ...PROXY, mode });
  return { chart, deployment, pod, entry: pod.network.claim({ container: 'proxy', port: 4180 }) };
}

const portsOf = (chart: any, index = 0): object[] => manifests(chart, 'Service')[index].spec.ports;

describe('requests that enter a pod through a proxy', () => {
  test.each([SidecarMode.NATIVE, SidecarMode.CLASSIC])('reach it by its Service, %s', (mode) => {
    const { chart, pod, entry } = compose(mode);
    pod.network.receiveThrough(entry);
    pod.expose({ port: 80 });
    expect(portsOf(chart)).toEqual([{ name: 'entry', port: 80, targetPort: 4180 }]);
  });

  test('reach it at its own port where no other is given', () => {
    const { chart, pod, entry } = compose();
    pod.network.receiveThrough(entry);
    pod.expose();
    expect(portsOf(chart)).toEqual([{ name: 'entry', port: 4180, targetPort: 4180 }]);
  });

  test('pass it by only where the user names a port of the main container', () => {
    const { chart, pod, entry } = compose(undefined, [HTTP, { number: 9000, name: 'admin' }]);
    pod.network.receiveThrough(entry);
    pod.expose({ targetPort: 'entry', port: 80 });
    pod.expose({ targetPort: 'admin', name: 'back-office' });
    expect([portsOf(chart, 0), portsOf(chart, 1)]).toEqual([
      [{ name: 'entry', port: 80, targetPort: 4180 }],
      [{ name: 'admin', port: 9000, targetPort: 9000 }],
    ]);
  });

  test('may be declared twice for the same listener', () => {
    const { pod, entry } = compose();
    pod.network.receiveThrough(entry);
    pod.expose();
    expect(() => pod.network.receiveThrough(entry)).not.toThrow();
  });

  test('fail to enter through two listeners', () => {
    const { pod, entry } = compose();
    pod.network.receiveThrough(entry);
    const second = pod.network.claim({ container: 'proxy', port: 4181 });
    expect(() => pod.network.receiveThrough(second)).toThrow(
      new Error(
        '[shop/web] requests enter the pod through port 4180/TCP of container "proxy" already, so they cannot enter through port 4181/TCP of container "proxy"; add one of the two',
      ),
    );
  });

  test('fail to enter on the loopback interface', () => {
    const { pod } = compose();
    const inside = pod.network.claim({ container: 'proxy', port: 4181, loopback: true });
    expect(() => pod.network.receiveThrough(inside)).toThrow(
      new Error(
        '[shop/web] requests cannot enter the pod through port 4181/TCP of container "proxy", which is open on the loopback interface alone; pass a listener on all interfaces',
      ),
    );
  });

  test('fail to enter through a listener of another pod', () => {
    const { entry } = compose();
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    expect(() => pod.network.receiveThrough(entry)).toThrow(
      new Error('[shop/web] no listener 4180/TCP of container "proxy" is known in this pod; claim the port first'),
    );
  });

  test('fail to enter where a Service leads past already', () => {
    const { pod, entry } = compose();
    pod.expose({ name: 'shop' });
    expect(() => pod.network.receiveThrough(entry)).toThrow(
      new Error(
        '[shop/web] the pod is exposed by Service "shop" already, which would lead past port 4180/TCP of container "proxy"; let requests enter there before the pod is exposed',
      ),
    );
  });

  test.each(['before', 'after'])('fail where cdk8s-plus made a Service that leads past, %s', (when) => {
    const { chart, deployment, pod, entry } = compose();
    if (when === 'before') {
      deployment.exposeViaService({ name: 'past' });
    }
    pod.network.receiveThrough(entry);
    if (when === 'after') {
      deployment.exposeViaService({ name: 'past' });
    }
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] Service "past" leads past container "proxy", through which requests enter the pod; make it with `expose` of the pod',
      ),
    );
  });

  test.each(Object.keys(WORKLOADS))('leave the headless Service of a %s alone', (kind) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
    pod.addSidecar(PROXY);
    pod.network.receiveThrough(pod.network.claim({ container: 'proxy', port: 4180 }));
    pod.expose({ name: 'shop' });
    expect(() => Testing.synth(chart)).not.toThrow();
  });
});

describe('a port that is not exposed', () => {
  test('is listed, and reached by a Service only where that names it', () => {
    const { chart, pod } = compose();
    pod.network.claim({ container: 'app', port: 8081, name: 'health', exposed: false });
    pod.expose({ port: 80 });
    pod.expose({ targetPort: 'health', name: 'health' });
    expect(portsOf(chart, 0)).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
    expect(portsOf(chart, 1)).toEqual([{ name: 'health', port: 8081, targetPort: 8081 }]);
  });
});

describe('a main container on the loopback interface', () => {
  test('fails to be exposed where no proxy receives its requests', () => {
    const { pod } = compose(undefined, []);
    pod.network.claim({ container: 'app', port: 8080, name: 'http', loopback: true });
    pod.network.claim({ container: 'app', port: 8081, name: 'health', exposed: false });
    expect(() => pod.expose({ port: 80 })).toThrow(
      new Error(
        '[shop/web] container "app" listens on the loopback interface alone, which no Service reaches; add a proxy that requests enter the pod through, or let the container listen on all interfaces',
      ),
    );
    expect(() => pod.expose({ targetPort: 'http' })).toThrow(
      new Error('[shop/web] container "app" lists no port "http" to expose; declare it in its `ports` (ports: health)'),
    );
  });

  test.each<[string, kplus.ContainerOpts]>([
    ['readiness', { readiness: kplus.Probe.fromHttpGet('/up', { port: 8080 }) }],
    ['liveness', { liveness: kplus.Probe.fromTcpSocket({ port: 8080 }) }],
    ['startup', { startup: kplus.Probe.fromHttpGet('/up', { port: 8080 }) }],
  ])('fails where its %s asks there', (_, probes) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, ports: [], ...probes }] }));
    expect(() => Testing.synth(chart)).not.toThrow();
    pod.network.claim({ container: 'app', port: 8080, loopback: true });
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] a probe of container "app" dials port 8080, which the container opens on the loopback interface alone, and the kubelet dials the pod\'s address; probe a port that is open to all, or run a command',
      ),
    );
  });
});
