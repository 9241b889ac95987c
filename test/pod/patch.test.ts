import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { FastApp, FluentBit, FluentBitOutput, LogFiles, MultiContainerPod, type PodPatch, PodRules } from '../../src';
import { findPodTemplate, listContainers } from '../../src/pod/manifest/pod-template';
import {
  applyPatch,
  CONTAINERS,
  describeMissing,
  isSameItem,
  mergePatches,
  POD,
  POD_LISTS,
  toItemPath,
  validatePatch,
} from '../../src/pod/manifest/strategic-merge';
import { EXISTING, renderWorkload } from '../existing-workloads';
import { begin, PLAN } from '../random-pods';
import { assertAlways } from '../runs';
import {
  APP,
  container,
  listSynthProblems,
  messageOf,
  newChart,
  newDeployment,
  podSpec,
  podTemplate,
  WORKLOADS,
} from '../support';

/** Fields that cdk8s-plus-28 does not know, and one of each kind of list. */
const NEWER: PodPatch = {
  labels: { 'acme.example/cost-center': '4711' },
  annotations: { 'sidecar.istio.io/inject': 'false' },
  spec: {
    hostUsers: false,
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    containers: [
      {
        name: 'app',
        env: [{ name: 'MODE', value: 'fast' }],
        ports: [{ name: 'http', hostPort: 8080 }],
        resources: { claims: [{ name: 'gpu', request: 'large' }] },
        lifecycle: { stopSignal: 'SIGUSR1' },
      },
      { name: 'log-agent', resources: { limits: { memory: '128Mi' } } },
    ],
    volumes: [{ name: 'logs', emptyDir: { sizeLimit: '1Gi', mode: 1770 } }],
    resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpus' }],
  },
};

/** The pod "shop/web" with a log agent. */
function shop(): { chart: Chart; pod: MultiContainerPod; deployment: kplus.Deployment } {
  const chart = newChart();
  const deployment = newDeployment(chart);
  const pod = MultiContainerPod.of(deployment);
  pod.storage.share('logs', { sizeLimit: Size.mebibytes(64) }).writtenBy('app', '/var/log/app');
  pod.add(
    new FluentBit({
      logs: LogFiles.inDirectory('/var/log/app', { pattern: '*.log' }),
      output: FluentBitOutput.stdout(),
    }),
  );
  return { chart, pod, deployment };
}

/** The problems that a synth of this chart reports, without what cdk8s writes around them. */
function problemsOf(chart: Chart): string[] {
  return listSynthProblems(() => (chart.node.root as App).synthYaml());
}

