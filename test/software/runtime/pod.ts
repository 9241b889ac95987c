import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Container, podTemplateOf } from '../../../src/private/manifest';
import { ContainerProcess } from './container';
import type { LocalImage } from './image';
import { Network, POD_IP } from './network';
import { type Data, Volumes } from './volumes';

const PATIENCE_MS = 20_000;

/** What the manifests do not hold. */
export interface PodEnvironment {
  /** What runs in place of the image of each container, by its name. */
  readonly images: Readonly<Record<string, LocalImage>>;
  /** The Secrets of the namespace. */
  readonly secrets?: Data;
  /** Addresses of names of the cluster, such as 127.0.0.2, on which the test runs a server of its own. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Commands of such servers, which run in the network of the pod before it starts. */
  readonly servers?: readonly (readonly string[])[];
}

/**
 * Runs the pod of synthesized manifests as processes of this machine: in one network namespace, with its volumes as shared
 * folders, each container as its user with its root file system read-only, in the order in which the kubelet starts and
 * stops them. What is not checked: limits, the images themselves, restarts.
 */
export class RunningPod {
  /** Starts the pod and waits until it is ready. */
  public static async start(manifests: readonly any[], environment: PodEnvironment): Promise<RunningPod> {
    const pod = new RunningPod(manifests, environment, await Network.make());
    try {
      await pod.startAll();
      return pod;
    } catch (error) {
      await pod.kill();
      throw error;
    }
  }

  /** The volumes of the pod. */
  public readonly volumes: Volumes;

  private readonly folder = mkdtempSync(join(tmpdir(), 'pod-'));
  private readonly started: ContainerProcess[] = [];
  private readonly spec;
  private readonly workload: any;

  private constructor(
    private readonly manifests: readonly any[],
    private readonly environment: PodEnvironment,
    /** Its network. */
    public readonly network: Network,
  ) {
    this.workload = manifests.find(({ kind }) => /^(Pod|Deployment|StatefulSet|DaemonSet|Job|CronJob)$/.test(kind));
    this.spec = podTemplateOf(this.workload).spec;
    mkdirSync(join(this.folder, 'volumes'));
    const { secrets = {} } = environment;
    this.volumes = new Volumes(join(this.folder, 'volumes'), this.spec, this.configMaps, secrets);
  }

  /** A container that was started. */
  public container(name: string): ContainerProcess {
    const found = this.started.find(({ manifest }) => manifest.name === name);
    if (!found) {
      throw new Error(`container "${name}" was not started`);
    }
    return found;
  }

  /** Requests a URL in the network of the pod, and gives what comes back. */
  public curl(...args: string[]): string {
    return this.network.run('curl', '-sS', '--max-time', '10', ...args).output;
  }

  public async until(what: string, condition: () => boolean): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !condition(); await sleep(50)) {
      if (Date.now() > end) {
        throw new Error(`waited in vain until ${what}\n${this.report}`);
      }
    }
  }

  /** Stops the pod as the kubelet does, and gives how each container ended. */
  public async stop(): Promise<Record<string, number | string | undefined>> {
    const grace = this.spec.terminationGracePeriodSeconds! * 1000;
    await Promise.race([this.stopAll(), sleep(grace, undefined, { ref: false })]);
    const exits = this.exits;
    await this.kill();
    return exits;
  }

  /** Waits until the containers that a Job waits for have ended, then stops the others. */
  public async complete(): Promise<Record<string, number | string | undefined>> {
    await Promise.all(this.regular.map((container) => container.end()));
    return this.stop();
  }

  /** Ends whatever still runs and removes what is left of the pod. */
  public async kill(): Promise<void> {
    for (const container of this.started) {
      container.signal('SIGKILL');
    }
    await Promise.all(this.started.map((container) => container.end()));
    await this.network.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get exits(): Record<string, number | string | undefined> {
    return Object.fromEntries(this.started.map(({ manifest, exit }) => [manifest.name, exit]));
  }

  private get report(): string {
    return this.started
      .map(({ manifest, exit, output }) => `${manifest.name} (${exit}): ${output.slice(-800)}`)
      .join('\n');
  }

  private get regular(): ContainerProcess[] {
    return this.started.filter(({ manifest }) => this.spec.containers.includes(manifest));
  }

  private get sidecars(): ContainerProcess[] {
    return this.started.filter(({ manifest }) => manifest.restartPolicy === 'Always');
  }

  private get configMaps(): Data {
    const maps = this.manifests.filter(({ kind }) => kind === 'ConfigMap');
    return Object.fromEntries(maps.map(({ metadata, data }) => [metadata.name, data ?? {}]));
  }

  private async startAll(): Promise<void> {
    for (const server of this.environment.servers ?? []) {
      const [program, ...rest] = [...this.network.enter(), ...server];
      spawn(program!, rest, { stdio: 'ignore' });
    }
    for (const manifest of this.spec.initContainers ?? []) {
      await this.begin(manifest);
    }
    await Promise.all(this.spec.containers.map((manifest) => this.begin(manifest)));
    for (const { manifest } of [...this.sidecars, ...this.regular]) {
      const { readinessProbe } = manifest;
      await this.until(
        `"${manifest.name}" is ready`,
        () => !readinessProbe || this.container(manifest.name).answers(readinessProbe),
      );
    }
  }

  /** Starts a container and waits for what the kubelet waits for. */
  private async begin(manifest: Container): Promise<void> {
    const container = new ContainerProcess(manifest, {
      image: this.environment.images[manifest.name]!,
      root: join(this.folder, `root-${manifest.name}`),
      hosts: this.environment.hosts ?? {},
      network: this.network,
      mounts: [...this.volumes.mountsOf(manifest)],
      environment: this.variablesOf(manifest),
      sharesProcesses: this.spec.shareProcessNamespace === true,
      fsGroup: this.spec.securityContext?.fsGroup as number | undefined,
    });
    this.started.push(container);
    const { startupProbe } = manifest;
    if (this.spec.initContainers?.includes(manifest) && manifest.restartPolicy === undefined) {
      await container.end();
      if (container.exit !== 0) {
        throw new Error(`init container "${manifest.name}" failed\n${this.report}`);
      }
    } else if (startupProbe) {
      await this.until(`"${manifest.name}" has started`, () => {
        container.assertRunning();
        return container.answers(startupProbe);
      });
    }
  }

  private variablesOf({ env = [] }: Container): Record<string, string> {
    const fields: Record<string, string> = {
      'metadata.name': 'pod-0',
      'metadata.namespace': 'default',
      'metadata.uid': '0000',
      'spec.nodeName': 'node-0',
      'status.podIP': POD_IP,
    };
    const contentOf = ({ name, value, valueFrom }: any): string => {
      const { fieldRef, secretKeyRef, configMapKeyRef } = valueFrom ?? {};
      const found =
        value ??
        fields[fieldRef?.fieldPath] ??
        this.environment.secrets?.[secretKeyRef?.name]?.[secretKeyRef?.key] ??
        this.configMaps[configMapKeyRef?.name]?.[configMapKeyRef?.key];
      if (found === undefined) {
        throw new Error(`variable "${name}" has no value in this runtime`);
      }
      return String(found);
    };
    const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    return { PATH: path, ...Object.fromEntries(env.map((variable) => [variable.name, contentOf(variable)])) };
  }

  private async stopAll(): Promise<void> {
    await Promise.all(this.regular.map((container) => container.stop().then(() => container.end())));
    for (const container of [...this.sidecars].reverse()) {
      await container.stop();
      await container.end();
    }
  }
}
