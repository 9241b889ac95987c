import * as kplus from 'cdk8s-plus-28';
import { CaCertificates, MultiContainerPod } from '../../../src/index';
import { container, manifests, newChart, newDeployment, podSpec } from '../../support';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** What the container "app" of a Deployment "shop/web" sees of certificates for "api". */
function mount(make: (chart: ReturnType<typeof newChart>) => CaCertificates) {
  const chart = newChart();
  const ca = make(chart);
  ca._mount(MultiContainerPod.of(newDeployment(chart)), 'app', 'api');
  const volume = podSpec(chart).volumes?.find(({ name }) => name === 'app-api-ca');
  return { chart, path: ca._path('api'), volume, mounts: container(chart, 'app').volumeMounts };
}

const MOUNT = { mountPath: '/etc/trusted-ca/api', name: 'app-api-ca', readOnly: true };

test('certificates of a text come from a ConfigMap of the pod', () => {
  const { chart, path, mounts } = mount(() => CaCertificates.fromPem(PEM));
  expect(path).toBe('/etc/trusted-ca/api/ca.crt');
  expect(mounts).toEqual([MOUNT]);
  expect(manifests(chart, 'ConfigMap').map(({ data }) => data)).toEqual([{ 'ca.crt': PEM }]);
});

test('certificates of a Secret come from its one key', () => {
  const { path, mounts, volume } = mount((chart) =>
    CaCertificates.fromSecret({ secret: kplus.Secret.fromSecretName(chart, 'tls', 'api-tls'), key: 'ca.crt' }),
  );
  expect(path).toBe('/etc/trusted-ca/api/ca.crt');
  expect(mounts).toEqual([MOUNT]);
  expect(volume).toEqual({
    name: 'app-api-ca',
    secret: { secretName: 'api-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
  });
});

test('certificates of a ConfigMap come from its one key', () => {
  const { path, mounts, volume } = mount((chart) =>
    CaCertificates.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'trust', 'trust'), 'root-certs.pem'),
  );
  expect(path).toBe('/etc/trusted-ca/api/root-certs.pem');
  expect(mounts).toEqual([MOUNT]);
  expect(volume).toEqual({
    name: 'app-api-ca',
    configMap: { name: 'trust', items: [{ key: 'root-certs.pem', path: 'root-certs.pem' }] },
  });
});

test.each([
  ['nothing', ''],
  ['a private key', `${PEM}-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n`],
])('fails with %s in place of certificates', (_, text) => {
  expect(() => CaCertificates.fromPem(text)).toThrow(
    new Error(
      '[CaCertificates] the text is not certificates alone in PEM format; pass blocks of "-----BEGIN CERTIFICATE-----" and no private key',
    ),
  );
});
