import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Duration, Helm, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as newest from 'cdk8s-plus-34';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import {
  FastApp,
  FluentBit,
  FluentBitOutput,
  type ICompanion,
  InitContainer,
  LogFiles,
  MultiContainerPod,
  type MultiContainerPodOptions,
  NginxReverseProxy,
  OAuth2Provider,
  OAuth2Proxy,
  PodRules,
  Sidecar,
  SidecarMode,
} from '../../src';
import { findPodTemplate, listContainers } from '../../src/pod/manifest/pod-template';
import { CATALOGUE } from '../catalogue';
import { EXISTING, includeYaml, renderWorkload } from '../existing-workloads';
import { assertAlways } from '../runs';
import { messageOf, newChart } from '../support';

/** A Deployment as a chart has it. */
const SHOP = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop', tier: 'front' } },
      spec: {
        initContainers: [{ name: 'migrate', image: 'acme/shop:3.0.0', args: ['migrate'] }],
        containers: [
          {
            name: 'shop',
            image: 'acme/shop:3.0.0',
            ports: [{ name: 'http', containerPort: 80 }],
            env: [{ name: 'LEVEL', value: 'info' }],
            resources: { requests: { cpu: '100m', memory: '1.5Gi' } },
            volumeMounts: [{ name: 'logs', mountPath: '/var/log/shop' }],
          },
          { name: 'metrics', image: 'acme/metrics:1.0.0', ports: [{ name: 'metrics', containerPort: 9100 }] },
        ],
        volumes: [{ name: 'logs', emptyDir: {} }],
      },
    },
  },
};
const LOGS = LogFiles.inDirectory('/var/log/shop', { pattern: '*.log' });
const agent = () => new FluentBit({ logs: LOGS, output: FluentBitOutput.stdout() });

/** The pod of a manifest, and what becomes of that. */
function take(manifest: any, options?: MultiContainerPodOptions) {
  const chart = newChart();
  const object = new ApiObject(chart, 'shop', manifest);
  const pod = MultiContainerPod.of(object, options);
  const render = () => Testing.synth(chart).find(({ kind, metadata }) => kind === manifest.kind && metadata.name)!;
  return { chart, object, pod, render, spec: () => findPodTemplate(render(), options?.podPath).spec as any };
}

