import { App, Chart, Duration, type IAnyProducer, Testing } from 'cdk8s';
import { type ConfigFilesOptions, MultiContainerPod, type ServiceAccountTokenOptions } from '../../../src';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, container, deepFreeze, manifests, newChart, newDeployment, podSpec, podTemplate } from '../../support';

describe('config files', () => {
  const CHECKSUM = 'cdk8s-pod-patterns/config-checksum';

  function newPod(): MultiContainerPod {
    return MultiContainerPod.of(newDeployment(newChart()));
  }

  /** Files of the application at /etc/app. */
  function configure(pod: MultiContainerPod, options: Partial<ConfigFilesOptions> = {}) {
    return pod.storage.configFiles({ container: 'app', directory: '/etc/app', ...options });
  }

  const dataOf = (pod: MultiContainerPod) => manifests(Chart.of(pod), 'ConfigMap').map(({ data }) => data);
  const mountsOf = (pod: MultiContainerPod) => container(Chart.of(pod), 'app').volumeMounts;
  const checksumOf = (pod: MultiContainerPod) => podTemplate(Chart.of(pod)).metadata?.annotations?.[CHECKSUM];

  test('files are seen in their directory, read-only', () => {
    const pod = newPod();
    const { configMap } = configure(pod, { files: deepFreeze({ 'app.conf': 'level=info' }) });
    const [rendered] = manifests(Chart.of(pod), 'ConfigMap');
    expect(rendered).toMatchObject({ metadata: { name: configMap.name }, data: { 'app.conf': 'level=info' } });
    expect(podSpec(Chart.of(pod)).volumes).toEqual([{ name: 'app-config', configMap: { name: configMap.name } }]);
    expect(mountsOf(pod)).toEqual([{ name: 'app-config', mountPath: '/etc/app', readOnly: true }]);
  });

  test('each file may be seen at a path of its own', () => {
    const pod = newPod();
    configure(pod, {
      directory: undefined,
      paths: { 'app.conf': '/etc/app.conf', 'run.sh': '/usr/bin/run' },
      files: { 'app.conf': 'level=info', 'run.sh': '#!/bin/sh' },
    });
    expect(mountsOf(pod)).toEqual([
      { name: 'app-config', mountPath: '/etc/app.conf', subPath: 'app.conf', readOnly: true },
      { name: 'app-config', mountPath: '/usr/bin/run', subPath: 'run.sh', readOnly: true },
    ]);
  });

  test('files can be made executable', () => {
    const pod = newPod();
    configure(pod, { executable: true });
    expect(podSpec(Chart.of(pod)).volumes).toMatchObject([{ configMap: { defaultMode: 0o555 } }]);
  });

  test('files are written later too, a later content in place of an earlier one, and sorted by name', () => {
    const pod = newPod();
    const config = configure(pod, { files: { 'b.conf': 'old' } });
    config.write('b.conf', 'new');
    config.produce('a.conf', { produce: () => 'late' });
    expect(dataOf(pod).map((data) => Object.entries(data))).toEqual([
      [
        ['a.conf', 'late'],
        ['b.conf', 'new'],
      ],
    ]);
  });

  test('a container may have several configurations', () => {
    const pod = newPod();
    configure(pod, { files: { a: '1' } });
    configure(pod, { name: 'more', directory: '/etc/more', files: { b: '2' } });
    expect(dataOf(pod)).toEqual([{ a: '1' }, { b: '2' }]);
  });

  test('a changed file rolls the pods, unless it is said not to', () => {
    const checksums = (options: Partial<ConfigFilesOptions>) =>
      ['old', 'new'].map((content) => {
        const pod = newPod();
        configure(pod, { name: 'rolling', directory: '/etc/rolling', files: { b: 'same' } });
        configure(pod, { ...options, files: { a: content } });
        return checksumOf(pod);
      });
    const [before, after] = checksums({});
    expect(before).not.toBe(after);
    const [still, same] = checksums({ rollsPods: false });
    expect(still).toBe(same);
  });

  test('files that never roll the pods leave no checksum', () => {
    const pod = newPod();
    configure(pod, { rollsPods: false, files: { a: '1' } });
    expect(checksumOf(pod)).toBeUndefined();
  });

  test('fails where files are mounted one by one and are to change in the running container', () => {
    const options = { directory: undefined, paths: { a: '/etc/a' }, files: { a: '1' }, rollsPods: false };
    expect(() => configure(newPod(), options)).toThrow(
      new Error(
        '[shop/web] configuration "app-config" of container "app" is mounted by `paths`, which never change in a running container; pass `directory`, or leave `rollsPods` out',
      ),
    );
  });

  test.each(['.env', 'a_b-c.D1', 'a..b', '-', 'x'.repeat(253)])('a file may be named "%s"', (file) => {
    const pod = newPod();
    configure(pod).write(file, 'x');
    expect(dataOf(pod)).toEqual([{ [file]: 'x' }]);
  });

  test.each(['', 'a/b', 'a b', 'ä', '.', '..', '..x', 'x'.repeat(254)])('fails where a file is named "%s"', (file) => {
    const config = configure(newPod());
    const error = new Error(
      `[shop/web/app-config] file name "${file}" cannot be a key of a ConfigMap; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning`,
    );
    expect(() => config.write(file, 'x')).toThrow(error);
    expect(() => config.produce(file, { produce: () => 'x' })).toThrow(error);
  });

  test.each<[unknown, unknown, string]>([
    [undefined, { produce: () => 'x' }, '`file` is undefined; pass a text'],
    [true, { produce: () => 'x' }, '`file` is true; pass a text'],
    ['a', undefined, '`content` is undefined; pass an IAnyProducer'],
    ['constructor', { produce: () => 'x' }, 'file name "constructor" is one that cdk8s cannot write; pass another'],
  ])('fails where a file is none: %#', (file, content, message) => {
    const config = configure(newPod());
    const error = new Error(`[shop/web/app-config] ${message}`);
    expect(() => config.produce(file as string, content as IAnyProducer)).toThrow(error);
  });

  describe('the size of a ConfigMap', () => {
    const MEBIBYTE = 1024 * 1024;

    test('may be 1 MiB', () => {
      const pod = newPod();
      configure(pod, { files: { a: 'x'.repeat(MEBIBYTE - 2), b: 'ä' } });
      expect(dataOf(pod)).toHaveLength(1);
    });

    test('fails above 1 MiB, counted in bytes over all files, beside what else is wrong', () => {
      const pod = newPod();
      configure(pod, { files: { a: 'x'.repeat(MEBIBYTE - 1) } }).produce('b', { produce: () => 'ä' });
      pod.workload.addContainer({ name: 'late', image: 'acme/late:1.0.0', portNumber: 8080 });
      expect(() => Testing.synth(Chart.of(pod))).toThrow(
        new Error(
          [
            'Validation failed with the following errors:',
            '  [shop/web] port 8080/TCP of container "late" is already used by container "app", and containers of a pod share localhost; pick a free port',
            '  [shop/web/app-config] the files are 1048577 bytes, more than the 1 MiB that a ConfigMap holds; ship large content in an image',
          ].join('\n'),
        ),
      );
    });
  });

  test('files are rendered for validation once, however many charts the app has', () => {
    const rendered = (charts: number) => {
      const pod = newPod();
      let count = 0;
      configure(pod).produce('a', { produce: () => String(count++).replace(/.*/, 'same') });
      const app = App.of(pod);
      for (let index = 1; index < charts; index++) {
        new Chart(app, `other-${index}`);
      }
      app.synthYaml();
      return count;
    };
    expect(rendered(9)).toBe(rendered(1));
  });

  describe('the name of a configuration', () => {
    test('is made from the container, and cut where it would be too long', () => {
      const name = 'a'.repeat(63);
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, name }] }));
      configure(pod, { container: name, files: { a: '1' } });
      const [volume, ...others] = podSpec(chart).volumes ?? [];
      expect(others).toEqual([]);
      expect(volume?.name).toMatch(/^a{54}-[0-9a-f]{8}$/);
      expect(container(chart, name).volumeMounts).toEqual([
        { name: volume?.name, mountPath: '/etc/app', readOnly: true },
      ]);
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    });

    test.each(['App_Config', '', 'a.b', 'a'.repeat(64)])('fails where it is "%s"', (name) => {
      const pod = newPod();
      expect(() => configure(pod, { name })).toThrow(
        new Error(
          `[shop/web] volume name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`,
        ),
      );
      expect(dataOf(pod)).toEqual([]);
    });
  });

  test('a ConfigMap is in the namespace of its workload', () => {
    const namespaceOf = (namespace?: string) => {
      const chart = newChart();
      configure(MultiContainerPod.of(newDeployment(chart, { metadata: { namespace } })), { files: { a: '1' } });
      return manifests(chart, 'ConfigMap').map(({ metadata }) => metadata.namespace);
    };
    expect(namespaceOf('team')).toEqual(['team']);
    expect(namespaceOf()).toEqual([undefined]);
  });

  describe('a file that is mounted at a path of its own', () => {
    test('may be written after it was mounted', () => {
      const pod = newPod();
      configure(pod, { directory: undefined, paths: { 'app.conf': '/etc/app.conf' } }).write('app.conf', 'x');
      expect(pod.workload.node.validate()).toEqual([]);
    });

    test('fails where nobody wrote it, for each of them', () => {
      const pod = newPod();
      const paths = { 'app.conf': '/etc/app.conf', 'run.sh': '/usr/bin/run', 'tls.conf': '/etc/tls.conf' };
      configure(pod, { directory: undefined, paths, files: { 'run.sh': '#!/bin/sh' } });
      expect(() => Testing.synth(Chart.of(pod))).toThrow(
        new Error(
          [
            'Validation failed with the following errors:',
            '  [shop/web] configuration "app-config" mounts file "app.conf", which nobody wrote; pass it in `files`',
            '  [shop/web] configuration "app-config" mounts file "tls.conf", which nobody wrote; pass it in `files`',
          ].join('\n'),
        ),
      );
    });
  });

  test('fails where neither `directory` nor `paths` is given, or both', () => {
    const error = new Error(
      '[shop/web] configuration "app-config" of container "app" takes either `directory` or `paths`; pass one of them',
    );
    expect(() => configure(newPod(), { directory: undefined })).toThrow(error);
    expect(() => configure(newPod(), { directory: undefined, paths: {} })).toThrow(error);
    expect(() => configure(newPod(), { paths: { a: '/etc/a' } })).toThrow(error);
  });

  test('fails where the pod has a configuration of this name', () => {
    const pod = newPod();
    configure(pod);
    expect(() => configure(pod, { directory: '/etc/more' })).toThrow(
      new Error('[shop/web] configuration "app-config" exists already in this pod; pass another `name`'),
    );
  });

  test('fails where there is no such container', () => {
    expect(() => configure(newPod(), { container: 'web' })).toThrow(
      new Error('[shop/web] there is no container "web" in this pod (containers: app); pass one of them'),
    );
  });

  describe('the checksum of the pod template', () => {
    const checksum = (files: Record<string, string>, options: Partial<ConfigFilesOptions> = {}) => {
      const pod = newPod();
      configure(pod, { files, ...options });
      return checksumOf(pod);
    };
    const BEFORE = checksum({ a: '1', b: '2' });

    test('is a digest, and none where there is no configuration', () => {
      expect(BEFORE).toMatch(/^[0-9a-f]{64}$/);
      expect(checksumOf(newPod())).toBeUndefined();
    });

    test.each([
      ['a changed file', { a: '1', b: '3' }],
      ['a new file', { a: '1', b: '2', c: '' }],
      ['a removed file', { a: '1' }],
      ['a renamed file', { a: '1', c: '2' }],
      ['exchanged files', { a: '2', b: '1' }],
    ])('changes with %s', (_, files) => {
      expect(checksum(files)).not.toBe(BEFORE);
    });

    test('does not change with the order of the files, nor with where they are seen', () => {
      expect(checksum({ b: '2', a: '1' })).toBe(BEFORE);
      expect(checksum({ a: '1', b: '2' }, { directory: '/elsewhere', executable: true })).toBe(BEFORE);
    });

    test('does not change with the order of the configurations, but with each of them', () => {
      const both = (names: string[], content: string) => {
        const pod = newPod();
        for (const name of names) {
          configure(pod, { name, directory: `/etc/${name}`, files: { a: name === 'one' ? content : 'x' } });
        }
        return checksumOf(pod);
      };
      expect(both(['two', 'one'], '1')).toBe(both(['one', 'two'], '1'));
      expect(both(['one', 'two'], '2')).not.toBe(both(['one', 'two'], '1'));
    });

    test('follows what is written after the pod was rendered, and keeps the annotations of the user', () => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart, { podMetadata: { annotations: { team: 'shop' } } }));
      const config = configure(pod, { files: { a: '1' } });
      const first = checksumOf(pod);
      expect(checksumOf(pod)).toBe(first);
      config.write('a', '2');
      expect(checksumOf(pod)).not.toBe(first);
      expect(podTemplate(chart).metadata?.annotations).toMatchObject({ team: 'shop' });
    });
  });
});

