import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { tool } from '../tools';
import { childOf } from './processes';

/** The address that the kubelet dials. */
export const POD_IP = '10.244.0.7';

/** How a command ended, and what it printed. */
export interface Result {
  readonly status: number;
  readonly output: string;
}

/** The network namespace of a pod, and its process namespace where containers share one, held by a process like `pause`. */
export class Network {
  /** Makes the namespaces, with the loopback interface and an address of the pod's own. They end with this process. */
  public static async make(): Promise<Network> {
    const setUp = `ip link set lo up && ip addr add ${POD_IP}/32 dev lo`;
    const hold = `${setUp} && echo ready && exec sleep 86400`;
    const unshare = [tool('unshare'), '--net', '--pid', '--fork', '--kill-child', 'sh', '-c', hold];
    const holder = spawn(tool('setpriv'), ['--pdeathsig', 'KILL', ...unshare], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await Promise.race([
      once(holder.stdout!, 'data'),
      once(holder, 'exit').then(() => Promise.reject(new Error('the network namespace of a pod could not be made'))),
    ]);
    return new Network(holder, childOf(holder.pid!)!);
  }

  private constructor(
    private readonly holder: ChildProcess,
    private readonly pause: number,
  ) {}

  /** What runs a command in the network of the pod, and among its processes where it is said. */
  public enter(amongProcesses = false): string[] {
    return [tool('nsenter'), '--target', String(this.pause), '--net', ...(amongProcesses ? ['--pid'] : [])];
  }

  /** Runs a command in the network of the pod to its end. */
  public run(...command: readonly string[]): Promise<Result> {
    return run([...this.enter(), ...command]);
  }

  /** Starts a server of the cluster, which ends with the network. */
  public serve(command: readonly string[]): void {
    const [program, ...rest] = [...this.enter(true), ...command];
    spawn(program!, rest, { stdio: 'ignore' });
  }

  /** Ends all that runs in the namespaces. */
  public async end(): Promise<void> {
    this.holder.kill('SIGKILL');
    while (this.holder.exitCode === null && this.holder.signalCode === null) {
      await sleep(10);
    }
  }
}

/** Runs a command to its end. */
export function run([program, ...args]: readonly string[], env?: NodeJS.ProcessEnv): Promise<Result> {
  return new Promise((resolve) => {
    execFile(program!, args, { encoding: 'utf8', maxBuffer: 2 ** 28, env }, (error, stdout, stderr) => {
      const status = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      resolve({ status, output: stdout + stderr });
    });
  });
}
