declare module '*/generated/engine.js' {
  import type { CheckRequest, CheckResult, Place } from './playground/protocol';

  export function check(request: CheckRequest): CheckResult;
  export function findLine(place: Place): number | undefined;
}
