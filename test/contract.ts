import { type Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type ICompanion, MultiContainerPod, PodRules, ResizeRestart, Sidecar, SidecarMode } from '../src';
import { findPodTemplate, listContainers, type PodSpec } from '../src/pod/manifest/pod-template';
import { EXISTING, listAdditions, renderWorkload, WAYS } from './existing-workloads';
import { schemaProblems } from './kubernetes-schema';
import { restrictedViolations } from './restricted';
import { TRY_ALL } from './runs';
import { APP, container, JOBS, newChart, podSpec, podTemplate, toCanonicalAmounts, WORKLOADS } from './support';

/** A neighbour that every companion must get along with. */
const NEIGHBOUR = () => new Sidecar({ name: 'neighbour', image: 'acme/neighbour:1.0.0', user: 2000 });

/** The kinds on which all is tried: one for pods that stay, one for pods that end. On the others, what differs by kind. */
const THOROUGH = TRY_ALL ? Object.keys(WORKLOADS) : ['Deployment', 'Job'];

/** What a test needs to know of a companion. */
export interface CompanionCase {
  /** A new companion, from the same props each time. */
  readonly make: () => ICompanion;
  /** Names of the containers it adds. */
  readonly containers: readonly string[];
  /** Whether it can be a classic sidecar. */
  readonly classic?: boolean;
  /** Names of the containers that are then ordinary ones: all but its init containers. */
  readonly classicContainers?: readonly string[];
  /** The most memory that a container of it may ask for, in MiB. */
  readonly mebibytes?: number;
  /** New props of plain data, and the companion of them, where it takes any. */
  readonly copy?: { readonly props: () => object; readonly from: (props: any) => ICompanion };
}

/** The promises that every companion keeps, on every workload. */
export function describeCompanion(name: string, companion: CompanionCase): void {
  const { make, containers, classic = true, classicContainers = containers, mebibytes = 128, copy } = companion;
  describe(`${name} as a companion`, () => {
    describe.each(Object.keys(WORKLOADS))('of a %s', (kind) => {
      test('adds its containers and leaves the others as they were', () => {
        const before = compose(kind, []);
        const after = compose(kind, [make()]);
        expect(
          names(after)
            .filter((added) => !names(before).includes(added))
            .sort(),
        ).toEqual([...containers].sort());
        expect(withoutRequests(after, 'app')).toEqual(withoutRequests(before, 'app'));
      });

      test('leaves the main container as cdk8s-plus renders it, but for hardening and what it asks for', () => {
        const chart = newChart();
        WORKLOADS[kind]!(chart, { containers: [APP] });
        const bare = container(chart, 'app') as any;
        const completed = listContainers(compose(kind, [make()])).find((each) => each.name === 'app') as any;
        expect(withoutHardening(completed)).toEqual(withoutHardening(bare));
        expect(completed.securityContext).toMatchObject(bare.securityContext);
        for (const list of ['volumeMounts', 'env', 'ports']) {
          expect((completed[list] ?? []).slice(0, bare[list]?.length ?? 0)).toEqual(bare[list] ?? []);
        }
      });

      test('gives manifests that Kubernetes takes, restricted', () => {
        const manifests = Testing.synth(synthesize(kind, [make()]));
        const workloads = manifests.filter((manifest) => manifest.kind === kind);
        expect(manifests.flatMap(schemaProblems)).toEqual([]);
        expect(workloads.map((workload) => restrictedViolations(findPodTemplate(workload).spec))).toEqual([[]]);
        expect(PodRules.check(manifests).findings).toEqual([]);
      });
    });

    describe.each(Object.keys(WORKLOADS))('beside a %s that is there', (kind) => {
      const bare = renderWorkload(kind);
      const makers = kind === 'Deployment' ? EXISTING : WAYS;
      const expected = () => listAdditions(Testing.synth(synthesize(kind, [make()])), bare);
      test.each(Object.keys(makers))('adds to %s what it adds to cdk8s-plus', (maker) => {
        const chart = newChart();
        MultiContainerPod.of(makers[maker]!(chart, bare) as Construct).add(make());
        expect(listAdditions(Testing.synth(chart), bare)).toEqual(expected());
      });
    });

    describe.each(THOROUGH)('of a %s', (kind) => {
      test('is not killed by its own liveness probes, which go on while it ends, before it has delivered', () => {
        const spec = compose(kind, [make()]);
        const { initContainers = [], terminationGracePeriodSeconds = 30 } = spec;
        const probes = (initContainers as any[]).flatMap(({ name: each, livenessProbe }) =>
          containers.includes(each) && livenessProbe ? [livenessProbe] : [],
        );
        const flush = terminationGracePeriodSeconds - (compose(kind, []).terminationGracePeriodSeconds ?? 30);
        for (const { failureThreshold = 3, periodSeconds = 10 } of probes) {
          expect(failureThreshold * periodSeconds).toBeGreaterThan(flush);
        }
      });

      test('gives equal manifests each time', () => {
        const chart = synthesize(kind, [make()]);
        const first = Testing.synth(chart);
        expect(Testing.synth(chart)).toEqual(first);
        expect(Testing.synth(synthesize(kind, [make()]))).toEqual(first);
      });

      test('gives the same containers and volumes in any order of `add`', () => {
        expect(contents(compose(kind, [make(), NEIGHBOUR()]))).toEqual(contents(compose(kind, [NEIGHBOUR(), make()])));
      });

      test(`asks for at most 100m CPU and ${mebibytes}Mi memory, with a memory limit`, () => {
        const added = listContainers(compose(kind, [make()])).filter(({ name: added }) => containers.includes(added));
        for (const { resources } of added as any[]) {
          expect(Number.parseInt(resources.requests.cpu, 10)).toBeLessThanOrEqual(100);
          expect(Number.parseInt(resources.requests.memory, 10)).toBeLessThanOrEqual(mebibytes);
          expect(resources.limits.memory).toBe(resources.requests.memory);
        }
      });

      if (classic) {
        const asClassic = () => synthesize(kind, [make()], SidecarMode.CLASSIC);
        test(JOBS.includes(kind) ? 'fails as a classic sidecar' : 'works as a classic sidecar', () => {
          if (JOBS.includes(kind)) {
            expect(asClassic).toThrow('which would then never complete; use SidecarMode.NATIVE');
          } else {
            const chart = asClassic();
            const manifests = Testing.synth(chart);
            expect(podSpec(chart).containers.map((each) => each.name)).toEqual(['app', ...classicContainers]);
            expect(manifests.flatMap(schemaProblems)).toEqual([]);
            expect(PodRules.check(manifests).findings).toEqual([]);
          }
        });
      }
    });

    if (copy) {
      test('keeps what it was made with, whatever becomes of the props', () => {
        const props = copy.props();
        const companion = copy.from(props);
        clear(props);
        expect(props).toEqual({});
        expect(manifestsOf(companion)).toEqual(manifestsOf(copy.from(copy.props())));
      });
    }

    if (copy) {
      test('counts a prop that is undefined as left out', () => {
        for (const prop of Object.keys(copy.props())) {
          const { [prop]: _left, ...others } = copy.props() as Record<string, unknown>;
          const outcome = outcomeOf(() => copy.from({ ...others, [prop]: undefined }));
          const missing = new Error(expect.stringContaining(`\`${prop}\` is missing; pass `) as unknown as string);
          expect([missing, outcomeOf(() => copy.from(others))]).toContainEqual(outcome);
        }
      });

      test('says whether it restarts when it is resized, where it runs beside the main container', () => {
        const running = (made: ICompanion) =>
          listContainers(compose('Deployment', [made])).filter(
            ({ name: added, restartPolicy }) => containers.includes(added) && restartPolicy === 'Always',
          );
        const resizePolicy = { memory: ResizeRestart.RESTART_CONTAINER };
        const added = running(copy.from(copy.props()));
        const resized = outcomeOf(() => copy.from({ ...copy.props(), resizePolicy }));
        if (added.length === 0 && resized instanceof Error) {
          expect(resized.message).toMatch(/ `resizePolicy` is no prop of \w+; remove it/);
          return;
        }
        const rendered = [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }];
        expect(running(copy.from({ ...copy.props(), resizePolicy }))).toEqual(
          added.map((container) => ({ ...container, resizePolicy: rendered })),
        );
      });

      test('names the prop that a misspelt one is nearest to', () => {
        expect(() => copy.from({ ...copy.props(), naem: 'other' })).toThrow(
          /^\[[A-Z][\w.]+\] `naem` is no prop of \w+; write `name`$/,
        );
      });
    }

    test('can be added to several pods', () => {
      const companion = make();
      const chart = newChart();
      for (const id of ['a', 'b']) {
        const deployment = new kplus.Deployment(chart, id, { containers: [APP] });
        MultiContainerPod.of(deployment).add(companion);
      }
      const [a, b] = Testing.synth(chart).filter((manifest) => manifest.kind === 'Deployment');
      expect(names(a.spec.template.spec)).toEqual(names(b.spec.template.spec));
    });
  });
}

