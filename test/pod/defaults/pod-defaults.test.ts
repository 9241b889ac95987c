import { ApiObject, type App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  FluentBit,
  FluentBitOutput,
  LogFiles,
  MultiContainerPod,
  Platform,
  PodDefaults,
  type PodDefaultsOptions,
  ServiceMesh,
  Sidecar,
  SidecarMode,
  WebWithLogAgentDeployment,
} from '../../../src';
import { readDefaults, resolveDefaults } from '../../../src/pod/defaults/pod-defaults';
import { FLUENT_BIT } from '../../../src/software/images';
import { begin, PLAN } from '../../random-pods';
import { assertAlways } from '../../runs';
import { APP, container, newChart, newDeployment, podSpec, podTemplate, WORKLOADS } from '../../support';

const HELPER = { name: 'helper', image: 'acme/helper:1', user: 1000 };

/** The image, the mode and the labels that a sidecar and its pod get in a chart. */
function describeHelper(chart: Chart) {
  const { metadata, spec } = podTemplate(chart);
  const { image, restartPolicy } = [...(spec.initContainers ?? []), ...spec.containers].find(
    ({ name }) => name === 'helper',
  )!;
  return { image, isNative: restartPolicy === 'Always', team: (metadata?.labels as Record<string, string>)?.team };
}

describe('defaults', () => {
  test('hold for all pods below their scope, and for no other', () => {
    const app = Testing.app();
    const [shop, blog] = [new Chart(app, 'shop'), new Chart(app, 'blog')];
    PodDefaults.of(shop).add({ images: { mirror: 'registry.acme.example' }, labels: { team: 'shop' } });
    for (const chart of [shop, blog]) {
      MultiContainerPod.of(newDeployment(chart)).add(new Sidecar(HELPER));
    }
    expect(describeHelper(shop)).toEqual({
      image: 'registry.acme.example/acme/helper:1',
      isNative: true,
      team: 'shop',
    });
    expect(describeHelper(blog)).toEqual({ image: 'acme/helper:1', isNative: true, team: undefined });
  });

  test('are those of the nearest scope, key by key', () => {
    const chart = newChart();
    const deployment = newDeployment(chart);
    PodDefaults.of(chart.node.root).add({
      kubernetes: '1.28',
      images: { mirror: 'far.acme.example', registries: { 'quay.io': 'far.acme.example/quay' }, pullSecrets: ['far'] },
      labels: { team: 'far', tier: 'far' },
    });
    PodDefaults.of(chart).add({
      images: { registries: { 'docker.io': 'near.acme.example' } },
      labels: { team: 'near' },
    });
    PodDefaults.of(deployment).add({ companions: { sidecarMode: SidecarMode.CLASSIC }, images: { pullSecrets: [] } });
    expect(resolveDefaults(deployment)).toEqual({
      kubernetes: '1.28',
      images: {
        mirror: 'far.acme.example',
        registries: { 'quay.io': 'far.acme.example/quay', 'docker.io': 'near.acme.example' },
        pullSecrets: [],
      },
      labels: { team: 'near', tier: 'far' },
      companions: { sidecarMode: SidecarMode.CLASSIC },
    });
  });

  test('stand beside what a workload gives its pods itself', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({
      labels: { team: 'platform', tier: 'web' },
      annotations: { 'acme.example/owner': 'platform', 'acme.example/cost': '42' },
    });
    const metadata = { labels: { team: 'shop' }, annotations: { 'acme.example/owner': 'shop' } };
    MultiContainerPod.of(newDeployment(chart, { podMetadata: metadata }));
    expect(podTemplate(chart).metadata).toMatchObject({
      labels: { team: 'shop', tier: 'web' },
      annotations: { 'acme.example/owner': 'shop', 'acme.example/cost': '42' },
    });
  });

  test.each(Object.keys(WORKLOADS))('reach the pods of a %s', (kind) => {
    const chart = newChart();
    PodDefaults.of(chart).add({ labels: { team: 'shop' }, images: { pullSecrets: ['registry'] } });
    MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
    expect(podTemplate(chart).metadata).toMatchObject({ labels: { team: 'shop' } });
    expect(podSpec(chart).imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  test('reach what is added to the pod of a manifest, whose containers stay as they are', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: { mirror: 'registry.acme.example', pullSecrets: ['registry'] } });
    const template = {
      spec: { imagePullSecrets: [{ name: 'own' }], containers: [{ name: 'app', image: 'acme/app:1' }] },
    };
    const object = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } });
    MultiContainerPod.of(object).add(new Sidecar(HELPER));
    expect(container(chart, 'app')).toEqual({ name: 'app', image: 'acme/app:1' });
    expect(container(chart, 'helper').image).toBe('registry.acme.example/acme/helper:1');
    expect(podSpec(chart).imagePullSecrets).toEqual([{ name: 'own' }, { name: 'registry' }]);
  });

  test('may be said in parts, and the same twice', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ kubernetes: '1.30', images: { mirror: 'registry.acme.example' } });
    PodDefaults.of(chart).add({ kubernetes: '1.30', images: { pullSecrets: ['registry'] } });
    expect(resolveDefaults(chart)).toEqual({
      kubernetes: '1.30',
      images: { mirror: 'registry.acme.example', pullSecrets: ['registry'] },
    });
  });

  test('change nothing where there are none', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({});
    expect(readDefaults(chart)).toEqual({});
  });
});

