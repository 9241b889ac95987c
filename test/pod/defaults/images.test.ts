import * as kplus from 'cdk8s-plus-28';
import {
  type ImageDefaultsOptions,
  MultiContainerPod,
  PodDefaults,
  RunFirst,
  Sidecar,
  WebServer,
  WebWithLogAgentPod,
} from '../../../src';
import { applyPin, resolveImage } from '../../../src/pod/defaults/images';
import { container, newChart, newDeployment, podSpec } from '../../support';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

describe('a mirror', () => {
  const options = { mirror: 'mirror.example:5000/all', registries: { 'quay.io': 'quay.mirror.example' } };

  test.each([
    ['docker.io/acme/app:1', 'mirror.example:5000/all/acme/app:1'],
    ['acme/app:1', 'mirror.example:5000/all/acme/app:1'],
    ['nginx', 'mirror.example:5000/all/library/nginx'],
    ['localhost:5000/app:1', 'mirror.example:5000/all/app:1'],
    ['registry:5000/team/app:1', 'mirror.example:5000/all/team/app:1'],
    [`ghcr.io/a/b/c:1@${DIGEST}`, `mirror.example:5000/all/a/b/c:1@${DIGEST}`],
    ['quay.io/acme/app:1', 'quay.mirror.example/acme/app:1'],
    ['mirror.example:5000/all/acme/app:1', 'mirror.example:5000/all/acme/app:1'],
    ['quay.mirror.example/acme/app:1', 'quay.mirror.example/acme/app:1'],
  ])('has %s as %s', (image, mirrored) => {
    expect(resolveImage(image, options)).toBe(mirrored);
    expect(resolveImage(mirrored, options)).toBe(mirrored);
  });

  test('of one registry leaves the others', () => {
    const { registries } = options;
    expect(resolveImage('acme/app:1', { registries })).toBe('acme/app:1');
    expect(resolveImage('quay.io/acme/app:1', { registries })).toBe('quay.mirror.example/acme/app:1');
  });

  test('has every image of a pod, that of a container of cdk8s-plus too', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: options });
    const deployment = newDeployment(chart);
    const pod = MultiContainerPod.of(deployment);
    pod.add(RunFirst.ofMain({ command: ['migrate'] }));
    deployment.addContainer({ name: 'late', image: 'quay.io/acme/late:1', securityContext: { user: 1000 } });
    expect(['app', 'run-first', 'late'].map((name) => container(chart, name).image)).toEqual([
      'mirror.example:5000/all/acme/app:1.0.0',
      'mirror.example:5000/all/acme/app:1.0.0',
      'quay.mirror.example/acme/late:1',
    ]);
  });
});

test('a mirror has the images of volumes, too', () => {
  const chart = newChart();
  PodDefaults.of(chart).add({ images: { mirror: 'mirror.example' } });
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.storage.mount('app', '/data', pod.storage.fromImage('acme/data:1'));
  expect(podSpec(chart).volumes).toEqual([
    { name: 'image-data', image: { reference: 'mirror.example/acme/data:1', pullPolicy: 'IfNotPresent' } },
  ]);
});

