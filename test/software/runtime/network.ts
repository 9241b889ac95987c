import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tool } from '../tools';

/** The address that the kubelet dials. */
export const POD_IP = '10.244.0.7';

/** The network namespace of a pod, and its process namespace where containers share one, held by a process like `pause`. */
export class Network {
  /** Makes the namespaces, with the loopback interface and an address of the pod's own. */
  public static async make(): Promise<Network> {
    const setUp = `ip link set lo up && ip addr add ${POD_IP}/32 dev lo`;
    const hold = `${setUp} && echo ready && exec sleep 86400`;
    const options = ['--net', '--pid', '--fork', '--kill-child'];
    const holder = spawn(tool('unshare'), [...options, 'sh', '-c', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
    await Promise.race([
      once(holder.stdout!, 'data'),
      once(holder, 'exit').then(() =>
        Promise.reject(new Error('no network namespace could be made; run the tests as root')),
      ),
    ]);
    const [pause] = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim().split(' ');
    return new Network(holder, Number(pause));
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
  public run(...command: string[]): { readonly status: number | null; readonly output: string } {
    const [program, ...rest] = [...this.enter(), ...command];
    const { status, stdout, stderr } = spawnSync(program!, rest, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    return { status, output: stdout + stderr };
  }

  /** Ends all that runs in the namespaces. */
  public async end(): Promise<void> {
    this.holder.kill('SIGKILL');
    while (this.holder.exitCode === null && this.holder.signalCode === null) {
      await sleep(10);
    }
  }
}
