import { Cron, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { readArgument, readProps } from '../../src/private/read-props';
import { messageOf } from '../support';

test.each<[string, object, string]>([
  [
    'DeploymentProps',
    { restartPolicy: kplus.RestartPolicy.NEVER },
    '`restartPolicy` is Never, and Kubernetes restarts the containers of a Deployment always; leave it out, or use a Job',
  ],
  [
    'StatefulSetProps',
    { restartPolicy: kplus.RestartPolicy.ON_FAILURE },
    '`restartPolicy` is OnFailure, and Kubernetes restarts the containers of a StatefulSet always; leave it out, or use a Job',
  ],
  [
    'DaemonSetProps',
    { restartPolicy: kplus.RestartPolicy.ON_FAILURE },
    '`restartPolicy` is OnFailure, and Kubernetes restarts the containers of a DaemonSet always; leave it out, or use a Job',
  ],
  ['DaemonSetProps', { restartPolicy: kplus.RestartPolicy.ALWAYS }, ''],
  ['PodDnsProps', { nameservers: ['10.0.0.53', 'dns'] }, '`nameservers[1]` is "dns"; pass an IP address'],
  [
    'PodDnsProps',
    { searches: ['UPPER'] },
    '`searches[0]` is "UPPER"; pass a domain of lower-case letters, digits, "-", "_" and "."',
  ],
  [
    'ApiObjectMetadata',
    { finalizers: ['shop'] },
    '`finalizers[0]` is "shop", which has no domain before a "/"; write it as "example.com/name"',
  ],
  [
    'Sysctl',
    { name: 'Net', value: '1' },
    '`name` is "Net", which is no name of a sysctl; write it as "net.core.somaxconn"',
  ],
  [
    'CronJobProps',
    { schedule: Cron.schedule({ hour: '24' }) },
    '`schedule` is "* 24 * * *", which has "24" for the hour; write 0 to 23, "*", a list, a range or a step',
  ],
  [
    'CronJobProps',
    { schedule: Cron.daily(), timeZone: 'Mars/Olympus' },
    '`timeZone` is "Mars/Olympus"; pass a name of the IANA\'s database, such as "Europe/Berlin"',
  ],
  ['ScalingRules', { policies: [] }, '`policies` is empty; pass a policy, or leave it out'],
  [
    'ScalingRules',
    { policies: [{ replicas: kplus.Replicas.absolute(1), duration: Duration.hours(1) }] },
    '`policies[0].duration` is 3600 s; pass 1 to 1800 s',
  ],
  ['ScalingRules', { stabilizationWindow: Duration.hours(2) }, '`stabilizationWindow` is 7200 s; pass 0 to 3600 s'],
])('%s %j', (type, props, problem) => {
  expect(messageOf(() => readProps(type, props, 'shop'))).toBe(problem && `[shop] ${problem}`);
});

test('amounts are what Kubernetes counts', () => {
  const read = (type: string, value: unknown) => messageOf(() => readArgument(type, value, 'shop', 'it'));
  expect(read('Duration', Duration.seconds(1e21))).toBe(
    '[shop] `it` is 1e+24 milliseconds, and Kubernetes counts up to 9007199254740991; pass less',
  );
  expect(read('Size', Size.mebibytes(1e21))).toBe(
    '[shop] `it` is 1.024e+24 kibibytes, and Kubernetes counts up to 9007199254740991; pass less',
  );
  expect(read('Size', Size.tebibytes(64))).toBe('');
});
