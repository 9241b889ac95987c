import { Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigReload,
  ConfigReloader,
  type ConfigReloaderProps,
  HttpReloadMethod,
  MultiContainerPod,
  ReloadSignal,
  Sidecar,
  SidecarMode,
} from '../../../src';
import { describeCompanion } from '../../contract';
import { APP, container, deepFreeze, manifests, newChart, newDeployment, podSpec, podTemplate } from '../../support';

const HTTP = ConfigReload.byHttp({ port: 8080, path: '/-/reload' });
const SIGNAL = ConfigReload.bySignal({ process: 'app' });
const FILES = { 'app.conf': 'level=info' };

describeCompanion('ConfigReloader by HTTP', {
  make: () => new ConfigReloader({ reload: HTTP, directory: '/etc/app', files: FILES }),
  containers: ['config-reloader'],
  copy: {
    props: () => ({ reload: HTTP, directory: '/etc/app', files: { ...FILES }, name: 'reloader' }),
    from: (props) => new ConfigReloader(props),
  },
});

describeCompanion('ConfigReloader by signal', {
  make: () => new ConfigReloader({ reload: SIGNAL, directory: '/etc/app', files: FILES }),
  containers: ['config-reloader'],
});

/** A Deployment "shop/web" with a reloader of its main container. */
function reload(props: Partial<ConfigReloaderProps> = {}, app: Partial<kplus.ContainerProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, ...app }] }));
  pod.add(new ConfigReloader({ reload: HTTP, directory: '/etc/app', files: FILES, ...props }));
  return chart;
}

const script = (chart: any): string =>
  manifests(chart, 'ConfigMap').find(({ data }) => data['signal-on-change.sh']).data['signal-on-change.sh'];

describe('a config reloader', () => {
  test('sees the files that the container sees, both read-only and as a whole', () => {
    const chart = reload();
    const [configMap] = manifests(chart, 'ConfigMap');
    expect(configMap.data).toEqual(FILES);
    expect(podSpec(chart).volumes).toEqual([
      { name: 'config-reloader-files', configMap: { name: configMap.metadata.name } },
    ]);
    const mount = { name: 'config-reloader-files', readOnly: true };
    expect(container(chart, 'app').volumeMounts).toEqual([{ ...mount, mountPath: '/etc/app' }]);
    expect(container(chart, 'config-reloader').volumeMounts).toEqual([{ ...mount, mountPath: '/watched' }]);
  });

  test.each([HTTP, SIGNAL])('rolls no pods when a file changes', (how) => {
    const [before, after] = ['old', 'new'].map((text) => podTemplate(reload({ reload: how, files: { a: text } })));
    expect(before).toEqual(after);
  });

  test('makes no group of the pod, as a ConfigMap can be read by everybody', () => {
    expect(podSpec(reload()).securityContext).not.toHaveProperty('fsGroup');
  });

  test('calls the container until it answers, and shows metrics', () => {
    const chart = reload();
    expect(container(chart, 'config-reloader')).toMatchObject({
      args: [
        '-volume-dir=/watched',
        '-webhook-url=http://localhost:8080/-/reload',
        '-webhook-method=POST',
        '-webhook-status-code=200',
        '-webhook-retries=8640',
      ],
      ports: [{ containerPort: 9533, name: 'config-reloader' }],
      securityContext: { runAsUser: 65534 },
    });
    expect(podSpec(chart).shareProcessNamespace).not.toBe(true);
  });

  test('signals the container as its user, in a shared process namespace', () => {
    const chart = reload({ reload: SIGNAL });
    const reloader = container(chart, 'config-reloader');
    expect(reloader).toMatchObject({
      command: ['sh', '/config-reloader/signal-on-change.sh'],
      securityContext: { runAsUser: 1000 },
    });
    expect(reloader).not.toHaveProperty('ports');
    expect(podSpec(chart).shareProcessNamespace).toBe(true);
    expect(script(chart)).toContain("DIRECTORY='/watched'\nPROCESS='app'\nSIGNAL='HUP'\n");
  });

  test.each([HTTP, SIGNAL])('has no probe and cannot make the pod unready', (how) => {
    const fields = Object.keys(container(reload({ reload: how }), 'config-reloader'));
    expect(fields.filter((field) => field.endsWith('Probe'))).toEqual([]);
  });

  test('watches a Secret that the container mounts already', () => {
    const chart = newChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'tls');
    const tls = kplus.Volume.fromSecret(chart, 'tls', secret, { name: 'tls' });
    const pod = MultiContainerPod.of(
      newDeployment(chart, { containers: [{ ...APP, volumeMounts: [{ path: '/tls/', volume: tls }] }] }),
    );
    pod.add(new ConfigReloader({ reload: HTTP, directory: '/tls' }));
    expect(container(chart, 'config-reloader').volumeMounts).toEqual([
      { name: 'tls', mountPath: '/watched', readOnly: true },
    ]);
    expect(manifests(chart, 'ConfigMap')).toEqual([]);
  });

  test('by signal also watches what another container writes', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(new Sidecar({ name: 'renderer', image: 'acme/renderer:1', user: 1000 }));
    const shared = pod.storage.share('rendered');
    shared.writtenBy('renderer', '/out');
    shared.readBy('app', '/rendered');
    pod.add(new ConfigReloader({ reload: SIGNAL, directory: '/rendered' }));
    expect(container(chart, 'config-reloader').volumeMounts).toContainEqual({
      name: 'rendered',
      mountPath: '/watched',
      readOnly: true,
    });
    const byHttp = new ConfigReloader({ name: 'other', reload: HTTP, directory: '/rendered' });
    expect(() => pod.add(byHttp)).toThrow(
      new Error(
        '[shop/web] "other" watches "/rendered" of container "app", which is no ConfigMap or Secret, and by HTTP only those are noticed; use `ConfigReload.bySignal`',
      ),
    );
  });

  test('tells another container than the main one', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
    pod.add(new ConfigReloader({ reload: SIGNAL, directory: '/etc/proxy', files: FILES, container: 'proxy' }));
    expect(container(chart, 'config-reloader').securityContext).toMatchObject({ runAsUser: 77 });
    expect(container(chart, 'proxy').volumeMounts).toMatchObject([{ mountPath: '/etc/proxy' }]);
    expect(container(chart, 'app').volumeMounts).toBeUndefined();
  });

  test('takes another name, image, user, mode and resources', () => {
    const chart = reload({
      ...{ name: 'watcher', image: 'acme/reload:1', user: 4000, mode: SidecarMode.CLASSIC },
      resources: { memory: { limit: Size.mebibytes(48) } },
    });
    expect(podSpec(chart).containers[1]).toMatchObject({
      name: 'watcher',
      image: 'acme/reload:1',
      securityContext: { runAsUser: 4000 },
      resources: { limits: { memory: '48Mi' } },
    });
  });

  test('leaves frozen props as they are', () => {
    expect(() => Testing.synth(reload(deepFreeze({ files: { a: '1' } })))).not.toThrow();
  });

  test.each<[string, () => unknown, string]>([
    [
      'without files',
      () => reload({ files: {} }),
      '[ConfigReloader] `files` is empty; pass the files, or leave it out where they are mounted already',
    ],
    [
      'where nothing is mounted',
      () => reload({ files: undefined }),
      '[shop/web] "config-reloader" watches "/etc/app", where container "app" mounts no volume; pass `files`, or mount a ConfigMap or Secret there first',
    ],
    [
      'where the container states no UID to signal as',
      () => reload({ reload: SIGNAL }, { securityContext: {} }),
      '[shop/web] container "app" states no UID, and only its own user may signal its processes; give it `securityContext.user`',
    ],
    [
      'as a user who may not signal',
      () => reload({ reload: SIGNAL, user: 2000 }),
      '[shop/web] `user` 2000 of "config-reloader" is not user 1000 of container "app", and only that user may signal its processes; leave `user` out',
    ],
  ])('fails %s', (_, act, message) => {
    expect(act).toThrow(new Error(message));
  });

  test('fails where the files never change', () => {
    const chart = newChart();
    const map = kplus.ConfigMap.fromConfigMapName(chart, 'map', 'app');
    const volume = kplus.Volume.fromConfigMap(chart, 'volume', map, { name: 'app' });
    const volumeMounts = [{ path: '/etc/app', volume, subPath: 'app.conf' }];
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, volumeMounts }] }));
    expect(() => pod.add(new ConfigReloader({ reload: HTTP, directory: '/etc/app' }))).toThrow(
      new Error(
        '[shop/web] "config-reloader" watches "/etc/app" of container "app", which is mounted by `subPath` and never changes in a running container; mount the whole volume',
      ),
    );
  });
});

