import { type Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { MultiContainerPod, PodRules, SidecarMode } from '../src';
import { findPodTemplate, listContainers } from '../src/pod/manifest/pod-template';
import { schemaProblems } from './kubernetes-schema';
import { restrictedViolations } from './restricted';
import { deepFreeze, manifests, newChart, podSpec, podTemplate, WORKLOADS } from './support';

/** What every pattern has. */
export interface Pattern extends Construct {
  readonly workload: kplus.AbstractPod;
  readonly pod: MultiContainerPod;
}

/** What every pattern takes, whatever it is made of. */
export type PatternProps = kplus.AbstractPodProps & {
  readonly metadata?: any;
  readonly replicas?: number;
  readonly spread?: boolean;
  readonly sidecarMode?: SidecarMode;
};

/** What a test needs to know of a pattern. */
export interface PatternCase {
  /** Makes a pattern "web" in a chart, with all that it must be given, and these props. */
  readonly build: (scope: Construct, props?: PatternProps) => Pattern;
  /** The prop that gives its main container, and what errors call that. */
  readonly prop: readonly [prop: string, called: string];
  /** Name of its main container. */
  readonly main: string;
  /** Names of its init containers and native sidecars, in the order in which they start. */
  readonly companions: readonly string[];
  /** Those of them that run to their end before the main container. */
  readonly inits?: readonly string[];
  /** Its handles beside `workload` and `pod`. */
  readonly parts: readonly string[];
  /** The port that its Service sends requests to, where it has any. */
  readonly servedPort?: number;
  /** Name of that port, where it is not `http`. */
  readonly servedName?: string;
  /** Whether it has several equal pods. */
  readonly scales?: boolean;
  /** Whether its sidecars can be classic. */
  readonly classic?: boolean;
  /** The most memory that a companion may ask for, in MiB. */
  readonly mebibytes?: number;
}

/** The promises that every pattern keeps, whatever it is made of. */
export function describePattern(name: string, pattern: PatternCase): void {
  const { build, prop, main, companions, inits = [], parts, classic = true, mebibytes = 128 } = pattern;
  const synthesize = (props?: PatternProps): Chart => {
    const chart = newChart();
    build(chart, props);
    return chart;
  };

  describe(`${name} as a pattern`, () => {
    test('gives manifests that Kubernetes takes, restricted', () => {
      const chart = synthesize();
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
      expect(restrictedViolations(podSpec(chart))).toEqual([]);
      expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
    });

    test('runs its companions as init containers and native sidecars of the main container', () => {
      const { spec, metadata } = podTemplate(synthesize());
      expect(spec.containers.map((container) => container.name)).toEqual([main]);
      expect(spec.initContainers?.map((container) => [container.name, container.restartPolicy])).toEqual(
        companions.map((companion) => [companion, inits.includes(companion) ? undefined : 'Always']),
      );
      expect(metadata?.annotations).toMatchObject({ 'kubectl.kubernetes.io/default-container': main });
    });

    if (classic) {
      test('runs its sidecars beside the main container in classic mode', () => {
        const chart = synthesize({ sidecarMode: SidecarMode.CLASSIC });
        const { containers, initContainers = [] } = podSpec(chart);
        const sidecars = companions.filter((companion) => !inits.includes(companion));
        expect(containers.map((any) => [any.name, any.restartPolicy])).toEqual(
          [main, ...sidecars].map((any) => [any, undefined]),
        );
        expect(initContainers.map((any) => any.name)).toEqual(inits);
        expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
        expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
      });
    }

    test('has companions that are small', () => {
      for (const { resources } of (podSpec(synthesize()).initContainers ?? []) as any[]) {
        expect(Number(/^(\d+)m$/.exec(resources.requests.cpu)![1])).toBeLessThanOrEqual(100);
        expect(Number(/^(\d+)Mi$/.exec(resources.requests.memory)![1])).toBeLessThanOrEqual(mebibytes);
        expect(resources.limits.memory).toBe(resources.requests.memory);
      }
    });

    test('confines every container, with a numeric UID', () => {
      for (const { securityContext } of listContainers(podSpec(synthesize()))) {
        expect(securityContext).toMatchObject({
          runAsUser: expect.any(Number),
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
        });
      }
    });

    test('gives equal manifests each time', () => {
      const chart = synthesize();
      const first = Testing.synth(chart);
      expect(Testing.synth(chart)).toEqual(first);
      expect(Testing.synth(synthesize())).toEqual(first);
    });

    test('leaves frozen props as they are', () => {
      const props = deepFreeze<PatternProps>({
        containers: [],
        initContainers: [],
        volumes: [],
        metadata: { labels: { team: 'shop' } },
        securityContext: {},
        ...(classic ? { sidecarMode: SidecarMode.NATIVE } : {}),
      });
      const build = () => Testing.synth(synthesize(props));
      expect(build()).toEqual(build());
    });

    test('has its parts within reach', () => {
      const pattern = build(newChart()) as any;
      expect(WORKLOADS).toHaveProperty(pattern.workload.constructor.name);
      expect(pattern.pod).toBe(MultiContainerPod.of(pattern.workload));
      for (const part of ['pod', ...parts]) {
        expect(pattern[part]).toBeInstanceOf(Object);
      }
    });

    test('passes on what cdk8s-plus takes', () => {
      const chart = newChart();
      const { workload } = build(chart, {
        metadata: { name: 'shop', labels: { team: 'web' }, namespace: 'prod' },
        serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'shop-account'),
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
        terminationGracePeriod: Duration.minutes(2),
        automountServiceAccountToken: true,
        securityContext: { fsGroup: 4711 },
        initContainers: [{ name: 'setup', image: 'acme/setup:1', securityContext: { user: 5 } }],
      });
      const manifest = Testing.synth(chart).find(({ kind }) => kind === workload.constructor.name);
      expect(manifest.metadata).toMatchObject({ name: 'shop', labels: { team: 'web' }, namespace: 'prod' });
      const { spec } = findPodTemplate(manifest);
      expect(spec).toMatchObject({
        serviceAccountName: 'shop-account',
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
        terminationGracePeriodSeconds: expect.any(Number),
        automountServiceAccountToken: true,
        securityContext: { fsGroup: 4711, fsGroupChangePolicy: 'OnRootMismatch' },
      });
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(120);
      expect(listContainers(spec).map((any) => any.name)).toEqual(['setup', ...companions, main]);
    });

    test('fails with containers of cdk8s-plus, which would come before the main container', () => {
      expect(() => synthesize({ containers: [{ image: 'acme/app:1' }] })).toThrow(
        new Error(
          `[shop/web] \`containers\` would be there before the ${prop[1]}, which is the main container; pass \`${prop[0]}\`, and add others with \`pod.add\``,
        ),
      );
    });
  });

  describeService(name, pattern);
  describeScaling(name, pattern);
}

