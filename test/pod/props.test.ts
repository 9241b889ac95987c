import { Cron, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { MultiContainerPod } from '../../src';
import { APP, deepFreeze, newChart, newDeployment } from '../support';

/** Anything, as plain JavaScript and other languages pass it. */
const untyped = (value: unknown): any => value;

const CHART = newChart();
const SECRET = kplus.Secret.fromSecretName(CHART, 'secret', 'shop-secret');
const MISNAMED = kplus.Secret.fromSecretName(CHART, 'misnamed', 'Shop_Secret');

const KEY =
  'which cannot be a key of a Secret; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning';
const SUBDOMAIN =
  'which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part; pass the name of one';
const LABEL = 'which must be letters, digits, "-", "_" and ".", with a letter or digit at both ends';

const AGENT = { name: 'agent', image: 'acme/agent:1.0.0', user: 1 };

const emptyDir = (name: string) => kplus.Volume.fromEmptyDir(newChart(), name, name);

describe('what the pod is told', () => {
  const compose = () => MultiContainerPod.of(newDeployment(newChart()));

  test.each<[string, (pod: MultiContainerPod) => unknown, string]>([
    ['no companion', (pod) => pod.add(untyped(undefined)), '`companion` is undefined; pass an ICompanion'],
    ['a companion without `bind`', (pod) => pod.add(untyped({})), '`companion` is an object; pass an ICompanion'],
    [
      'a sidecar that is misspelt',
      (pod) => pod.addSidecar(untyped({ name: 'agent', image: 'acme/agent:1.0.0', usr: 1 })),
      '`usr` of container "agent" is no prop of SidecarProps; write `user`',
    ],
    [
      'a path that is none',
      (pod) => pod.storage.share('site').writtenBy('app', untyped(undefined)),
      'mount path "undefined" of container "app" is not absolute; begin it with "/"',
    ],
    [
      'a command that is none',
      (pod) => pod.addSidecar({ ...AGENT, liveness: kplus.Probe.fromCommand(untyped('ls -l')) }),
      '`liveness` of container "agent" runs a command that is no list of texts; pass the command and its arguments',
    ],
    [
      'no command',
      (pod) => pod.addSidecar({ ...AGENT, liveness: kplus.Probe.fromCommand(untyped(undefined)) }),
      '`liveness` of container "agent" runs an empty command, which Kubernetes refuses; pass the command and its arguments',
    ],
    [
      'the scheme of a probe',
      (pod) =>
        pod.addSidecar({ ...AGENT, liveness: kplus.Probe.fromHttpGet('/', { port: 1, scheme: untyped('http') }) }),
      '`liveness` of container "agent" has `scheme` "http"; pass a ConnectionScheme (values: HTTP, HTTPS)',
    ],
    [
      'no failures of a probe',
      (pod) => pod.addSidecar({ ...AGENT, liveness: kplus.Probe.fromTcpSocket({ port: 1, failureThreshold: 0 }) }),
      '`liveness` of container "agent" has `failureThreshold` 0, in place of which Kubernetes takes its default; pass 1 or more, or leave it out',
    ],
    [
      'a directory of none',
      (pod) => pod.addSidecar({ ...AGENT, workingDir: 'srv' }),
      '`workingDir` of container "agent" is "srv", with which no container starts; pass an absolute path',
    ],
    [
      'a change by no pods',
      (pod) =>
        pod.scaleOnCpu({
          ...{ averageUtilization: 50, maxReplicas: 3 },
          scaleUp: { policies: [{ replicas: kplus.Replicas.absolute(0) }] },
        }),
      '`scaleUp.policies[0].replicas` is 0; pass a whole number above 0',
    ],
    ['no variable', (pod) => pod.addEnv('app', 'A', untyped(undefined)), '`value` is undefined; pass an EnvValue'],
    [
      'a variable without a name',
      (pod) => pod.addEnv('app', untyped(undefined), kplus.EnvValue.fromValue('a')),
      '`name` is undefined; pass a text',
    ],
    [
      'a variable that kubectl cannot read',
      (pod) => pod.addEnv('app', 'GREETING', kplus.EnvValue.fromValue('first\u2028second')),
      '`value` holds U+2028, which kubectl does not read in YAML; remove it',
    ],
    ['a volume without a name', (pod) => pod.storage.share(untyped(undefined)), '`name` is undefined; pass a text'],
    [
      'a path out of its volume',
      (pod) => pod.storage.mount('app', '/site', emptyDir('site'), { subPath: '/site' }),
      '`subPath` of the mount "/site" of container "app" is "/site"; pass a path in the volume, without "/" at its beginning and without ".."',
    ],
    [
      'the name of a volume',
      (pod) => pod.storage.mount('app', '/site', emptyDir('My_Site')),
      'volume name "My_Site" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
    ],
    [
      'a negative number of pods',
      (pod) => pod.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.absolute(-1) }),
      '`minAvailable` is -1; pass a whole number of pods, or 0 to 100 percent',
    ],
    [
      'a number of pods beyond 32 bits',
      (pod) => pod.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.absolute(2 ** 31) }),
      '`minAvailable` is 2147483648; pass a whole number of pods, or 0 to 100 percent',
    ],
    [
      'more than all pods',
      (pod) => pod.keepAvailable({ maxUnavailable: kplus.PercentOrAbsolute.percent(150) }),
      '`maxUnavailable` is 150%; pass a whole number of pods, or 0 to 100 percent',
    ],
    [
      'the key of a label',
      (pod) => pod.monitor('http', { labels: { 'a b': 'c' } }),
      `\`labels\` has the key "a b", ${LABEL}; pass another`,
    ],
    [
      'a Service that leads elsewhere',
      (pod) => pod.expose({ serviceType: kplus.ServiceType.EXTERNAL_NAME }),
      '`serviceType` ExternalName leads out of the cluster, and not to a pod; pass another',
    ],
    ['the rotation of no files', (pod) => pod.logs.rotationOf(untyped(null)), '`files` is null; pass a LogFiles'],
    [
      'a port name twice',
      (pod) =>
        pod.addSidecar({
          ...{ name: 'agent', image: 'acme/agent:1.0.0', user: 1 },
          ports: [
            { number: 1, name: 'a' },
            { number: 2, name: 'a' },
          ],
        }),
      'port name "a" stands twice in the `ports` of container "agent"; pass another name',
    ],
  ])('fails at the call, such as %s', (_, tell, message) => {
    expect(() => tell(compose())).toThrow(new Error(`[shop/web] ${message}`));
  });

  test('may be a variable of "0", or a list that is empty', () => {
    const pod = compose();
    pod.addEnv('app', 'A', kplus.EnvValue.fromValue(''));
    pod.addSidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 1, args: [], envVariables: {}, ports: undefined });
    expect(() => Testing.synth(untyped(pod.workload.node.scope))).not.toThrow();
  });
});

