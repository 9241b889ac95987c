import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from '../../../src/private/manifest';
import { tool } from '../tools';
import { type LocalImage, layOut } from './image';
import { type Network, POD_IP } from './network';

/** What a container needs beside its own manifest. */
export interface Surroundings {
  readonly image: LocalImage;
  readonly root: string;
  readonly hosts: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly mounts: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly sharesProcesses: boolean;
  readonly fsGroup?: number;
}

/** A container as a process: its user, root file system, mounts and environment are those of the manifest. */
export class ContainerProcess {
  /** Exit code of the process, or the signal that ended it. */
  public exit?: number | string;
  /** What it wrote. */
  public output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private pid?: number;

  public constructor(
    public readonly manifest: Container,
    private readonly surroundings: Surroundings,
  ) {
    const [program, ...rest] = this.command;
    this.child = spawn(program!, rest, { env: {}, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    this.child.stdout!.on('data', (text) => (this.output += text));
    this.child.stderr!.on('data', (text) => (this.output += text));
    this.child.stdio[3]!.on('data', (json) => (this.pid = JSON.parse(json)['child-pid']));
    this.ended = once(this.child, 'close').then(([code, signal]) => (this.exit = code ?? signal));
  }

  public get isRunning(): boolean {
    return this.exit === undefined;
  }

  public assertRunning(): void {
    if (!this.isRunning) {
      throw new Error(`container "${this.manifest.name}" ended with ${this.exit}: ${this.output.slice(-2000)}`);
    }
  }

  public async end(): Promise<void> {
    await this.ended;
  }

  /** Sends the stop signal of the image, once what `preStop` says is done. */
  public async stop(): Promise<void> {
    const preStop = (this.manifest.lifecycle as any)?.preStop;
    const seconds = preStop?.sleep?.seconds ?? (preStop?.exec?.command[0] === 'sleep' ? preStop.exec.command[1] : 0);
    await sleep(Number(seconds) * 1000);
    this.signal(this.surroundings.image.stopSignal ?? 'SIGTERM');
  }

  public signal(signal: NodeJS.Signals): void {
    if (this.isRunning && this.pid) {
      process.kill(this.pid, signal);
    }
  }

  /** Whether a probe of this container succeeds, asked as the kubelet asks. */
  public answers({ httpGet, tcpSocket, exec }: any): boolean {
    const { network } = this.surroundings;
    if (httpGet) {
      const url = `${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${POD_IP}:${httpGet.port}${httpGet.path}`;
      const { status, output } = network.run(tool('curl'), '-sk', '-o', '/dev/null', '-w', '%{http_code}', url);
      return status === 0 && /^[23]/.test(output);
    }
    if (tcpSocket) {
      return network.run('bash', '-c', `</dev/tcp/${POD_IP}/${tcpSocket.port}`).status === 0;
    }
    const enter = ['--target', String(this.pid), '--all', '--', ...this.identity];
    return spawnSync(tool('nsenter'), [...enter, ...exec.command], { env: this.surroundings.environment }).status === 0;
  }

  private get command(): string[] {
    const { image, root, hosts, network, mounts, environment, sharesProcesses } = this.surroundings;
    const { command, args, workingDir, securityContext, volumeMounts = [] } = this.manifest as any;
    const system = layOut(image, root, hosts);
    for (const { mountPath } of volumeMounts) {
      mkdirSync(dirname(join(root, mountPath)), { recursive: true }); // bwrap would make them for root alone
    }
    const run = [...(command ?? image.entrypoint), ...(args ?? (command ? [] : (image.arguments ?? [])))];
    return [
      ...network.enter(sharesProcesses),
      tool('bwrap'),
      ...['--die-with-parent', '--info-fd', '3', '--bind', root, '/', ...system, '--proc', '/proc', '--dev', '/dev'],
      ...['--ro-bind', tool('setpriv'), '/.setpriv', ...mounts],
      ...(securityContext?.readOnlyRootFilesystem ? ['--remount-ro', '/'] : []),
      ...(sharesProcesses ? [] : ['--unshare-pid', '--as-pid-1']),
      ...['--unshare-ipc', '--chdir', workingDir ?? '/', '--clearenv'],
      ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
      ...this.identity,
      ...run,
    ];
  }

  /** The user without any privilege: `restricted`. */
  private get identity(): string[] {
    const { runAsUser, runAsGroup } = this.manifest.securityContext as any;
    const { fsGroup, image } = this.surroundings;
    const groups = fsGroup === undefined ? ['--clear-groups'] : ['--groups', String(fsGroup)];
    const ids = ['--reuid', String(runAsUser), '--regid', String(runAsGroup ?? image.group)];
    return ['/.setpriv', ...ids, ...groups, '--no-new-privs', '--bounding-set', '-all', '--inh-caps', '-all'];
  }
}