describe('the pod of a manifest that is there', () => {
  test('is one, whoever asks', () => {
    const { chart, object, pod } = take(SHOP);
    expect(MultiContainerPod.of(object)).toBe(pod);
    expect(MultiContainerPod.of(chart)).toBe(pod);
    expect(MultiContainerPod.find(chart, 'Deployment/shop')).toBe(pod);
  });

  test('is that of the workload where cdk8s-plus made the object', () => {
    for (const { Deployment } of [kplus, newest]) {
      const deployment = new Deployment(newChart(), 'web', { containers: [{ image: 'acme/app:1.0.0' }] }) as Construct;
      expect(MultiContainerPod.of(ApiObject.of(deployment))).toBe(MultiContainerPod.of(deployment));
    }
  });

  test('has the main container that is named, that the annotation names, or that comes first', () => {
    expect(take(SHOP).pod.main.name).toBe('shop');
    const named = structuredClone(SHOP) as any;
    named.spec.template.metadata.annotations = { 'kubectl.kubernetes.io/default-container': 'metrics' };
    expect(take(named).pod.main.name).toBe('metrics');
    expect(take(named, { mainContainer: 'shop' }).pod.main.name).toBe('shop');
    expect(messageOf(() => take(SHOP, { mainContainer: 'web' }))).toBe(
      '[shop/shop] `mainContainer` is "web", and the pod has no container of this name (containers: shop, metrics); pass one of them',
    );
  });

  test('is found at a path in kinds that are not known', () => {
    const { metadata, spec } = SHOP;
    const other = { apiVersion: 'acme.example/v1', kind: 'Shop', metadata, spec: { pods: spec.template } };
    const { pod, spec: podOf } = take(other, { podPath: 'spec.pods' });
    pod.add(agent());
    expect(podOf().initContainers.map(({ name }: any) => name)).toEqual(['migrate', 'log-agent']);
    expect(messageOf(() => take(other))).toBe(
      '[shop/shop] "Shop/shop" has no pod where one is known to be; say with `podPath` where its pod template is, such as "spec.template"',
    );
  });

  test('stays as it is where nothing is added', () => {
    const { render } = take(SHOP);
    expect(render()).toEqual(SHOP);
  });

  test('shares the volume that its containers mount already', () => {
    const { pod, spec } = take(SHOP);
    pod.add(agent());
    const { volumes, containers, initContainers } = spec();
    expect(volumes[0]).toEqual({ name: 'logs', emptyDir: {} });
    expect(containers).toEqual(SHOP.spec.template.spec.containers);
    expect(initContainers[0]).toEqual(SHOP.spec.template.spec.initContainers[0]);
    expect(initContainers[1].volumeMounts).toContainEqual({
      name: 'logs',
      mountPath: '/var/log/shop',
      readOnly: true,
    });
  });

  test('has its ports claimed, and its names taken', () => {
    const { pod } = take(SHOP);
    expect(messageOf(() => pod.network.claim({ container: 'metrics', port: 80 }))).toBe(
      '[shop/shop] port 80/TCP of container "metrics" is already used by container "shop", and containers of a pod share localhost; pick a free port',
    );
    expect(messageOf(() => pod.addSidecar({ name: 'metrics', image: 'acme/other:1.0.0', user: 1000 }))).toBe(
      '[shop/shop] container name "metrics" is already taken in this pod; pass another `name` (taken: migrate, shop, metrics)',
    );
  });

  test('gets variables, mounts and ports by the name of the container, through the kernel and through cdk8s-plus', () => {
    const { pod, spec } = take(SHOP);
    pod.addEnv('metrics', 'TARGET', kplus.EnvValue.fromValue('localhost:80'));
    pod.main.env.addVariable('MODE', kplus.EnvValue.fromValue('dark'));
    pod.main.env.copyFrom(kplus.Env.fromSecret(kplus.Secret.fromSecretName(pod, 'secret', 'keys')));
    pod.main.addPort({ number: 81, name: 'admin' });
    pod.storage.scratch('shop', '/tmp');
    const [shop, metrics] = spec().containers;
    expect(shop).toEqual({
      ...SHOP.spec.template.spec.containers[0],
      env: [
        { name: 'LEVEL', value: 'info' },
        { name: 'MODE', value: 'dark' },
      ],
      envFrom: [{ secretRef: { name: 'keys' } }],
      ports: [
        { name: 'http', containerPort: 80 },
        { name: 'admin', containerPort: 81 },
      ],
      volumeMounts: [
        { name: 'logs', mountPath: '/var/log/shop' },
        { name: 'shop-tmp', mountPath: '/tmp' },
      ],
    });
    expect(metrics.env).toEqual([{ name: 'TARGET', value: 'localhost:80' }]);
    expect(messageOf(() => pod.addEnv('shop', 'LEVEL', kplus.EnvValue.fromValue('debug')))).toBe(
      '[shop/shop] environment variable "LEVEL" of container "shop" already has another value; set it once or choose another name',
    );
  });

  test('takes companions before and after the init containers that it has, native or classic', () => {
    const { pod, spec } = take(SHOP);
    pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 1000 }), { before: 'migrate' });
    pod.add(new Sidecar({ name: 'plain', image: 'acme/plain:1.0.0', user: 1000, mode: SidecarMode.CLASSIC }));
    pod.add(new InitContainer({ name: 'check', image: 'acme/check:1.0.0', user: 1000 }));
    expect(spec().initContainers.map(({ name }: any) => name)).toEqual(['proxy', 'migrate', 'check']);
    expect(spec().containers.map(({ name }: any) => name)).toEqual(['shop', 'metrics', 'plain']);
  });

  test('is completed to "restricted" only where that is asked for, but for what is added', () => {
    const hardened = take(SHOP, { harden: true });
    hardened.pod.add(agent());
    expect(listContainers(hardened.spec()).every(({ securityContext }) => securityContext?.runAsNonRoot)).toBe(true);
    const plain = take(SHOP);
    plain.pod.add(agent());
    expect(
      listContainers(plain.spec())
        .filter(({ securityContext }) => securityContext)
        .map(({ name }) => name),
    ).toEqual(['log-agent']);
    const findings = PodRules.check(Testing.synth(plain.chart)).findings.filter(({ rule }) => rule === 'pod-security');
    expect(findings.length).toBeGreaterThan(0);
  });

  test('is exposed, scaled, kept available and monitored by the labels that it has', () => {
    const { chart, pod, render } = take(SHOP);
    pod.expose({ port: 80 });
    pod.scaleOnCpu({ maxReplicas: 5, averageUtilization: 60 });
    pod.keepAvailable();
    pod.spread();
    pod.monitor('metrics');
    const all: Record<string, any> = Object.fromEntries(
      Testing.synth(chart).map((manifest) => [manifest.kind, manifest]),
    );
    expect(Object.values(all).map(({ metadata }) => metadata.namespace)).toEqual(Array(5).fill('web'));
    expect(all.Service.spec.selector).toEqual({ app: 'shop' });
    expect(all.PodDisruptionBudget.spec.selector).toEqual({ matchLabels: { app: 'shop' } });
    expect(all.PodMonitor.spec.selector).toEqual({ matchLabels: { app: 'shop' } });
    expect(all.HorizontalPodAutoscaler.spec.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'shop',
    });
    expect(render().spec.replicas).toBeUndefined();
    expect(render().spec.template.spec.topologySpreadConstraints).toHaveLength(2);
  });

  test('is scaled and kept available in other kinds that have a number of pods', () => {
    const { chart, pod } = take({ ...SHOP, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' });
    pod.scaleOnCpu({ minReplicas: 2, maxReplicas: 5, averageUtilization: 60 });
    pod.keepAvailable();
    const { spec } = Testing.synth(chart).find(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'shop' });
    const knative = take({ ...SHOP, apiVersion: 'serving.knative.dev/v1', kind: 'Service' });
    expect(messageOf(() => knative.pod.keepAvailable())).toBe(
      '[shop/shop] a Service cannot be kept available, because nothing sets its number of pods; use a Deployment or StatefulSet',
    );
  });

  test('has one pod where a Deployment states no number, as Kubernetes has it', () => {
    const one = structuredClone(SHOP) as any;
    delete one.spec.replicas;
    const { chart, pod } = take(one);
    pod.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.absolute(1) });
    expect(messageOf(() => Testing.synth(chart))).toContain('the disruption budget lets none of 1 pod go');
  });

  test('gets a longer grace period where a companion needs it, and keeps its own otherwise', () => {
    const long = structuredClone(SHOP) as any;
    long.spec.template.spec.terminationGracePeriodSeconds = 120;
    const { pod, spec } = take(long);
    pod.lifecycle.declareMainStop(Duration.seconds(20));
    pod.add(agent());
    expect(spec().terminationGracePeriodSeconds).toBe(120);
    const short = take(SHOP);
    short.pod.add(agent());
    expect(short.spec().terminationGracePeriodSeconds).toBe(45);
  });
});

