import { ApiObject, type App, Chart, YamlOutputType } from 'cdk8s';
import { expectSameFiles } from './outcome';

/** Two charts, the second of which the first may need. */
function shop(app: App, isOrdered = false): void {
  const [web, store] = [new Chart(app, 'web'), new Chart(app, 'store', { namespace: 'data' })];
  new ApiObject(web, 'page', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page' } });
  new ApiObject(store, 'page', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page/2' } });
  new ApiObject(store, 'key', { apiVersion: 'v1', kind: 'Secret' });
  if (isOrdered) {
    web.addDependency(store);
  }
}

describe('manifests are written', () => {
  test.each<[YamlOutputType, string[]]>([
    [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml']],
    [YamlOutputType.FILE_PER_CHART, ['store.k8s.yaml', 'web.k8s.yaml']],
    [
      YamlOutputType.FILE_PER_RESOURCE,
      ['ConfigMap.page.k8s.yaml', 'ConfigMap.page2.k8s.yaml', 'Secret.store-key-c8c0e029.k8s.yaml'],
    ],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ['store/ConfigMap.page2.k8s.yaml', 'store/Secret.store-key-c8c0e029.k8s.yaml', 'web/ConfigMap.page.k8s.yaml'],
    ],
  ])('by output type %d as by cdk8s', (yamlOutputType, names) => {
    const { files } = expectSameFiles((app) => shop(app), { yamlOutputType });
    expect(Object.keys(files).sort()).toEqual(names);
  });

  test.each<[YamlOutputType, string[]]>([
    [YamlOutputType.FILE_PER_CHART, ['0000-store.yml', '0001-web.yml']],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ['0000-store/ConfigMap.page2.yml', '0000-store/Secret.store-key-c8c0e029.yml', '0001-web/ConfigMap.page.yml'],
    ],
  ])('with the place of each chart where they are ordered, by output type %d', (yamlOutputType, names) => {
    const { files } = expectSameFiles((app) => shop(app, true), { yamlOutputType, outputFileExtension: '.yml' });
    expect(Object.keys(files).sort()).toEqual(names);
  });

  test('to no file where there is no chart, and to none where the type is unknown', () => {
    expect(expectSameFiles(() => {}, { yamlOutputType: YamlOutputType.FILE_PER_APP }).files).toEqual({});
    expect(expectSameFiles((app) => shop(app), { yamlOutputType: 9 as YamlOutputType }).files).toEqual({});
  });
});
