import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { clash, hostClash, type Listener } from '../../../src/pod/network/listener';
import { ListenerIndex } from '../../../src/pod/network/listener-index';

const HTTP: Listener = { owner: 'app', port: 8080, protocol: kplus.Protocol.TCP, loopback: false, name: 'http' };
const of = (other: Partial<Listener>): Listener => ({ ...HTTP, ...other });

test('listeners are near each other that share a port, a name or a port of the node, in their order', () => {
  const named = of({ port: 81 });
  const hosted = of({ port: 82, name: undefined, hostPort: 80 });
  const far = of({ port: 83, name: 'admin', protocol: kplus.Protocol.UDP });
  const index = new ListenerIndex([hosted, far, named, HTTP]);
  expect(index.near(of({ hostPort: 80 }))).toEqual([hosted, named, HTTP]);
  expect(index.near(of({ port: 83, name: undefined }))).toEqual([]);
  expect(index.all).toEqual([hosted, far, named, HTTP]);
});

test('whatever clashes with a listener is near it', () => {
  const listener: fc.Arbitrary<Listener> = fc.record({
    owner: fc.constantFrom('app', 'proxy'),
    port: fc.integer({ min: 80, max: 83 }),
    protocol: fc.constantFrom(kplus.Protocol.TCP, kplus.Protocol.UDP),
    loopback: fc.boolean(),
    name: fc.constantFrom(undefined, 'http', 'admin'),
    hostPort: fc.constantFrom(undefined, 80, 81),
    hostIp: fc.constantFrom(undefined, '10.0.0.1', '10.0.0.2'),
  });
  fc.assert(
    fc.property(fc.array(listener), listener, (listeners, later) => {
      const problems = (others: readonly Listener[]) =>
        others.flatMap((other) => [...clash(later, other), ...hostClash(later, other)]);
      expect(problems(new ListenerIndex(listeners).near(later))).toEqual(problems(listeners));
    }),
  );
});
