import * as kplus from 'cdk8s-plus-28';
import {
  clash,
  distinct,
  endpointOf,
  hostClash,
  keyOf,
  type Listener,
  listenerOf,
  means,
  nameOf,
  same,
  shapeProblems,
} from '../../../src/pod/network/listener';

const HTTP: Listener = { owner: 'app', port: 8080, protocol: kplus.Protocol.TCP, loopback: false, name: 'http' };
const of = (other: Partial<Listener>): Listener => ({ ...HTTP, ...other });

test('a port of cdk8s-plus is TCP on all interfaces unless it says otherwise', () => {
  expect(listenerOf('app', { number: 8080, name: 'http' })).toEqual(HTTP);
  expect(listenerOf('app', { number: 53, protocol: kplus.Protocol.UDP })).toMatchObject({ port: 53, protocol: 'UDP' });
});

test('a listener is known by container, port and protocol', () => {
  expect(same(HTTP, of({ name: undefined, loopback: true }))).toBe(true);
  expect(means(endpointOf(HTTP), HTTP)).toBe(true);
  for (const other of [{ owner: 'proxy' }, { port: 81 }, { protocol: kplus.Protocol.UDP }]) {
    expect([same(HTTP, of(other)), means(endpointOf(HTTP), of(other))]).toEqual([false, false]);
  }
});

test('listeners that mean one port are one, with the name that the first of them gave', () => {
  const [unnamed, admin] = [of({ name: undefined }), of({ port: 81, name: 'admin' })];
  expect(distinct([unnamed, admin, HTTP, of({ name: 'web' })])).toEqual([HTTP, admin]);
  expect([keyOf(unnamed) === keyOf(HTTP), keyOf(admin) === keyOf(HTTP)]).toEqual([true, false]);
});

test('a listener has the name that anybody gave it', () => {
  expect(nameOf(of({ name: undefined }), [of({ port: 81, name: 'admin' }), HTTP])).toBe('http');
  expect(nameOf(of({ name: undefined }), [])).toBeUndefined();
});

test.each<[Partial<Listener>, Partial<Listener>, number]>([
  [{ owner: 'proxy' }, {}, 1],
  [{ owner: 'proxy', port: 81 }, {}, 1],
  [{ name: 'web' }, {}, 1],
  [{ name: undefined }, {}, 0],
  [{ owner: 'proxy', port: 81, name: 'entry' }, {}, 0],
  [{ owner: 'proxy', protocol: kplus.Protocol.UDP, name: 'dns' }, {}, 0],
])('%p beside %p has %d clashes', (later, earlier, count) => {
  expect(clash(of(later), of(earlier))).toHaveLength(count);
});

test.each<[Partial<Listener>, number]>([
  [{ hostPort: 80 }, 1],
  [{ hostPort: 80, hostIp: '10.0.0.1' }, 1],
  [{ hostPort: 81 }, 0],
  [{}, 0],
])('%p has %d clashes with port 80 of the node', (later, count) => {
  expect(hostClash(of({ owner: 'proxy', ...later }), of({ hostPort: 80 }))).toHaveLength(count);
});

test.each<[Partial<Listener>, number]>([
  [{}, 0],
  [{ port: 0 }, 1],
  [{ hostPort: 70000 }, 1],
  [{ name: 'HTTP' }, 1],
])('%p has %d problems by itself', (listener, count) => {
  expect(shapeProblems(of(listener))).toHaveLength(count);
});
