import { manifestSerializer } from './manifest-serializer';
import { type PodMatchers, podMatchers } from './pod-matchers';

declare global {
  namespace jest {
    interface Matchers<R, T> extends PodMatchers<R> {}
  }
}

// biome-ignore lint/suspicious/noTsIgnore: it is an error only where the package is not installed
/** @ts-ignore The `expect` of `@jest/globals`, for those who import it: Vitest has no such package. */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends PodMatchers<R> {}
}

/** The part that is needed of the `expect` of jest, or of Vitest with `globals`. */
interface Expect {
  extend(matchers: object): void;
  addSnapshotSerializer(serializer: object): void;
}

const { expect } = globalThis as { expect?: Expect };
if (typeof expect?.extend !== 'function') {
  throw new Error(
    '[cdk8s-pod-patterns/testing/jest] there is no global `expect`; import this from a test or from a file of `setupFilesAfterEnv`, or where `expect` is imported call `expect.extend(podMatchers)` with `podMatchers` of "cdk8s-pod-patterns/testing"',
  );
}
expect.extend(podMatchers);
expect.addSnapshotSerializer(manifestSerializer);
