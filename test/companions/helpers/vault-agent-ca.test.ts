import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { VaultCa } from '../../../src';

test.each<[string, (chart: Chart) => VaultCa, string]>([
  [
    'a ConfigMap',
    (chart) => VaultCa.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'from', 'trust')),
    'ca.crt',
  ],
  ['a Secret', (chart) => VaultCa.fromSecret(kplus.Secret.fromSecretName(chart, 'from', 'trust'), 'tls.ca'), 'tls.ca'],
])('the authority is one key of %s', (_, make, key) => {
  const chart = new Chart(Testing.app(), 'shop');
  const ca = make(chart);
  const volume = ca._volume(chart, 'ca');
  new kplus.Pod(chart, 'pod', {
    containers: [{ image: 'acme/app:1', volumeMounts: [{ path: '/ca', volume }] }],
  });
  const [rendered] = Testing.synth(chart).find(({ kind }) => kind === 'Pod').spec.volumes;
  const source = rendered.configMap ?? rendered.secret;
  expect([rendered.name, source.name ?? source.secretName, source.items]).toEqual([
    ...['ca', 'trust'],
    [{ key, path: 'ca.crt' }],
  ]);
  expect(ca._file('/ca')).toBe('/ca/ca.crt');
});
