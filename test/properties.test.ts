import { posix } from 'node:path';
import type { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { type Container, findPodTemplate, listContainers, type PodSpec } from '../src/pod/manifest/pod-template';
import { schemaProblems } from './kubernetes-schema';
import { begin, PLAN } from './random-pods';
import { restrictedViolations } from './restricted';
import { assertAlways, runs, TRY_ALL } from './runs';
import { WORKLOADS } from './support';

const PLANS = 200;

/** One error of this library, or the list of them that cdk8s makes of what validations report. */
const ERROR = /^(\[[^\]]+\] [^A-Z].*|Validation failed with the following errors:(\n {2}\[[^\]]+\] [^A-Z].*)+)$/;

/** Runs a plan to its YAML, or to the error that it ends with. */
function outcomeOf(plan: Parameters<typeof begin>[0]) {
  const { chart, model, run } = begin(plan);
  try {
    run();
    return { chart, model, yaml: yamlOf(chart) };
  } catch (error) {
    return { chart, model, error: (error as Error).message };
  }
}

function yamlOf(chart: Chart): string {
  return (chart.node.root as App).synthYaml();
}

function manifestsIn(yaml: string): any[] {
  return parseAllDocuments(yaml).map((document) => document.toJS());
}

test('a pod of random parts is right, or fails for what is wrong with it', () => {
  const count = { right: 0, wrong: 0 };
  assertAlways(
    fc.property(PLAN, (plan) => {
      const { chart, model, yaml, error } = outcomeOf(plan);
      if (yaml === undefined) {
        count.wrong += 1;
        expect(model.faults).not.toEqual([]);
        expect(error).toMatch(ERROR);
        return;
      }
      count.right += 1;
      const manifests = manifestsIn(yaml);
      const { spec } = findPodTemplate(manifests.find(({ kind }) => kind in WORKLOADS));
      expect(problemsOf(spec)).toEqual([]);
      expect(manifests.flatMap(schemaProblems)).toEqual([]);
      expect(restrictedViolations(spec)).toEqual([]);
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Math.max(model.stop, plan.grace ?? 0));
      expect(model.faults).toEqual([]);
      expect(yamlOf(chart)).toBe(yaml);
    }),
    PLANS,
  );
  expect(count.right / runs(PLANS)).toBeGreaterThan(TRY_ALL ? 0.3 : 0.1);
  expect(count.wrong / runs(PLANS)).toBeGreaterThan(TRY_ALL ? 0.1 : 0);
});

test('the same plan gives the same bytes in another app', () => {
  assertAlways(
    fc.property(PLAN, (plan) => {
      const [first, second] = [outcomeOf(plan), outcomeOf(plan)];
      expect([second.yaml, second.error]).toEqual([first.yaml, first.error]);
    }),
    PLANS / 4,
  );
});

/** What is wrong with a rendered pod, whatever was asked for. */
function problemsOf(spec: PodSpec): string[] {
  const all = listContainers(spec);
  const native = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const plain = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === undefined);
  const ports = [...native, ...spec.containers].flatMap((container) => container.ports ?? []);
  const volumes = (spec.volumes ?? []).map(({ name }) => name);
  return [
    ...repeated(
      'name',
      all.map(({ name }) => name),
    ),
    ...all.filter(({ name }) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)).map(({ name }) => `name ${name}`),
    ...repeated(
      'port',
      ports.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`),
    ),
    ...repeated(
      'port name',
      ports.flatMap(({ name }) => name ?? []),
    ),
    ...repeated('volume', volumes),
    ...all.flatMap((container) => mountProblems(container, volumes)),
    ...plain.flatMap((container) =>
      forbidden(container, ['startupProbe', 'livenessProbe', 'readinessProbe', 'lifecycle']),
    ),
    ...native
      .filter(
        ({ lifecycle }) => lifecycle?.preStop && !(spec.restartPolicy !== 'Always' && onlySleeps(lifecycle.preStop)),
      )
      .map(({ name }) => `${name} has a preStop hook`),
    ...(spec.containers[0]?.name === 'app' ? [] : ['the main container is not the first']),
  ];
}

function mountProblems({ name, volumeMounts = [] }: Container, volumes: readonly string[]): string[] {
  const paths = volumeMounts.map(({ mountPath }) => posix.normalize(`${mountPath}/`));
  const missing = volumeMounts.filter((mount) => !volumes.includes(mount.name));
  return [...repeated(`mount in ${name}`, paths), ...missing.map((mount) => `${name} mounts unknown ${mount.name}`)];
}

function forbidden(container: Container, fields: readonly string[]): string[] {
  return fields.filter((field) => field in container).map((field) => `${container.name} has ${field}`);
}

function repeated(what: string, items: readonly string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index).map((item) => `${what} ${item} twice`);
}

/** What a native sidecar may do beside a main container that stops, in a pod that ends by itself. */
function onlySleeps(hook: any): boolean {
  return hook.sleep?.seconds > 0 || hook.exec?.command[0] === 'sleep';
}
