import { ApiObject, type Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, InitContainer, LogFiles, MultiContainerPod, Sidecar } from '../../../src';
import { APP, newChart, newDeployment, podSpec } from '../../support';

const SIGNER = { name: 'signer', image: 'acme/signer:1.0.0', user: 6000 };

type Compose = (chart: Chart) => kplus.Volume;

const strict: Compose = (chart) =>
  kplus.Volume.fromSecret(chart, 'files', kplus.Secret.fromSecretName(chart, 'key', 'signing-key'), {
    name: 'files',
    defaultMode: 0o400,
  });
const claim: Compose = (chart) => {
  const data = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data');
  return kplus.Volume.fromPersistentVolumeClaim(chart, 'data', data, { name: 'data' });
};
const node: Compose = (chart) =>
  kplus.Volume.fromHostPath(chart, 'logs', 'logs', {
    path: '/var/log/billing',
    type: kplus.HostPathVolumeType.DIRECTORY_OR_CREATE,
  });

function problemsOf(chart: Chart): string[] {
  try {
    Testing.synth(chart);
    return [];
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split('\n');
    return lines.length > 0 ? lines.map((line) => line.trim()) : [first!];
  }
}

/** A Deployment "shop/web" of user 1000 with a sidecar of user 6000 that mounts volumes. */
function mount(volumes: readonly Compose[], props: kplus.DeploymentProps = {}, readOnly = false) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, props));
  const volumeMounts = volumes.map((make, index) => ({ path: `/mnt/${index}`, volume: make(chart), readOnly }));
  pod.add(new Sidecar({ ...SIGNER, volumeMounts }));
  return { chart, pod, security: () => podSpec(chart).securityContext };
}