describe('a patch of a pod', () => {
  test('writes fields that no cdk8s-plus knows, by name', () => {
    const { chart, pod } = shop();
    const before = podTemplate(chart) as any;
    pod.patch(NEWER);
    const after = podTemplate(chart) as any;
    const app = (template: any) => template.spec.containers[0];
    expect(after.metadata.labels).toEqual({ ...before.metadata.labels, 'acme.example/cost-center': '4711' });
    expect(after.metadata.annotations).toEqual({ ...before.metadata.annotations, 'sidecar.istio.io/inject': 'false' });
    expect(after.spec).toEqual({
      ...before.spec,
      hostUsers: false,
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      containers: [
        {
          ...app(before),
          env: [{ name: 'MODE', value: 'fast' }],
          ports: [{ ...app(before).ports[0], hostPort: 8080 }],
          resources: { ...app(before).resources, claims: [{ name: 'gpu', request: 'large' }] },
          lifecycle: { stopSignal: 'SIGUSR1' },
        },
      ],
      initContainers: before.spec.initContainers.map((each: any) => ({
        ...each,
        resources: { ...each.resources, limits: { ...each.resources.limits, memory: '128Mi' } },
      })),
      resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpus' }],
      volumes: before.spec.volumes.map((volume: any) =>
        volume.name === 'logs' ? { name: 'logs', emptyDir: { sizeLimit: '1Gi', mode: 1770 } } : volume,
      ),
    });
  });

  test('comes after JSON patches, which lose such fields', () => {
    const { chart, pod, deployment } = shop();
    const path = '/spec/template/spec';
    pod.patch({ spec: { priorityClassName: 'high', hostUsers: false } });
    ApiObject.of(deployment).addJsonPatch(JsonPatch.add(`${path}/priorityClassName`, 'low'));
    ApiObject.of(deployment).addJsonPatch(JsonPatch.add(`${path}/runtimeClassName`, 'gvisor'));
    expect(podSpec(chart)).toMatchObject({ priorityClassName: 'high', runtimeClassName: 'gvisor', hostUsers: false });
  });

  test('is over what the kernel and companions declare', () => {
    const { chart, pod } = shop();
    pod.patch({
      spec: {
        terminationGracePeriodSeconds: 600,
        initContainers: [{ name: 'log-agent', securityContext: { readOnlyRootFilesystem: false } }],
      },
    });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(600);
    expect(container(chart, 'log-agent').securityContext).toMatchObject({
      readOnlyRootFilesystem: false,
      runAsNonRoot: true,
    });
  });

  test('removes a field by null', () => {
    const { chart, pod } = shop();
    pod.patch({ spec: { dnsPolicy: null, none: null, containers: [{ name: 'app', resources: { limits: null } }] } });
    expect(podSpec(chart)).not.toHaveProperty('dnsPolicy');
    expect(podSpec(chart)).not.toHaveProperty('none');
    expect(container(chart, 'app').resources).not.toHaveProperty('limits');
  });

  test('has one of what excludes each other', () => {
    const { chart, pod } = shop();
    pod.addEnv('app', 'TOKEN', kplus.EnvValue.fromValue('none'));
    pod.patch({
      spec: {
        containers: [
          {
            name: 'app',
            env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop', key: 'token' } } }],
            livenessProbe: { grpc: { port: 9000 } },
          },
        ],
        volumes: [{ name: 'logs', ephemeral: { volumeClaimTemplate: { spec: {} } } }],
      },
    });
    pod.patch({ spec: { containers: [{ name: 'app', livenessProbe: { timeoutSeconds: 7 } }] } });
    expect(container(chart, 'app')).toMatchObject({
      env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop', key: 'token' } } }],
      livenessProbe: { grpc: { port: 9000 }, timeoutSeconds: 7 },
    });
    expect(container(chart, 'app').env![0]).not.toHaveProperty('value');
    expect(podSpec(chart).volumes).toContainEqual({ name: 'logs', ephemeral: { volumeClaimTemplate: { spec: {} } } });
  });

  test('finds a port without a name by its number', () => {
    const chart = newChart();
    const deployment = new kplus.Deployment(chart, 'web', { containers: [{ ...APP, ports: [{ number: 8080 }] }] });
    const ports = [{ containerPort: 8080, hostPort: 80 }];
    MultiContainerPod.of(deployment).patch({ spec: { containers: [{ name: 'app', ports }] } });
    expect(container(chart, 'app').ports).toEqual([{ containerPort: 8080, hostPort: 80 }]);
  });

  test('says the same twice, and fails where it says something else', () => {
    const { chart, pod } = shop();
    pod.patch(NEWER);
    const once = Testing.synth(chart);
    pod.patch(NEWER);
    expect(Testing.synth(chart)).toEqual(once);
    const patch = (spec: object) => messageOf(() => pod.patch({ spec: spec as any }));
    expect(patch({ hostUsers: true })).toBe(
      '[shop/web] `spec.hostUsers` was false before and is true now; say it once',
    );
    expect(patch({ hostUsers: null })).toBe(
      '[shop/web] `spec.hostUsers` was false before and is null now; say it once',
    );
    expect(patch({ tolerations: [] })).toBe(
      '[shop/web] `spec.tolerations` was [{"key":"dedicated","operator":"Exists"}] before and is [] now; say it once',
    );
    expect(patch({ initContainers: [{ name: 'log-agent', resources: { limits: { memory: '1Gi' } } }] })).toBe(
      '[shop/web] `spec.containers[log-agent].resources.limits.memory` was "128Mi" before and is "1Gi" now; say it once',
    );
    expect(patch({ containers: [{ name: 'app', env: [{ name: 'MODE', valueFrom: {} }] }] })).toBe(
      '[shop/web] `spec.containers[app].env[MODE]` had `value` before and has `valueFrom` now; say it once',
    );
    expect(messageOf(() => pod.patch({ annotations: { 'sidecar.istio.io/inject': 'true' } }))).toBe(
      '[shop/web] `metadata.annotations.sidecar.istio.io/inject` was "false" before and is "true" now; say it once',
    );
    expect(Testing.synth(chart)).toEqual(once);
  });

  test('fails at once where one patch says two things', () => {
    const containers = [
      { name: 'app', tty: true },
      { name: 'app', tty: false },
    ];
    expect(messageOf(() => shop().pod.patch({ spec: { containers } }))).toBe(
      '[shop/web] `spec.containers[app].tty` was true before and is false now; say it once',
    );
  });

  test('reports names that are not in the finished pod, together', () => {
    const { chart, pod } = shop();
    pod.patch({
      spec: {
        containers: [
          { name: 'ap', tty: true },
          { name: 'app', ports: [{ name: 'https', hostPort: 443 }] },
        ],
        volumes: [{ name: 'lgos', emptyDir: {} }],
      },
    });
    expect(problemsOf(chart)).toEqual([
      '[shop/web] `spec.volumes[lgos]` is patched, and there is no such volume (volumes: logs, log-agent-state, log-agent-config); pass one that is there, or add it with `storage.fromSource`',
      '[shop/web] `spec.containers[ap]` is patched, and there is no such container (containers: log-agent, app); pass one that is there, or add it with `addSidecar`',
      '[shop/web] `spec.containers[app].ports[https]` is patched, and there is no such port (ports: http); pass one that is there, or add it with `network.claim`',
    ]);
  });

  test('finds what is added after it', () => {
    const { chart, pod } = shop();
    pod.patch({ spec: { containers: [{ name: 'late', tty: true }] } });
    pod.addSidecar({ name: 'late', image: 'acme/late:1.0.0', user: 1000 });
    expect(container(chart, 'late')).toMatchObject({ tty: true });
    expect(messageOf(() => (chart.node.root as App).synthYaml())).toBe('');
  });

  test('keeps the labels by which the workload finds its pods', () => {
    const { chart, pod, deployment } = shop();
    const [[label, value]] = Object.entries(deployment.matchLabels) as [[string, string]];
    pod.patch({ labels: { [label]: 'other' } });
    expect(problemsOf(chart)).toEqual([
      `[shop/web] label "${label}" is patched to "other", and the workload finds its pods by "${value}"; leave it as it is`,
    ]);
  });

  test('takes plain data alone, in the shape of a pod', () => {
    const { pod } = shop();
    const patch = (spec: unknown) => messageOf(() => pod.patch({ spec: spec as any }));
    expect(patch({ containers: { app: {} } })).toBe(
      '[shop/web] `spec.containers` is an object; pass a list of objects with `name`',
    );
    expect(patch({ containers: [{ tty: true }] })).toBe(
      '[shop/web] `spec.containers[0]` has no `name`; pass it, so that it is known what is patched',
    );
    expect(patch({ initContainers: [{ name: 'a', ports: [{}] }] })).toBe(
      '[shop/web] `spec.initContainers[a].ports[0]` has no `name` or `containerPort`; pass it, so that it is known what is patched',
    );
    expect(patch({ volumes: [{ name: 'logs', emptyDir: { sizeLimit: Size.gibibytes(1) } }] })).toBe(
      '[shop/web] `spec.volumes[logs].emptyDir.sizeLimit` is a Size; pass plain data as it stands in a manifest',
    );
    expect(patch({ tolerations: [{ $patch: 'replace' }] })).toBe(
      '[shop/web] `spec.tolerations[0].$patch` is a directive, which a patch does not take; pass null to remove a field',
    );
    expect(messageOf(() => pod.patch({ sepc: {} } as PodPatch))).toBe(
      '[shop/web] `sepc` is no prop of PodPatch; write `spec`',
    );
    expect(messageOf(() => pod.patch({ labels: { tier: 1 } } as any))).toBe(
      '[shop/web] `labels.tier` is 1; pass a text',
    );
  });

  test('has no names but its own', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    pod.patch({ spec: { constructor: 'a', toString: { b: 1 } } });
    expect(messageOf(() => pod.patch({ spec: { constructor: 'b' } }))).toBe(
      '[shop/web] `spec.constructor` was "a" before and is "b" now; say it once',
    );
    expect(messageOf(() => pod.patch({ annotations: { constructor: 'x' } }))).toBe('');
  });

  test('keeps nothing of what was passed', () => {
    const { chart, pod } = shop();
    const spec = { hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] };
    pod.patch({ spec });
    spec.hostAliases[0]!.hostnames.push('other');
    expect(podSpec(chart).hostAliases).toEqual([{ ip: '10.0.0.1', hostnames: ['db'] }]);
  });
});