describe('what cdk8s-plus was told', () => {
  const app = (more: kplus.ContainerOpts) => ({ containers: [deepFreeze({ ...APP, ...untyped(more) })] });

  test.each<[string, kplus.DeploymentProps, string]>([
    [
      'a user',
      app({ securityContext: { user: 4294967295 } }),
      '`securityContext.user` of container "app" is 4294967295; pass a whole number from 0 to 2147483647',
    ],
    [
      'the group of files',
      { securityContext: { fsGroup: 4294967295 } },
      '`securityContext.fsGroup` of the pod is 4294967295; pass a whole number from 0 to 2147483647',
    ],
    [
      'a request above its limit',
      app({ resources: { cpu: { request: kplus.Cpu.units(2), limit: kplus.Cpu.units(1) } } }),
      '`resources.cpu` of container "app" has a `request` of 2 above its `limit` of 1; request less, or raise the limit',
    ],
    [
      'ephemeral storage',
      app({ resources: { ephemeralStorage: { request: Size.mebibytes(512) } } }),
      '`resources.ephemeralStorage` of container "app" has 512 MiB, and cdk8s-plus writes whole gibibytes alone; pass those, or add the container through the pod',
    ],
    [
      'memory',
      app({ resources: { memory: { limit: Size.kibibytes(1500) } } }),
      '`resources.memory` of container "app" has 1500 KiB, and cdk8s-plus writes whole mebibytes alone; pass those, or add the container through the pod',
    ],
    [
      'an empty command',
      app({ liveness: kplus.Probe.fromCommand([]) }),
      '`liveness` of container "app" runs an empty command, which Kubernetes refuses; pass the command and its arguments',
    ],
    [
      'a probe of half a second',
      app({ liveness: kplus.Probe.fromCommand(['a'], { periodSeconds: Duration.millis(500) }) }),
      '`liveness` of container "app" cannot be written (\'500 millis\' cannot be converted into a whole number of seconds.); pass durations of whole seconds',
    ],
    [
      'a seccomp profile without a file',
      app({ securityContext: { user: 1, seccompProfile: { type: kplus.SeccompProfileType.LOCALHOST } } }),
      '`securityContext.seccompProfile.localhostProfile` of container "app" is missing, and a profile of type Localhost is a file of the node; pass its path',
    ],
    [
      'no image',
      app({ image: '' } as object),
      '`image` "" of container "app" is no image name; pass one such as "registry.example.com/team/app:1.4"',
    ],
    [
      'an argument',
      app({ args: ['a\u2028'] }),
      '`args[0]` of container "app" holds U+2028, which kubectl does not read in YAML; remove it',
    ],
    [
      'a label',
      { podMetadata: { labels: { a: 'x\u2028' } } },
      '`labels.a` of the pod template holds U+2028, which kubectl does not read in YAML; remove it',
    ],
    [
      'an annotation',
      { metadata: { annotations: { a: 'x\u0085' } } },
      '`annotations.a` of the workload holds U+0085, which kubectl does not read in YAML; remove it',
    ],
    [
      'a name that is undefined',
      { metadata: { name: undefined } },
      'the workload has no name in its manifest; give `metadata.name` a value, or leave it out',
    ],
    [
      'no name server',
      { dns: { policy: kplus.DnsPolicy.NONE } },
      '`dns.nameservers` of the pod is empty, and DnsPolicy.NONE takes at least one; pass the address of a name server',
    ],
    [
      'a name in the DNS',
      { dns: { subdomain: 'Shop_1' } },
      '`subdomain` of the pod is "Shop_1", which must be lower-case letters, digits and "-", with a letter or digit at both ends; pass another',
    ],
    [
      'a host',
      { hostAliases: [{ ip: 'localhost', hostnames: ['a'] }] },
      '`hostAliases[0].ip` of the pod is "localhost"; pass an IP address',
    ],
    [
      'parts of seconds',
      { terminationGracePeriod: Duration.millis(1500) },
      '`terminationGracePeriod` of the workload is 1500 ms, and cdk8s-plus writes whole seconds alone; pass a Duration of seconds',
    ],
    [
      'an image of too many letters',
      app({ image: `registry.example.com/${'x'.repeat(256)}:1.0.0` } as object),
      `\`image\` "registry.example.com/${'x'.repeat(256)}:1.0.0" of container "app" has a repository of 256 characters, and at most 255 are allowed; pass one such as "registry.example.com/team/app:1.4"`,
    ],
    [
      'a share of pods',
      { strategy: kplus.DeploymentStrategy.rollingUpdate({ maxUnavailable: kplus.PercentOrAbsolute.percent(150) }) },
      '`strategy.maxUnavailable` of the workload is 150%; pass 0 to 100 percent, or a whole number of pods',
    ],
  ])('is reported by the synth with its place, such as %s', (_, props, message) => {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart, props));
    expect(() => Testing.synth(chart)).toThrow(
      new Error(`Validation failed with the following errors:\n  [shop/web] ${message}`),
    );
  });

  test.each<[string, (container: kplus.Container) => void, string]>([
    [
      'the name of a variable',
      ({ env }) => env.addVariable('größe', kplus.EnvValue.fromValue('x')),
      '`envVariables` of container "app" has the name "größe", which Kubernetes does not take; use printable ASCII characters other than "="',
    ],
    [
      'a variable',
      ({ env }) => env.addVariable('A', kplus.EnvValue.fromValue('x\u2028')),
      '`envVariables.A` of container "app" holds U+2028, which kubectl does not read in YAML; remove it',
    ],
    [
      'the key of a Secret',
      ({ env }) => env.addVariable('A', kplus.EnvValue.fromSecretValue({ secret: SECRET, key: 'a/b' })),
      `\`envVariables.A\` of container "app" names key "a/b", ${KEY}`,
    ],
    [
      'the name of a Secret',
      ({ env }) => env.copyFrom(kplus.Env.fromSecret(MISNAMED)),
      `\`envFrom[0]\` of container "app" names Secret "Shop_Secret", ${SUBDOMAIN}`,
    ],
    [
      'a path out of its volume',
      (container) => container.mount('/x', emptyDir('v'), { subPath: '../a' }),
      '`volumeMounts[0].subPath` of container "app" is "../a"; pass a path in the volume, without "/" at its beginning and without ".."',
    ],
    [
      'the name of a volume',
      (container) => container.mount('/x', emptyDir('My_Vol')),
      'volume name "My_Vol" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
    ],
    [
      'two volumes of one name',
      (container) => {
        container.mount('/x', emptyDir('v'));
        container.mount('/y', emptyDir('v'));
      },
      'volume name "v" stands for another volume in container "app" than in container "app"; pass one volume, or another name',
    ],
  ])('is reported whoever made the container, such as %s', (_, tell, message) => {
    const made = newChart();
    const plus = newDeployment(made, { containers: [{ name: 'app', image: 'acme/app:1.0.0' }] });
    MultiContainerPod.of(plus);
    tell(plus.containers[0]!);
    expect(() => Testing.synth(made)).toThrow(
      new Error(`Validation failed with the following errors:\n  [shop/web] ${message}`),
    );
    const added = newChart();
    const pod = MultiContainerPod.of(newDeployment(added, { containers: [] }));
    tell(pod.addMainContainer({ name: 'app', image: 'acme/app:1.0.0', user: 1000 }));
    expect(() => Testing.synth(added)).toThrow(
      new Error(`Validation failed with the following errors:\n  [shop/web] ${message}`),
    );
  });

  test.each<[string, kplus.AbstractPod]>([
    ['Job', new kplus.Job(newChart(), 'web', { containers: [APP], restartPolicy: undefined })],
    [
      'CronJob',
      new kplus.CronJob(newChart(), 'web', {
        ...{ containers: [APP], schedule: Cron.hourly() },
        restartPolicy: kplus.RestartPolicy.ALWAYS,
      }),
    ],
  ])('is reported where a %s would be restarted always', (kind, workload) => {
    MultiContainerPod.of(workload);
    expect(() => Testing.synth(untyped(workload.node.scope))).toThrow(
      `[shop/web] \`restartPolicy\` of the pod is Always, and a ${kind} takes OnFailure or Never alone; pass one of them`,
    );
  });
});

