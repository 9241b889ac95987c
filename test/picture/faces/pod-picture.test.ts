import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FastApp,
  MultiContainerPod,
  PictureFormat,
  PodPicture,
  type PodPictureOptions,
  WebWithLogAgentDeployment,
  type WritePicturesOptions,
} from '../../../src';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  folders.push(folder);
  return folder;
}

function addShop(app: App, id = 'shop') {
  const chart = new Chart(app, id);
  const web = new WebWithLogAgentDeployment(chart, 'web', { metadata: { name: 'web' } });
  web.expose({ name: 'web' });
  return { chart, web };
}

test('a picture of a construct is that of its manifests', () => {
  const { chart, web } = addShop(Testing.app());
  const picture = PodPicture.of(web);
  const [same, ...others] = PodPicture.fromManifests(Testing.synth(chart));
  expect(others).toEqual([]);
  expect(picture.title).toBe('Deployment/web');
  expect(picture.toText()).toBe(same!.toText());
  expect(picture.toSvg()).toBe(same!.toSvg());
  expect(picture.toMermaid()).toBe(same!.toMermaid());
  expect(picture.toText()).toContain(':8080 http → webserver :8080');
});

test('a workload, the kernel of its pod and whatever holds one pod give the same picture', () => {
  const { chart, web } = addShop(Testing.app());
  const text = PodPicture.of(web).toText();
  expect(PodPicture.of(chart).toText()).toBe(text);
  expect(PodPicture.of(web.pod.workload).toText()).toBe(text);
  expect(PodPicture.of(web.pod).toText()).toBe(text);
  expect(web.pod.describe()).toBe(text);
  expect(MultiContainerPod.of(web.pod.workload).describe()).toBe(text);
});

test('findings are shown, or not', () => {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'a', image: 'b' }] },
  };
  const without: PodPictureOptions = { findings: false };
  expect(PodPicture.fromManifests([manifest])[0]!.toText()).toContain('warning image-tag');
  expect(PodPicture.fromManifests([manifest], without)[0]!.toText()).not.toContain('image-tag');
  expect(PodPicture.fromManifests([{ kind: 'List', apiVersion: 'v1', items: [manifest] }])).toHaveLength(1);
});

test('what is no pod is told', () => {
  const app = Testing.app();
  const { chart, web } = addShop(app);
  const config = new kplus.ConfigMap(chart, 'config');
  expect(() => PodPicture.of(config)).toThrow('[shop/config] there is no pod in it; pass a workload');
  new kplus.Pod(chart, 'other', { metadata: { name: 'other' }, containers: [{ image: 'a' }] });
  expect(() => PodPicture.of(chart)).toThrow('[shop] 2 pods are in it (Deployment/web, Pod/other); pass one of them');
  expect(() => PodPicture.of('web' as never)).toThrow(
    '[PodPicture.of] "web" is no construct; pass a workload or what holds one',
  );
  expect(() => PodPicture.of(web, { finding: true } as never)).toThrow('[PodPicture.of]');
  expect(() => PodPicture.fromManifests({} as never)).toThrow('[PodPicture.fromManifests]');
  expect(() => PodPicture.writeBesideYaml(chart)).toThrow(
    '[shop] `writeBesideYaml` takes an app, and this is none; pass the root of the tree',
  );
});

describe.each([
  ['App', App],
  ['FastApp', FastApp],
])('with %s', (_, Type) => {
  test.each([
    [YamlOutputType.FILE_PER_APP, ['Deployment.web.svg', 'app.k8s.yaml']],
    [YamlOutputType.FILE_PER_CHART, ['Deployment.web.svg', 'shop.k8s.yaml']],
    [
      YamlOutputType.FILE_PER_RESOURCE,
      ['ConfigMap.', 'ConfigMap.', 'Deployment.web.k8s.yaml', 'Deployment.web.svg', 'Service.web.k8s.yaml'],
    ],
  ])('each synth writes the pictures beside the YAML (%i)', (yamlOutputType, files) => {
    const outdir = newFolder();
    const app = new Type({ outdir, yamlOutputType });
    PodPicture.writeBesideYaml(app);
    const { web } = addShop(app);
    app.synth();
    const written = readdirSync(outdir).map((file) => file.replace(/^ConfigMap\..*/, 'ConfigMap.'));
    expect(written.filter((file) => !/PodDisruption/.test(file)).sort()).toEqual(files);
    expect(readFileSync(join(outdir, 'Deployment.web.svg'), 'utf8')).toBe(PodPicture.of(web).toSvg());
  });

  test('they stand in the folder of their chart where that has one', () => {
    const outdir = newFolder();
    const app = new Type({ outdir, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    const options: WritePicturesOptions = { format: PictureFormat.MERMAID, findings: false };
    PodPicture.writeBesideYaml(app, options);
    const [shop, wiki] = [addShop(app, 'shop').chart, addShop(app, 'wiki').chart];
    shop.addDependency(wiki);
    app.synth();
    const pictures = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mmd'));
    expect(pictures.sort()).toEqual(['0000-wiki/Deployment.web.2.mmd', '0001-shop/Deployment.web.mmd']);
  });
});

test('a synth that fails writes no picture', () => {
  const outdir = newFolder();
  const app = new App({ outdir });
  PodPicture.writeBesideYaml(app, { format: PictureFormat.TEXT });
  addShop(app).chart.node.addValidation({ validate: () => ['no'] });
  expect(() => app.synth()).toThrow('no');
  expect(readdirSync(outdir)).toEqual([]);
});

test('a pod that cannot be written yet says what it lacks, and is no hindrance to others', () => {
  const { chart, web } = addShop(Testing.app());
  const empty = new kplus.Deployment(chart, 'empty', {});
  expect(() => MultiContainerPod.of(empty).describe()).toThrow(
    '[shop/empty] the pod cannot be written yet: PodSpec must have at least 1 container; complete it first',
  );
  expect(web.pod.describe()).toContain('webserver');
});
