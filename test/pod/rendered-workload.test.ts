import { ApiObject, Cron, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from '../../src';
import { MAX_INT } from '../../src/private/values';
import { APP, newChart, newDeployment } from '../support';

/** The problems of a Deployment of cdk8s-plus. */
function problemsOf(props: kplus.DeploymentProps, change?: (deployment: kplus.Deployment) => void): string[] {
  const deployment = newDeployment(newChart(), { containers: [APP], ...props });
  MultiContainerPod.of(deployment);
  change?.(deployment);
  return deployment.node.validate();
}

/** Those of its only container. */
function problemsOfContainer(props: Partial<kplus.ContainerProps>): string[] {
  return problemsOf({ containers: [{ ...APP, ...props }] });
}

/** Those of a volume. */
function problemsOfVolume(create: (scope: kplus.Deployment) => kplus.Volume): string[] {
  return problemsOf({}, (deployment) => deployment.addVolume(create(deployment)));
}

function patch(path: string, value: unknown): (deployment: kplus.Deployment) => void {
  return (deployment) => ApiObject.of(deployment).addJsonPatch(JsonPatch.add(path, value));
}

describe('what a user gives cdk8s-plus, and the API server would refuse, is reported', () => {
  test('of the metadata', () => {
    expect(problemsOf({ metadata: { name: undefined } })).toEqual([
      'the workload has no name in its manifest; give `metadata.name` a value, or leave it out',
    ]);
    const finalizers = patch('/spec/template/metadata/finalizers', ['kubernetes', 'example.com/gone', 'shop']);
    expect(problemsOf({}, finalizers)).toEqual([
      '`finalizers[2]` of the pod template is "shop", which has no domain before a "/"; write it as "example.com/name"',
    ]);
    expect(problemsOf({}, patch('/metadata/finalizers', ['a b/c']))).toEqual([
      '`finalizers[0]` of the workload is "a b/c", which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part before the "/"; write it as "example.com/name"',
    ]);
  });

  test('of the workload', () => {
    expect(problemsOf({ select: false })).toEqual([
      'the workload selects no labels, so it would have no pods; leave `select` out, or call `select`',
    ]);
    expect(problemsOf({ replicas: -1 })).toEqual([
      '`replicas` of the workload is -1; pass a whole number from 0 to 2147483647',
    ]);
    expect(problemsOf({ terminationGracePeriod: Duration.seconds(Number.NaN) })).toEqual([
      '`terminationGracePeriod` of the workload is NaN milliseconds; pass a number of them',
    ]);
    expect(problemsOf({}, patch('/spec/minReadySeconds', 0.5))).toEqual([
      '`minReadySeconds` of the workload is 0.5; pass a whole number from 0 to 2147483647',
    ]);
    expect(problemsOf({ restartPolicy: kplus.RestartPolicy.NEVER })).toEqual([
      '`restartPolicy` of the pod is Never, and Kubernetes restarts the containers of a Deployment always; leave it out, or use a Job',
    ]);
  });

  test('of a Job, and of the times of a CronJob', () => {
    const cronJob = new kplus.CronJob(newChart(), 'workload', {
      schedule: Cron.schedule({ hour: '24' }),
      timeZone: 'Mars/Olympus',
      restartPolicy: kplus.RestartPolicy.ALWAYS,
      containers: [APP],
    });
    MultiContainerPod.of(cronJob);
    expect(cronJob.node.validate()).toEqual([
      '`schedule` of the workload is "* 24 * * *", which has "24" for the hour; write 0 to 23, "*", a list, a range or a step',
      '`timeZone` of the workload is "Mars/Olympus"; pass a name of the IANA\'s database, such as "Europe/Berlin"',
      '`restartPolicy` of the pod is Always, and a CronJob takes OnFailure or Never alone; pass one of them',
    ]);
    const job = new kplus.Job(newChart(), 'workload', { backoffLimit: 3, containers: [APP] });
    MultiContainerPod.of(job);
    ApiObject.of(job).addJsonPatch(JsonPatch.remove('/spec/template/spec/restartPolicy'));
    expect(job.node.validate()).toEqual([
      '`restartPolicy` of the pod is left out, which means Always, and a Job takes OnFailure or Never alone; pass one of them',
    ]);
  });

  test('of the pod', () => {
    const dns = {
      nameservers: ['10.0.0.53', 'dns'],
      searches: ['.', '_tcp.example.com.', 'UPPER'],
      options: [{ name: '' }],
    };
    const hostAliases = [
      { ip: '', hostnames: ['db.example.com'] },
      { ip: '::1', hostnames: ['db', 'a_b'] },
    ];
    expect(problemsOf({ dns, hostAliases })).toEqual([
      '`hostAliases[0].ip` of the pod is ""; pass an IP address',
      '`hostAliases[1].hostnames[1]` of the pod is "a_b", which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part; pass another',
      '`dns.nameservers[1]` of the pod is "dns"; pass an IP address',
      '`dns.searches[2]` of the pod is "UPPER"; pass a domain of lower-case letters, digits, "-", "_" and "."',
      'an option in `dns` of the pod has an empty name; give it one',
    ]);
    const sysctls = ['net.core.somaxconn', 'Net', 'net.core.somaxconn'].map((name) => ({ name, value: '1' }));
    expect(problemsOf({ securityContext: { sysctls } })).toEqual([
      '`securityContext.sysctls[1]` of the pod is "Net", which is no name of a sysctl; write it as "net.core.somaxconn"',
      '`securityContext.sysctls` of the pod has "net.core.somaxconn" twice; keep one of them',
    ]);
    expect(problemsOf({ securityContext: { fsGroup: 1.5 } })).toEqual([
      '`securityContext.fsGroup` of the pod is 1.5; pass a whole number from 0 to 2147483647',
    ]);
    expect(problemsOf({}, patch('/spec/template/spec/serviceAccountName', 'Robot'))).toEqual([
      '`serviceAccount` of the pod is "Robot", which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part; pass another',
    ]);
  });

  test('but for numbers that may be below zero', () => {
    const tolerations = [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: -1 }];
    expect(problemsOf({}, patch('/spec/template/spec/tolerations', tolerations))).toEqual([]);
    expect(problemsOf({}, patch('/spec/template/spec/priority', -MAX_INT))).toEqual([]);
    expect(problemsOf({}, patch('/spec/template/spec/terminationGracePeriodSeconds', 2 ** 40))).toEqual([]);
  });

  test('of volumes', () => {
    const { Volume, Secret, AzureDiskPersistentVolumeKind } = kplus;
    expect(problemsOfVolume((scope) => Volume.fromAzureDisk(scope, 'disk', 'data', '/subscriptions/a'))).toEqual([
      '`azureDisk` of volume "azuredisk-data" has `diskURI` "/subscriptions/a" with `kind` Shared; pass one that begins with "https://", or the kind that the disk has',
    ]);
    expect(
      problemsOfVolume((scope) =>
        Volume.fromAzureDisk(scope, 'disk', 'data', '/subscriptions/a', {
          kind: AzureDiskPersistentVolumeKind.MANAGED,
        }),
      ),
    ).toEqual([]);
    expect(problemsOfVolume((scope) => Volume.fromCsi(scope, 'csi', ''))).toEqual([
      '`csi.driver` of volume "shop-web-csi-c80b2a96" is "", which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part; pass another',
    ]);
    const options = { defaultMode: 0o1000, items: { key: { path: 'file', mode: 0o400 } } };
    expect(problemsOfVolume((scope) => Volume.fromNfs(scope, 'nfs', 'nfs', { server: 'nas', path: 'data' }))).toEqual([
      '`nfs.path` of volume "nfs" is "data"; pass a path that begins with "/"',
    ]);
    expect(problemsOfVolume((scope) => Volume.fromNfs(scope, 'nas', 'nas', { server: '', path: '/data' }))).toEqual([
      '`nfs.server` of volume "nas" is ""; pass the server',
    ]);
    const names = { items: { 'a b': { path: '../file' } } };
    expect(
      problemsOfVolume((scope) =>
        Volume.fromSecret(scope, 'files', Secret.fromSecretName(scope, 'secret', 'keys'), names),
      ),
    ).toEqual([
      '`items` of volume "secret-keys" has key "a b"; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning',
      '`items.a b.path` of volume "secret-keys" is "../file"; pass a path in the volume, without "/" at its beginning and without ".."',
    ]);
    expect(
      problemsOfVolume((scope) =>
        Volume.fromSecret(scope, 'files', Secret.fromSecretName(scope, 'secret', 'keys'), options),
      ),
    ).toEqual(['`mode` of volume "secret-keys" is 512; pass a whole number from 0 to 511, such as 0o440']);
    expect(
      problemsOfVolume((scope) => Volume.fromEmptyDir(scope, 'dir', 'cache', { sizeLimit: Size.mebibytes(1e21) })),
    ).toEqual([
      '`sizeLimit` of volume "cache" is "1e+21Mi", which is no amount; pass one such as "1", "500m" or "64Mi"',
    ]);
  });

  test('of containers', () => {
    expect(problemsOfContainer({ image: ' nginx' })).toEqual([
      '`image` " nginx" of container "app" begins or ends with a blank; pass one such as "registry.example.com/team/app:1.4"',
    ]);
    expect(problemsOfContainer({ securityContext: { privileged: true } })).toEqual([
      'container "app" is privileged, and `allowPrivilegeEscalation` is false, which contradicts it; pass true for both, or for none',
    ]);
    expect(
      problemsOf({}, (deployment) => deployment.addInitContainer({ ...APP, name: 'init', portNumber: 70000 })),
    ).toEqual(['port 70000 of container "init" is not a port number; pass an integer from 1 to 65535']);
    const CPU = kplus.ResourceFieldPaths.CPU_LIMIT;
    const envVariables = {
      LIMIT: kplus.EnvValue.fromResource(CPU, { divisor: 'shop' }),
      NAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME, { apiVersion: 'v2' }),
    };
    expect(problemsOfContainer({ envVariables })).toEqual([
      '`divisor` of variable "LIMIT" of container "app" is "shop", which is no amount; pass one such as "1", "500m" or "64Mi"',
      'variable "NAME" of container "app" has `apiVersion` "v2"; leave it out, or pass "v1"',
    ]);
    const propagation = kplus.MountPropagation.BIDIRECTIONAL;
    expect(
      problemsOf({ containers: [{ ...APP, volumeMounts: [] }] }, (deployment) => {
        const volume = kplus.Volume.fromEmptyDir(deployment, 'dir', 'cache');
        deployment.containers[0]!.mount('/cache', volume, { propagation });
      }),
    ).toEqual([
      'the mount at "/cache" of container "app" has propagation Bidirectional, which Kubernetes gives privileged containers alone; pass another',
    ]);
    expect(
      problemsOf(
        {},
        patch('/spec/template/spec/containers/0/resources', {
          limits: { cpu: kplus.k8s.Quantity.fromString('1 core') },
        }),
      ),
    ).toEqual([
      '`resources.cpu` of container "app" is "1 core", which is no amount; pass one such as "1", "500m" or "64Mi"',
    ]);
  });

  test('of the Service that cdk8s-plus makes for a StatefulSet', () => {
    const ports = [{ number: 80, name: 'http' }, { number: 9000 }];
    const chart = newChart();
    MultiContainerPod.of(
      new kplus.StatefulSet(chart, 'web', { containers: [{ ...APP, portNumber: undefined, ports }] }),
    );
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] Service "shop-web-service-c8566fa4" has 2 ports, of which 9000 has no name, and Kubernetes wants one for each; name the ports of the container, or pass the Service ports with names',
      ),
    );
  });
});
