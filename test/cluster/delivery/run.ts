import { setTimeout as sleep } from 'node:timers/promises';
import type { Size } from 'cdk8s';
import { drainNodes } from '../drain';
import { Load } from '../load';
import { Namespace } from '../namespace';
import type { Pod } from '../pods';
import { type Delivery, readDelivery, setReceiverStatus } from '../receiver';
import { RECEIVER_SERVER, startServer } from '../servers';
import { waitFor } from '../wait';
import type { AgentNeeds, Column } from './columns';
import { PrintedLines } from './printed-lines';

/** How long nothing may arrive until nothing more is expected. */
const SETTLED_SECONDS = 20;
const PATIENCE_SECONDS = 240;

/** One cell of the table being measured: a namespace with a receiver of its own, and the lines of a run. */
export class Run {
  public static async start(column: Column, name: string): Promise<Run> {
    const namespace = await Namespace.create(`delivery-${name}`);
    await startServer(namespace, { ...RECEIVER_SERVER, services: { receiver: { 8080: 8080 } } });
    return new Run(column, namespace, name.replaceAll('-', ''));
  }

  private readonly printed: PrintedLines | undefined;

  private constructor(
    public readonly column: Column,
    public readonly namespace: Namespace,
    /** The part of the marks that tells runs apart. */
    public readonly id: string,
  ) {
    this.printed = column.prints ? new PrintedLines(namespace, id) : undefined;
  }

  public toNeeds(needs: { readonly bufferLimit?: Size; readonly cpuLimit?: number } = {}): AgentNeeds {
    return { ...needs, receiver: `receiver.${this.namespace.name}` };
  }

  /** Arguments of a writer of this run. */
  public toWriterArgs(...args: readonly string[]): readonly string[] {
    return ['--run', this.id, '--report', this.receiverUrl, ...args];
  }

  public async deploy(text: string): Promise<void> {
    await this.namespace.apply(text);
    await this.namespace.waitForRollout('deployment/test-web');
  }

  /** Starts requests to the Service of the web servers. */
  public startLoad(rate: number): Promise<Load> {
    return Load.start(this.id, `http://web.${this.namespace.name}`, rate, this.receiverUrl);
  }

  /** Rolls all pods once. */
  public async restart(): Promise<void> {
    await this.namespace.run(['rollout', 'restart', 'deployment/test-web']);
    await this.namespace.waitForRollout('deployment/test-web');
  }

  /** Drains the nodes of all pods that write. */
  public async drainNodes(): Promise<void> {
    await drainNodes(this.namespace, await this.listPods());
    await this.namespace.waitForRollout('deployment/test-web');
  }

  public async findPod(): Promise<Pod> {
    const pods = await this.listPods();
    return pods[0]!;
  }

  /** The pods that write, without the receiver. */
  public listPods(): Promise<readonly Pod[]> {
    return this.namespace.listPods('server!=receiver');
  }

  /** The container that reads what a writer writes. */
  public get agent(): string {
    return this.column.prints ? 'log-streamer-var-log-app-app-log' : 'log-agent';
  }

  /** Has the receiver answer everything with a status, or take it again with 200. */
  public setReceiver(status: number): Promise<void> {
    return setReceiverStatus(this.namespace.name, status);
  }

  /** Waits until no line arrives for so many seconds. */
  public async settle(seconds = SETTLED_SECONDS): Promise<void> {
    let before = -1;
    for (let waited = 0; waited < PATIENCE_SECONDS; waited += seconds) {
      const { delivered } = await this.read();
      if (delivered === before) {
        return;
      }
      before = delivered;
      await sleep(seconds * 1000);
    }
  }

  /** Ends all writers in the order that Kubernetes ends pods in, and gives what came of their lines. */
  public async end(): Promise<Delivery> {
    await this.namespace.run([
      'delete',
      'deployments,jobs',
      '--selector=server!=receiver',
      '--ignore-not-found',
      '--cascade=foreground',
      '--timeout=180s',
    ]);
    await waitFor('end of all writers', async () => (await this.listPods()).length === 0, 180);
    await this.settle();
    return this.read();
  }

  /** Leaves nothing behind. */
  public async cleanUp(): Promise<void> {
    this.printed?.stop();
    await this.namespace.delete();
  }

  private async read(): Promise<Delivery> {
    const delivery = await readDelivery(this.id, this.namespace.name);
    return this.printed ? this.printed.count(delivery) : delivery;
  }

  private get receiverUrl(): string {
    return `http://receiver.${this.namespace.name}:8080`;
  }
}
