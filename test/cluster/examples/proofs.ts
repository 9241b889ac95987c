import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Namespace } from '../namespace';
import { countSeen } from '../receiver';
import { requestInCluster } from '../servers';
import { waitFor } from '../wait';

/** Enough for a record to come a second time, had it been sent twice. */
const SETTLED_MS = 3000;

/** A word that nobody has written before. */
export function makeWord(): string {
  return `word${randomBytes(6).toString('hex')}`;
}

/** Asks until an address in the cluster answers. */
export function request(url: string, seconds = 60): Promise<string> {
  return waitFor(`answer of ${url}`, () => requestInCluster(url), seconds);
}

/** Sends each pod of a namespace a request of its own. */
export async function requestEachPod(namespace: Namespace, port: number): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const { metadata, status } of await namespace.listPods()) {
    const word = makeWord();
    await request(`http://${status.podIP}:${port}/?${word}`);
    words.set(metadata.name, word);
  }
  return words;
}

/** Holds that each request to a pod is printed by one of its containers, once. */
export async function expectRequestsPrinted(namespace: Namespace, container: string, port = 8080): Promise<void> {
  for (const [pod, word] of await requestEachPod(namespace, port)) {
    await expectPrintedOnce(namespace, pod, container, word);
  }
}

/** Holds that each request to a pod reaches the receiver, once or, in a record and in fields of it, more often. */
export async function expectRequestsArrive(namespace: Namespace): Promise<void> {
  for (const word of (await requestEachPod(namespace, 8080)).values()) {
    await expectReceived(word);
  }
}

/** Holds that each request to a pod reaches the receiver, once. */
export async function expectRequestsReceived(namespace: Namespace, port = 8080, receiver = 'logging'): Promise<void> {
  for (const word of (await requestEachPod(namespace, port)).values()) {
    await expectReceivedOnce(word, receiver);
  }
}

export async function expectPrintedOnce(
  namespace: Namespace,
  pod: string,
  container: string,
  word: string,
): Promise<void> {
  const count = async () => (await namespace.readLogs(pod, container)).split(word).length - 1;
  await waitFor(`${word} in what ${container} of ${pod} prints`, async () => (await count()) > 0, 30);
  await sleep(SETTLED_MS);
  expect(await count()).toBe(1);
}

export async function expectReceived(word: string, receiver = 'logging'): Promise<void> {
  await waitFor(`${word} at the receiver`, async () => (await countSeen(word, receiver)) > 0, 60);
}

export async function expectReceivedOnce(word: string, receiver = 'logging'): Promise<void> {
  await expectReceived(word, receiver);
  await sleep(SETTLED_MS);
  expect(await countSeen(word, receiver)).toBe(1);
}

/** Holds what a metrics endpoint of each pod says. */
export async function expectMetric(namespace: Namespace, port: number, line: string | RegExp): Promise<void> {
  for (const { status } of await namespace.listPods()) {
    const url = `http://${status.podIP}:${port}/metrics`;
    await waitFor(
      `${line} at ${url}`,
      async () => {
        const text = (await requestInCluster(url)) ?? '';
        return typeof line === 'string' ? text.split('\n').includes(line) : line.test(text);
      },
      60,
    );
  }
}
