import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, Sidecar } from '../../../src/index';
import { APP, container, newChart, newDeployment } from '../../support';

const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0' };
const NATIVE = { ...PROXY, restartPolicy: kplus.ContainerRestartPolicy.ALWAYS };

/** A pod of the application "app", which listens on 8080 as "http", and of others. */
function podOf(...others: kplus.ContainerProps[]): MultiContainerPod {
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, ...others] }));
}

const rendered = (pod: MultiContainerPod, name: string) => container(Chart.of(pod), name);
const problemsOf = (pod: MultiContainerPod) => pod.workload.node.validate();

const portTaken = (number: string, later: string, earlier: string) =>
  `port ${number} of container "${later}" is already used by container "${earlier}", and containers of a pod share localhost; pick a free port`;
const nameTaken = (name: string, later: string, earlier: string) =>
  `port name "${name}" of container "${later}" is already used by container "${earlier}", and Services find ports by name; pass another \`name\``;
const hostPortTaken = (number: string, later: string, earlier: string) =>
  `host port ${number} of container "${later}" is already used by container "${earlier}", and both would bind it on the same node; pick a free \`hostPort\``;

describe('a claim', () => {
  test('lists the port at the container', () => {
    const pod = podOf();
    pod.network.claim({ container: 'app', port: 9090, name: 'metrics' });
    pod.network.claim({ container: 'app', port: 9090, protocol: kplus.Protocol.UDP });
    expect(rendered(pod, 'app').ports).toEqual([
      { containerPort: 8080, name: 'http' },
      { containerPort: 9090, name: 'metrics' },
      { containerPort: 9090, protocol: 'UDP' },
    ]);
  });

  test('of a port that the container declares changes nothing and takes its name', () => {
    const pod = podOf();
    expect(pod.network.claim({ container: 'app', port: 8080 }).name).toBe('http');
    expect(rendered(pod, 'app').ports).toEqual([{ containerPort: 8080, name: 'http' }]);
  });

  test('on loopback is not listed, but keeps the port from others', () => {
    const pod = podOf(PROXY);
    pod.network.claim({ container: 'proxy', port: 9000, loopback: true });
    expect(rendered(pod, 'proxy').ports).toBeUndefined();
    expect(() => pod.network.claim({ container: 'app', port: 9000 })).toThrow(
      new Error(`[shop/web] ${portTaken('9000/TCP', 'app', 'proxy')}`),
    );
  });

  test('of the other protocol on the same port is no clash', () => {
    const pod = podOf(PROXY);
    pod.network.claim({ container: 'proxy', port: 8080, protocol: kplus.Protocol.UDP });
    expect(problemsOf(pod)).toEqual([]);
  });

  test('fails where another container declares the port', () => {
    expect(() => podOf(PROXY).network.claim({ container: 'proxy', port: 8080 })).toThrow(
      new Error(`[shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`),
    );
  });

  test('fails where another container has a port of this name', () => {
    expect(() => podOf(PROXY).network.claim({ container: 'proxy', port: 81, name: 'http' })).toThrow(
      new Error(`[shop/web] ${nameTaken('http', 'proxy', 'app')}`),
    );
  });

  test('fails where the port has another name already', () => {
    expect(() => podOf().network.claim({ container: 'app', port: 8080, name: 'web' })).toThrow(
      new Error(
        '[shop/web] port 8080/TCP of container "app" is already named "http"; use that name or none, not "web"',
      ),
    );
  });

  test.each([0, 65536, -1, 80.5, Number.NaN])('fails where the port is %d', (port) => {
    expect(() => podOf().network.claim({ container: 'app', port })).toThrow(
      new Error(`[shop/web] port ${port} of container "app" is not a port number; pass an integer from 1 to 65535`),
    );
  });

  test.each(['HTTP', '8080', 'a--b', 'more-than-fifteen'])('fails where the name of the port is "%s"', (name) => {
    expect(() => podOf().network.claim({ container: 'app', port: 81, name })).toThrow(
      new Error(
        `[shop/web] port name "${name}" of container "app" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them`,
      ),
    );
  });

  test('fails where there is no such container', () => {
    expect(() => podOf().network.claim({ container: 'proxy', port: 81 })).toThrow(
      new Error('[shop/web] there is no container "proxy" in this pod (containers: app); pass one of them'),
    );
  });
});

describe('the endpoints of a pod', () => {
  test('are the ports that running containers declare and those that are claimed, each once', () => {
    const pod = podOf(PROXY);
    pod.network.claim({ container: 'app', port: 8080 });
    pod.network.claim({ container: 'proxy', port: 9000, loopback: true });
    pod.workload.addInitContainer({ name: 'migrate', image: 'acme/migrate:1.0.0', portNumber: 8080 });
    expect(pod.network.endpoints).toMatchObject([
      { container: 'app', port: 8080, name: 'http', loopback: false },
      { container: 'proxy', port: 9000, loopback: true },
    ]);
    expect(pod.network.endpoints).toHaveLength(2);
  });
});

describe('a sidecar', () => {
  test('lists its ports with all their fields', () => {
    const pod = podOf();
    const ports = [{ number: 53, name: 'dns', protocol: kplus.Protocol.UDP, hostPort: 5353, hostIp: '10.0.0.1' }];
    pod.add(new Sidecar({ ...PROXY, user: 1000, ports }));
    expect(rendered(pod, 'proxy').ports).toEqual([
      { containerPort: 53, name: 'dns', protocol: 'UDP', hostPort: 5353, hostIP: '10.0.0.1' },
    ]);
  });

  test.each([
    ['port', { number: 8080 }, portTaken('8080/TCP', 'proxy', 'app')],
    ['port name', { number: 81, name: 'http' }, nameTaken('http', 'proxy', 'app')],
  ])('fails where its %s is taken', (_, port, problem) => {
    expect(() => podOf().add(new Sidecar({ ...PROXY, user: 1000, ports: [port] }))).toThrow(
      new Error(`[shop/web] ${problem}`),
    );
  });
});

