import type { ContainerView } from './container-view';
import { findRunningSoftware } from './software';

/** The settings of how long Vector takes to end. */
export const VECTOR_LIMIT_VARIABLE = 'VECTOR_GRACEFUL_SHUTDOWN_LIMIT_SECS';
const LIMIT_FLAG = /^--(no-)?graceful-shutdown-limit/;

/** Seconds that the software of a container takes to end at most, as far as is known. */
export function findStopSeconds(container: ContainerView): number | undefined {
  const { software } = findRunningSoftware(container);
  if (software?.software !== 'Vector') {
    return software?.stopSeconds;
  }
  const variable = container.findVariable(VECTOR_LIMIT_VARIABLE);
  if (container.commandLine.some((word) => LIMIT_FLAG.test(word)) || container.field.at('envFrom').exists) {
    return undefined;
  }
  const seconds = Number(variable?.at('value').scalar || Number.NaN);
  return variable ? (Number.isNaN(seconds) ? undefined : seconds) : software.stopSeconds;
}