test.each<[string, (scope: Construct) => kplus.Volume, string]>([
  [
    'a path out of a directory of the node',
    (scope) => kplus.Volume.fromHostPath(scope, 'v', 'v', { path: '/a/../b' }),
    '`hostPath` of volume "v" has `path` "/a/../b"; pass a path of the node without ".."',
  ],
  [
    'a type of a path',
    (scope) => kplus.Volume.fromHostPath(scope, 'v', 'v', { path: '/a', type: untyped('Folder') }),
    '`hostPath` of volume "v" has `type` "Folder"; pass one of DirectoryOrCreate, Directory, FileOrCreate, File, Socket, CharDevice, BlockDevice, or none',
  ],
  [
    'a medium',
    (scope) => kplus.Volume.fromEmptyDir(scope, 'v', 'v', { medium: untyped('Ram') }),
    '`medium` of volume "v" is "Ram"; pass "Memory", or leave it out',
  ],
  [
    'a file without a path',
    (scope) => kplus.Volume.fromSecret(scope, 'v', SECRET, { name: 'v', items: { a: untyped({}) } }),
    '`items.a.path` of volume "v" is undefined; pass a path in the volume, without "/" at its beginning and without ".."',
  ],
])('what a volume of cdk8s-plus was told is reported, such as %s', (_, make, message) => {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart)).storage.mount('app', '/v', make(chart));
  expect(() => Testing.synth(chart)).toThrow(
    new Error(`Validation failed with the following errors:\n  [shop/web] ${message}`),
  );
});