describe('a pin', () => {
  const pins = {
    'docker.io/library/busybox': `1.36.1@${DIGEST}`,
    'acme/app:1.0.0': OTHER,
    'nginxinc/nginx-unprivileged': '1.31.0',
  };

  test.each([
    ['1.36.1', 'docker.io/library/busybox:1.36.1'],
    [DIGEST, `docker.io/library/busybox:1.37.0@${DIGEST}`],
    [`1.36.1@${DIGEST}`, `docker.io/library/busybox:1.36.1@${DIGEST}`],
  ])('%s makes of busybox:1.37.0 %s', (version, image) => {
    expect(applyPin('docker.io/library/busybox:1.37.0', { pins: { 'docker.io/library/busybox': version } })).toBe(
      image,
    );
  });

  test('by name holds where the library chose the image', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: { pins } });
    new WebWithLogAgentPod(chart, 'web');
    expect(container(chart, 'webserver').image).toBe('docker.io/nginxinc/nginx-unprivileged:1.31.0');
  });

  test('of the nearest scope wins, however its image is named', () => {
    const chart = newChart();
    PodDefaults.of(chart.node.root).add({ images: { pins: { 'docker.io/nginxinc/nginx-unprivileged': '1.29.0' } } });
    PodDefaults.of(chart).add({ images: { pins } });
    new WebWithLogAgentPod(chart, 'web');
    expect(container(chart, 'webserver').image).toBe('docker.io/nginxinc/nginx-unprivileged:1.31.0');
  });

  test('by name leaves what the user chose', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: { pins } });
    new WebWithLogAgentPod(chart, 'web', {
      web: WebServer.nginx({ image: 'docker.io/nginxinc/nginx-unprivileged:1.29.0' }),
    });
    expect(container(chart, 'webserver').image).toBe('docker.io/nginxinc/nginx-unprivileged:1.29.0');
  });

  test('by name and tag adds its digest wherever the image is used, and the mirror comes after', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: { pins, mirror: 'mirror.example' } });
    MultiContainerPod.of(newDeployment(chart)).add(new Sidecar({ name: 'helper', image: 'acme/app:2', user: 1000 }));
    expect(container(chart, 'app').image).toBe(`mirror.example/acme/app:1.0.0@${OTHER}`);
    expect(container(chart, 'helper').image).toBe('mirror.example/acme/app:2');
  });

  test('may choose the image of a companion of your own', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: { pins } });
    const options = { image: 'docker.io/library/busybox:1.37.0', user: 1000 };
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.addSidecar({ ...options, name: 'own', imageIsDefault: true });
    pod.addInitContainer({ ...options, name: 'first', imageIsDefault: true });
    pod.addSidecar({ ...options, name: 'chosen' });
    expect(['own', 'first', 'chosen'].map((name) => container(chart, name).image)).toEqual([
      `docker.io/library/busybox:1.36.1@${DIGEST}`,
      `docker.io/library/busybox:1.36.1@${DIGEST}`,
      'docker.io/library/busybox:1.37.0',
    ]);
  });
});

test('the pull policy is that of containers which state none', () => {
  const chart = newChart();
  PodDefaults.of(chart).add({ images: { pullPolicy: kplus.ImagePullPolicy.NEVER } });
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'own', image: 'acme/own:1', user: 1000 });
  pod.addSidecar({ name: 'other', image: 'acme/own:1', user: 1000, imagePullPolicy: kplus.ImagePullPolicy.ALWAYS });
  expect(['own', 'other'].map((name) => container(chart, name).imagePullPolicy)).toEqual(['Never', 'Always']);
});

test.each<[ImageDefaultsOptions, string]>([
  [
    { mirror: 'https://mirror.example/' },
    '`images.mirror` is "https://mirror.example/"; pass a registry and its path, such as "registry.example.com/mirror"',
  ],
  [
    { registries: { 'docker.io/library': 'mirror.example' } },
    '`images.registries` names "docker.io/library", which is no registry; pass its host, such as "docker.io"',
  ],
  [
    { registries: { 'docker.io': 'mirror' } },
    '`images.registries` of "docker.io" is "mirror"; pass a registry and its path, such as "registry.example.com/mirror"',
  ],
  [
    { pins: { [`busybox@${DIGEST}`]: '1' } },
    `\`images.pins\` names "busybox@${DIGEST}"; pass the name of an image without its digest, such as "docker.io/library/busybox"`,
  ],
  [
    { pins: { 'busybox:1.37.0': '1.36.1' } },
    '`images.pins` gives "busybox:1.37.0" the version "1.36.1", but the name has its tag; pass the digest of that, "sha256:" and 64 digits',
  ],
  [
    { pins: { busybox: 'sha256:12' } },
    '`images.pins` gives "busybox" the version "sha256:12"; pass a tag, a digest such as "sha256:" and 64 digits, or both with "@"',
  ],
  [
    { pins: { busybox: '1', 'docker.io/library/busybox': '2' } },
    '`images.pins` names "docker.io/library/busybox" twice, in two ways; name it once',
  ],
  [
    { pullSecrets: ['Registry'] },
    '`images.pullSecrets` has "Registry", which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part; pass the name of a Secret',
  ],
])('%j is refused', (images, message) => {
  expect(() => PodDefaults.of(newChart()).add({ images })).toThrow(new Error(`[shop] ${message}`));
});
