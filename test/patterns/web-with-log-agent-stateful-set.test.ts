import * as kplus from 'cdk8s-plus-28';
import { WebServer, WebWithLogAgentStatefulSet, type WebWithLogAgentStatefulSetProps } from '../../src';
import { manifests, newChart } from '../support';
import { describeWebWithLogAgent } from '../web-with-log-agent-contract';

describeWebWithLogAgent(
  'WebWithLogAgentStatefulSet',
  (scope, props) => new WebWithLogAgentStatefulSet(scope, 'web', props),
  true,
);

function build(props?: WebWithLogAgentStatefulSetProps) {
  const chart = newChart();
  return { chart, web: new WebWithLogAgentStatefulSet(chart, 'web', props) };
}

describe('a StatefulSet of web servers and their log agents', () => {
  test('has a headless governing Service that selects its pods', () => {
    const { chart } = build({ metadata: { namespace: 'prod' }, web: WebServer.nginx({ port: 8443 }) });
    const [service] = manifests(chart, 'Service');
    const [{ spec }] = manifests(chart, 'StatefulSet');
    expect(service.metadata).toMatchObject({ name: spec.serviceName, namespace: 'prod' });
    expect(service.spec).toMatchObject({
      clusterIP: 'None',
      ports: [{ name: 'http', port: 8443 }],
      selector: spec.selector.matchLabels,
    });
  });

  test('is governed by a Service of your own', () => {
    const chart = newChart();
    const service = new kplus.Service(chart, 'own', { ports: [{ port: 80 }], metadata: { name: 'own' } });
    new WebWithLogAgentStatefulSet(chart, 'web', { service });
    expect(manifests(chart, 'StatefulSet')[0].spec.serviceName).toBe('own');
    expect(manifests(chart, 'Service')).toHaveLength(1);
  });

  test('has a governing Service where none is given by name', () => {
    const { chart } = build({ service: undefined });
    const [service, ...others] = manifests(chart, 'Service');
    expect(others).toEqual([]);
    expect(manifests(chart, 'StatefulSet')[0].spec.serviceName).toBe(service.metadata.name);
  });

  test('takes replicas and the order of its pods', () => {
    const { chart } = build({ replicas: 4, podManagementPolicy: kplus.PodManagementPolicy.PARALLEL });
    expect(manifests(chart, 'StatefulSet')[0].spec).toMatchObject({ replicas: 4, podManagementPolicy: 'Parallel' });
  });

  test('is exposed by a Service beside the governing one', () => {
    const { chart, web } = build();
    const service = web.expose({ port: 80 });
    const exposed = manifests(chart, 'Service').filter(({ spec }) => spec.clusterIP !== 'None');
    expect(exposed.map(({ metadata, spec }) => [metadata.name, spec.ports])).toEqual([
      [service.name, [{ name: 'http', port: 80, targetPort: 8080 }]],
    ]);
    expect(manifests(chart, 'StatefulSet')[0].spec.serviceName).not.toBe(service.name);
  });

  test('scales on the CPU of the web server and then states no replicas', () => {
    const { chart, web } = build({ replicas: 3 });
    web.scaleOnCpu({ maxReplicas: 6, averageUtilization: 50 });
    expect(manifests(chart, 'StatefulSet')[0].spec).not.toHaveProperty('replicas');
    expect(manifests(chart, 'HorizontalPodAutoscaler')[0].spec).toMatchObject({
      maxReplicas: 6,
      scaleTargetRef: { kind: 'StatefulSet', name: web.workload.name },
      metrics: [{ containerResource: { container: 'webserver', target: { averageUtilization: 50 } } }],
    });
  });

  test('is kept available while nodes are drained', () => {
    const { chart, web } = build({ replicas: 3 });
    web.keepAvailable();
    expect(manifests(chart, 'PodDisruptionBudget')[0].spec).toMatchObject({
      maxUnavailable: 1,
      selector: { matchLabels: manifests(chart, 'StatefulSet')[0].spec.selector.matchLabels },
    });
  });
});
