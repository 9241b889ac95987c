import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { Manifests, Match } from 'cdk8s-pod-patterns/testing';
import 'cdk8s-pod-patterns/testing/jest';
import { SiteChart } from './chart';

const site = Manifests.fromChart(new SiteChart(Testing.app(), 'site'));
const pod = site.pod('site');
const agent = pod.container('log-agent');

test('the site is what was reviewed', () => {
  expect(site.all()).toEqual(Manifests.fromFile(join(__dirname, 'expected.k8s.yaml')).all());
  expect(site.get('Service')).toMatchInlineSnapshot(`
    apiVersion: v1
    kind: Service
    metadata:
      name: site
    spec:
      ports:
        - name: http
          port: 80
          targetPort: 8080
      selector:
        cdk8s.io/metadata.addr: site-c853ca1b
      type: ClusterIP
  `);
});

test('the Service reaches the web server, not its log agent', () => {
  expect(pod.container('webserver')).toBeReachableThrough('site');
  expect(agent).not.toBeReachableThrough('site');
});

test('the log agent prints what the web server writes, from the first line on', () => {
  expect(agent).toShareVolume('webserver');
  expect(agent).toMountReadOnly('/var/log/nginx');
  expect(agent).toStartBefore('webserver');
  const outputs = { pipeline: { outputs: [{ name: 'stdout' }] } };
  expect(site).toHaveResource('ConfigMap', { data: { 'fluent-bit.yaml': Match.serializedYaml(outputs) } });
});

test('the cluster admits the pod, and nothing is wrong with it', () => {
  expect(pod).toPassPodSecurity('restricted');
  expect(site).toPassPodRules();
});
