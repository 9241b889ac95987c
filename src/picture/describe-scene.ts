import type { PodScene } from './scene/pod-scene';
import { describeStopStep, findContainer, formatReach, formatServicePort, formatTarget } from './words';

/** The picture in sentences that can be read aloud. */
export function describeScene(scene: PodScene): string {
  return [
    describeStart(scene),
    ...describeNetwork(scene),
    ...describeVolumes(scene),
    describeStop(scene),
    ...scene.findings.map(
      ({ number, severity, rule, message }) => `Finding ${number}, ${severity}, ${rule}: ${message}.`,
    ),
  ].join(' ');
}

function describeStart({ object, containers }: PodScene): string {
  const parts = containers.map(({ name, role }) => `${name} (${role})`);
  const count = containers.length === 1 ? '1 container' : `${containers.length} containers`;
  return `The pod of ${object} has ${count}, which start in this order: ${parts.join(', ')}.`;
}

function describeNetwork(scene: PodScene): string[] {
  const services = scene.services.flatMap(({ object, ports }) =>
    ports.map((port) => `${object} leads port ${formatServicePort(port).slice(1)} to ${formatTarget(port, scene)}.`),
  );
  const listeners = scene.containers.flatMap(({ name, listeners: own }) =>
    own.length === 0
      ? []
      : [`${name} listens on ${own.map(({ number, reach }) => `${number} (${formatReach(reach)})`).join(', ')}.`],
  );
  const calls = scene.containers.flatMap(({ name, calls: own }) =>
    own.map(({ port, container }) => {
      const callee = container === undefined ? 'where none is known to listen' : findContainer(scene, container)?.name;
      return `${name} calls localhost:${port}, ${callee}.`;
    }),
  );
  return [...services, ...listeners, ...calls];
}

function describeVolumes(scene: PodScene): string[] {
  return scene.volumes.map(({ name, source, limit, uses }) => {
    const parts = uses.map(
      (use) => `${findContainer(scene, use.container)?.name} ${use.access} it at ${use.mountPath}`,
    );
    const size = limit === undefined ? '' : ` of ${limit}`;
    return `Volume ${name}, ${source}${size}: ${parts.length === 0 ? 'mounted by none' : parts.join(', ')}.`;
  });
}

function describeStop(scene: PodScene): string {
  const signals = scene.stop.steps.filter(({ type }) => type === 'signal');
  const parts = signals.map((step) => {
    const { label, text } = describeStopStep(step, scene);
    return `${label} gets ${text}`;
  });
  return `When the pod is deleted: ${parts.join('; ')}; SIGKILL after ${scene.stop.graceSeconds} s.`;
}
