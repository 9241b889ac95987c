import { Chart, Cron, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type Container,
  findPodTemplate,
  listContainers,
  type PodSpec,
  type PodTemplate,
} from '../src/pod/manifest/pod-template';
import { toCanonicalQuantity } from '../src/private/quantities';

/** Makes a workload of these containers. */
type WorkloadMaker = (chart: Chart, props: kplus.WorkloadProps) => kplus.AbstractPod;

/** Every workload kind of cdk8s-plus. */
export const WORKLOADS = listWorkloads(kplus);

/** Every workload kind of one generation of cdk8s-plus. */
export function listWorkloads(library: typeof kplus): Readonly<Record<string, WorkloadMaker>> {
  return {
    Pod: (chart, props) => new library.Pod(chart, 'workload', props),
    Deployment: (chart, props) => new library.Deployment(chart, 'workload', props),
    StatefulSet: (chart, props) =>
      new library.StatefulSet(chart, 'workload', {
        ...props,
        service: new library.Service(chart, 'governing', { ports: [{ port: 8080 }] }),
      }),
    DaemonSet: (chart, props) => new library.DaemonSet(chart, 'workload', props),
    Job: (chart, props) => new library.Job(chart, 'workload', props),
    CronJob: (chart, props) => new library.CronJob(chart, 'workload', { ...props, schedule: Cron.daily() }),
  };
}

/** The kinds whose pods are meant to end. */
export const JOBS = ['Job', 'CronJob'];

/** A main container as an application team would declare it, frozen: nothing may grow or change the caller's props. */
export const APP: kplus.ContainerProps = deepFreeze({
  name: 'app',
  image: 'acme/app:1.0.0',
  ports: [{ number: 8080, name: 'http' }],
  securityContext: { user: 1000 },
  volumeMounts: [],
  envVariables: {},
  args: ['serve'],
});

/** A fresh chart with a fixed id, so that names and paths are the same in every test. */
export function newChart(): Chart {
  return new Chart(Testing.app(), 'shop');
}

/** A Deployment of one application container. */
export function newDeployment(chart: Chart, props: kplus.DeploymentProps = {}): kplus.Deployment {
  return new kplus.Deployment(chart, 'web', { containers: [APP], ...props });
}

/** All manifests of this kind. */
export function manifests(chart: Chart, kind: string): any[] {
  return Testing.synth(chart).filter((manifest) => manifest.kind === kind);
}

/** The pod template of the only workload of a chart. */
export function podTemplate(chart: Chart): PodTemplate {
  const [workload, ...others] = Testing.synth(chart).filter((manifest) => manifest.kind in WORKLOADS);
  expect(others).toEqual([]);
  return findPodTemplate(workload);
}

/** The pod of the only workload of a chart. */
export function podSpec(chart: Chart): PodSpec {
  return podTemplate(chart).spec;
}

/** A container of the only workload of a chart. */
export function container(chart: Chart, name: string): Container {
  const found = listContainers(podSpec(chart)).find((candidate) => candidate.name === name);
  if (!found) {
    throw new Error(`there is no container "${name}" in the manifest`);
  }
  return found;
}

/** Freezes plain data and everything in it; instances of classes are left alone. */
export function deepFreeze<T>(data: T): T {
  const plain = Array.isArray(data) || Object.getPrototypeOf(data ?? 0) === Object.prototype;
  if (plain) {
    Object.values(data as object).forEach(deepFreeze);
    Object.freeze(data);
  }
  return data;
}

/** The message of the error that a call ends in; nothing where it ends in none. */
export function messageOf(call: () => unknown): string {
  try {
    call();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** The problems that a synth reports, without what cdk8s writes around them. */
export function listSynthProblems(synth: () => unknown): string[] {
  return messageOf(synth)
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

/** The requests and limits of a container as the API server writes them. */
export function toCanonicalAmounts(resources: Record<string, Record<string, string>>): object {
  const toCanonical = ([name, amount]: [string, string]) => [name, toCanonicalQuantity(amount)];
  return Object.fromEntries(
    Object.entries(resources).map(([type, amounts]) => [
      type,
      Object.fromEntries(Object.entries(amounts).map(toCanonical)),
    ]),
  );
}
