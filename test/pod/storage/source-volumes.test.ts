import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { MultiContainerPod, PodRules } from '../../../src';
import { EXISTING, listAdditions, renderWorkload } from '../../existing-workloads';
import { schemaProblems } from '../../kubernetes-schema';
import { restrictedViolations } from '../../restricted';
import {
  APP,
  container,
  listSynthProblems,
  messageOf,
  newChart,
  newDeployment,
  podSpec,
  WORKLOADS,
} from '../../support';

const REFERENCE = 'registry.example.com/acme/site:1.4.2';

/** The pod "shop/web", whose app reads what a writer writes. */
function share() {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  return { chart, pod, shared: pod.storage.share('settings') };
}

const WRITER = { name: 'writer', image: 'acme/writer:1.0.0', user: 1000 };

describe('a volume of an image', () => {
  test.each(Object.keys(WORKLOADS))('is mounted in a container of a %s', (kind) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
    pod.storage.mount('app', '/srv', pod.storage.fromImage(REFERENCE), { subPath: 'html' });
    const manifests = Testing.synth(chart);
    expect(podSpec(chart).volumes).toEqual([
      { name: 'image-site', image: { reference: REFERENCE, pullPolicy: 'IfNotPresent' } },
    ]);
    expect(container(chart, 'app').volumeMounts).toEqual([{ name: 'image-site', mountPath: '/srv', subPath: 'html' }]);
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
    expect(manifests.flatMap(schemaProblems)).toEqual([]);
    expect(PodRules.check(manifests).findings).toEqual([]);
  });

  test.each(Object.keys(EXISTING))('is the same in %s', (maker) => {
    const bare = renderWorkload();
    const render = (make: (chart: ReturnType<typeof newChart>) => Construct) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(make(chart));
      pod.storage.mount('app', '/srv', pod.storage.fromImage(REFERENCE));
      return listAdditions(Testing.synth(chart), bare);
    };
    const own = render((chart) => new kplus.Deployment(chart, 'workload', { containers: [APP] }));
    expect(render((chart) => EXISTING[maker]!(chart, bare) as Construct)).toEqual(own);
  });

  test('is one for each image, and has the name and the policy that it is given', () => {
    const chart = newChart();
    const { storage } = MultiContainerPod.of(newDeployment(chart));
    const options = { name: 'pages', pullPolicy: kplus.ImagePullPolicy.NEVER };
    expect(storage.fromImage(REFERENCE)).toBe(storage.fromImage(REFERENCE));
    storage.mount('app', '/pages', storage.fromImage('acme/pages', options));
    storage.mount('app', '/latest', storage.fromImage('acme/latest'));
    expect(podSpec(chart).volumes).toEqual([
      { name: 'pages', image: { reference: 'acme/pages', pullPolicy: 'Never' } },
      { name: 'image-latest', image: { reference: 'acme/latest', pullPolicy: 'Always' } },
    ]);
  });

  test('is refused where it is none, or two have one name', () => {
    const { storage } = MultiContainerPod.of(newDeployment(newChart()));
    storage.fromImage(REFERENCE);
    expect(messageOf(() => storage.fromImage('acme/site:2.0.0'))).toBe(
      '[shop/web] image volume "image-site" was asked for with another `reference` or `pullPolicy` before; use the same options or another `name`',
    );
    expect(messageOf(() => storage.fromImage(''))).toBe(
      '[shop/web] `reference` "" of an image volume is no image name; pass one such as "registry.example.com/team/site:1.4"',
    );
    expect(messageOf(() => storage.fromImage('acme/site', { name: 'Site' }))).toBe(
      '[shop/web] volume name "Site" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
    );
  });
});

describe('a volume of any source', () => {
  const CERTIFICATE = {
    projected: { sources: [{ podCertificate: { signerName: 'acme.example/pods', keyType: 'ED25519' } }] },
  };

  test('is in the manifest as it was passed', () => {
    const chart = newChart();
    const { storage } = MultiContainerPod.of(newDeployment(chart));
    storage.mount('app', '/run/certificate', storage.fromSource('certificate', CERTIFICATE), { readOnly: true });
    expect(storage.fromSource('certificate', structuredClone(CERTIFICATE)).name).toBe('certificate');
    expect(podSpec(chart).volumes).toEqual([{ name: 'certificate', ...CERTIFICATE }]);
  });

  test('is one, and plain data', () => {
    const { storage } = MultiContainerPod.of(newDeployment(newChart()));
    storage.fromSource('certificate', CERTIFICATE);
    const make = (name: string, source: any) => messageOf(() => storage.fromSource(name, source));
    expect(make('certificate', { emptyDir: {} })).toBe(
      '[shop/web] volume "certificate" was asked for with another `source` before; use the same options or another `name`',
    );
    expect(make('two', { emptyDir: {}, image: {} })).toBe(
      '[shop/web] `source` of volume "two" has 2 types of volume; pass one, such as `{ emptyDir: {} }`',
    );
    expect(make('time', { ephemeral: { after: Duration.seconds(1) } })).toBe(
      '[shop/web] `source.ephemeral.after` is a Duration; pass plain data as it stands in a manifest',
    );
  });

  test('is of the pod that made it', () => {
    const chart = newChart();
    const [one, other] = ['a', 'b'].map((id) =>
      MultiContainerPod.of(new kplus.Deployment(chart, id, { containers: [APP] })),
    ) as [MultiContainerPod, MultiContainerPod];
    const volume = one.storage.fromImage(REFERENCE);
    expect(messageOf(() => other.storage.mount('app', '/srv', volume))).toBe(
      '[shop/b] volume "image-site" was made by the storage of another pod; make it by that of this one',
    );
  });
});

