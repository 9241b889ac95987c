import { WebWithLogAgentPod } from '../../src';
import { manifests, newChart } from '../support';
import { describeWebWithLogAgent } from '../web-with-log-agent-contract';

describeWebWithLogAgent('WebWithLogAgentPod', (scope, props) => new WebWithLogAgentPod(scope, 'web', props));

describe('a Pod of a web server and its log agent', () => {
  test('is one Pod and the configuration of its two containers', () => {
    const chart = newChart();
    new WebWithLogAgentPod(chart, 'web');
    expect(manifests(chart, 'Pod')).toHaveLength(1);
    expect(manifests(chart, 'ConfigMap').map(({ data }) => Object.keys(data))).toEqual([
      ['default.conf', 'rotate-logs.sh'],
      ['fluent-bit.yaml'],
    ]);
    expect(chart.toJson()).toHaveLength(3);
  });

  test('is exposed with the port of the web server only', () => {
    const chart = newChart();
    new WebWithLogAgentPod(chart, 'web').expose({ port: 80, name: 'shop' });
    const [service, ...others] = manifests(chart, 'Service');
    expect(others).toEqual([]);
    expect(service.metadata.name).toBe('shop');
    expect(service.spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
    expect(manifests(chart, 'Pod')[0].metadata.labels).toMatchObject(service.spec.selector);
  });
});
