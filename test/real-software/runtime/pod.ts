import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Container, findPodTemplate, type PodSpec } from '../../../src/pod/manifest/pod-template';
import { ContainerProcess } from './container';
import { environmentOf } from './environment';
import type { LocalImage } from './image';
import { Network } from './network';
import { type Data, Volumes } from './volumes';

const PATIENCE_MS = 60_000;

/** What the manifests do not hold. */
export interface PodEnvironment {
  /** What runs in place of the image of each container, by its name. */
  readonly images: Readonly<Record<string, LocalImage>>;
  /** The Secrets of the namespace. */
  readonly secrets?: Data;
  /** Addresses of names of the cluster, such as 127.0.0.2, on which the test runs a server of its own. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Commands of such servers, by the address at which they listen. They run in the network of the pod before it starts. */
  readonly servers?: Readonly<Record<string, readonly string[]>>;
  /** The command of one for which the pod does not wait. */
  readonly slowServer?: readonly string[];
}

/** How each container ended, by its name; undefined where it had to be killed when the grace period was over. */
export type Exits = Readonly<Record<string, number | undefined>>;

/**
 * Runs the pod of synthesized manifests as processes of this machine: in one network namespace, with its volumes as shared
 * folders, each container as its user with its root file system read-only, in the order in which the kubelet starts and
 * stops them. A container that ends is not restarted, and how often a probe may fail does not count: all have the same
 * time. Not checked: the images themselves, limits of CPU, memory and volumes, seccomp.
 */
export class RunningPod {
  /** Starts the pod and waits until it is ready and alive. */
  public static async start(manifests: readonly any[], environment: PodEnvironment): Promise<RunningPod> {
    const pod = new RunningPod(manifests, environment, await Network.make());
    await pod.startAll();
    return pod;
  }

  /** Ends whatever runs of all pods. */
  public static async killAll(): Promise<void> {
    await Promise.all([...RunningPod.all].map((pod) => pod.kill()));
  }

  private static readonly all = new Set<RunningPod>();

  /** The volumes of the pod. */
  public readonly volumes: Volumes;

  private readonly folder = mkdtempSync(join(tmpdir(), 'pod-'));
  private readonly started: ContainerProcess[] = [];
  private readonly spec: PodSpec;

  private constructor(
    private readonly manifests: readonly any[],
    private readonly environment: PodEnvironment,
    /** Its network. */
    public readonly network: Network,
  ) {
    RunningPod.all.add(this);
    const isWorkload = ({ kind }: any) => /^(Pod|Deployment|StatefulSet|DaemonSet|Job|CronJob)$/.test(kind);
    this.spec = findPodTemplate(manifests.find(isWorkload)).spec;
    mkdirSync(join(this.folder, 'volumes'));
    this.volumes = new Volumes(join(this.folder, 'volumes'), this.spec, this.configMaps, environment.secrets ?? {});
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
  public async curl(...args: string[]): Promise<string> {
    return (await this.network.run('curl', '-sS', '--max-time', '10', ...args)).output;
  }

  /** Whether anybody in the network of the pod listens at an address, such as `10.244.0.7:8080`. */
  public async isOpen(address: string): Promise<boolean> {
    return (await this.network.run('bash', '-c', `</dev/tcp/${address.replace(':', '/')}`)).status === 0;
  }

  public async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await condition()); await sleep(50)) {
      if (Date.now() > end) {
        throw new Error(`waited in vain until ${what}\n${this.report}`);
      }
    }
  }

  /** Stops the pod as the kubelet does, and gives how each container ended. */
  public async stop(): Promise<Exits> {
    const grace = this.spec.terminationGracePeriodSeconds! * 1000;
    await Promise.race([this.stopAll(), sleep(grace, undefined, { ref: false })]);
    const exits = Object.fromEntries(this.started.map(({ manifest, exit }) => [manifest.name, exit]));
    await this.kill();
    return exits;
  }

  /** Waits until the containers have ended that a Job waits for, then stops the others. */
  public async complete(): Promise<Exits> {
    await Promise.all(this.regular.map((container) => container.end()));
    return this.stop();
  }

  /** Ends whatever still runs and removes what is left of the pod. */
  public async kill(): Promise<void> {
    RunningPod.all.delete(this);
    await this.network.end(); // and with it the processes that containers share
    for (const container of this.started) {
      container.signal('SIGKILL');
    }
    await Promise.all(this.started.map((container) => container.end()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get report(): string {
    return this.started
      .map(({ manifest, exit, output }) => `${manifest.name} (${exit ?? 'running'}): ${output.slice(-800)}`)
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
    const { servers = {}, slowServer } = this.environment;
    if (slowServer) {
      this.network.serve(slowServer);
    }
    for (const [address, command] of Object.entries(servers)) {
      this.network.serve(command);
      await this.until(`${address} is open`, () => this.isOpen(address));
    }
    for (const manifest of this.spec.initContainers ?? []) {
      await this.begin(manifest);
    }
    await Promise.all(this.spec.containers.map((manifest) => this.begin(manifest)));
    for (const container of [...this.sidecars, ...this.regular]) {
      await this.untilAnswer(container, 'readinessProbe');
      await this.untilAnswer(container, 'livenessProbe');
    }
  }

  /** Starts a container and waits for what the kubelet waits for. */
  private async begin(manifest: Container): Promise<void> {
    const container = this.launch(manifest);
    this.started.push(container);
    if (this.spec.initContainers?.includes(manifest) && manifest.restartPolicy === undefined) {
      await container.end();
      if (container.exit !== 0) {
        const message = container.terminationMessage || container.output;
        throw new Error(`init container "${manifest.name}" ended with ${container.exit}: ${message}`);
      }
    } else {
      await this.untilAnswer(container, 'startupProbe');
    }
  }

  private launch(manifest: Container): ContainerProcess {
    const { images, hosts = {}, secrets = {} } = this.environment;
    const image = images[manifest.name];
    if (!image) {
      throw new Error(`the test says no image for container "${manifest.name}"`);
    }
    return new ContainerProcess(manifest, {
      image,
      folder: join(this.folder, manifest.name),
      hosts,
      network: this.network,
      mounts: this.volumes.mountsOf(manifest),
      environment: environmentOf(manifest, image.environment ?? {}, this.configMaps, secrets),
      sharesProcesses: this.spec.shareProcessNamespace === true,
      fsGroup: this.spec.securityContext?.fsGroup as number | undefined,
    });
  }

  private async untilAnswer(
    container: ContainerProcess,
    kind: 'startupProbe' | 'readinessProbe' | 'livenessProbe',
  ): Promise<void> {
    const { name, [kind]: probe } = container.manifest;
    if (probe) {
      await this.until(`\`${kind}\` of "${name}" succeeds`, () => {
        container.assertRunning();
        return container.answers(probe);
      });
    }
  }

  /** Each native sidecar gets its signal when all that started after it have ended; hooks run at once. */
  private async stopAll(): Promise<void> {
    const { regular, sidecars } = this;
    await Promise.all([
      ...regular.map((container) => container.stop()),
      ...sidecars.map((container, index) => container.stop([...regular, ...sidecars.slice(index + 1)])),
    ]);
  }
}
