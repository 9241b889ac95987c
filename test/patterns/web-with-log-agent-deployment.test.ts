import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { WebWithLogAgentDeployment, type WebWithLogAgentDeploymentProps } from '../../src';
import { schemaProblems } from '../kubernetes-schema';
import { manifests, newChart } from '../support';
import { describeWebWithLogAgent } from '../web-with-log-agent-contract';

describeWebWithLogAgent(
  'WebWithLogAgentDeployment',
  (scope, props) => new WebWithLogAgentDeployment(scope, 'web', props),
  true,
);

function deploy(props?: WebWithLogAgentDeploymentProps) {
  const chart = newChart();
  const web = new WebWithLogAgentDeployment(chart, 'web', props);
  return { chart, web };
}

describe('a Deployment of web servers and their log agents', () => {
  test('takes replicas and pod labels', () => {
    const { chart } = deploy({ replicas: 3, podMetadata: { labels: { tier: 'front' } } });
    const [deployment] = manifests(chart, 'Deployment');
    expect(deployment.spec.replicas).toBe(3);
    expect(deployment.spec.template.metadata.labels).toMatchObject({ tier: 'front' });
  });

  test('with 3 replicas and an autoscaler states no replicas', () => {
    const { chart, web } = deploy({ replicas: 3 });
    const autoscaler = web.scaleOnCpu({ minReplicas: 3, maxReplicas: 10, averageUtilization: 60 });
    expect(manifests(chart, 'Deployment')[0].spec).not.toHaveProperty('replicas');
    const [hpa] = manifests(chart, 'HorizontalPodAutoscaler');
    expect(hpa.metadata.name).toBe(autoscaler.name);
    expect(hpa.spec).toMatchObject({
      minReplicas: 3,
      maxReplicas: 10,
      scaleTargetRef: { kind: 'Deployment', name: web.workload.name },
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: { container: 'webserver', name: 'cpu', target: { averageUtilization: 60 } },
        },
      ],
    });
  });

  test('is exposed with the port of the web server only', () => {
    const { chart, web } = deploy();
    const service = web.expose({ serviceType: kplus.ServiceType.LOAD_BALANCER });
    const [{ metadata, spec }] = manifests(chart, 'Service');
    expect(metadata.name).toBe(service.name);
    expect(spec).toMatchObject({ type: 'LoadBalancer', ports: [{ name: 'http', port: 8080, targetPort: 8080 }] });
    expect(manifests(chart, 'Deployment')[0].spec.selector.matchLabels).toEqual(spec.selector);
  });

  test('is kept available while nodes are drained', () => {
    const { chart, web } = deploy({ replicas: 3 });
    web.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.absolute(2) });
    expect(manifests(chart, 'PodDisruptionBudget')[0].spec).toMatchObject({
      minAvailable: 2,
      selector: manifests(chart, 'Deployment')[0].spec.selector,
    });
  });

  test('gives manifests that Kubernetes takes with everything turned on', () => {
    const { chart, web } = deploy({ replicas: 3 });
    web.expose();
    web.scaleOnCpu({ minReplicas: 2, maxReplicas: 5, averageUtilization: 70 });
    web.keepAvailable();
    const all = Testing.synth(chart);
    expect(all.flatMap(schemaProblems)).toEqual([]);
    expect(all.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'Service',
    ]);
  });
});