test('a call goes to localhost, by POST and for 200 unless it is said', () => {
  expect(ConfigReload.byHttp({ port: 9090, path: '/-/reload' })._http).toEqual({
    url: 'http://localhost:9090/-/reload',
    method: 'POST',
    status: 200,
  });
  const { _http: http } = ConfigReload.byHttp({ port: 81, path: '/', method: HttpReloadMethod.PUT, status: 204 });
  expect(http).toEqual({ url: 'http://localhost:81/', method: 'PUT', status: 204 });
});

test('a signal is HUP unless it is said', () => {
  expect(ConfigReload.bySignal({ process: 'app' })._signal).toEqual({ process: 'app', signal: 'HUP', number: 1 });
  expect(ConfigReload.bySignal({ process: 'app', signal: ReloadSignal.USR2 })._signal?.number).toBe(12);
});

test.each<[string, () => ConfigReload, string]>([
  [
    'a port that is none',
    () => ConfigReload.byHttp({ port: 0, path: '/' }),
    '[ConfigReload.byHttp] `port` 0 is not a port number; pass an integer from 1 to 65535',
  ],
  [
    'a path that is none',
    () => ConfigReload.byHttp({ port: 80, path: 'reload' }),
    '[ConfigReload.byHttp] `path` "reload" is not the path of a URL; begin it with "/"',
  ],
  [
    'a credential in the path',
    () => ConfigReload.byHttp({ port: 80, path: '/reload?token=hunter2' }),
    '[ConfigReload.byHttp] parameter "token" of `path` shows a credential to all who may read the manifest; use an endpoint on localhost that takes none, or `ConfigReload.bySignal`',
  ],
  [
    'a status of failure',
    () => ConfigReload.byHttp({ port: 80, path: '/', status: 500 }),
    '[ConfigReload.byHttp] `status` 500 never means success; pass a number from 200 to 399',
  ],
  [
    'a path of a program',
    () => ConfigReload.bySignal({ process: '/usr/bin/app' }),
    '[ConfigReload.bySignal] `process` "/usr/bin/app" is not a process name; pass 1 to 15 letters, digits, ".", "+", "_" or "-"',
  ],
])('fails with %s', (_, act, message) => {
  expect(act).toThrow(new Error(message));
});
