import { App, Chart, Size, Testing } from 'cdk8s';
import {
  CompanionResources,
  FastApp,
  type ICompanion,
  MultiContainerPod,
  Platform,
  PodDefaults,
  type PodDefaultsOptions,
  ServiceMesh,
} from '../../../src';
import { type Container, findPodTemplate, listContainers } from '../../../src/pod/manifest/pod-template';
import { CATALOGUE } from '../../catalogue';
import { schemaProblems } from '../../kubernetes-schema';
import { restrictedViolations } from '../../restricted';
import { APP, WORKLOADS } from '../../support';

/** Defaults, with what holds for every container of a pod that has them. */
const DEFAULTS: Readonly<Record<string, [defaults: () => PodDefaultsOptions, holds: (container: Container) => void]>> =
  {
    'Kubernetes 1.30': [() => ({ kubernetes: '1.30' }), () => {}],
    'the newest Kubernetes': [() => ({ kubernetes: '1.37' }), () => {}],
    OpenShift: [
      () => ({ platform: Platform.openShift() }),
      ({ securityContext }) => expect(securityContext).not.toHaveProperty('runAsUser'),
    ],
    'GKE Autopilot': [
      () => ({ platform: Platform.gkeAutopilot() }),
      ({ resources }) => expect(resources!.requests).not.toMatchObject({ cpu: '10m' }),
    ],
    'GKE Autopilot without bursting': [
      () => ({ platform: Platform.gkeAutopilot({ bursting: false }) }),
      ({ resources }) => expect(resources!.limits).toEqual(resources!.requests),
    ],
    'EKS Fargate': [
      () => ({ platform: Platform.eksFargate() }),
      ({ resources }) => expect(resources!.limits).toEqual(resources!.requests),
    ],
    Istio: [() => ({ mesh: ServiceMesh.istio() }), () => {}],
    Linkerd: [() => ({ mesh: ServiceMesh.linkerd() }), () => {}],
    'a mirror': [
      () => ({ images: { mirror: 'mirror.example/all', pins: { 'docker.io/library/busybox': '1.36.1' } } }),
      ({ image }) => expect(image).toMatch(/^mirror\.example\/all\/(?!.*busybox:1\.37)/),
    ],
    'a share': [
      () => ({
        companions: {
          resources: CompanionResources.shareOfMain({
            cpuPercent: 10,
            memoryPercent: 10,
            minMemory: Size.mebibytes(16),
          }),
        },
      }),
      ({ name, resources }) => {
        if (!/^(app|first-)/.test(name)) {
          expect(resources!.requests).toEqual({ cpu: '100m', memory: '52Mi' });
        }
      },
    ],
  };

/** A Deployment with one companion in an app that has these defaults. */
function compose<T extends App>(app: T, defaults: PodDefaultsOptions, companion: ICompanion) {
  PodDefaults.of(app).add(defaults);
  const chart = new Chart(app, 'shop');
  const user = defaults.platform?._rules?.assignsUser ? undefined : 1000;
  const containers = [{ ...APP, securityContext: { user } }];
  MultiContainerPod.of(WORKLOADS.Deployment!(chart, { containers })).add(companion);
  return { app, chart };
}

describe.each(Object.entries(DEFAULTS))('on %s', (_, [defaults, holds]) => {
  test.each(Object.entries(CATALOGUE))('%s is as it must be', (_kind, { make }) => {
    const manifests = Testing.synth(compose(Testing.app(), defaults(), make(0)).chart);
    const { spec } = findPodTemplate(manifests.find((manifest) => manifest.kind === 'Deployment'));
    expect(manifests.flatMap(schemaProblems)).toEqual([]);
    expect(restrictedViolations(spec)).toEqual([]);
    listContainers(spec).forEach(holds);
  });
});

test.each(Object.entries(CATALOGUE).filter(([, { native }]) => native))(
  '%s says that it needs Kubernetes 1.29',
  (_, { make }) => {
    expect(() => compose(Testing.app(), { kubernetes: '1.28' }, make(0))).toThrow('use SidecarMode.NATIVE');
  },
);

test.each(Object.keys(DEFAULTS))('on %s both apps write the same', (name) => {
  const [defaults] = DEFAULTS[name]!;
  const { make } = CATALOGUE.FluentBit!;
  const [slow, fast] = [new App(), new FastApp()].map((app) => compose(app, defaults(), make(0)).app.synthYaml());
  expect(fast).toBe(slow);
});
