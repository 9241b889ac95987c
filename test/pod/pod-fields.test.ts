import { type Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  type ConfigureOptions,
  InitContainer,
  InitRestartPolicy,
  MultiContainerPod,
  PodRules,
  ResizeRestart,
  RestartAction,
  RestartPolicyRule,
  RunFirst,
  Sidecar,
  SupplementalGroupsPolicy,
} from '../../src';
import { findPodTemplate } from '../../src/pod/manifest/pod-template';
import { EXISTING, renderWorkload } from '../existing-workloads';
import { schemaProblems } from '../kubernetes-schema';
import { APP, container, listSynthProblems, messageOf, newChart, newDeployment, podSpec, WORKLOADS } from '../support';

const STRICT: ConfigureOptions = {
  hostUsers: false,
  supplementalGroupsPolicy: SupplementalGroupsPolicy.STRICT,
  resources: {
    cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.units(2) },
    memory: { request: Size.gibibytes(1), limit: Size.kibibytes(4_000_001) },
  },
};
const EXPECTED = {
  hostUsers: false,
  securityContext: { supplementalGroupsPolicy: 'Strict' },
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '4000001Ki' } },
};
const INIT = { name: 'migrate', image: 'acme/app:1.0.0', user: 1000 };
const SMALL = { memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) } };

function problemsOf(chart: Chart): string[] {
  return listSynthProblems(() => Testing.synth(chart));
}

describe('the fields of a pod as a whole', () => {
  test.each(Object.keys(WORKLOADS))('are in the manifest of a %s, and the rules know them', (kind) => {
    const chart = newChart();
    MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] })).configure(STRICT);
    const manifests = Testing.synth(chart);
    expect(podSpec(chart)).toMatchObject(EXPECTED);
    expect(manifests.flatMap(schemaProblems)).toEqual([]);
    expect(PodRules.check(manifests).findings).toEqual([]);
  });

  test.each(Object.keys(EXISTING))('are in %s, and nothing else', (maker) => {
    const bare = renderWorkload();
    const chart = newChart();
    MultiContainerPod.of(EXISTING[maker]!(chart, bare) as Construct).configure({ hostUsers: false });
    const { hostUsers, ...spec } = findPodTemplate(Testing.synth(chart)[0]).spec;
    const untouched = newChart();
    MultiContainerPod.of(EXISTING[maker]!(untouched, bare) as Construct);
    expect(hostUsers).toBe(false);
    expect(spec).toEqual(findPodTemplate(Testing.synth(untouched)[0]).spec);
  });

  test('are left out where nothing is said', () => {
    const chart = newChart();
    const bare = newChart();
    MultiContainerPod.of(newDeployment(bare));
    MultiContainerPod.of(newDeployment(chart)).configure({});
    expect(podSpec(chart)).toEqual(podSpec(bare));
  });

  test('are said once, and can be patched', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.configure({ hostUsers: false });
    pod.configure({ hostUsers: false, resources: { memory: { limit: Size.gibibytes(4) } } });
    expect(messageOf(() => pod.configure({ hostUsers: true }))).toBe(
      '[shop/web] `spec.hostUsers` was false before and is true now; say it once',
    );
    expect(messageOf(() => pod.configure({ hostUser: true } as ConfigureOptions))).toBe(
      '[shop/web] `hostUser` is no prop of ConfigureOptions; write `hostUsers`',
    );
    pod.patch({ spec: { hostUsers: null } });
    expect(podSpec(chart)).not.toHaveProperty('hostUsers');
    expect(podSpec(chart).resources).toEqual({ limits: { memory: '4Gi' } });
  });

  test('are refused beside what Kubernetes does not take with them', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(
      new kplus.Deployment(chart, 'web', { containers: [{ ...APP, resources: SMALL }], hostNetwork: true }),
    );
    pod.addSidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 1000 });
    pod.addInitContainer({ ...INIT, resources: { memory: { request: Size.mebibytes(512) } } });
    pod.configure({
      hostUsers: false,
      resources: {
        cpu: { request: kplus.Cpu.millis(40) },
        memory: { request: Size.mebibytes(48), limit: Size.mebibytes(48) },
      },
    });
    pod.patch({ spec: { containers: [{ name: 'app', volumeDevices: [{ name: 'disk', devicePath: '/dev/x' }] }] } });
    expect(problemsOf(chart)).toEqual([
      '[shop/web] `hostUsers` is false and `hostNetwork` true, which Kubernetes takes not together; leave one of them out',
      '[shop/web] `hostUsers` is false and container "app" has `volumeDevices`, which Kubernetes takes not together; leave one of them out',
      '[shop/web] the containers request 50m cpu together, and `resources` of the pod 40m; pass at least as much',
      '[shop/web] the containers request 576Mi memory together, and `resources` of the pod 48Mi; pass at least as much',
      '[shop/web] container "app" has a limit of 64Mi memory, above the 48Mi of the pod; pass the pod as much, or the container less',
    ]);
  });
});

