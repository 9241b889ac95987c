import { kubectl } from './kubectl';
import { runClient } from './servers';
import { waitFor } from './wait';

/** What a receiver knows of the marked lines of a run. */
export interface Delivery {
  /** Lines that the writers say they have written. */
  readonly written: number;
  readonly refused: number;
  /** Lines that arrived, each counted once. */
  readonly delivered: number;
  readonly once: number;
  readonly twice: number;
  readonly lost: number;
  readonly writers: number;
  readonly extra: number;
  /** The first of those that were lost, as `writer:number`. */
  readonly missing: string;
}

/** How often a text is in what the receiver of a namespace was sent. */
export async function countSeen(text: string, namespace = 'logging'): Promise<number> {
  return Number(await ask(namespace, `seen?text=${encodeURIComponent(text)}`));
}

/** The lines of what a receiver was sent around a text. */
export function showSeen(text: string, namespace = 'logging'): Promise<string> {
  return ask(namespace, `seen?show=1&text=${encodeURIComponent(text)}`);
}

export async function readDelivery(runId: string, namespace = 'logging'): Promise<Delivery> {
  return JSON.parse(await ask(namespace, `runs?run=${runId}`));
}

/** Asks the receiver through the API server, which reaches each pod. */
async function ask(namespace: string, path: string): Promise<string> {
  const base = `/api/v1/namespaces/${namespace}/services/receiver:8080/proxy`;
  return (await kubectl(['get', '--raw', `${base}/${path}`])).stdout;
}

/** Has the receiver of a namespace answer everything with a status, counting nothing, or take it again with 200. */
export async function setReceiverStatus(namespace: string, status: number): Promise<void> {
  const url = `http://receiver.${namespace}:8080/mode?status=${status}`;
  // A name that was made just now may not be known yet.
  await waitFor(`answer of ${url}`, async () => (await runClient('post', url)).code === 0);
}
