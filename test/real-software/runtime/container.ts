import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from '../../../src/pod/manifest/pod-template';
import { tool } from '../tools';
import { type LocalImage, layOut } from './image';
import { type Network, POD_IP, run } from './network';
import { Output } from './output';
import { childOf } from './processes';

/** What a container needs beside its own manifest. */
export interface Surroundings {
  readonly image: LocalImage;
  /** A folder of its own. */
  readonly folder: string;
  readonly hosts: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly mounts: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly sharesProcesses: boolean;
  readonly fsGroup?: number;
}

/** Shows the processes that containers share in /proc, which bwrap takes as it is where it makes no namespace for processes. */
const AMONG_PROCESSES = ['unshare', '--mount', 'sh', '-c', 'mount -t proc proc /proc && exec "$@"', 'sh'];

/** A container as a process: its user, root file system, mounts and environment are those of the manifest. */
export class ContainerProcess {
  /** Exit code of the process; 128 and the number of the signal that ended it. */
  public exit?: number;
  private readonly written: Output;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  public constructor(
    public readonly manifest: Container,
    private readonly surroundings: Surroundings,
  ) {
    mkdirSync(this.root, { recursive: true });
    writeFileSync(this.terminationLog, '');
    chmodSync(this.terminationLog, 0o666);
    const [program, ...rest] = this.command;
    this.written = new Output(join(surroundings.folder, 'output'), this.user);
    const { writer } = this.written;
    this.child = spawn(program!, rest, { env: {}, stdio: ['ignore', writer, writer] });
    this.written.handOver();
    this.ended = this.observe();
  }

  /** What it wrote to standard output and standard error. */
  public get output(): string {
    return this.written.text;
  }

  /** What it left in /dev/termination-log, which the status of the pod shows. */
  public get terminationMessage(): string {
    return readFileSync(this.terminationLog, 'utf8');
  }

  public assertRunning(): void {
    if (this.exit !== undefined) {
      throw new Error(`container "${this.manifest.name}" ended with ${this.exit}: ${this.output.slice(-2000)}`);
    }
  }

  /** Waits until it has ended by itself. */
  public async end(): Promise<void> {
    await this.ended;
  }

  /** Does at once what `preStop` says, sends the stop signal of the image when the others have ended, and waits. */
  public async stop(others: readonly ContainerProcess[] = []): Promise<void> {
    await Promise.all([this.preStop(), ...others.map((other) => other.end())]);
    this.signal(this.surroundings.image.stopSignal ?? 'SIGTERM');
    await this.end();
  }

  public signal(signal: NodeJS.Signals): void {
    const { pid } = this;
    if (pid !== undefined) {
      process.kill(pid, signal);
    }
  }

  /** Whether a probe of this container succeeds, asked as the kubelet asks. */
  public async answers({ httpGet, tcpSocket, exec, timeoutSeconds = 1 }: any): Promise<boolean> {
    const { network } = this.surroundings;
    const limit = String(timeoutSeconds);
    if (httpGet) {
      const url = `${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${POD_IP}:${this.portOf(httpGet.port)}${httpGet.path}`;
      const show = ['-sk', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', limit];
      const { status, output } = await network.run(tool('curl'), ...show, url);
      return status === 0 && /^[23]/.test(output);
    }
    if (tcpSocket) {
      const connect = `</dev/tcp/${POD_IP}/${this.portOf(tcpSocket.port)}`;
      return (await network.run('timeout', limit, 'bash', '-c', connect)).status === 0;
    }
    return (await this.run(...exec.command)) === 0;
  }

  /** Runs a command in the container, as `kubectl exec` does, and gives its exit code. */
  public async run(...command: readonly string[]): Promise<number> {
    const enter = [tool('nsenter'), '--target', String(this.pid ?? 0), '--all', '--', ...this.identity];
    return (await run([...enter, ...command], this.surroundings.environment)).status;
  }

  private async preStop(): Promise<void> {
    const { sleep: pause, exec } = (this.manifest.lifecycle as any)?.preStop ?? {};
    await sleep((pause?.seconds ?? 0) * 1000);
    if (exec) {
      await this.run(...exec.command);
    }
  }

  private async observe(): Promise<void> {
    const [code, signal] = await once(this.child, 'exit');
    this.exit = code ?? signal;
    // A process that it left behind may hold the pipe where processes are shared; a container runtime would end it.
    await Promise.race([this.written.ended, sleep(1000, undefined, { ref: false })]);
  }

  /** Its main process: what the sandbox runs, which is entered through a process of its own where processes are shared. */
  private get pid(): number | undefined {
    const sandbox = this.surroundings.sharesProcesses ? childOf(this.child.pid!) : this.child.pid;
    return sandbox === undefined ? undefined : childOf(sandbox);
  }

  private portOf(port: number | string): number {
    return typeof port === 'number' ? port : this.manifest.ports!.find(({ name }) => name === port)!.containerPort;
  }

  private get root(): string {
    return join(this.surroundings.folder, 'root');
  }

  private get terminationLog(): string {
    return join(this.surroundings.folder, 'termination-log');
  }

  private get command(): string[] {
    const { image, hosts, network, mounts, environment, sharesProcesses } = this.surroundings;
    const { command, args, workingDir, securityContext, volumeMounts = [] } = this.manifest as any;
    const { root } = this;
    const system = layOut(image, root, hosts);
    for (const { mountPath } of volumeMounts) {
      mkdirSync(dirname(join(root, mountPath)), { recursive: true }); // bwrap would make them for root alone
    }
    return [
      ...network.enter(sharesProcesses),
      ...(sharesProcesses ? AMONG_PROCESSES : []),
      tool('bwrap'),
      ...['--die-with-parent', '--bind', root, '/', ...system, '--proc', '/proc', '--dev', '/dev'],
      ...['--bind', this.terminationLog, '/dev/termination-log'],
      ...['--ro-bind', tool('setpriv'), '/.setpriv', ...mounts],
      ...(securityContext?.readOnlyRootFilesystem ? ['--remount-ro', '/'] : []),
      ...(sharesProcesses ? [] : ['--unshare-pid', '--as-pid-1']),
      ...['--unshare-ipc', '--chdir', workingDir ?? '/', '--clearenv'],
      ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
      ...this.identity,
      ...(command ?? image.entrypoint),
      ...(args ?? (command ? [] : (image.arguments ?? []))),
    ];
  }

  private get user(): number {
    return Number(this.manifest.securityContext?.runAsUser);
  }

  /** The user without any privilege: `restricted`. */
  private get identity(): string[] {
    const { fsGroup, image } = this.surroundings;
    const groups = fsGroup === undefined ? ['--clear-groups'] : ['--groups', String(fsGroup)];
    const group = this.manifest.securityContext?.runAsGroup ?? image.group;
    const ids = ['--reuid', String(this.user), '--regid', String(group), ...groups];
    return ['/.setpriv', ...ids, '--no-new-privs', '--bounding-set', '-all', '--inh-caps', '-all'];
  }
}
