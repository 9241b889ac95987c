import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { apiObjectsIn } from '../../src/rules/api-objects';

test('the objects of an app are those of all its charts, however they were made', () => {
  const app = Testing.app();
  const shop = new Chart(app, 'shop');
  new ApiObject(shop, 'raw', { apiVersion: 'v1', kind: 'Namespace' });
  new kplus.ConfigMap(new Chart(shop, 'nested'), 'config');
  expect(apiObjectsIn(app).map(({ kind, node }) => `${kind} ${node.path}`)).toEqual([
    'Namespace shop/raw',
    'ConfigMap shop/nested/config/Resource',
  ]);
});