test('the pod of a Helm chart is found in what `helm template` prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'helm-'));
  try {
    const helm = join(folder, 'helm');
    writeFileSync(join(folder, 'shop.yaml'), Yaml.stringify(SHOP));
    writeFileSync(helm, `#!/bin/sh\ntest "$1 $2 $3" = "template shop ./shop" && cat "${folder}/shop.yaml"\n`, {
      mode: 0o755,
    });
    const chart = newChart();
    const shop = new Helm(chart, 'helm', { chart: './shop', releaseName: 'shop', helmExecutable: helm });
    MultiContainerPod.find(shop, 'Deployment/shop').add(agent());
    const deployment = Testing.synth(chart).find(({ kind }) => kind === 'Deployment');
    expect(listContainers(findPodTemplate(deployment).spec).map(({ name }) => name)).toEqual([
      'migrate',
      'log-agent',
      'shop',
      'metrics',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('a Service that is there', () => {
  const service = (spec: object) => ({
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop', annotations: { team: 'web' } } },
    spec: {
      type: 'NodePort',
      selector: { app: 'shop' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      ...spec,
    },
  });
  const proxy = () => new NginxReverseProxy({ port: 8088, upstreamPort: 80 });
  const add = (spec: object = {}) => {
    const { chart, pod } = take(SHOP);
    const object = new ApiObject(chart, 'service', service(spec));
    return { chart, pod, object };
  };
  const specOf = (chart: Chart) => Testing.synth(chart).find(({ kind }) => kind === 'Service').spec;

  test('leads to the proxy, and stays as it is otherwise', () => {
    const { chart, pod, object } = add();
    pod.add(proxy());
    pod.receiveFrom(object);
    expect(specOf(chart)).toEqual({
      ...service({}).spec,
      ports: [{ name: 'http', port: 80, targetPort: 8088 }],
    });
    expect(object.toJson().metadata).toEqual(service({}).metadata);
  });

  test('leads one of its ports to the proxy, by name or by number', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 80 },
      { name: 'metrics', port: 9100 },
    ];
    for (const port of ['http', '80']) {
      const { chart, pod, object } = add({ ports });
      pod.add(proxy());
      pod.receiveFrom(object, port);
      expect(specOf(chart).ports).toEqual([{ ...ports[0], targetPort: 8088 }, ports[1]]);
    }
    const { pod, object } = add({ ports });
    pod.add(proxy());
    expect(messageOf(() => pod.receiveFrom(object))).toBe(
      '[shop/shop] Service "shop" has 2 ports; pass the name or number of the one to lead to the proxy (ports: http, metrics)',
    );
    expect(messageOf(() => pod.receiveFrom(object, 'web'))).toBe(
      '[shop/shop] Service "shop" has no port "web"; pass the name or number of one (ports: http, metrics)',
    );
  });

  test('of cdk8s-plus does so, too', () => {
    const chart = newChart();
    const deployment = new kplus.Deployment(chart, 'web', {
      containers: [{ name: 'app', image: 'acme/app:1.0.0', portNumber: 8080, securityContext: { user: 1000 } }],
    });
    const exposed = new kplus.Service(chart, 'front', {
      selector: deployment,
      ports: [{ port: 80, targetPort: 8080 }],
    });
    const pod = MultiContainerPod.of(deployment);
    pod.add(new NginxReverseProxy({ port: 8088 }));
    pod.receiveFrom(exposed);
    expect(specOf(chart).ports).toEqual([{ port: 80, targetPort: 8088 }]);
  });

  test('is refused where it does not lead here, or there is no proxy', () => {
    const receive = (spec: object, companion?: ICompanion) => {
      const { pod, object } = add(spec);
      if (companion) {
        pod.add(companion);
      }
      return messageOf(() => pod.receiveFrom(object));
    };
    expect(receive({ selector: { app: 'other' } }, proxy())).toBe(
      '[shop/shop] Service "shop" selects other pods: `app` is "other", and of these it is "shop"; pass the Service that leads to the pod',
    );
    expect(receive({ selector: { role: 'web' } }, proxy())).toBe(
      '[shop/shop] Service "shop" selects other pods: `role` is "web", and these have none; pass the Service that leads to the pod',
    );
    expect(receive({ selector: {} }, proxy())).toBe(
      '[shop/shop] Service "shop" selects no pods, so no requests come through it; pass the Service that leads to the pod',
    );
    const { chart, pod } = add();
    new ApiObject(chart, 'more', service({}));
    expect(messageOf(() => pod.receiveFrom(pod))).toBe(
      '[shop/shop] `service` is no Service, and holds none; pass the Service that leads to the pod',
    );
    expect(messageOf(() => pod.receiveFrom(chart))).toBe(
      '[shop/shop] `service` holds 2 Services (there are: "shop", "shop"); pass the one that leads to the pod',
    );
  });
});

describe('what is no pod', () => {
  const TAKEN =
    'pass a workload of cdk8s-plus, an ApiObject with a pod in it, or a construct that holds one of these, such as an Include';
  const chart = newChart();
  const service = new ApiObject(chart, 'svc', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'svc' } });
  const main = new kplus.Container({ image: 'acme/app:1.0.0' });
  const empty = new Chart(Testing.app(), 'empty');
  const two = new Chart(Testing.app(), 'two');
  includeYaml(two, [
    SHOP,
    { ...SHOP, metadata: { name: 'other' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' } },
  ]);

  test.each<[string, unknown, string]>([
    ['undefined', undefined, `[MultiContainerPod.of] undefined is no construct with a pod; ${TAKEN}`],
    ['a name', 'shop', `[MultiContainerPod.of] "shop" is no construct with a pod; ${TAKEN}`],
    ['a container', main, `[MultiContainerPod.of] a Container is no construct with a pod; ${TAKEN}`],
    ['a Service', service, `[shop/svc] "Service/svc" is no workload: a Service has no pod in it; ${TAKEN}`],
    ['a chart of no pod', chart, `[shop] a Chart holds no object with a pod (there are: "Service/svc"); ${TAKEN}`],
    ['an empty chart', empty, `[empty] a Chart holds no object with a pod, and no other; ${TAKEN}`],
    [
      'a chart of two',
      two,
      '[two] a Chart holds 2 objects with a pod ("Deployment/shop", "Deployment/other"); pass one of them, or call `MultiContainerPod.find` with its name',
    ],
  ])('is refused: %s', (_, given, message) => {
    expect(messageOf(() => MultiContainerPod.of(given as Construct))).toBe(message);
  });

  test.each<[string, object, string | undefined, string]>([
    [
      'template',
      { template: undefined },
      undefined,
      '`spec.template.spec.containers`, so there is no pod in it; give it containers',
    ],
    [
      'containers',
      { template: { spec: {} } },
      undefined,
      '`spec.template.spec.containers`, so there is no pod in it; give it containers',
    ],
    ['pod there', {}, 'spec.pods', '`spec.pods.spec.containers`, so there is no pod in it; correct `podPath`'],
  ])('is refused where it has no %s', (_, spec, podPath, problem) => {
    const given = { ...SHOP, spec: { ...SHOP.spec, ...spec } };
    expect(messageOf(() => take(given, { podPath }))).toBe(`[shop/shop] "Deployment/shop" has no ${problem}`);
  });

  test('is refused where the main container of a workload of cdk8s-plus is another', () => {
    const containers = [
      { name: 'app', image: 'acme/app:1.0.0' },
      { name: 'other', image: 'acme/app:1.0.0' },
    ];
    const plus = new kplus.Deployment(newChart(), 'web', { containers });
    expect(messageOf(() => MultiContainerPod.of(plus, { mainContainer: 'nope' }))).toBe(
      '[shop/web] `mainContainer` is "nope", and the pod has no container of this name (containers: app, other); pass one of them',
    );
    expect(messageOf(() => MultiContainerPod.of(ApiObject.of(plus), { mainContainer: 'other' }))).toBe(
      '[shop/web] `mainContainer` is "other", and the main container of a workload of cdk8s-plus is its first, "app"; put it first',
    );
    expect(MultiContainerPod.of(plus, { mainContainer: 'app' }).main.name).toBe('app');
  });

  test('is refused by name', () => {
    expect(messageOf(() => MultiContainerPod.find(undefined as unknown as Construct, 'Deployment/web'))).toBe(
      '[MultiContainerPod.find] `scope` is undefined; pass a Construct',
    );
    const find = (name: string) => messageOf(() => MultiContainerPod.find(two, name));
    expect(find('Deployment/web')).toBe(
      '[two] there is no "Deployment/web" here; pass one of "Deployment/shop", "Deployment/other"',
    );
    expect(find('Secret/key')).toBe(`[two] "Secret/key" is no workload: a Secret has no pod in it; ${TAKEN}`);
    expect(messageOf(() => MultiContainerPod.find(empty, 'Deployment/web'))).toBe(
      '[empty] there is no "Deployment/web" here; there is no pod in it',
    );
  });
});

/** Random manifests of Deployments, with fields that nobody knows. */
const DATA = fc
  .dictionary(fc.stringMatching(/^x[a-z]{1,5}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
  .filter((data) => !JSON.stringify(data).includes('__proto__')); // which cdk8s itself fails on
const NAME = fc.stringMatching(/^[a-z]{1,6}$/);
const CONTAINER = fc
  .record(
    {
      image: fc.constantFrom('acme/app:1.0.0', 'acme/other'),
      args: fc.array(fc.string(), { maxLength: 2 }),
      env: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[A-Z]{1,5}$/), value: fc.string() }), {
        selector: ({ name }) => name,
        maxLength: 3,
      }),
      ports: fc.array(fc.record({ containerPort: fc.integer({ min: 20000, max: 30000 }) }), { maxLength: 2 }),
      volumeMounts: fc.constantFrom([], [{ name: 'data', mountPath: '/data' }]),
      securityContext: fc.constantFrom({}, { runAsUser: 0 }, { runAsUser: 1000, xodd: true }),
    },
    { requiredKeys: ['image'] },
  )
  .chain((known) => DATA.map((unknown) => ({ ...unknown, ...known })));
