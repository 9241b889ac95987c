import type { CheckRequest, CheckResult, Place, WorkerAnswer, WorkerRequest } from './protocol';

/** A check that takes longer is given up as soon as there is a newer text. */
const PATIENCE = 3_000;

/** What a checker tells of its work. */
export interface CheckerEvents {
  onStart(): void;
  onResult(result: CheckResult): void;
  onFailure(message: string): void;
}

/**
 * Checks texts in a worker, one at a time. A text that comes meanwhile waits, the newest alone; the result of a text that is no
 * longer the newest is dropped.
 */
export class Checker {
  private worker?: Worker;
  private running?: { readonly id: number; readonly since: number };
  private waiting?: CheckRequest;
  private lastId = 0;
  private readonly questions = new Map<number, (line: number | undefined) => void>();

  public constructor(
    private readonly createWorker: () => Worker,
    private readonly events: CheckerEvents,
  ) {}

  public check(request: CheckRequest): void {
    this.events.onStart();
    if (this.running && performance.now() - this.running.since > PATIENCE) {
      this.giveUp();
    }
    if (this.running) {
      this.waiting = request;
    } else {
      this.start(request);
    }
  }

  /** The line of a field of what was checked last. */
  public findLine(place: Place): Promise<number | undefined> {
    const id = this.send({ type: 'line', place });
    return new Promise((resolve) => this.questions.set(id, resolve));
  }

  private start(request: CheckRequest): void {
    this.waiting = undefined;
    this.running = { id: this.send({ type: 'check', request }), since: performance.now() };
  }

  private send(
    request:
      | Omit<Extract<WorkerRequest, { type: 'check' }>, 'id'>
      | Omit<Extract<WorkerRequest, { type: 'line' }>, 'id'>,
  ): number {
    this.worker ??= this.open();
    this.lastId++;
    this.worker.postMessage({ ...request, id: this.lastId });
    return this.lastId;
  }

  private open(): Worker {
    const worker = this.createWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => this.receive(data));
    worker.addEventListener('error', ({ message }) => {
      this.giveUp();
      this.events.onFailure(message);
    });
    return worker;
  }

  private receive(answer: WorkerAnswer): void {
    if (this.questions.has(answer.id)) {
      this.questions.get(answer.id)!(answer.type === 'line' ? answer.line : undefined);
      this.questions.delete(answer.id);
    } else if (answer.id === this.running?.id) {
      this.running = undefined;
      this.finish(answer);
    }
  }

  private finish(answer: WorkerAnswer): void {
    if (this.waiting) {
      this.start(this.waiting);
    } else if (answer.type === 'checked') {
      this.events.onResult(answer.result);
    } else if (answer.type === 'failed') {
      this.events.onFailure(answer.message);
    }
  }

  private giveUp(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.running = undefined;
    for (const resolve of this.questions.values()) {
      resolve(undefined);
    }
    this.questions.clear();
  }
}
