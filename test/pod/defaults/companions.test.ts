import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CompanionResources,
  FluentBit,
  FluentBitOutput,
  LogFiles,
  MultiContainerPod,
  PodDefaults,
  type ResourceShareOptions,
  SidecarMode,
  WaitFor,
} from '../../../src';
import { APP, container, newChart, newDeployment, podSpec, WORKLOADS } from '../../support';

const AGENT = {
  logs: LogFiles.inDirectory('/var/log/app', { pattern: '*.log' }),
  output: FluentBitOutput.stdout(),
};

/** The resources of a log agent beside a main container that requests so much. */
function resourcesOf(
  companionResources: CompanionResources,
  main?: kplus.ContainerResources,
  own?: kplus.ContainerResources,
) {
  const chart = newChart();
  PodDefaults.of(chart).add({ companions: { resources: companionResources } });
  const containers = [{ ...APP, ...(main && { resources: main }) }];
  MultiContainerPod.of(newDeployment(chart, { containers })).add(new FluentBit({ ...AGENT, resources: own }));
  return container(chart, 'log-agent').resources;
}

describe('the resources of companions', () => {
  const main = { cpu: { request: kplus.Cpu.units(2) }, memory: { request: Size.gibibytes(1) } };

  test('are the same for all of them', () => {
    const resources = CompanionResources.of({ cpu: { request: kplus.Cpu.millis(20) } });
    expect(resourcesOf(resources)).toEqual({
      requests: { cpu: '20m', memory: '128Mi' },
      limits: { memory: '128Mi' },
    });
  });

  test('are a share of the main container, or the least', () => {
    const share = CompanionResources.shareOfMain({
      cpuPercent: 10,
      minCpu: kplus.Cpu.millis(20),
      memoryPercent: 5,
      minMemory: Size.mebibytes(32),
    });
    expect(resourcesOf(share, main)).toEqual({ requests: { cpu: '200m', memory: '52Mi' }, limits: { memory: '52Mi' } });
    const small = { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: Size.mebibytes(64) } };
    expect(resourcesOf(share, small)).toEqual({ requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '32Mi' } });
    expect(resourcesOf(share, { ephemeralStorage: { request: Size.gibibytes(1) } })).toEqual({
      requests: { cpu: '20m', memory: '32Mi' },
      limits: { memory: '32Mi' },
    });
  });

  test('stay those of the companion where the share says nothing of them', () => {
    expect(resourcesOf(CompanionResources.shareOfMain({ cpuPercent: 1 }), main)).toEqual({
      requests: { cpu: '20m', memory: '128Mi' },
      limits: { memory: '128Mi' },
    });
  });

  test('are what the companion states', () => {
    const own = { cpu: { request: kplus.Cpu.millis(7) } };
    expect(resourcesOf(CompanionResources.shareOfMain({ cpuPercent: 10 }), main, own)).toEqual({
      requests: { cpu: '7m' },
    });
  });

  test('are those of init containers and of companions of your own, too', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({
      companions: { resources: CompanionResources.of({ cpu: { request: kplus.Cpu.millis(20) } }) },
    });
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(WaitFor.tcp({ host: 'db', port: 5432 }));
    const defaultResources = { memory: { request: Size.mebibytes(8) } };
    pod.addSidecar({ name: 'own', image: 'acme/own:1', user: 1000, defaultResources });
    const [first, own] = podSpec(chart).initContainers!;
    expect(first!.resources?.requests).toEqual({ cpu: '20m', memory: '16Mi' });
    expect(own!.resources).toEqual({ requests: { cpu: '20m', memory: '8Mi' } });
  });

  test('of a pod without a main container are not known', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ companions: { resources: CompanionResources.shareOfMain({ cpuPercent: 10 }) } });
    const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'web'));
    expect(() => pod.addSidecar({ name: 'own', image: 'acme/own:1', user: 1000 })).toThrow(
      new Error('[shop/web] the pod has no container yet; add the main container first'),
    );
  });

  test('with two values in one scope are refused', () => {
    const chart = newChart();
    const add = (percent: number) =>
      PodDefaults.of(chart).add({ companions: { resources: CompanionResources.shareOfMain({ cpuPercent: percent }) } });
    add(10);
    add(10);
    expect(() => add(20)).toThrow('[shop] `companions.resources` of `PodDefaults` has another value here already');
  });

  test.each<[ResourceShareOptions, string]>([
    [{}, 'neither `cpuPercent` nor `memoryPercent` is given; pass one of them'],
    [{ cpuPercent: 0 }, '`cpuPercent` is 0; pass a percentage above 0 and up to 1000, such as 10'],
    [{ memoryPercent: 1001 }, '`memoryPercent` is 1001; pass a percentage above 0 and up to 1000, such as 10'],
    [{ minCpu: kplus.Cpu.millis(20) }, '`minCpu` is given without `cpuPercent`; pass both'],
    [{ cpuPercent: 1, minMemory: Size.mebibytes(1) }, '`minMemory` is given without `memoryPercent`; pass both'],
  ])('are refused for %j', (options, message) => {
    expect(() => CompanionResources.shareOfMain(options)).toThrow(
      new Error(`[CompanionResources.shareOfMain] ${message}`),
    );
  });
});

describe('the mode of sidecars', () => {
  const modeOf = (defaults: SidecarMode | undefined, pod?: SidecarMode, own?: SidecarMode) => {
    const chart = new Chart(Testing.app(), 'shop');
    PodDefaults.of(chart).add({ companions: { sidecarMode: defaults } });
    MultiContainerPod.of(newDeployment(chart), { sidecarMode: pod }).add(new FluentBit({ ...AGENT, mode: own }));
    return container(chart, 'log-agent').restartPolicy ? SidecarMode.NATIVE : SidecarMode.CLASSIC;
  };

  test.each([
    [undefined, undefined, undefined, SidecarMode.NATIVE],
    [SidecarMode.CLASSIC, undefined, undefined, SidecarMode.CLASSIC],
    [SidecarMode.CLASSIC, SidecarMode.NATIVE, undefined, SidecarMode.NATIVE],
    [SidecarMode.CLASSIC, undefined, SidecarMode.NATIVE, SidecarMode.NATIVE],
  ])('is, with defaults of %s, a pod of %s and a companion of %s, %s', (defaults, pod, own, mode) => {
    expect(modeOf(defaults, pod, own)).toBe(mode);
  });

  test('that all share does not fit a Job', () => {
    const chart = newChart();
    PodDefaults.of(chart).add({ companions: { sidecarMode: SidecarMode.CLASSIC } });
    const pod = MultiContainerPod.of(WORKLOADS.Job!(chart, { containers: [APP] }));
    expect(() => pod.add(new FluentBit(AGENT))).toThrow(
      new Error(
        '[shop/workload] container "log-agent" is a classic sidecar of a Job, which would then never complete; use SidecarMode.NATIVE',
      ),
    );
  });
});
