import { WebWithLogAgentDaemonSet } from '../../src';
import { manifests, newChart } from '../support';
import { describeWebWithLogAgent } from '../web-with-log-agent-contract';

describeWebWithLogAgent(
  'WebWithLogAgentDaemonSet',
  (scope, props) => new WebWithLogAgentDaemonSet(scope, 'web', props),
);

describe('a DaemonSet of web servers and their log agents', () => {
  test('takes props of cdk8s-plus', () => {
    const chart = newChart();
    new WebWithLogAgentDaemonSet(chart, 'web', { minReadySeconds: 7, podMetadata: { labels: { tier: 'edge' } } });
    const [{ spec }] = manifests(chart, 'DaemonSet');
    expect(spec.minReadySeconds).toBe(7);
    expect(spec.template.metadata.labels).toMatchObject({ tier: 'edge' });
  });

  test('is exposed with the port of the web server only', () => {
    const chart = newChart();
    const service = new WebWithLogAgentDaemonSet(chart, 'web').expose();
    const [{ metadata, spec }] = manifests(chart, 'Service');
    expect(metadata.name).toBe(service.name);
    expect(spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 8080 }]);
    expect(manifests(chart, 'DaemonSet')[0].spec.selector.matchLabels).toEqual(spec.selector);
  });

  test('fails to scale, because the nodes set the number of its pods', () => {
    const { pod } = new WebWithLogAgentDaemonSet(newChart(), 'web');
    expect(() => pod.scaleOnCpu({ maxReplicas: 3, averageUtilization: 50 })).toThrow(
      new Error(
        '[shop/web] a DaemonSet cannot be scaled, because nothing sets its number of pods; use a Deployment or StatefulSet',
      ),
    );
  });
});
