import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from '../../../src/index';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0' };

/** A pod of the application "app" with these ports, and of others. */
function podOf(ports: kplus.ContainerPort[], ...others: kplus.ContainerProps[]): MultiContainerPod {
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, ports }, ...others] }));
}

const portsOf = (pod: MultiContainerPod, name = 'app') => container(Chart.of(pod), name).ports;
const problemsOf = (pod: MultiContainerPod) => pod.workload.node.validate();

const portTaken = (number: string, later: string, earlier: string) =>
  `port ${number} of container "${later}" is already used by container "${earlier}", and containers of a pod share localhost; pick a free port`;
const nameTaken = (name: string, later: string, earlier: string) =>
  `port name "${name}" of container "${later}" is already used by container "${earlier}", and Services find ports by name; pass another \`name\``;
const hostPortTaken = (later: string, earlier: string) =>
  `host port 80/TCP of container "${later}" is already used by container "${earlier}", and both would bind it on the same node; pick a free \`hostPort\``;

describe('a claim of a port that a container declares without a name', () => {
  test('gives its name to the port, in the manifest and in every endpoint', () => {
    const pod = podOf([{ number: 8080 }, { number: 9090 }]);
    expect(pod.network.endpoints.map(({ name }) => name)).toEqual([undefined, undefined]);
    expect(pod.network.claim({ container: 'app', port: 8080, name: 'http' }).name).toBe('http');
    expect(portsOf(pod)).toEqual([{ containerPort: 8080, name: 'http' }, { containerPort: 9090 }]);
    expect(pod.network.endpoints.map(({ port, name }) => [port, name])).toEqual([
      [8080, 'http'],
      [9090, undefined],
    ]);
    expect(pod.network.claim({ container: 'app', port: 8080 }).name).toBe('http');
  });

  test('gives the name only to the port of its own protocol', () => {
    const pod = podOf([{ number: 53 }, { number: 53, protocol: kplus.Protocol.UDP }]);
    pod.network.claim({ container: 'app', port: 53, name: 'dns', protocol: kplus.Protocol.UDP });
    expect(portsOf(pod)).toEqual([{ containerPort: 53 }, { containerPort: 53, name: 'dns', protocol: 'UDP' }]);
  });

  test('keeps that name from other ports', () => {
    const pod = podOf([{ number: 8080 }], PROXY);
    pod.network.claim({ container: 'app', port: 8080, name: 'http' });
    expect(() => pod.network.claim({ container: 'proxy', port: 81, name: 'http' })).toThrow(
      new Error(`[shop/web] ${nameTaken('http', 'proxy', 'app')}`),
    );
  });

  test('fails to give another name than an earlier claim gave', () => {
    const pod = podOf([{ number: 8080 }]);
    pod.network.claim({ container: 'app', port: 8080, name: 'http' });
    expect(() => pod.network.claim({ container: 'app', port: 8080, name: 'web' })).toThrow(
      new Error(
        '[shop/web] port 8080/TCP of container "app" is already named "http"; use that name or none, not "web"',
      ),
    );
  });
});

describe('a claim of an init container that ends before the others start', () => {
  const newPod = () => {
    const pod = podOf([{ number: 8080, name: 'http' }]);
    pod.addInitContainer({ name: 'migrate', image: 'acme/migrate:1.0.0', user: 1000 });
    return pod;
  };

  test('is no clash with a port or a name of a running container', () => {
    const pod = newPod();
    const endpoint = pod.network.claim({ container: 'migrate', port: 8080, name: 'http' });
    expect(endpoint).toMatchObject({ container: 'migrate', port: 8080, name: 'http' });
    expect(portsOf(pod, 'migrate')).toEqual([{ containerPort: 8080, name: 'http' }]);
    expect(problemsOf(pod)).toEqual([]);
  });

  test('keeps no port from a container that runs later, and is no endpoint of the pod', () => {
    const pod = newPod();
    pod.network.claim({ container: 'migrate', port: 9000, name: 'admin' });
    pod.network.claim({ container: 'app', port: 9000, name: 'admin' });
    expect(problemsOf(pod)).toEqual([]);
    expect(pod.network.endpoints.map((endpoint) => [endpoint.container, endpoint.port])).toEqual([
      ['app', 8080],
      ['app', 9000],
    ]);
  });

  test('agrees with its other claims on a name', () => {
    const pod = newPod();
    pod.network.claim({ container: 'migrate', port: 9000 });
    pod.network.claim({ container: 'migrate', port: 9000, name: 'admin' });
    expect(portsOf(pod, 'migrate')).toEqual([{ containerPort: 9000, name: 'admin' }]);
    expect(() => pod.network.claim({ container: 'migrate', port: 9000, name: 'web' })).toThrow(
      new Error(
        '[shop/web] port 9000/TCP of container "migrate" is already named "admin"; use that name or none, not "web"',
      ),
    );
    expect(() => pod.network.claim({ container: 'migrate', port: 9001, name: 'admin' })).toThrow(
      new Error(`[shop/web] ${nameTaken('admin', 'migrate', 'migrate')}`),
    );
  });

  test('fails where it is no port all the same', () => {
    expect(() => newPod().network.claim({ container: 'migrate', port: 0 })).toThrow(
      new Error('[shop/web] port 0 of container "migrate" is not a port number; pass an integer from 1 to 65535'),
    );
  });

  test('fails of a native sidecar, which runs on', () => {
    const pod = podOf([{ number: 8080 }]);
    pod.addSidecar({ ...PROXY, user: 1000 });
    expect(() => pod.network.claim({ container: 'proxy', port: 8080 })).toThrow(
      new Error(`[shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`),
    );
  });
});

