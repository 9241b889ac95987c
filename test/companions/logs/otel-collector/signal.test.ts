import { OtelSignal } from '../../../../src/index';

test('signals have the names that pipelines of the collector have', () => {
  expect(Object.values(OtelSignal)).toEqual(['logs', 'traces', 'metrics']);
});
