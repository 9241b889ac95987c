import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  type ICompanion,
  MultiContainerPod,
  Sidecar,
  SidecarMode,
  StatsdExporter,
  type StatsdExporterProps,
} from '../../../src';
import { type Mapping, renderMappings, validateMapping } from '../../../src/companions/adapters/statsd-exporter/config';
import { describeCompanion } from '../../contract';
import { APP, container, manifests, newChart, newDeployment, podSpec } from '../../support';

const MAPPINGS = [{ match: 'shop.*.sold', name: 'sold_total', labels: { item: '$1' } }];

describeCompanion('StatsdExporter', {
  make: () => new StatsdExporter({ mappings: MAPPINGS, monitor: {} }),
  containers: ['statsd-exporter'],
  mebibytes: 64,
  copy: {
    props: () => ({ mappings: [{ ...MAPPINGS[0]!, labels: { item: '$1' } }], variables: { host: 'HOST' } }),
    from: (props) => new StatsdExporter(props),
  },
});

/** A Deployment "shop/web" that sends StatsD. */
function compose(props: StatsdExporterProps = {}, mode?: SidecarMode, ...others: ICompanion[]) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart), { sidecarMode: mode });
  for (const companion of [...others, new StatsdExporter(props)]) {
    pod.add(companion);
  }
  return { chart, pod };
}

const exporter = (props?: StatsdExporterProps) => container(compose(props).chart, 'statsd-exporter') as any;

describe('an exporter of StatsD', () => {
  test('takes StatsD from its pod alone, and tells Prometheus on 9102 as UID 65534', () => {
    const { chart, pod } = compose();
    expect(container(chart, 'statsd-exporter')).toMatchObject({
      args: ['--statsd.listen-udp=127.0.0.1:9125', '--statsd.listen-tcp=127.0.0.1:9125', '--web.listen-address=:9102'],
      ports: [{ containerPort: 9102, name: 'metrics' }],
      securityContext: { runAsUser: 65534 },
    });
    const listeners = pod.network.endpoints.filter(({ port }) => port === 9125);
    expect(listeners.map(({ protocol, loopback }) => [protocol, loopback])).toEqual([
      ['TCP', true],
      ['UDP', true],
    ]);
  });

  test('listens before the main container starts', () => {
    expect(exporter()).toMatchObject({
      restartPolicy: 'Always',
      startupProbe: { httpGet: { path: '/-/ready', port: 9102 }, periodSeconds: 1 },
      livenessProbe: { httpGet: { path: '/-/healthy', port: 9102 } },
    });
    expect(podSpec(compose().chart).initContainers?.map(({ name }) => name)).toEqual(['statsd-exporter']);
  });

  test('is no init container in classic mode, of the pod or its own', () => {
    for (const { chart } of [compose({}, SidecarMode.CLASSIC), compose({ mode: SidecarMode.CLASSIC })]) {
      expect(podSpec(chart).containers.map(({ name }) => name)).toEqual(['app', 'statsd-exporter']);
    }
  });

  test('tells others where it listens in each pod', () => {
    const exporter = new StatsdExporter();
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    pod.add(exporter);
    expect(exporter.endpoint(pod)).toMatchObject({ address: '127.0.0.1:9125', protocol: 'UDP', loopback: true });
    expect(() => new StatsdExporter().endpoint(pod)).toThrow(
      new Error('[shop/web] "statsd-exporter" is not in this pod; call `pod.add` with it first'),
    );
  });

  test('tells the main container where it listens', () => {
    expect(container(compose({ statsdPort: 8125 }).chart, 'app').env).toEqual([
      { name: 'STATSD_HOST', value: '127.0.0.1' },
      { name: 'STATSD_PORT', value: '8125' },
    ]);
  });

  test.each<[StatsdExporterProps, object[] | undefined]>([
    [{ variables: { address: 'STATSD_ADDR' } }, [{ name: 'STATSD_ADDR', value: '127.0.0.1:9125' }]],
    [{ variables: {} }, undefined],
  ])('with %j tells it what it is asked for', (props, env) => {
    expect(container(compose(props).chart, 'app').env).toEqual(env);
  });

  test('tells another container', () => {
    const worker = new Sidecar({ name: 'worker', image: 'a:1', user: 2000 });
    const { chart } = compose({ variables: { container: 'worker', port: 'PORT' } }, undefined, worker);
    expect(container(chart, 'worker').env).toEqual([{ name: 'PORT', value: '9125' }]);
    expect(container(chart, 'app')).not.toHaveProperty('env');
  });

  test('reads its mappings from a ConfigMap', () => {
    const { chart } = compose({ mappings: MAPPINGS });
    expect((container(chart, 'statsd-exporter') as any).args[2]).toBe(
      '--statsd.mapping-config=/statsd-exporter/mapping.yaml',
    );
    const [{ data }] = manifests(chart, 'ConfigMap');
    expect(data['mapping.yaml']).toBe(
      'mappings:\n  - match: shop.*.sold\n    name: sold_total\n    labels:\n      item: $1\n',
    );
  });

  test('takes a whole configuration as it is', () => {
    const mappingConfig = 'defaults:\n  ttl: 5m\n';
    const [{ data }] = manifests(compose({ mappingConfig }).chart, 'ConfigMap');
    expect(data['mapping.yaml']).toBe(mappingConfig);
  });

  test.each<[StatsdExporterProps, string]>([
    [
      { mappings: [], mappingConfig: '' },
      '`mappings` and `mappingConfig` of "statsd-exporter" are both given; pass one of them',
    ],
    [
      { variables: { url: 'STATSD_URL' } },
      '`variables.url` of "statsd-exporter" is to hold a URL of HTTP, which StatsD does not speak; name a variable for `host`, `port` or `address`',
    ],
    [
      { mappings: [{ match: 'a..b', name: 'a' }] },
      'mapping "a..b" of "statsd-exporter" is no glob of parts between dots, each a name or "*"; mend it, or pass `regularExpression: true`',
    ],
  ])('fails with %j', (props, text) => {
    expect(() => new StatsdExporter(props)).toThrow(new Error(`[StatsdExporter] ${text}`));
  });

  test('fails where the main container sends elsewhere', () => {
    const envVariables = { STATSD_HOST: kplus.EnvValue.fromValue('statsd.monitoring') };
    const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, envVariables }] }));
    expect(() => pod.add(new StatsdExporter())).toThrow(
      new Error(
        '[shop/web] environment variable "STATSD_HOST" of container "app" already has another value; set it once or choose another name',
      ),
    );
  });
});

