import { spawnSync } from 'node:child_process';
import { chownSync, closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';

/** A pipe that belongs to the user of a container, who may thus open /dev/stdout again: what a container runtime makes. */
export class Output {
  /** What was written so far. */
  public text = '';
  /** The end that the container writes to. */
  public readonly writer: number;
  /** Settled when all who wrote have ended. */
  public readonly ended: Promise<void>;

  public constructor(path: string, user: number) {
    spawnSync('mkfifo', ['-m', '600', path]);
    chownSync(path, user, 0);
    const reader = new Socket({
      fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
      readable: true,
      writable: false,
    });
    this.writer = openSync(path, constants.O_WRONLY);
    reader.setEncoding('utf8').on('data', (text) => (this.text += text));
    this.ended = new Promise((resolve) => void reader.once('close', () => resolve()));
  }

  /** Leaves writing to the container. */
  public handOver(): void {
    closeSync(this.writer);
  }
}
