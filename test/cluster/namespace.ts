import { stringify } from 'yaml';
import { getObject, kubectl, watchObjects } from './kubectl';
import { type ContainerEnding, describePod, type Ending, isReady, listStatuses, type Pod } from './pods';
import { waitFor } from './wait';

/** What `kubectl apply` said. */
export interface Applied {
  /** A line for each object, such as `deployment.apps/shop created`. */
  readonly objects: readonly string[];
  readonly warnings: readonly string[];
}

/** The exit code of a process that was killed, and what the kubelet says of one that it has lost sight of. */
const KILLED = 137;
const UNKNOWN = 'ContainerStatusUnknown';

/** Kinds that own pods, each of which ends when its owner is deleted. */
const WORKLOADS = 'deployments,statefulsets,daemonsets,cronjobs,jobs,pods';

/** A namespace in which the API server takes only pods that a level of Pod Security admits. */
export class Namespace {
  /** Makes the namespace, without what an earlier run left in it. */
  public static async create(name: string, level = 'restricted'): Promise<Namespace> {
    const namespace = new Namespace(name);
    await namespace.delete();
    const labels: Record<string, string> = {};
    for (const mode of ['enforce', 'warn', 'audit']) {
      labels[`pod-security.kubernetes.io/${mode}`] = level;
      labels[`pod-security.kubernetes.io/${mode}-version`] = 'latest';
    }
    await kubectl(['create', '--filename', '-'], {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }),
    });
    await waitFor(`service account of ${name}`, async () => {
      const { code } = await namespace.run(['get', 'serviceaccount', 'default'], true);
      return code === 0;
    });
    return namespace;
  }

  public constructor(public readonly name: string) {}

  /** Deletes the namespace with all that is in it, and waits until it is gone. */
  public async delete(): Promise<void> {
    await kubectl(['delete', 'namespace', this.name, '--ignore-not-found', '--timeout=120s']);
  }

  /** Applies manifests as they are, with strict validation of their fields. */
  public async apply(text: string): Promise<Applied> {
    const { stdout, stderr } = await this.run(['apply', '--validate=strict', '--filename', '-'], false, text);
    const lines = (output: string) => output.split('\n').filter((line) => line !== '');
    return { objects: lines(stdout), warnings: lines(stderr) };
  }

  /** Applies objects that the suite makes itself. */
  public async applyObjects(...objects: readonly object[]): Promise<Applied> {
    return this.apply(objects.map((object) => stringify(object)).join('---\n'));
  }

  public async applySecret(name: string, stringData: Record<string, string>): Promise<void> {
    await this.applyObjects({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData });
  }

  public get<T>(...args: string[]): Promise<T> {
    return getObject<T>(['--namespace', this.name, ...args]);
  }

  /** Its pods, without those that are being deleted. */
  public async listPods(selector = ''): Promise<readonly Pod[]> {
    const { items } = await this.get<{ items: Pod[] }>('pods', '--selector', selector);
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** Waits until there are so many pods, each ready, and gives them. */
  public async waitForPods(count: number, seconds = 120): Promise<readonly Pod[]> {
    let seen: readonly Pod[] = [];
    const ready = async () => {
      seen = await this.listPods();
      return seen.length === count && seen.every(isReady) && seen;
    };
    return waitFor(`${count} ready pods in ${this.name}`, ready, seconds).catch((error: Error) => {
      throw new Error(`${error.message}\n${seen.map(describePod).join('\n')}`);
    });
  }

  /** Waits until a pod is ready, and gives it as it is then. */
  public waitForPod(name: string): Promise<Pod> {
    return waitFor(`ready pod ${name}`, async () => {
      const pod = await this.get<Pod>('pod', name);
      return isReady(pod) && pod;
    });
  }

  /** Waits until a rollout of a workload, such as `deployment/shop`, is complete. */
  public async waitForRollout(workload: string): Promise<void> {
    await this.run(['rollout', 'status', workload, '--timeout=180s']);
  }

  /** Waits until a Job is complete, or says what its pods are. */
  public async waitForJob(name: string): Promise<void> {
    await this.run(['wait', `job/${name}`, '--for=condition=Complete', '--timeout=120s']);
  }

  public async readLogs(pod: string, container: string): Promise<string> {
    const { stdout } = await this.run(['logs', pod, '--container', container]);
    return stdout;
  }

  /** Runs a command in a container. */
  public exec(pod: string, container: string, ...command: string[]) {
    return this.run(['exec', pod, '--container', container, '--', ...command], true);
  }

  /** Deletes the workloads, and tells how each of their pods ended. */
  public async end(): Promise<readonly Ending[]> {
    const last = new Map<string, { pod: Pod; deleted: number; gone?: number }>();
    const stop = watchObjects<Pod>(['pods', '--namespace', this.name], ({ type, object }) => {
      const known = last.get(object.metadata.name);
      const deleted = known?.deleted || (object.metadata.deletionTimestamp === undefined ? 0 : Date.now());
      last.set(object.metadata.name, { pod: object, deleted, ...(type === 'DELETED' ? { gone: Date.now() } : {}) });
    });
    try {
      const before = await this.get<{ items: Pod[] }>('pods');
      await waitFor('events of pods', async () => last.size >= before.items.length);
      await this.run(['delete', WORKLOADS, '--all', '--cascade=foreground', '--wait=false']);
      await waitFor(`end of all pods of ${this.name}`, async () => [...last.values()].every(({ gone }) => gone), 180);
    } finally {
      stop();
    }
    return [...last.values()].map(({ pod, deleted, gone }) => toEnding(pod, (gone! - deleted) / 1000));
  }

  /** Runs kubectl in this namespace. */
  public run(args: readonly string[], mayFail = false, input?: string) {
    return kubectl(['--namespace', this.name, ...args], { mayFail, ...(input === undefined ? {} : { input }) });
  }
}

function toEnding(pod: Pod, seconds: number): Ending {
  const containers: Record<string, ContainerEnding> = {};
  for (const { name, state } of listStatuses(pod)) {
    if (state.terminated) {
      const { exitCode, reason, finishedAt } = state.terminated;
      // The kubelet says 137 as well of a container that was gone before it looked.
      containers[name] = { exitCode, finishedAt: finishedAt ?? '', killed: exitCode === KILLED && reason !== UNKNOWN };
    }
  }
  return { pod: pod.metadata.name, seconds, gracePeriod: pod.spec.terminationGracePeriodSeconds, containers };
}
