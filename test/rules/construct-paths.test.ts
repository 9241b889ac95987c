import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { PodRules } from '../../src';
import { loadConstructPaths } from '../../src/rules/construct-paths';

const folder = mkdtempSync(join(tmpdir(), 'constructs-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([YamlOutputType.FILE_PER_CHART, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE])(
  'the constructs of objects of one name are told apart beside manifests of output type %s',
  (yamlOutputType) => {
    const { outdir, files } = synth({ recordConstructMetadata: true, yamlOutputType });
    const constructOf = loadConstructPaths(files);
    expect(files.length).toBeGreaterThan(0);
    expect(constructOf({ kind: 'Deployment', name: 'web' })).toBe('shop/deployment');
    expect(constructOf({ kind: 'Service', name: 'web' })).toBe('shop/service');
    expect(constructOf({ kind: 'Service', name: 'web', namespace: 'other' })).toBe('shop/other');
    expect(constructOf({ kind: 'Service', name: 'api' })).toBeUndefined();
    expect(readdirSync(outdir)).toContain('construct-paths.json');
  },
);

test('nothing is written where nobody asks cdk8s for the constructs', () => {
  const { outdir, files } = synth({ recordConstructMetadata: false });
  expect(readdirSync(outdir)).toEqual(['shop.k8s.yaml']);
  expect(loadConstructPaths(files)({ kind: 'Service', name: 'web' })).toBeUndefined();
});

test('only an app can record', () => {
  const chart = new Chart(new App({ outdir: '/nowhere' }), 'shop');
  expect(() => PodRules.recordConstructs(chart)).toThrow(
    new Error('[shop] `recordConstructs` takes an app, and this is none; pass the root of the tree'),
  );
});

function synth(props: { recordConstructMetadata: boolean; yamlOutputType?: YamlOutputType }) {
  const outdir = mkdtempSync(join(folder, 'app-'));
  const app = new App({ outdir, ...props });
  PodRules.recordConstructs(app);
  const chart = new Chart(app, 'shop');
  new ApiObject(chart, 'deployment', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
  new ApiObject(chart, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } });
  new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'other' } });
  app.synth();
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return { outdir, files: files.map((file) => join(outdir, file)) };
}