describe('the finished pod', () => {
  test('fails where a container that was added to the workload later takes a port', () => {
    const pod = podOf();
    pod.workload.addContainer({ ...PROXY, portNumber: 8080 });
    expect(problemsOf(pod)).toEqual([portTaken('8080/TCP', 'proxy', 'app')]);
  });

  test('fails where a native sidecar of cdk8s-plus takes a port', () => {
    const pod = podOf();
    pod.workload.addInitContainer({ ...NATIVE, portNumber: 8080 });
    expect(problemsOf(pod)).toEqual([portTaken('8080/TCP', 'app', 'proxy')]);
  });

  test('is in order where an init container that has ended by then listened on the same port', () => {
    const pod = podOf();
    pod.workload.addInitContainer({ ...PROXY, portNumber: 8080 });
    expect(problemsOf(pod)).toEqual([]);
  });

  test('fails where two ports have one name', () => {
    const pod = podOf({ ...PROXY, ports: [{ number: 81, name: 'http' }] });
    expect(problemsOf(pod)).toEqual([nameTaken('http', 'proxy', 'app')]);
  });

  test('fails where a native sidecar and another container have one host port', () => {
    const pod = podOf({ ...PROXY, ports: [{ number: 81, hostPort: 80 }] });
    pod.workload.addInitContainer({ ...NATIVE, name: 'tunnel', ports: [{ number: 82, hostPort: 80 }] });
    expect(problemsOf(pod)).toEqual([hostPortTaken('80/TCP', 'proxy', 'tunnel')]);
  });

  test('fails once for a clash with a port that was claimed twice', () => {
    const pod = podOf(PROXY);
    for (const name of [undefined, 'admin']) {
      pod.network.claim({ container: 'app', port: 9000, name });
    }
    pod.workload.addContainer({ name: 'late', image: 'acme/late:1.0.0', portNumber: 9000 });
    expect(problemsOf(pod)).toEqual([portTaken('9000/TCP', 'app', 'late')]);
  });

  test('fails where one container asks for a host port twice', () => {
    const pod = podOf({
      ...PROXY,
      ports: [
        { number: 81, hostPort: 80 },
        { number: 82, hostPort: 80 },
      ],
    });
    expect(problemsOf(pod)).toEqual([hostPortTaken('80/TCP', 'proxy', 'proxy')]);
  });

  test.each([
    ['on two addresses', { hostIp: '10.0.0.1' }, { hostIp: '10.0.0.2' }, []],
    ['of two protocols', {}, { protocol: kplus.Protocol.UDP }, []],
    ['on one address', { hostIp: '10.0.0.1' }, { hostIp: '10.0.0.1' }, [hostPortTaken('80/TCP', 'proxy', 'app')]],
    ['on one and on every address', { hostIp: '10.0.0.1' }, {}, [hostPortTaken('80/TCP', 'proxy', 'app')]],
  ])('one host port %s', (_, a, b, problems) => {
    const pod = MultiContainerPod.of(
      newDeployment(newChart(), {
        containers: [
          { ...APP, ports: [{ number: 81, hostPort: 80, ...a }] },
          { ...PROXY, ports: [{ number: 82, hostPort: 80, ...b }] },
        ],
      }),
    );
    expect(problemsOf(pod)).toEqual(problems);
  });

  test('fails with all that is wrong at once', () => {
    const pod = podOf({ ...PROXY, ports: [{ number: 8080 }, { number: 70000, name: 'WEB' }] });
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          '  [shop/web] port 70000 of container "proxy" is not a port number; pass an integer from 1 to 65535',
          '  [shop/web] port name "WEB" of container "proxy" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them',
          `  [shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`,
        ].join('\n'),
      ),
    );
  });
});

describe('the TCP startup probe that cdk8s-plus adds to a `portNumber`', () => {
  const IMPLICIT = { failureThreshold: 3, tcpSocket: { port: 9000 } };

  test('is gone on a plain init container, where Kubernetes refuses it', () => {
    const pod = podOf();
    pod.workload.addInitContainer({ ...PROXY, portNumber: 9000 });
    expect(rendered(pod, 'proxy')).not.toHaveProperty('startupProbe');
  });

  test('is gone on a loopback listener, where it would never succeed', () => {
    const pod = podOf({ ...PROXY, portNumber: 9000 });
    pod.network.claim({ container: 'proxy', port: 9000, loopback: true });
    expect(rendered(pod, 'proxy')).not.toHaveProperty('startupProbe');
  });

  test('stays on a listener that the kubelet reaches', () => {
    const pod = podOf({ ...PROXY, portNumber: 9000 });
    pod.workload.addInitContainer({ ...NATIVE, name: 'tunnel', portNumber: 9001 });
    pod.network.claim({ container: 'proxy', port: 9002, loopback: true });
    expect(rendered(pod, 'proxy').startupProbe).toEqual(IMPLICIT);
    expect(rendered(pod, 'tunnel').startupProbe).toEqual({ ...IMPLICIT, tcpSocket: { port: 9001 } });
  });
});

test('a container that only a JSON patch adds keeps its startup probe', () => {
  const pod = podOf();
  const startupProbe = { exec: { command: ['is-up'] } };
  ApiObject.of(pod.workload).addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/-', { ...PROXY, startupProbe }),
  );
  expect(rendered(pod, 'proxy').startupProbe).toEqual(startupProbe);
});
