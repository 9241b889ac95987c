import * as kplus from 'cdk8s-plus-28';
import { CaCertificates, MultiContainerPod, RedisExporter, type RedisExporterProps } from '../../../src';
import { describeCompanion } from '../../contract';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const SECRET = kplus.Secret.fromSecretName(newChart(), 'redis', 'redis');
const CERTIFICATE = kplus.Secret.fromSecretName(newChart(), 'client', 'redis-client');
const password = { secret: SECRET, key: 'password' };
const ca = CaCertificates.fromSecret({ secret: SECRET, key: 'ca.pem' });

describeCompanion('RedisExporter', {
  make: () => new RedisExporter({ password, tls: { ca, client: CERTIFICATE }, monitor: {} }),
  containers: ['redis-exporter'],
  mebibytes: 64,
  copy: {
    props: () => ({ password: { ...password }, tls: { ca, serverName: 'redis' }, args: ['--debug'] }),
    from: (props) => new RedisExporter(props),
  },
});

/** A Redis "shop/web" that is observed. */
function compose(props: RedisExporterProps = {}) {
  const chart = newChart();
  const containers = [{ ...APP, ports: [{ number: 6379, name: 'redis' }] }];
  MultiContainerPod.of(newDeployment(chart, { containers })).add(new RedisExporter(props));
  return chart;
}

const environment = (props?: RedisExporterProps) =>
  Object.fromEntries(
    (container(compose(props), 'redis-exporter').env ?? []).map(({ name, value, valueFrom }) => [
      name,
      value ?? valueFrom,
    ]),
  );

describe('an exporter of Redis', () => {
  test('observes the main container, and nothing that a visitor names', () => {
    expect(environment()).toEqual({
      REDIS_ADDR: 'redis://localhost:6379',
      REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: 'true',
    });
  });

  test('listens on 9121 as UID 59000, and is alive although Redis is not', () => {
    expect(container(compose(), 'redis-exporter')).toMatchObject({
      args: ['--web.listen-address=:9121'],
      ports: [{ containerPort: 9121, name: 'metrics' }],
      livenessProbe: { httpGet: { path: '/health', port: 9121 } },
      securityContext: { runAsUser: 59000 },
    });
  });

  test('logs in with what a Secret holds', () => {
    const keyOf = (key: string) => ({ secretKeyRef: { name: 'redis', key } });
    expect(environment({ username: { secret: SECRET, key: 'user' }, password })).toMatchObject({
      REDIS_USER: keyOf('user'),
      REDIS_PASSWORD: keyOf('password'),
    });
  });

  test.each<[RedisExporterProps, string]>([
    [{ address: 'cache.shop:6380' }, 'redis://cache.shop:6380'],
    [{ targetPort: 'redis' }, 'redis://localhost:6379'],
    [{ tls: {} }, 'rediss://localhost:6379'],
  ])('with %j dials %s', (props, address) => {
    expect(environment(props).REDIS_ADDR).toBe(address);
  });

  test('speaks TLS with certificates from Secrets', () => {
    const tls = { ca, client: CERTIFICATE, serverName: 'redis.shop.svc' };
    expect(environment({ tls })).toMatchObject({
      REDIS_EXPORTER_TLS_CA_CERT_FILE: '/etc/trusted-ca/redis/ca.pem',
      REDIS_EXPORTER_TLS_CLIENT_CERT_FILE: '/redis-exporter/client/tls.crt',
      REDIS_EXPORTER_TLS_CLIENT_KEY_FILE: '/redis-exporter/client/tls.key',
      REDIS_EXPORTER_TLS_SERVER_NAME: 'redis.shop.svc',
    });
    const chart = compose({ tls });
    expect(container(chart, 'redis-exporter').volumeMounts).toEqual([
      { mountPath: '/etc/trusted-ca/redis', name: 'redis-exporter-redis-ca', readOnly: true },
      { mountPath: '/redis-exporter/client', name: 'redis-exporter-client', readOnly: true },
    ]);
    expect(podSpec(chart).volumes).toEqual([
      { name: 'redis-exporter-redis-ca', secret: { secretName: 'redis', items: [{ key: 'ca.pem', path: 'ca.pem' }] } },
      { name: 'redis-exporter-client', secret: { secretName: 'redis-client' } },
    ]);
  });

  test('fails with a variable that it sets itself', () => {
    const envVariables = { REDIS_ADDR: kplus.EnvValue.fromValue('redis://other') };
    expect(() => new RedisExporter({ envVariables })).toThrow(
      new Error(
        '[RedisExporter] environment variable "REDIS_ADDR" of "redis-exporter" is set by the companion itself; choose another name',
      ),
    );
  });

  test('fails with the password in an argument, and does not repeat it', () => {
    expect(() => new RedisExporter({ args: ['--redis.password=hidden'] })).toThrow(
      new Error(
        '[RedisExporter] argument "--redis.password" of "redis-exporter" would show a credential to all who may read the pod; take it from a Secret, with `envVariables`',
      ),
    );
  });

  test('fails with a URL for an address', () => {
    expect(() => new RedisExporter({ address: 'redis://localhost:6379' })).toThrow(
      new Error(
        '[RedisExporter] `address` "redis://localhost:6379" of "redis-exporter" is not a host and a port; write them as in "localhost:5432"',
      ),
    );
  });
});
