import { isLoopbackHost, listenerOn, listenersAt } from '../../../src/rules/configs/endpoints';

test.each([
  ['0.0.0.0:4317', 4317, false],
  [':8888', 8888, false],
  ['[::]:80', 80, false],
  ['localhost:13133', 13133, true],
  ['127.0.0.1:8686', 8686, true],
  ['[::1]:80', 80, true],
])('%s is port %i', (address, number, isLoopback) => {
  expect(listenersAt(address, 'test')).toEqual([{ number, protocol: 'TCP', isLoopback, purpose: 'test' }]);
});

test.each([[undefined], ['${env:HOST}:4317'], ['localhost'], ['unix:///run/a.sock'], ['localhost:0'], ['a:70000']])(
  '%s is none',
  (address) => {
    expect(listenersAt(address, 'test')).toEqual([]);
  },
);

test('host and port may stand apart', () => {
  expect(listenerOn('127.0.0.1', '2020', 'test', 'UDP')).toEqual([
    { number: 2020, protocol: 'UDP', isLoopback: true, purpose: 'test' },
  ]);
  expect(listenerOn(undefined, undefined, 'test')).toEqual([]);
  expect(isLoopbackHost('127.0.0.1.example.com')).toBe(false);
});
