import { Cron, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type ApplicationProps,
  AppWithDatabaseProxyDeployment,
  CronJobWithLogAgent,
  JobWithLogAgent,
  LogFiles,
  PgBouncer,
  PgBouncerCredentials,
  WebWithAuthProxyDeployment,
  WebWithLogAgentDeployment,
  WebWithLogAgentPod,
} from '../../src';
import { newChart, podSpec } from '../support';

/** Anything, as plain JavaScript and other languages pass it. */
const untyped = (value: unknown): any => value;

const JOB = {
  job: { name: 'report', image: 'acme/report:1.0.0', user: 1000 },
  logs: LogFiles.inDirectory('/var/log/report', { pattern: '*.log' }),
};
const APP: ApplicationProps = { name: 'app', image: 'acme/app:1.0.0', user: 1000, port: 8080 };

function createProxy(): PgBouncer {
  const secret = kplus.Secret.fromSecretName(newChart(), 'secret', 'shop-secret');
  const credentials = PgBouncerCredentials.ofUser('shop', { secret, key: 'password' });
  return new PgBouncer({ databases: [{ name: 'shop', host: 'postgres' }], credentials });
}

test.each<[string, () => unknown, string]>([
  [
    'a missing one',
    () => new WebWithAuthProxyDeployment(newChart(), 'web', untyped({})),
    '`authProxy` is missing; pass an ICompanion',
  ],
  [
    'a missing schedule',
    () => new CronJobWithLogAgent(newChart(), 'web', untyped(JOB)),
    '`schedule` is missing; pass a Cron',
  ],
  [
    'a misspelt one',
    () => new WebWithLogAgentDeployment(newChart(), 'web', untyped({ replica: 2 })),
    '`replica` is no prop of WebWithLogAgentDeploymentProps; write `replicas`',
  ],
  [
    'NaN',
    () => new WebWithLogAgentDeployment(newChart(), 'web', { replicas: Number.NaN }),
    '`replicas` is NaN; pass a number',
  ],
  [
    'an undefined item',
    () => new WebWithLogAgentDeployment(newChart(), 'web', { containers: [untyped(undefined)] }),
    '`containers[0]` is undefined; pass an object, or a list without it',
  ],
  [
    'a label',
    () => new WebWithLogAgentDeployment(newChart(), 'web', { podMetadata: { labels: { a: 'x\u2028' } } }),
    '`podMetadata.labels.a` holds U+2028, which kubectl does not read in YAML; remove it',
  ],
  [
    'a deadline',
    () =>
      new WebWithLogAgentDeployment(newChart(), 'web', {
        minReady: Duration.seconds(30),
        progressDeadline: Duration.seconds(30),
      }),
    '`progressDeadline` is 30 s, no longer than the 30 s of `minReady`; pass more, so that pods can be ready in time',
  ],
  [
    'no name server',
    () => new WebWithLogAgentDeployment(newChart(), 'web', { dns: { policy: kplus.DnsPolicy.NONE } }),
    '`dns.nameservers` is empty, and DnsPolicy.NONE takes at least one; pass the address of a name server',
  ],
  [
    'a Job that is restarted always',
    () => new JobWithLogAgent(newChart(), 'web', { ...JOB, restartPolicy: kplus.RestartPolicy.ALWAYS }),
    '`restartPolicy` is Always, and a Job takes OnFailure or Never alone; pass one of them',
  ],
  [
    'a second port of the name "http"',
    () =>
      new AppWithDatabaseProxyDeployment(newChart(), 'web', {
        app: { ...APP, ports: [{ number: 9090, name: 'http' }] },
        databaseProxy: createProxy(),
      }),
    '`ports` names 9090 "http", and that is the name of `port` 8080; pass another name',
  ],
])('a pattern fails with %s', (_, make, message) => {
  expect(make).toThrow(new Error(`[shop/web] ${message}`));
});

test('a pattern counts as left out what is undefined', () => {
  const synth = (add: (chart: ReturnType<typeof newChart>) => unknown) => {
    const chart = newChart();
    add(chart);
    return Testing.synth(chart);
  };
  const empty = { metadata: { name: undefined }, podMetadata: undefined, restartPolicy: undefined };
  expect(synth((chart) => new WebWithLogAgentPod(chart, 'web', empty))).toEqual(
    synth((chart) => new WebWithLogAgentPod(chart, 'web')),
  );
  expect(synth((chart) => new JobWithLogAgent(chart, 'web', { ...JOB, ...empty }))).toEqual(
    synth((chart) => new JobWithLogAgent(chart, 'web', JOB)),
  );
  const cron = { ...JOB, schedule: Cron.hourly() };
  expect(synth((chart) => new CronJobWithLogAgent(chart, 'web', { ...cron, ...empty }))).toEqual(
    synth((chart) => new CronJobWithLogAgent(chart, 'web', cron)),
  );
});

test('an application may list its own port, by its name or another', () => {
  const chart = newChart();
  new AppWithDatabaseProxyDeployment(chart, 'web', {
    app: {
      ...APP,
      ports: [
        { number: 8080, name: 'http' },
        { number: 9090, name: 'admin' },
      ],
    },
    databaseProxy: createProxy(),
  });
  expect(podSpec(chart).containers[0]!.ports).toEqual([
    { containerPort: 8080, name: 'http' },
    { containerPort: 9090, name: 'admin' },
  ]);
});