describe('a host port', () => {
  test.each([undefined, '', '0.0.0.0', '::'])('on every address, written "%s", fails beside one on any', (hostIp) => {
    const all = { number: 81, hostPort: 80, hostIp };
    const one = { number: 82, hostPort: 80, hostIp: '10.0.0.1' };
    expect(problemsOf(podOf([all], { ...PROXY, ports: [one] }))).toEqual([hostPortTaken('proxy', 'app')]);
    expect(problemsOf(podOf([one], { ...PROXY, ports: [all] }))).toEqual([hostPortTaken('proxy', 'app')]);
    expect(problemsOf(podOf([all], { ...PROXY, ports: [{ ...all, number: 82 }] }))).toEqual([
      hostPortTaken('proxy', 'app'),
    ]);
  });

  test('of a sidecar fails at once where it is taken', () => {
    const pod = podOf([{ number: 81, hostPort: 80 }]);
    const ports = [{ number: 82, hostPort: 80 }];
    expect(() => pod.addSidecar({ ...PROXY, user: 1000, ports })).toThrow(
      new Error(`[shop/web] ${hostPortTaken('proxy', 'app')}`),
    );
  });

  test.each([0, -1, 65536, 80.5, Number.NaN])('fails as %d', (hostPort) => {
    const problem = `host port ${hostPort} of container "proxy" is not a port number; pass an integer from 1 to 65535`;
    const ports = [{ number: 82, hostPort }];
    expect(problemsOf(podOf([], { ...PROXY, ports }))).toEqual([problem]);
    expect(() => podOf([]).addSidecar({ ...PROXY, user: 1000, ports })).toThrow(new Error(`[shop/web] ${problem}`));
  });

  test.each([1, 65535])('may be %d', (hostPort) => {
    expect(problemsOf(podOf([], { ...PROXY, ports: [{ number: 82, hostPort }] }))).toEqual([]);
  });
});

describe('a container that fails to be added for its port', () => {
  test('is not in the pod', () => {
    const pod = podOf([{ number: 8080 }]);
    expect(() => pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 8080 }] })).toThrow(
      new Error(`[shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`),
    );
    expect(podSpec(Chart.of(pod)).initContainers).toBeUndefined();
    pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 9000 }] });
    expect(portsOf(pod, 'proxy')).toEqual([{ containerPort: 9000 }]);
  });

  test('fails at once as the main container, where a companion has the port', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: [] }));
    pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 8080 }] });
    const main = { name: 'app', image: 'acme/app:1.0.0', user: 1000 };
    expect(() => pod.addMainContainer({ ...main, ports: [{ number: 8080, name: 'http' }] })).toThrow(
      new Error(`[shop/web] ${portTaken('8080/TCP', 'app', 'proxy')}`),
    );
    expect(pod.workload.containers).toEqual([]);
    pod.addMainContainer({ ...main, ports: [{ number: 8081, name: 'http' }] });
    expect(portsOf(pod)).toEqual([{ containerPort: 8081, name: 'http' }]);
  });

  test.each(['addSidecar', 'addMainContainer'] as const)('fails in `%s` where it lists a port twice', (add) => {
    const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: add === 'addSidecar' ? [APP] : [] }));
    const ports = [{ number: 9000 }, { number: 9000, name: 'admin' }];
    expect(() => pod[add]({ ...PROXY, user: 1000, ports })).toThrow(
      new Error('[shop/web] port 9000/TCP stands twice in the `ports` of container "proxy"; list it once'),
    );
    expect(pod.network.endpoints.filter(({ port }) => port === 9000)).toEqual([]);
    const both = [{ number: 9000 }, { number: 9000, protocol: kplus.Protocol.UDP }];
    pod[add]({ ...PROXY, user: 1000, ports: both });
    expect(portsOf(pod, 'proxy')).toEqual([{ containerPort: 9000 }, { containerPort: 9000, protocol: 'UDP' }]);
  });

  test('leaves no claim behind where its lifecycle is refused', () => {
    const pod = podOf([{ number: 8080 }]);
    const ports = [{ number: 9000, name: 'admin' }];
    expect(() => pod.addSidecar({ ...PROXY, user: 1000, ports, readyBeforeMain: true })).toThrow(
      new Error(
        '[shop/web] container "proxy" must be ready before the main container, but has no `startup` probe that says when it is; pass one',
      ),
    );
    expect(pod.network.endpoints.map(({ port }) => port)).toEqual([8080]);
    pod.network.claim({ container: 'app', port: 9000, name: 'admin' });
    expect(problemsOf(pod)).toEqual([]);
  });
});