describe('defaults fail', () => {
  test('where one has another value in the same scope', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ images: { mirror: 'registry.acme.example' } });
    expect(() => PodDefaults.of(chart).add({ images: { mirror: 'other.acme.example' } })).toThrow(
      new Error(
        '[shop] `images.mirror` of `PodDefaults` has another value here already; say it once, or for a construct below',
      ),
    );
  });

  test('where a pod below was made before, whatever is between', () => {
    const chart = newChart();
    new WebWithLogAgentDeployment(chart, 'web');
    const text = (scope: string) =>
      `[${scope}] the pod of "shop/web" was made before these \`PodDefaults\`, which it would not have; add them first`;
    expect(() => PodDefaults.of(chart).add({ kubernetes: '1.30' })).toThrow(new Error(text('shop')));
    expect(() => PodDefaults.of(chart.node.root).add({ kubernetes: '1.30' })).toThrow(new Error(text('')));
    expect(() => PodDefaults.of(new kplus.Deployment(chart, 'other')).add({ kubernetes: '1.30' })).not.toThrow();
  });

  test.each<[PodDefaultsOptions, string]>([
    [
      { kubernetes: 'v1.30.2' },
      '`kubernetes` "v1.30.2" is no version of Kubernetes; pass its first two numbers, such as "1.30"',
    ],
    [
      { labels: { 'a b': 'c' } },
      '`labels` of `PodDefaults` has the key "a b", which must be letters, digits, "-", "_" and ".", with a letter or digit at both ends; pass another',
    ],
    [
      { mirror: 'registry.acme.example' } as PodDefaultsOptions,
      '`mirror` of `PodDefaults` is no prop of PodDefaultsOptions; remove it (props: annotations, companions, hostUsers, images, kubernetes, labels, mesh, platform)',
    ],
  ])('for %j', (options, message) => {
    expect(() => PodDefaults.of(newChart()).add(options)).toThrow(new Error(`[shop] ${message}`));
  });

  test('for what is no construct', () => {
    expect(() => PodDefaults.of({} as Chart)).toThrow('[PodDefaults.of] `scope` is');
  });
});

test('a pod without defaults, and one whose defaults say what holds anyway, are the same', () => {
  const run = (plan: Parameters<typeof begin>[0], defaults?: PodDefaultsOptions) => {
    const { chart, run: compose } = begin(plan, (scope) => defaults && PodDefaults.of(scope).add(defaults));
    try {
      compose();
      return (chart.node.root as App).synthYaml();
    } catch (error) {
      return (error as Error).message;
    }
  };
  assertAlways(
    fc.property(PLAN, (plan) => {
      const plain = run(plan);
      expect(run(plan, {})).toEqual(plain);
      expect(run(plan, { platform: Platform.plain(), mesh: ServiceMesh.none(), images: {}, labels: {} })).toEqual(
        plain,
      );
    }),
    60,
  );
});

test('an agent of the library has defaults in every pod that it is added to', () => {
  const app = Testing.app();
  const agent = new FluentBit({
    logs: LogFiles.inDirectory('/var/log/app', { pattern: '*.log' }),
    output: FluentBitOutput.stdout(),
  });
  const images = ['near.acme.example', 'far.acme.example'].map((mirror) => {
    const chart = new Chart(app, mirror.split('.')[0]!);
    PodDefaults.of(chart).add({ images: { mirror } });
    MultiContainerPod.of(newDeployment(chart)).add(agent);
    return container(chart, 'log-agent').image;
  });
  const image = FLUENT_BIT.image.replace('cr.fluentbit.io', '');
  expect(images).toEqual([`near.acme.example${image}`, `far.acme.example${image}`]);
});
