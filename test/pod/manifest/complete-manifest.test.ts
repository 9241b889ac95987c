import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import { completeManifest } from '../../../src/pod/manifest/complete-manifest';
import { type PodTemplate, podTemplateOf } from '../../../src/pod/manifest/pod-template';
import { APP, deepFreeze, newChart, podSpec, podTemplate, WORKLOADS } from '../../support';

describe.each(Object.keys(WORKLOADS))('the rendered pod template of a %s', (kind) => {
  const compose = (complete: (template: PodTemplate) => void) => {
    const chart = newChart();
    const workload = WORKLOADS[kind]!(chart, { containers: [APP] });
    completeManifest(workload, complete);
    return { chart, workload };
  };
  const prefix = { Pod: '', CronJob: '/spec/jobTemplate/spec/template' }[kind] ?? '/spec/template';

  test('takes fields that the Kubernetes 1.28 schema of cdk8s-plus does not know', () => {
    const { chart } = compose(({ spec }) => {
      spec.resources = { limits: { memory: '1Gi' } };
    });
    expect(podSpec(chart).resources).toEqual({ limits: { memory: '1Gi' } });
  });

  test('is completed after the JSON patches of the user', () => {
    const seen: unknown[] = [];
    const { chart, workload } = compose(({ spec }) => void seen.push(spec.priorityClassName));
    ApiObject.of(workload).addJsonPatch(JsonPatch.add(`${prefix}/spec/priorityClassName`, 'high'));
    expect(podSpec(chart).priorityClassName).toBe('high');
    expect(seen).toEqual(['high']);
  });

  test('is completed anew each time, from what is declared by then', () => {
    let hostname = 'a';
    const { chart } = compose(({ spec }) => {
      spec.containers.push({ name: 'added' });
      spec.hostname = hostname;
    });
    const first = podSpec(chart);
    hostname = 'b';
    expect(podSpec(chart)).toEqual({ ...first, hostname: 'b' });
    expect(first.hostname).toBe('a');
    expect(first.containers.map(({ name }) => name)).toEqual(['app', 'added']);
  });

  test('has its fields in the order in which cdk8s writes them, and none without a value', () => {
    const { chart } = compose((template) => {
      template.metadata = { ...template.metadata, annotations: { b: '2', a: '1' } };
      template.spec.zone = 'z';
      template.spec.aliases = undefined;
    });
    expect(Object.keys(podTemplate(chart).metadata?.annotations ?? {})).toEqual(['a', 'b']);
    expect(Object.keys(podSpec(chart))).toEqual(Object.keys(podSpec(chart)).sort());
    expect(podSpec(chart)).toHaveProperty('zone', 'z');
    expect(podSpec(chart)).not.toHaveProperty('aliases');
  });

  test('leaves what it was rendered from as it is', () => {
    const chart = newChart();
    const workload = WORKLOADS[kind]!(chart, { containers: [APP] });
    const cached = deepFreeze(ApiObject.of(workload).toJson());
    ApiObject.of(workload).toJson = () => cached;
    completeManifest(workload, ({ spec }) => {
      spec.containers[0]!.name = 'renamed';
    });
    expect(podSpec(chart).containers.map(({ name }) => name)).toEqual(['renamed']);
    expect(podTemplateOf(cached).spec.containers.map(({ name }) => name)).toEqual(['app']);
  });

  test('is all that changes', () => {
    const bare = newChart();
    WORKLOADS[kind]!(bare, { containers: [APP] });
    const { chart } = compose(() => undefined);
    expect(Testing.synth(chart)).toEqual(Testing.synth(bare));
  });
});