describe('service account token', () => {
  /** A pod of "app" and "agent". */
  function newPod(): MultiContainerPod {
    const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: 2000 } };
    return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, agent] }));
  }

  const ask = (options?: ServiceAccountTokenOptions, pod = newPod()) => {
    pod.storage.serviceAccountToken('agent', '/var/run/secrets/vault/', options);
    return pod;
  };

  describe('a ServiceAccount token', () => {
    test('is a projected volume, mounted read-only in one container', () => {
      const pod = ask({ audience: 'vault', expiration: Duration.minutes(20) });
      const chart = Chart.of(pod);
      const serviceAccountToken = { audience: 'vault', expirationSeconds: 1200, path: 'token' };
      expect(podSpec(chart).volumes).toEqual([
        { name: 'agent-token', projected: { sources: [{ serviceAccountToken }] } },
      ]);
      expect(container(chart, 'agent').volumeMounts).toEqual([
        { name: 'agent-token', mountPath: '/var/run/secrets/vault', readOnly: true },
      ]);
      expect(container(chart, 'app').volumeMounts).toBeUndefined();
      expect(podSpec(chart).automountServiceAccountToken).toBe(false);
      expect(manifests(chart, 'Deployment').flatMap(schemaProblems)).toEqual([]);
    });

    test('is for the API server, and for as long as Kubernetes says, unless it is said', () => {
      const [volume] = podSpec(Chart.of(ask())).volumes!;
      expect(volume).toEqual({
        name: 'agent-token',
        projected: { sources: [{ serviceAccountToken: { path: 'token' } }] },
      });
    });

    test('is in the file that is given back', () => {
      expect(newPod().storage.serviceAccountToken('agent', '/tokens/')).toBe('/tokens/token');
    });

    test('may be given to two containers by its name', () => {
      const pod = newPod();
      for (const name of ['agent', 'app']) {
        pod.storage.serviceAccountToken(name, '/token', { name: 'identity' });
      }
      expect(podSpec(Chart.of(pod)).volumes).toHaveLength(1);
    });

    test('leaves the other volumes as they are', () => {
      const pod = ask();
      pod.storage.scratch('app', '/tmp');
      expect(podSpec(Chart.of(pod)).volumes).toContainEqual({ name: 'app-tmp', emptyDir: {} });
    });

    test.each<[string, () => unknown, string]>([
      [
        'without the container',
        () => newPod().storage.serviceAccountToken('web', '/token'),
        'there is no container "web" in this pod (containers: app, agent); pass one of them',
      ],
      [
        'for too short a time',
        () => ask({ expiration: Duration.minutes(5) }),
        '`expiration` of token "agent-token" is 300 s, and Kubernetes issues no token for less than 600 s; pass at least ten minutes',
      ],
      [
        'for nobody',
        () => ask({ audience: '' }),
        '`audience` of token "agent-token" is empty; pass whom it is meant for',
      ],
      [
        'with a name that is none',
        () => ask({ name: 'Token' }),
        'volume name "Token" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
      ],
      [
        'with other options under the same name',
        () => ask({ audience: 'vault' }, ask()),
        'token "agent-token" was asked for with another `audience` or `expiration` before; use the same options or another `name`',
      ],
    ])('fails %s', (_, act, message) => {
      expect(act).toThrow(new Error(`[shop/web] ${message}`));
    });

    test('fails where another volume has its name', () => {
      const pod = newPod();
      pod.storage.share('agent-token').writtenBy('app', '/own');
      expect(() => ask({}, pod)).toThrow(
        new Error(
          '[shop/web] volume name "agent-token" is already taken in this pod; pass another name, or share the one that is mounted with `shareMounted`',
        ),
      );
    });
  });
});
