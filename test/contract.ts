import { type Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type ICompanion, MultiContainerPod, Sidecar, SidecarMode } from '../src';
import { containersOf, type PodSpec } from '../src/private/manifest';
import { schemaProblems } from './kubernetes-schema';
import { restrictedViolations } from './restricted';
import { APP, JOBS, newChart, podSpec, podTemplate, WORKLOADS } from './support';

/** A neighbour that every companion must get along with. */
const NEIGHBOUR = () => new Sidecar({ name: 'neighbour', image: 'acme/neighbour:1.0.0', user: 2000 });

/** What a test needs to know of a companion. */
export interface CompanionCase {
  /** A new companion, from the same props each time. */
  readonly make: () => ICompanion;
  /** Names of the containers it adds. */
  readonly containers: readonly string[];
  /** Whether it can be a classic sidecar. */
  readonly classic?: boolean;
}

/** The promises that every companion keeps, on every workload. */
export function describeCompanion(name: string, { make, containers, classic = true }: CompanionCase): void {
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

      test('gives manifests that Kubernetes takes, restricted', () => {
        const chart = synthesize(kind, [make()]);
        expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
        expect(restrictedViolations(podSpec(chart))).toEqual([]);
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

      test('asks for at most 100m CPU and 128Mi memory, with a memory limit', () => {
        const added = containersOf(compose(kind, [make()])).filter(({ name: added }) => containers.includes(added));
        for (const { resources } of added as any[]) {
          expect(Number.parseInt(resources.requests.cpu, 10)).toBeLessThanOrEqual(100);
          expect(Number.parseInt(resources.requests.memory, 10)).toBeLessThanOrEqual(128);
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
            expect(podSpec(chart).containers.map((container) => container.name)).toEqual(['app', ...containers]);
            expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
          }
        });
      }
    });

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
  return containersOf(spec).map((container) => container.name);
}

/** A container without what companions may ask of it: mounts, variables and listed ports. */
function withoutRequests(spec: PodSpec, name: string): object {
  const { volumeMounts, env, ports, ...rest } = containersOf(spec).find((container) => container.name === name)!;
  return rest;
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