test('the limit of a pod holds what its containers request together', () => {
  const chart = newChart();
  const pod = MultiContainerPod.of(
    new kplus.Deployment(chart, 'web', {
      containers: [{ ...APP, resources: { cpu: { request: kplus.Cpu.units(1) } } }],
    }),
  );
  pod.configure({ resources: { cpu: { limit: kplus.Cpu.millis(900) } } });
  expect(problemsOf(chart)).toEqual([
    '[shop/web] the containers request 1000m cpu together, and `resources` of the pod 900m; pass at least as much',
  ]);
});

describe('a container that is resized', () => {
  const resizePolicy = { cpu: ResizeRestart.NOT_REQUIRED, memory: ResizeRestart.RESTART_CONTAINER };
  const RENDERED = [
    { resourceName: 'cpu', restartPolicy: 'NotRequired' },
    { resourceName: 'memory', restartPolicy: 'RestartContainer' },
  ];

  test('says whether it restarts, beside or as the main container', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'web'));
    pod.addMainContainer({ name: 'app', image: 'acme/app:1.0.0', user: 1000, resizePolicy });
    pod.add(new Sidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 1000, resizePolicy }));
    pod.add(new Sidecar({ name: 'other', image: 'acme/agent:1.0.0', user: 1000, resizePolicy: {} }));
    expect(['app', 'agent'].map((name) => container(chart, name).resizePolicy)).toEqual([RENDERED, RENDERED]);
    expect(container(chart, 'other')).not.toHaveProperty('resizePolicy');
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
  });

  test('cannot restart in a pod that is never restarted', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Job(chart, 'report', { containers: [APP] }));
    pod.addSidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 1000, resizePolicy });
    expect(problemsOf(chart)).toEqual([
      '[shop/report] container "agent" has a `resizePolicy` that restarts it, in a pod that is never restarted; pass NOT_REQUIRED, or another `restartPolicy` of the pod',
    ]);
  });
});

describe('an init container that runs again', () => {
  const rules = [
    RestartPolicyRule.onExitCodes([42, 43]),
    RestartPolicyRule.onOtherExitCodes([0, 1], RestartAction.RESTART_ALL_CONTAINERS),
  ];

  test('does so by the policy and the rules of its own', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(new InitContainer({ ...INIT, restartPolicy: InitRestartPolicy.NEVER, restartPolicyRules: rules }));
    pod.add(RunFirst.of({ ...INIT, name: 'warm', restartPolicy: InitRestartPolicy.ON_FAILURE }));
    expect(container(chart, 'migrate')).toMatchObject({
      restartPolicy: 'Never',
      restartPolicyRules: [
        { action: 'Restart', exitCodes: { operator: 'In', values: [42, 43] } },
        { action: 'RestartAllContainers', exitCodes: { operator: 'NotIn', values: [0, 1] } },
      ],
    });
    expect(container(chart, 'warm').restartPolicy).toBe('OnFailure');
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    const ids = PodRules.check(Testing.synth(chart)).findings.map(({ rule }) => rule);
    expect(ids).not.toContain('unknown-field');
  });

  test('is still one: it has no hooks, and others wait for it', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.addInitContainer({ ...INIT, restartPolicy: InitRestartPolicy.ON_FAILURE });
    pod.patch({ spec: { initContainers: [{ name: 'migrate', lifecycle: { preStop: { sleep: { seconds: 1 } } } }] } });
    expect(problemsOf(chart)).toEqual([
      '[shop/web] container "migrate" is an init container with a `lifecycle`, which Kubernetes refuses; remove it',
    ]);
  });

  test('is refused where Kubernetes would refuse it', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    const add = (more: object) => messageOf(() => pod.addInitContainer({ ...INIT, ...more }));
    expect(add({ restartPolicyRules: rules })).toBe(
      '[shop/web] `restartPolicyRules` of container "migrate" stands without `restartPolicy`, which holds where no rule fits; pass both',
    );
    expect(add({ restartPolicy: 'Always' })).toBe(
      '[shop/web] `restartPolicy` of container "migrate" is "Always"; pass an InitRestartPolicy (values: Never, OnFailure)',
    );
    expect(add({ restartPolicy: 'Never', restartPolicyRules: Array(21).fill(rules[0]) })).toBe(
      '[shop/web] `restartPolicyRules` of container "migrate" has 21 rules; pass at most 20',
    );
    expect(messageOf(() => RestartPolicyRule.onExitCodes([]))).toBe(
      '[RestartPolicyRule.onExitCodes] `codes` is empty; pass at least one exit code',
    );
    expect(messageOf(() => RestartPolicyRule.onOtherExitCodes([1, 256]))).toBe(
      '[RestartPolicyRule.onOtherExitCodes] `codes` has 256, which is no exit code; pass whole numbers from 0 to 255',
    );
    expect(add({})).toBe('');
  });
});