describe('a variable from a file', () => {
  const REF = { fileKeyRef: { volumeName: 'settings', path: 'app.env', key: 'MODE' } };

  test('is one of a container that is there, of a new one, and of one that cdk8s-plus was given', () => {
    const { chart, pod, shared } = share();
    const value = shared.envValue('app.env', 'MODE');
    pod.addInitContainer(WRITER);
    shared.writtenBy('writer', '/out');
    pod.addEnv('app', 'MODE', value);
    pod.addSidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 1000, envVariables: { MODE: value } });
    pod.workload.addContainer({ image: 'acme/other:1.0.0', name: 'other', envVariables: { MODE: value } });
    const manifests = Testing.synth(chart);
    for (const name of ['app', 'agent', 'other']) {
      expect(container(chart, name).env).toEqual([{ name: 'MODE', valueFrom: REF }]);
    }
    expect(container(chart, 'app')).not.toHaveProperty('volumeMounts');
    expect(PodRules.check(manifests).findings.map(({ rule }) => rule)).not.toContain('unknown-field');
  });

  test.each(Object.keys(EXISTING))('is one of %s', (maker) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(EXISTING[maker]!(chart, renderWorkload()) as Construct);
    const shared = pod.storage.share('settings');
    pod.addInitContainer(WRITER);
    shared.writtenBy('writer', '/out');
    pod.addEnv('app', 'MODE', shared.envValue('app.env', 'MODE'));
    const [workload] = Testing.synth(chart);
    expect(workload.spec.template.spec.containers[0].env).toEqual([{ name: 'MODE', valueFrom: REF }]);
  });

  test('knows the part of the volume that is shared', () => {
    const { chart, pod, shared } = share();
    pod.addInitContainer(WRITER);
    pod.storage.mount('writer', '/out', shared.volume, { subPath: 'env' });
    pod.addEnv('app', 'MODE', pod.storage.shareMounted('writer', '/out').envValue('app.env', 'MODE'));
    expect(container(chart, 'app').env).toEqual([
      { name: 'MODE', valueFrom: { fileKeyRef: { ...REF.fileKeyRef, path: 'env/app.env' } } },
    ]);
  });

  test('is refused where no file can be meant', () => {
    const { pod, shared } = share();
    expect(messageOf(() => shared.envValue('../app.env', 'MODE'))).toBe(
      '[shop/web] `file` of volume "settings" is "../app.env"; pass a path in the volume, without "/" at its beginning and without ".."',
    );
    expect(messageOf(() => shared.envValue('app.env', 'A=B'))).toBe(
      '[shop/web] `key` "A=B" in file "app.env" is no name of a variable; pass one without "="',
    );
    pod.storage.mount('app', '/own', shared.volume, { subPathExpr: '$(POD)' });
    expect(messageOf(() => pod.storage.shareMounted('app', '/own').envValue('a', 'B'))).toBe(
      '[shop/web] volume "settings" is mounted by `subPathExpr`, under which no file is known; share it by a path',
    );
  });

  test('is reported where its file is never there in time', () => {
    const { chart, pod, shared } = share();
    pod.addInitContainer({ ...WRITER, name: 'early' });
    pod.addEnv('early', 'MODE', shared.envValue('app.env', 'MODE'));
    pod.addInitContainer(WRITER);
    shared.writtenBy('writer', '/out');
    expect(listSynthProblems(() => Testing.synth(chart))).toEqual([
      '[shop/web] environment variable "MODE" of container "early" comes from a file on volume "settings", and no container writes there before it starts; add the one that does before it',
    ]);
  });

  test('is reported where its volume is no emptyDir', () => {
    const { chart, pod } = share();
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data');
    pod.storage.mount('app', '/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'data', claim));
    const value = pod.storage.shareMounted('app', '/data').envValue('app.env', 'MODE');
    pod.addEnv('app', 'MODE', value);
    expect(listSynthProblems(() => Testing.synth(chart))).toEqual([
      '[shop/web] environment variable "MODE" of container "app" comes from a file on volume "pvc-data", which is no `emptyDir`, and Kubernetes reads others not; write the file to one of `storage.share`',
    ]);
  });
});