function synthesize(kind: string, companions: ICompanion[], sidecarMode?: SidecarMode): Chart {
  const chart = newChart();
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }), { sidecarMode });
  for (const companion of companions) {
    pod.add(companion);
  }
  return chart;
}

function compose(kind: string, companions: ICompanion[]): PodSpec {
  return podTemplate(synthesize(kind, companions)).spec;
}

function names(spec: PodSpec): string[] {
  return listContainers(spec).map((each) => each.name);
}

/** A container without what companions may ask of it: mounts, variables and listed ports. */
function withoutRequests(spec: PodSpec, name: string): object {
  const { volumeMounts, env, ports, ...rest } = listContainers(spec).find((each) => each.name === name)!;
  return rest;
}

/** A container without what the kernel may add to it, either. */
function withoutHardening({ securityContext, volumeMounts, env, ports, resources, ...rest }: any): object {
  return { ...rest, resources: toCanonicalAmounts(resources) };
}

function manifestsOf(companion: ICompanion): object[] {
  return Testing.synth(synthesize('Deployment', [companion]));
}

/** Empties plain data and all plain data in it; instances of classes are left alone. */
function clear(data: any): void {
  if (!Array.isArray(data) && Object.getPrototypeOf(data ?? 0) !== Object.prototype) {
    return;
  }
  Object.values(data).forEach(clear);
  if (Array.isArray(data)) {
    data.length = 0;
  } else {
    Object.keys(data).forEach((key) => void delete data[key]);
  }
}

/** The manifests with a companion, or the error that there is instead. */
function outcomeOf(make: () => ICompanion): unknown {
  try {
    return manifestsOf(make());
  } catch (error) {
    return error;
  }
}

function contents(spec: PodSpec): object {
  const byName = (items: readonly { name: string }[]) => [...items].sort((a, b) => a.name.localeCompare(b.name));
  return {
    ...spec,
    containers: byName(spec.containers),
    initContainers: byName(spec.initContainers ?? []),
    volumes: byName(spec.volumes ?? []),
  };
}
