import { resourcesOf } from '../../../src/pod/containers/resources';

test('a container requests CPU without a limit, and as much memory as it may have at most', () => {
  const { cpu, memory } = resourcesOf(50, 64);
  expect([cpu?.request?.amount, cpu?.limit]).toEqual(['50m', undefined]);
  expect([memory?.request?.toMebibytes(), memory?.limit?.toMebibytes()]).toEqual([64, 64]);
});
