import { findSoftwareConfig } from '../../rules/configs/software-config';
import type { ContainerView } from '../../rules/model/container-view';
import { Role } from '../../rules/model/container-view';
import { readDrainSeconds } from '../../rules/model/prestop';
import { findStopSeconds } from '../../rules/model/stop-seconds';
import { toElement } from './elements';
import { formatHandler } from './handlers';
import type { StopScene, StopStepScene } from './pod-scene';
import type { Sight } from './sight';

/** The setting of nginx that bounds the time in which it ends open connections. */
const NGINX_DRAIN = /\bworker_shutdown_timeout\s+(\d+)s?\s*;/;

/**
 * The end of a pod as the kubelet brings it about: ordinary containers get their signal when their hook has ended, native sidecars
 * one after the other, the last first, when all ordinary ones have ended.
 */
export function toStopScene(sight: Sight): StopScene {
  const { pod, object } = sight;
  const at = toElement(pod.spec.at('terminationGracePeriodSeconds'), object);
  const graceSeconds = Math.max(pod.graceSeconds, 0);
  const natives = pod.initContainers.filter(({ role }) => role === Role.NATIVE_SIDECAR).reverse();
  return {
    ...at,
    graceSeconds,
    steps: [
      { ...at, type: 'deleted', second: 0, containers: [] },
      ...pod.containers
        .map((container) => toSignalStep(container, sight, Math.min(readDrainSeconds(container), graceSeconds)))
        .sort((a, b) => a.second! - b.second!),
      ...natives.map((container) => toSignalStep(container, sight)),
      { ...at, type: 'killed', second: graceSeconds, containers: [] },
    ],
  };
}

function toSignalStep(container: ContainerView, sight: Sight, second?: number): StopStepScene {
  const hook = container.field.at('lifecycle', 'preStop');
  return {
    ...toElement(hook.exists ? hook : container.field, sight.object),
    type: 'signal',
    second,
    containers: [sight.findId(container)],
    signal: container.field.at('lifecycle', 'stopSignal').text ?? 'SIGTERM',
    hook: hook.exists ? formatHandler(hook) : undefined,
    takesSeconds: findEndSeconds(container, sight),
  };
}

/** Seconds that a container takes to end, as its configuration, its command line or its software says. */
function findEndSeconds(container: ContainerView, { pod, set }: Sight): number | undefined {
  const [, drain] = NGINX_DRAIN.exec(container.commandLine.join(' ')) ?? [];
  return drain === undefined
    ? (findSoftwareConfig(container, pod, set)?.graceSeconds ?? findStopSeconds(container))
    : Number(drain);
}