const MANIFEST = fc
  .record({
    names: fc.uniqueArray(NAME, { minLength: 1, maxLength: 5 }),
    containers: fc.array(CONTAINER, { minLength: 5, maxLength: 5 }),
    inits: fc.nat(2),
    spec: DATA,
    more: DATA,
  })
  .map(({ names, containers, inits, spec, more }) => {
    const all = names.map((name, index) => ({ ...containers[index], name }));
    const first = Math.min(inits, all.length - 1);
    return {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'random' } },
      spec: {
        ...more,
        selector: { matchLabels: { app: 'random' } },
        template: {
          metadata: { labels: { app: 'random' } },
          spec: {
            ...spec,
            ...(first > 0 ? { initContainers: all.slice(0, first) } : {}),
            containers: all.slice(first),
            volumes: [{ name: 'data', emptyDir: {} }],
          },
        },
      },
    };
  })
  .map((manifest) => JSON.parse(JSON.stringify(manifest)));

/** What cdk8s makes of a manifest alone. */
function renderAlone(manifest: any): any {
  const chart = newChart();
  new ApiObject(chart, 'shop', manifest);
  return Testing.synth(chart)[0];
}

describe('a random manifest', () => {
  test('is unchanged where nothing is added', () => {
    assertAlways(
      fc.property(MANIFEST, (manifest) => {
        expect(JSON.stringify(take(manifest).render())).toBe(JSON.stringify(renderAlone(manifest)));
      }),
      300,
    );
  });

  test('keeps all that it had beside any companion', () => {
    const companions = Object.keys(CATALOGUE);
    assertAlways(
      fc.property(MANIFEST, fc.constantFrom(...companions), (manifest, name) => {
        const { pod, spec } = take(manifest);
        fc.pre(messageOf(() => pod.add(CATALOGUE[name]!.make(0))) === '');
        const before = renderAlone(manifest).spec.template.spec;
        const after = spec();
        for (const field of Object.keys(before).filter((key) => !/^(initContainers|containers|volumes)$/.test(key))) {
          expect(after[field]).toEqual(before[field]);
        }
        const names = listContainers(before).map(({ name: container }) => container);
        const kept = listContainers(after).filter(({ name: container }) => names.includes(container));
        expect(kept.map(({ name: container }) => container)).toEqual(names);
        kept.forEach((container, index) => {
          const original = listContainers(before)[index]!;
          for (const [field, value] of Object.entries(original)) {
            const now = container[field];
            expect(Array.isArray(value) && Array.isArray(now) ? now.slice(0, value.length) : now).toEqual(value);
          }
        });
      }),
      300,
    );
  });
});

test.each(Object.keys(EXISTING))('%s gives the same bytes from both Apps', (maker) => {
  const texts = [new App(), new FastApp()].map((app) => {
    const chart = new Chart(app, 'shop');
    const pod = MultiContainerPod.of(EXISTING[maker]!(chart, renderWorkload()) as Construct);
    pod.add(
      new OAuth2Proxy({
        provider: OAuth2Provider.oidc({ issuerUrl: 'https://login.example.com' }),
        clientId: 'shop',
        clientSecret: { secret: kplus.Secret.fromSecretName(chart, 'client', 'client'), key: 'secret' },
        cookieSecret: { secret: kplus.Secret.fromSecretName(chart, 'cookie', 'cookie'), key: 'secret' },
        emailDomains: ['example.com'],
      }),
    );
    pod.expose({ port: 80 });
    return app.synthYaml();
  });
  expect(texts[0]).toBe(texts[1]);
});
