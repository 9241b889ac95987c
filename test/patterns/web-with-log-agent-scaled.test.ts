import {
  ScaledWebWithLogAgent,
  WebServer,
  WebWithLogAgent,
  WebWithLogAgentDeployment,
  WebWithLogAgentStatefulSet,
} from '../../src';
import { manifests, newChart } from '../support';

test.each([
  ['Deployment', WebWithLogAgentDeployment],
  ['StatefulSet', WebWithLogAgentStatefulSet],
] as const)('a %s scales with the CPU of its web server, whatever that is called', (kind, Pattern) => {
  const chart = newChart();
  const pattern = new Pattern(chart, 'web', { web: WebServer.nginx({ name: 'front' }), replicas: 2 });
  expect(pattern).toBeInstanceOf(WebWithLogAgent);
  expect(pattern).toBeInstanceOf(ScaledWebWithLogAgent);
  pattern.scaleOnCpu({ maxReplicas: 4, averageUtilization: 60 });
  pattern.keepAvailable();
  const [{ spec }] = manifests(chart, 'HorizontalPodAutoscaler');
  expect([spec.scaleTargetRef.kind, spec.metrics[0].containerResource.container]).toEqual([kind, 'front']);
  expect(manifests(chart, 'PodDisruptionBudget')).toHaveLength(1);
});