describe('the same patch', () => {
  const EXTRA: PodPatch = {
    annotations: { 'acme.example/team': 'shop' },
    spec: { hostUsers: false, containers: [{ name: 'app', stdin: true }] },
  };

  test.each(Object.keys(EXISTING))('changes %s in nothing else', (maker) => {
    const bare = renderWorkload();
    const render = (patch?: PodPatch) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(EXISTING[maker]!(chart, bare) as Construct);
      if (patch) {
        pod.patch(patch);
      }
      return Testing.synth(chart)[0];
    };
    const expected = render();
    const template = findPodTemplate(expected) as any;
    template.metadata = {
      ...template.metadata,
      annotations: { ...template.metadata?.annotations, 'acme.example/team': 'shop' },
    };
    template.spec.hostUsers = false;
    template.spec.containers[0].stdin = true;
    expect(render(EXTRA)).toEqual(expected);
    expect(render({})).toEqual(render());
  });

  test.each(Object.keys(WORKLOADS))('holds for a %s, and the rules know its fields', (kind) => {
    const chart = newChart();
    MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] })).patch(EXTRA);
    expect(podSpec(chart)).toMatchObject({ hostUsers: false, containers: [{ stdin: true }] });
    expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
  });

  test('gives the same bytes by `App` and `FastApp`', () => {
    const build = (app: App) => {
      const chart = new Chart(app, 'shop');
      const pod = MultiContainerPod.of(newDeployment(chart));
      pod.add(
        new FluentBit({
          logs: LogFiles.inDirectory('/var/log/app', { pattern: '*.log' }),
          output: FluentBitOutput.stdout(),
        }),
      );
      pod.patch(EXTRA);
      return app.synthYaml();
    };
    expect(build(new FastApp())).toBe(build(new App()));
  });

  test('changes nothing where it is empty, whatever the pod', () => {
    const yamlOf = (plan: Parameters<typeof begin>[0], patch?: PodPatch) => {
      const { chart, run } = begin(plan);
      try {
        run();
        const workload = chart.node.findAll().find((each) => each instanceof kplus.AbstractPod) as kplus.AbstractPod;
        if (patch) {
          const pod = MultiContainerPod.of(workload);
          pod.patch(patch);
          pod.patch({ spec: { containers: listContainers(podSpec(chart)).map(({ name }) => ({ name })) } });
        }
        return (chart.node.root as App).synthYaml();
      } catch (error) {
        return (error as Error).message;
      }
    };
    assertAlways(
      fc.property(PLAN, fc.constantFrom({}, { spec: {} }, { labels: {}, annotations: {} }), (plan, empty) => {
        expect(yamlOf(plan, empty)).toBe(yamlOf(plan));
      }),
      50,
    );
  });
});

