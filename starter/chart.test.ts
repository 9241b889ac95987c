import { Testing } from 'cdk8s';
import { Manifests } from 'cdk8s-pod-patterns/testing';
import 'cdk8s-pod-patterns/testing/jest';
import { WebChart } from './chart';

const app = Manifests.fromChart(new WebChart(Testing.app(), 'my-app'));
const pod = app.pod('my-app');

test('the Service reaches the web server, not its log agent', () => {
  expect(pod.container('webserver')).toBeReachableThrough('my-app');
  expect(pod.container('log-agent')).not.toBeReachableThrough('my-app');
});

test('the log agent reads what the web server writes, from the first line on', () => {
  expect(pod.container('log-agent')).toShareVolume('webserver');
  expect(pod.container('log-agent')).toMountReadOnly('/var/log/nginx');
  expect(pod.container('log-agent')).toStartBefore('webserver');
});

test('a pod stays while a node is drained', () => {
  expect(app).toHaveResource('PodDisruptionBudget', { spec: { minAvailable: 1 } });
});

test('the cluster admits the pods, and nothing is wrong with them', () => {
  expect(pod).toPassPodSecurity('restricted');
  expect(app).toPassPodRules();
});