const mapped = (mapping: Mapping) => parse(renderMappings([mapping])).mappings[0];

test.each<[Mapping, object]>([
  [
    { match: 'shop.*.sold', name: 'sold_total', labels: { item: '$1' }, help: 'Sold.' },
    { match: 'shop.*.sold', name: 'sold_total', labels: { item: '$1' }, help: 'Sold.' },
  ],
  [{ match: 'debug.*' }, { match: 'debug.*', action: 'drop', name: 'dropped' }],
  [
    { match: '^a_(.*)$', name: 'a', regularExpression: true },
    { match: '^a_(.*)$', match_type: 'regex', name: 'a' },
  ],
  [
    { match: 'time', name: 'time_seconds', histogramBuckets: [0.1, 1] },
    { match: 'time', name: 'time_seconds', observer_type: 'histogram', histogram_options: { buckets: [0.1, 1] } },
  ],
  [
    { match: 'a', name: 'a', expireAfter: Duration.minutes(5) },
    { match: 'a', name: 'a', ttl: '300s' },
  ],
])('%j is written as the exporter reads it', (mapping, expected) => {
  expect(mapped(mapping)).toEqual(expected);
});

test('mappings keep their order, of which the first counts', () => {
  const matches = ['z', 'a', '*'].map((match) => ({ match, name: 'n' }));
  expect(parse(renderMappings(matches)).mappings.map(({ match }: Mapping) => match)).toEqual(['z', 'a', '*']);
});

test.each<Mapping>([
  { match: '*' },
  { match: 'a-b.*.2xx', name: 'a_$1_b', labels: { code: '$1' } },
  { match: 'a', name: '$1_total' },
  { match: 'a', name: `\${1}` },
  { match: 'a b|c', regularExpression: true },
])('%j is sound', (mapping) => {
  expect(validateMapping(mapping)).toEqual([]);
});

test.each<[Mapping, string]>([
  ...['', '2xx.a', 'a..b', 'a b', 'a.*b', '.a'].map((match): [Mapping, string] => [
    { match },
    'is no glob of parts between dots, each a name or "*"; mend it, or pass `regularExpression: true`',
  ]),
  ...['', '2a', 'a.b', 'a b', '$x'].map((name): [Mapping, string] => [
    { match: 'a', name },
    `gives the name "${name}", which is none of a metric; use letters, digits, "_" and references such as "$1"`,
  ]),
  ...['a', '1a', 'a.b'].map((label): [Mapping, string] => [
    { match: 'a', name: 'b', labels: { [label]: 'x' } },
    `has the label "${label}", which the exporter refuses; use at least two letters, digits or "_", and no digit first`,
  ]),
])('%j is refused', (mapping, text) => {
  expect(validateMapping(mapping)).toEqual([text]);
});