/** Fields of any pod, of which some lists have keys. */
const NAME = fc.constantFrom('a', 'b', 'c');
const LEAF = fc.oneof(fc.constant(null), fc.integer(), fc.boolean(), fc.string());
const ANY_PATCH = fc.record(
  {
    hostUsers: LEAF,
    securityContext: fc.dictionary(NAME, LEAF),
    tolerations: fc.array(fc.dictionary(NAME, fc.integer())),
    hostAliases: fc.array(fc.record({ ip: NAME, hostnames: fc.array(NAME) })),
    imagePullSecrets: fc.array(fc.record({ name: NAME })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<any>;

describe('the merge', () => {
  test('is the same whichever of two patches comes first, or both disagree', () => {
    assertAlways(
      fc.property(ANY_PATCH, ANY_PATCH, (one, other) => {
        const conflicts: [string[], string[]] = [[], []];
        const forth = mergePatches(mergePatches({}, one, conflicts[0]), other, conflicts[0]);
        const back = mergePatches(mergePatches({}, other, conflicts[1]), one, conflicts[1]);
        expect(conflicts[0].length === 0).toBe(conflicts[1].length === 0);
        if (conflicts[0].length === 0) {
          expect(sortLists(applyPatch({}, forth, []))).toEqual(sortLists(applyPatch({}, back, [])));
        }
      }),
      300,
    );
  });

  test('changes nothing the second time, and nothing that it does not name', () => {
    assertAlways(
      fc.property(ANY_PATCH, ANY_PATCH, (target, patch) => {
        const conflicts: string[] = [];
        const own = mergePatches({}, patch, conflicts);
        fc.pre(conflicts.length === 0);
        const once = applyPatch(target, own, []);
        expect(applyPatch(once, own, [])).toEqual(once);
        for (const field of Object.keys(target).filter((each) => !(each in patch))) {
          expect(once[field]).toEqual(target[field]);
        }
      }),
      300,
    );
  });

  test('knows its lists', () => {
    expect(Object.keys(POD_LISTS)).toContain('topologySpreadConstraints');
    expect(POD.lists).toBe(POD_LISTS);
    expect(validatePatch({ containers: [{ name: 'a' }] })).toEqual([]);
    expect(isSameItem({ name: 'a', image: 'b' }, { name: 'a' }, CONTAINERS)).toBe(true);
    expect(toItemPath('spec.containers', { name: 'a' }, CONTAINERS)).toBe('spec.containers[a]');
    expect(describeMissing([], CONTAINERS, 'spec.containers[a]')).toBe(
      '`spec.containers[a]` is patched, and there is no such container; pass one that is there, or add it with `addSidecar`',
    );
  });
});

function sortLists(data: any): any {
  return Array.isArray(data)
    ? data.map(sortLists).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
    : data !== null && typeof data === 'object'
      ? Object.fromEntries(
          Object.keys(data)
            .sort()
            .map((key) => [key, sortLists(data[key])]),
        )
      : data;
}
