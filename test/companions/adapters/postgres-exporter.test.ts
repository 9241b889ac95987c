import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  MultiContainerPod,
  PostgresExporter,
  type PostgresExporterProps,
  PostgresExporterTlsMode,
} from '../../../src';
import { describeCompanion } from '../../contract';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const SECRET = kplus.Secret.fromSecretName(newChart(), 'db', 'db-monitor');
const CREDENTIALS = { username: { secret: SECRET, key: 'username' }, password: { secret: SECRET, key: 'password' } };
const ca = CaCertificates.fromSecret({ secret: SECRET, key: 'ca.pem' });
const { REQUIRE, VERIFY_CA, VERIFY_FULL } = PostgresExporterTlsMode;

describeCompanion('PostgresExporter', {
  make: () => new PostgresExporter({ ...CREDENTIALS, tlsMode: VERIFY_CA, ca, monitor: {} }),
  containers: ['postgres-exporter'],
  mebibytes: 64,
  copy: {
    props: () => ({ ...structuredCopy(), collectors: { settings: false }, args: ['--log.level=warn'] }),
    from: (props) => new PostgresExporter(props),
  },
});

function structuredCopy() {
  return { username: { ...CREDENTIALS.username }, password: { ...CREDENTIALS.password } };
}

/** A PostgreSQL "shop/web" that is observed. */
function compose(props: Partial<PostgresExporterProps> = {}) {
  const chart = newChart();
  const containers = [{ ...APP, ports: [{ number: 5432, name: 'postgres' }] }];
  MultiContainerPod.of(newDeployment(chart, { containers })).add(new PostgresExporter({ ...CREDENTIALS, ...props }));
  return chart;
}

const exporter = (props?: Partial<PostgresExporterProps>) => container(compose(props), 'postgres-exporter') as any;

describe('an exporter of PostgreSQL', () => {
  test('logs in to the main container with what a Secret holds', () => {
    const keyOf = (key: string) => ({ secretKeyRef: { name: 'db-monitor', key } });
    expect(exporter().env).toEqual([
      { name: 'DATA_SOURCE_URI', value: 'localhost:5432/postgres?sslmode=disable' },
      { name: 'DATA_SOURCE_USER', valueFrom: keyOf('username') },
      { name: 'DATA_SOURCE_PASS', valueFrom: keyOf('password') },
    ]);
  });

  test('listens on 9187 as UID 65534, and is alive although PostgreSQL is not', () => {
    expect(exporter()).toMatchObject({
      args: ['--web.listen-address=:9187'],
      ports: [{ containerPort: 9187, name: 'metrics' }],
      livenessProbe: { httpGet: { path: '/', port: 9187 } },
      securityContext: { runAsUser: 65534 },
    });
  });

  test.each<[Partial<PostgresExporterProps>, string]>([
    [{ database: 'shop' }, 'localhost:5432/shop?sslmode=disable'],
    [{ database: 'a/b?c' }, 'localhost:5432/a%2Fb%3Fc?sslmode=disable'],
    [{ address: 'db.shop:6432', tlsMode: REQUIRE }, 'db.shop:6432/postgres?sslmode=require'],
    [
      { targetPort: 'postgres', tlsMode: VERIFY_FULL, ca },
      'localhost:5432/postgres?sslmode=verify-full&sslrootcert=/etc/trusted-ca/postgresql/ca.pem',
    ],
  ])('with %j connects to %s', (props, uri) => {
    expect(exporter(props).env[0]).toEqual({ name: 'DATA_SOURCE_URI', value: uri });
  });

  test('trusts the authority of a Secret', () => {
    const chart = compose({ tlsMode: VERIFY_CA, ca });
    expect(container(chart, 'postgres-exporter').volumeMounts).toEqual([
      { mountPath: '/etc/trusted-ca/postgresql', name: 'postgres-exporter-postgresql-ca', readOnly: true },
    ]);
    expect(podSpec(chart).volumes).toEqual([
      {
        name: 'postgres-exporter-postgresql-ca',
        secret: { secretName: 'db-monitor', items: [{ key: 'ca.pem', path: 'ca.pem' }] },
      },
    ]);
  });

  test('switches collectors on and off', () => {
    const { args } = exporter({ collectors: { settings: false, stat_statements: true } });
    expect(args.slice(0, 2)).toEqual(['--no-collector.settings', '--collector.stat_statements']);
  });

  test('fails where a collector is switched twice', () => {
    expect(() => exporter({ collectors: { settings: false }, args: ['--collector.settings'] })).toThrow(
      new Error(
        '[PostgresExporter] argument "--collector.settings" of "postgres-exporter" is set by the companion itself; leave it out, or use its prop',
      ),
    );
  });

  test('fails with what is no collector', () => {
    expect(() => exporter({ collectors: { 'no-settings': true } })).toThrow(
      new Error(
        '[PostgresExporter] collector "no-settings" of "postgres-exporter" is not the name of one; write it as in `--collector.<name>`, such as "stat_statements"',
      ),
    );
  });

  test.each([undefined, PostgresExporterTlsMode.DISABLE])('fails with an authority and without TLS: %s', (tlsMode) => {
    expect(() => exporter({ ca, tlsMode })).toThrow(
      new Error(
        '[PostgresExporter] `ca` of "postgres-exporter" is given, but it speaks without TLS; pass `tlsMode` as well, or leave `ca` out',
      ),
    );
  });

  test('fails with credentials in the address', () => {
    expect(() => exporter({ address: 'me:hidden@db:5432' })).toThrow('is not a host and a port');
  });
});