describe('a Secret of root alone', () => {
  test('is given to a group, as the container that mounts it could not read it', () => {
    expect(mount([strict], {}, true).security()).toMatchObject({ fsGroup: 1000, fsGroupChangePolicy: 'Always' });
  });

  test('keeps the group that the workload states, or a patch', () => {
    expect(mount([strict], { securityContext: { fsGroup: 7 } }).security()).toMatchObject({ fsGroup: 7 });
    const { pod, security } = mount([strict]);
    ApiObject.of(pod.workload).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/fsGroup', 8));
    expect(security()).toMatchObject({ fsGroup: 8 });
  });

  test('is given to a group beside a directory of the node, whose files that leaves alone', () => {
    expect(mount([strict, node]).security()).toMatchObject({ fsGroup: 1000 });
  });

  test('fails where the group would take over files that are kept for others', () => {
    const { chart, pod } = mount([strict], {}, true);
    pod.storage.mount('app', '/data', claim(chart), { readOnly: true });
    expect(problemsOf(chart)).toEqual([
      '[shop/web] container "signer" (user 6000) cannot read the files of volume "files", which belong to root with mode 0400; set `securityContext.fsGroup` of the workload, whose group may then read them, or give the files mode 0444',
    ]);
  });

  test.each(['fsGroup', 'mode'])('is in order once the advice is followed: %s', (advice) => {
    const all: Compose = (chart) =>
      kplus.Volume.fromSecret(chart, 'files', kplus.Secret.fromSecretName(chart, 'key', 'signing-key'), {
        defaultMode: 0o444,
      });
    const { chart, pod } =
      advice === 'mode' ? mount([all], {}, true) : mount([strict], { securityContext: { fsGroup: 7 } }, true);
    pod.storage.mount('app', '/data', claim(chart), { readOnly: true });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('gets no group where root reads it', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const volumeMounts = [{ path: '/keys', volume: strict(chart), readOnly: true }];
    pod.add(new Sidecar({ ...SIGNER, user: 0, securityContext: { ensureNonRoot: false }, volumeMounts }));
    expect(podSpec(chart).securityContext).not.toHaveProperty('fsGroup');
  });
});

describe('a claim that a container without root writes', () => {
  test('is given to a group once, and not at each start', () => {
    expect(mount([claim]).security()).toMatchObject({ fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('is given to a group together with a Secret of root alone', () => {
    expect(mount([claim, strict]).security()).toMatchObject({ fsGroup: 1000 });
  });

  describe('of a template of a StatefulSet', () => {
    /** A StatefulSet with a claim "queue" for each pod, beside a sidecar of another user. */
    function newStatefulSet() {
      const chart = newChart();
      const service = new kplus.Service(chart, 'service', { ports: [{ port: 8080 }] });
      const stateful = new kplus.StatefulSet(chart, 'web', { containers: [APP], service });
      const pod = MultiContainerPod.of(stateful);
      pod.add(new Sidecar(SIGNER));
      const template = { metadata: { name: 'queue' }, spec: { accessModes: ['ReadWriteOnce'] } };
      ApiObject.of(stateful).addJsonPatch(JsonPatch.add('/spec/volumeClaimTemplates', [template]));
      return { chart, pod, stateful };
    }

    test('is given to a group', () => {
      const { chart, stateful } = newStatefulSet();
      const queue = { name: 'queue', mountPath: '/queue' };
      const path = '/spec/template/spec/initContainers/0/volumeMounts';
      ApiObject.of(stateful).addJsonPatch(JsonPatch.add(path, [queue]));
      expect(podSpec(chart).securityContext).toMatchObject({ fsGroup: 1000 });
    });

    test('is given to a group where it takes the place of an `emptyDir` of its name', () => {
      const { chart, pod } = newStatefulSet();
      pod.storage.mount('signer', '/queue', kplus.Volume.fromEmptyDir(chart, 'queue', 'queue'));
      expect(podSpec(chart).securityContext).toMatchObject({ fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' });
    });
  });

  test.each<[string, kplus.DeploymentProps, boolean]>([
    ['is only read', {}, true],
    [
      'is prepared by an init container of root',
      {
        initContainers: [
          { name: 'chown', image: 'acme/chown:1.0.0', securityContext: { user: 0, ensureNonRoot: false } },
        ],
      },
      false,
    ],
  ])('keeps its files as they are where it %s', (_, props, readOnly) => {
    const { chart, pod, security } = mount([], props, readOnly);
    const volume = claim(chart);
    pod.storage.mount('signer', '/data', volume, { readOnly });
    if (props.initContainers) {
      pod.storage.mount('chown', '/data', volume);
    }
    expect(security()).not.toHaveProperty('fsGroup');
  });

  test('keeps its files as they are beside a claim that is kept for others', () => {
    const { chart, pod, security } = mount([claim]);
    const other = kplus.PersistentVolumeClaim.fromClaimName(chart, 'other', 'other');
    const volume = kplus.Volume.fromPersistentVolumeClaim(chart, 'others', other, { name: 'other' });
    pod.storage.mount('app', '/other', volume, { readOnly: true });
    expect(security()).not.toHaveProperty('fsGroup');
  });
});

describe.each<[string, string, (chart: Chart) => kplus.Volume]>([
  ['node', 'a `hostPath`', (chart) => node(chart)],
  ['server', 'an `nfs`', (chart) => kplus.Volume.fromNfs(chart, 'logs', 'logs', { server: 'files', path: '/logs' })],
])('a directory of the %s that containers share', (place, source, create) => {
  const logs = LogFiles.inDirectory('/var/log/billing', { pattern: '*.log' });
  const agent = (user?: number) => new FluentBit({ logs, output: FluentBitOutput.stdout(), user });

  function ship(securityContext: kplus.PodSecurityContextProps, main: object, user?: number) {
    const chart = newChart();
    const volumeMounts = [{ path: '/var/log/billing', volume: create(chart) }];
    const billing = { ...APP, name: 'billing', securityContext: main, volumeMounts };
    const deployment = newDeployment(chart, { containers: [billing], securityContext });
    const pod = MultiContainerPod.of(deployment);
    pod.add(agent(user));
    return { chart, pod };
  }
  const failure = (main: string) => [
    `[shop/web] containers "billing" (${main}) and "log-agent" (user 10001) share the files of volume "logs", ${source}, and no \`fsGroup\` gives those to a group; run these containers as one user, and prepare the directory on the ${place} for it, or use another volume`,
  ];

  test.each([undefined, 5000])('fails for two users, with a group of %p', (fsGroup) => {
    expect(problemsOf(ship({ fsGroup }, { user: 5000 }).chart)).toEqual(failure('user 5000'));
  });

  test('fails for a user that nobody states', () => {
    expect(problemsOf(ship({}, {}).chart)).toEqual(failure('a user that is not stated'));
  });

  test('is in order for one user, and gets no group', () => {
    const { chart } = ship({}, { user: 5000 }, 5000);
    expect(podSpec(chart).securityContext).not.toHaveProperty('fsGroup');
  });

  test('is in order for root, whose files all may read', () => {
    expect(problemsOf(ship({}, { user: 0, ensureNonRoot: false }).chart)).toEqual([]);
  });

  test('is in order where the workload says to which groups its containers belong', () => {
    const { chart, pod } = ship({}, { user: 5000 });
    const groups = JsonPatch.add('/spec/template/spec/securityContext/supplementalGroups', [7000]);
    ApiObject.of(pod.workload).addJsonPatch(groups);
    expect(problemsOf(chart)).toEqual([]);
  });

  test('is in order where an init container of root prepares it', () => {
    const { chart, pod } = ship({}, { user: 5000 });
    const root = { user: 0, securityContext: { ensureNonRoot: false } };
    const [mounted] = pod.main.mounts;
    const volumeMounts = [{ path: '/logs', volume: mounted!.volume }];
    pod.add(new InitContainer({ name: 'chown', image: 'acme/chown:1.0.0', ...root, volumeMounts }));
    expect(problemsOf(chart)).toEqual([]);
  });

  test('leaves other volumes that are shared their group', () => {
    const { chart, pod } = ship({}, { user: 5000 }, 5000);
    pod.add(new Sidecar(SIGNER));
    const shared = pod.storage.share('content');
    shared.writtenBy('billing', '/content');
    shared.readBy('signer', '/content');
    expect(podSpec(chart).securityContext).toMatchObject({ fsGroup: 5000 });
  });
});
