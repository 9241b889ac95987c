import * as kplus from 'cdk8s-plus-28';
import { assertOpenable, upstreamOf } from '../../../src/companions/kit/inbound-proxy';
import { MultiContainerPod } from '../../../src/index';
import { APP, container, newChart, newDeployment } from '../../support';

const HTTP = { number: 8080, name: 'http' };
const ADMIN = { number: 9000, name: 'admin' };

/** A Deployment "shop/web" whose application lists these ports. */
function compose(...ports: kplus.ContainerPort[]) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, ports }] }));
  return { chart, pod };
}

describe('a proxy forwards requests', () => {
  test.each<[string, kplus.ContainerPort[], number | undefined, number]>([
    ['to the one port', [{ number: 3000 }], undefined, 3000],
    ['to the one of several that is named "http"', [ADMIN, HTTP], undefined, 8080],
    ['to the port that is passed', [ADMIN, HTTP], 9000, 9000],
    ['to the one TCP port', [{ number: 53, protocol: kplus.Protocol.UDP }, { number: 3000 }], undefined, 3000],
  ])('%s', (_, ports, wanted, port) => {
    expect(upstreamOf(compose(...ports).pod, wanted).port).toBe(port);
  });

  test('to a port that was claimed on the loopback interface', () => {
    const { pod } = compose();
    pod.network.claim({ container: 'app', port: 3000, loopback: true });
    expect(upstreamOf(pod)).toMatchObject({ port: 3000, loopback: true });
  });

  test('to a port that nobody listed yet, which is listed from then on and exposed to nobody', () => {
    const { chart, pod } = compose(HTTP);
    expect(upstreamOf(pod, 3000).port).toBe(3000);
    pod.expose({ port: 80 });
    expect(container(chart, 'app').ports).toEqual([{ containerPort: 8080, name: 'http' }, { containerPort: 3000 }]);
  });

  test('fails without a port', () => {
    expect(() => upstreamOf(compose().pod)).toThrow(
      new Error(
        '[shop/web] container "app" lists no port that requests could go to; declare it in its `ports`, or pass `upstreamPort`',
      ),
    );
  });

  test('fails with several ports of which none is named "http"', () => {
    expect(() => upstreamOf(compose(ADMIN, { number: 3000 }).pod)).toThrow(
      new Error(
        '[shop/web] requests could go to any port of container "app"; pass one as `upstreamPort`, or name it "http" (ports: admin, 3000)',
      ),
    );
  });

  test('fails where the pod has no main container yet', () => {
    expect(() => upstreamOf(MultiContainerPod.of(newDeployment(newChart(), { containers: [] })))).toThrow(
      new Error('[shop/web] the pod has no container yet; add the main container first'),
    );
  });
});

test.each([80, 1023, 65536, 8080.5, Number.NaN])('fails to open port %p', (port) => {
  expect(() => assertOpenable('Proxy', 'port', port)).toThrow(
    new Error(`[Proxy] \`port\` is ${port}, which no process opens without root; pass an integer from 1024 to 65535`),
  );
});