function describeService(name: string, { build, servedPort, servedName = 'http' }: PatternCase): void {
  describe(`${name} as a server`, () => {
    if (servedPort === undefined) {
      test('has no Service', () => {
        expect(build(newChart())).not.toHaveProperty('expose');
      });
      return;
    }

    test('is exposed with the one port that serves requests', () => {
      const chart = newChart();
      const service: kplus.Service = (build(chart) as any).expose({ port: 80 });
      const exposed = manifests(chart, 'Service').find(({ metadata }) => metadata.name === service.name);
      expect(exposed.spec.ports).toEqual([{ name: servedName, port: 80, targetPort: servedPort }]);
      expect(podTemplate(chart).metadata?.labels).toMatchObject(exposed.spec.selector);
    });
  });
}

function describeScaling(name: string, { build, main, scales = false }: PatternCase): void {
  describe(`${name} in numbers`, () => {
    if (!scales) {
      test('does not scale', () => {
        const pattern = build(newChart()) as any;
        expect([pattern.scaleOnCpu, pattern.keepAvailable]).toEqual([undefined, undefined]);
      });
      return;
    }
    const synthesize = (props: PatternProps, use: (pattern: any) => void = () => undefined): Chart => {
      const chart = newChart();
      use(build(chart, props));
      return chart;
    };

    test('scales on the CPU of the main container alone, and then states no replicas', () => {
      const chart = synthesize({ replicas: 3 }, (pattern) =>
        pattern.scaleOnCpu({ maxReplicas: 6, averageUtilization: 50 }),
      );
      const [{ spec }] = manifests(chart, 'HorizontalPodAutoscaler');
      const [workload] = manifests(chart, spec.scaleTargetRef.kind);
      expect(workload.spec).not.toHaveProperty('replicas');
      expect(spec).toMatchObject({
        maxReplicas: 6,
        scaleTargetRef: { name: workload.metadata.name },
        metrics: [{ containerResource: { name: 'cpu', container: main, target: { averageUtilization: 50 } } }],
      });
      expect(spec.metrics).toHaveLength(1);
    });

    test('is kept available while nodes are drained', () => {
      const chart = synthesize({ replicas: 3 }, (pattern) => pattern.keepAvailable());
      const [{ spec }] = manifests(chart, 'PodDisruptionBudget');
      expect(spec.maxUnavailable).toBe(1);
      expect(podTemplate(chart).metadata?.labels).toMatchObject(spec.selector.matchLabels);
    });

    test('is spread over nodes and zones where it has several pods, unless told otherwise', () => {
      const keys = (props: PatternProps) =>
        (podSpec(synthesize(props)).topologySpreadConstraints as any[] | undefined)?.map(
          ({ topologyKey }) => topologyKey,
        );
      expect(keys({ replicas: 2 })).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
      expect(keys({ replicas: 2, spread: true })).toEqual(keys({ replicas: 2 }));
      expect(keys({ replicas: 2, spread: false })).toBeUndefined();
      expect(keys({ replicas: 1 })).toBeUndefined();
    });

    test('gives manifests that Kubernetes takes with everything turned on', () => {
      const chart = synthesize({ replicas: 3 }, (pattern) => {
        pattern.expose();
        pattern.scaleOnCpu({ minReplicas: 2, maxReplicas: 5, averageUtilization: 70 });
        pattern.keepAvailable();
      });
      const all = Testing.synth(chart);
      expect(all.flatMap(schemaProblems)).toEqual([]);
      expect(PodRules.check(all).findings).toEqual([]);
    });
  });
}
