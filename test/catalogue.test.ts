import { Testing } from 'cdk8s';
import fc from 'fast-check';
import * as library from '../src';
import { MultiContainerPod, PodRules, Severity, SidecarMode } from '../src';
import { findPodTemplate, listContainers } from '../src/pod/manifest/pod-template';
import { CATALOGUE } from './catalogue';
import { schemaProblems } from './kubernetes-schema';
import { restrictedViolations } from './restricted';
import { assertAlways } from './runs';
import { APP, JOBS, newChart, WORKLOADS } from './support';

const KINDS = Object.keys(CATALOGUE);

/** A pod of any companions of the catalogue, at most two of a kind, in the order of `add`. */
const POD = fc.record({
  workload: fc.constantFrom(...Object.keys(WORKLOADS)),
  classic: fc.nat(4).map((dice) => dice === 0),
  companions: fc.shuffledSubarray([...KINDS, ...KINDS], { minLength: 1, maxLength: 10 }),
});
type Plan = typeof POD extends fc.Arbitrary<infer T> ? T : never;

/** What keeps these companions from one pod. */
function clashOf({ workload, classic, companions }: Plan): string | undefined {
  const entries = companions.map((kind) => CATALOGUE[kind]!);
  if (classic && JOBS.includes(workload)) {
    return 'which would then never complete; use SidecarMode.NATIVE';
  }
  const wrong = [
    ...(entries.filter(({ inbound }) => inbound).length > 1
      ? ['requests enter the pod through port', 'port name']
      : []),
    ...(classic && entries.some(({ native }) => native) ? ['use SidecarMode.NATIVE'] : []),
    ...(entries.slice(companions.indexOf('RunFirst')).some(({ needed }) => needed) && companions.includes('RunFirst')
      ? ['is told of port']
      : []),
  ];
  return wrong.length > 0 ? `(${wrong.join('|')})` : undefined;
}

function compose({ workload, classic, companions }: Plan): any[] {
  const chart = newChart();
  const sidecarMode = classic ? SidecarMode.CLASSIC : SidecarMode.NATIVE;
  const pod = MultiContainerPod.of(WORKLOADS[workload]!(chart, { containers: [APP] }), { sidecarMode });
  companions.forEach((kind, id) => {
    pod.add(CATALOGUE[kind]!.make(id));
  });
  return Testing.synth(chart);
}

test('any companions of the catalogue get along in one pod, in any order, or fail for what keeps them apart', () => {
  const count = { right: 0, wrong: 0 };
  assertAlways(
    fc.property(POD, (plan) => {
      const clash = clashOf(plan);
      if (clash) {
        count.wrong += 1;
        expect(() => compose(plan)).toThrow(new RegExp(`\\[shop/workload\\] .*${clash}`));
        return;
      }
      count.right += 1;
      const manifests = compose(plan);
      const { spec } = findPodTemplate(manifests.find(({ kind }) => kind in WORKLOADS));
      expect(manifests.flatMap(schemaProblems)).toEqual([]);
      expect(restrictedViolations(spec)).toEqual([]);
      // An exporter may be drawn for an app that is not of its software.
      const severities = { 'localhost-port': Severity.OFF };
      expect(PodRules.check(manifests, { severities }).findings).toEqual([]);
      expect(spec.containers[0]!.name).toBe('app');
      expect(listContainers(spec).length).toBeGreaterThan(plan.companions.length);
    }),
    60,
  );
  expect(count.right).toBeGreaterThan(count.wrong / 2);
});

test('the catalogue is all companions that the library exports', () => {
  const companions = Object.entries<any>(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype?.bind instanceof Function)
    .map(([name]) => name);
  const others = ['LogAgent', 'WebServer']; // the base of log agents, and a main container
  expect(companions.filter((name) => !others.includes(name)).sort()).toEqual([...KINDS].sort());
});
