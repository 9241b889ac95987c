import { Cron, Duration, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBitOutput, FluentdOutput } from '../../src';
import { readArgument, readProps } from '../../src/private/read-props';
import { messageOf, newChart } from '../support';

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
  [
    'SeccompProfile',
    { type: kplus.SeccompProfileType.LOCALHOST, localhostProfile: '../x' },
    '`localhostProfile` is "../x"; pass a path below the node\'s directory of profiles, without "/" at its beginning and without ".."',
  ],
  [
    'ApiObjectMetadata',
    { annotations: { a: 'ä'.repeat(131072) } },
    '`annotations` are 262145 bytes, more than the 256 KiB that an object may have; keep them in a ConfigMap',
  ],
  ['ApiObjectMetadata', { annotations: { a: 'x'.repeat(262143) } }, ''],
  [
    'ApiObjectMetadata',
    { labels: { constructor: 'a' } },
    '`labels` has the key "constructor", which cdk8s cannot write; pass another',
  ],
  [
    'OwnerReference',
    { apiVersion: 'v1', kind: 'Pod', name: 'shop', uid: '' },
    '`uid` is empty, which Kubernetes refuses; pass that of the owner',
  ],
  ['ContainerOpts', { workingDir: 'C:\\\\app' }, ''],
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

const SECRET = kplus.Secret.fromSecretName(newChart(), 'secret', 'shop-secret');
const { fromValue, fromFieldRef, fromResource, fromSecretValue } = kplus.EnvValue;
const NO_FIELD =
  'which no variable can come from; pass one of metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, or a label or annotation with its key';

test.each<[string, any, string]>([
  [
    'EnvValue',
    fromValue(8080 as any),
    'has the value 8080, and a variable is a text; pass one to `EnvValue.fromValue`',
  ],
  [
    'EnvValue',
    fromValue(Object.create(null)),
    'has the value an object, and a variable is a text; pass one to `EnvValue.fromValue`',
  ],
  ['EnvValue', fromValue(Lazy.any({ produce: () => 'a' }) as any), ''],
  ['EnvValue', new Date(), 'is a Date; pass an EnvValue'],
  ['EnvValue', fromFieldRef('metadata.foo' as any), `comes from field "metadata.foo", ${NO_FIELD}`],
  [
    'EnvValue',
    fromFieldRef(kplus.EnvFieldPaths.POD_LABEL, { key: 'a b' }),
    'comes from label "a b", which must be letters, digits, "-", "_" and ".", with a letter or digit at both ends; pass another key',
  ],
  ['EnvValue', fromFieldRef(kplus.EnvFieldPaths.POD_ANNOTATION, { key: 'Example.com/a' }), ''],
  ['EnvValue', fromFieldRef(kplus.EnvFieldPaths.POD_IPS), ''],
  [
    'EnvValue',
    fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { divisor: '3' }),
    'has `divisor` "3", which is no unit of "limits.cpu"; pass `1` or `1m`',
  ],
  ['EnvValue', fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' }), ''],
  [
    'EnvValue',
    fromResource('limits.gpu' as any),
    'comes from resource "limits.gpu", which is none; pass one of `ResourceFieldPaths`',
  ],
  ['EnvValue', fromSecretValue({ secret: SECRET } as any), 'names no key of the Secret; pass one'],
  ['Cpu', Size.mebibytes(64), 'is a Size; pass a Cpu'],
  ['Cpu', { amount: '64m' }, ''],
  ['FluentBitOutput', FluentdOutput.stdout(), 'is a FluentdOutput; pass a FluentBitOutput'],
  ['FluentBitOutput', FluentBitOutput.stdout(), ''],
  ['CaCertificates', new Date(), 'is a Date; pass a CaCertificates'],
  ['SidecarMode', ['classic'], 'is a list; pass a SidecarMode (values: native, classic)'],
  ['SidecarMode', Object.create(null), 'is an object; pass a SidecarMode (values: native, classic)'],
  ['EnvValue{}', new Map(), 'is a Map; pass an object'],
  ['string{}', process.env, ''],
  ['CpuResources', Duration.seconds(1), 'is a Duration; pass an object'],
  [
    'CpuResources',
    new (class {
      public get request(): unknown {
        return 5;
      }
    })(),
    '`.request` is 5; pass a Cpu',
  ],
])('a value that should be a %s: %#', (type, value, problem) => {
  const message = problem.startsWith('`') ? problem.replace('`', '`it') : problem && `\`it\` ${problem}`;
  expect(messageOf(() => readArgument(type, value, 'shop', 'it'))).toBe(message && `[shop] ${message}`);
});

test('a class is known in every copy of its package, though it has another name there', () => {
  const copy = class a {
    public readonly amount = '64m';
  };
  Object.defineProperty(copy, Symbol.for('jsii.rtti'), { value: { fqn: 'cdk8s-plus-33.Cpu' } });
  expect(messageOf(() => readArgument('Cpu', new copy(), 'shop', 'it'))).toBe('');
});
