import { ServedPattern, WebServer, WebWithLogAgentDaemonSet, WebWithLogAgentPod } from '../../src';
import { manifests, newChart } from '../support';

test('a pattern that answers requests is exposed as its pod is', () => {
  const chart = newChart();
  const pattern: ServedPattern = new WebWithLogAgentPod(chart, 'web', { web: WebServer.nginx({ port: 8081 }) });
  const service = pattern.expose({ name: 'shop', port: 80 });
  expect(service.name).toBe('shop');
  expect(manifests(chart, 'Service').map(({ metadata, spec }) => [metadata.name, spec.ports])).toEqual([
    ['shop', [{ name: 'http', port: 80, targetPort: 8081 }]],
  ]);
});

test('patterns of any workload that answer requests are of one kind', () => {
  const chart = newChart();
  expect(new WebWithLogAgentPod(chart, 'a')).toBeInstanceOf(ServedPattern);
  expect(new WebWithLogAgentDaemonSet(chart, 'b')).toBeInstanceOf(ServedPattern);
});
