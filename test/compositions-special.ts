import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import { RestartAction } from '../src';
import { findType, listOwnTypes, type PublicType } from './compositions-api';
import type { ApiValues, Codes } from './compositions-values';
import { type Code, find, refer, type World, write, writeCall } from './compositions-world';

const CLAIM = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };

/** Values of which one says something of another. */
export const FITTING: readonly (readonly [RegExp, Code])[] = [
  [/^CpuResources\.request$/, refer('kplus.Cpu.millis(50)', () => kplus.Cpu.millis(50))],
  [/^CpuResources\.limit$/, refer('kplus.Cpu.units(2)', () => kplus.Cpu.units(2))],
  [/^MemoryResources\.request$/, refer('Size.mebibytes(32)', () => Size.mebibytes(32))],
  [/^MemoryResources\.limit$/, refer('Size.gibibytes(1)', () => Size.gibibytes(1))],
  [/^EphemeralStorageResources\.request$/, refer('Size.gibibytes(1)', () => Size.gibibytes(1))],
  [/^EphemeralStorageResources\.limit$/, refer('Size.gibibytes(2)', () => Size.gibibytes(2))],
  [/\.(minReady|scrapeTimeout)$/, refer('Duration.seconds(5)', () => Duration.seconds(5))],
  // Fields as they stand in a manifest are not ours to know.
  [/^PodPatch\.spec$/, write({ hostUsers: false, hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] })],
  [/^PodStorage\.fromSource\.source$/, write({ ephemeral: { volumeClaimTemplate: CLAIM } })],
  [/\.progressDeadline$/, refer('Duration.minutes(10)', () => Duration.minutes(10))],
];

/** Types that stand for something of the world, and interfaces that several classes implement. */
export const SPECIAL: Readonly<Record<string, (values: ApiValues) => Codes>> = {
  // Kubernetes 1.34, which judges, does not know the other action.
  RestartAction: () => fc.constant(refer('RestartAction.RESTART', () => RestartAction.RESTART)),
  Construct: () => fc.constant(refer('chart', ({ chart }) => chart)),
  MultiContainerPod: () => fc.constant(refer('pod', ({ pod }) => pod)),
  ICompanion: (values) => fc.oneof(...listCompanions().map((type) => values.instance(type))),
  ILogAgent: (values) =>
    fc.oneof(
      ...listCompanions()
        .filter((type) => type.is('LogAgent') || type.is('ILogAgent'))
        .map((type) => values.instance(type)),
    ),
  EnvFrom: (values) => {
    const env = findType('Env', 'kplus');
    const self = refer(env.text, () => env.value);
    return fc.oneof(...env.listFactories('EnvFrom').map((call) => values.call(self, call, 'kplus')));
  },
  IStorage: (values) => values.instance(findType('Volume', 'kplus')),
  Endpoint: (values) =>
    values.object(findType('ClaimOptions')).map((options) =>
      writeCall(
        refer('pod.network', ({ pod }) => pod.network),
        'claim',
        [options],
        true,
      ),
    ),
  IAnyProducer: () => fc.constant(refer("{ produce: () => 'level=info' }", () => ({ produce: () => 'level=info' }))),
  Service: () =>
    fc.constant(
      writeCall(
        refer('kplus.Service', () => kplus.Service),
        'new',
        [
          refer('chart', ({ chart }) => chart),
          find((world) => `x${world.next()}`),
          write({ ports: [{ name: 'http', port: 80 }] }),
        ],
        false,
      ),
    ),
};

/** All companions of the library. */
export function listCompanions(): PublicType[] {
  return listOwnTypes().filter(
    (type) =>
      type.value && ['ICompanion', 'ILogAgent', 'LogAgent'].some((name) => type.is(name)) && type.name !== 'LogAgent',
  );
}

export function listContainerNames({ workload }: World): string[] {
  return workload ? [...workload.containers, ...workload.initContainers].map(({ name }) => name) : [];
}

export function listPortNames({ pod }: World): string[] {
  return pod ? pod.network.endpoints.flatMap(({ name }) => name ?? []) : [];
}

/** One of the names that there are when the turn comes. */
export function pick(list: (world: World) => string[]): Codes {
  return fc.nat(11).map((index) =>
    find((world) => {
      const names = list(world);
      return names[index % Math.max(1, names.length)] ?? 'http';
    }),
  );
}
