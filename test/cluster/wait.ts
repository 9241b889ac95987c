import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is something, and gives that; tells what it waited for where it never is. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 90): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`not after ${seconds} s: ${what}`);
    }
    await sleep(500);
  }
}
