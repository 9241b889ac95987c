import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { SiteChart } from './chart';

const manifests = Testing.synth(new SiteChart(Testing.app(), 'site'));

test('the site synthesizes what was reviewed', () => {
  expect(Yaml.stringify(...manifests)).toBe(readFileSync(join(__dirname, 'expected.k8s.yaml'), 'utf8'));
});

test('the Service reaches the web server, not its log agent', () => {
  const service = manifests.find(({ kind }) => kind === 'Service');
  expect(service.spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
});
