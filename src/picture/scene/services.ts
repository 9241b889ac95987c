import type { ContainerView } from '../../rules/model/container-view';
import type { Field } from '../../rules/model/field';
import { listListeners } from '../../rules/model/listeners';
import type { ObjectView } from '../../rules/model/object-view';
import { isHeadlessService } from '../../rules/model/services';
import { toElement } from './elements';
import type { ServicePortScene, ServiceScene } from './pod-scene';
import type { Sight } from './sight';

/** The Services that select a pod, and where in it their ports lead. */
export function listServiceScenes(sight: Sight): ServiceScene[] {
  return sight.services.map((service) => {
    const { title, name = '(no name)', spec, root } = service;
    const type = isHeadlessService(service) ? 'headless' : (spec.at('type').text ?? 'ClusterIP');
    const ports = spec.at('ports').items.map((port) => toServicePort(port, service, sight));
    return { ...toElement(root, title), name, type, ports };
  });
}

/** Clients of a headless Service go to the pods themselves, with the number that they know. */
function toServicePort(port: Field, service: ObjectView, sight: Sight): ServicePortScene {
  const number = port.at('port').number ?? 0;
  const isByNumber = isHeadlessService(service) && port.at('targetPort').text === undefined;
  const target = port.at('targetPort').value && !isByNumber ? port.at('targetPort') : port.at('port');
  const protocol = port.at('protocol').text ?? 'TCP';
  return {
    ...toElement(port, service.title),
    port: number,
    name: port.at('name').text,
    protocol,
    nodePort: port.at('nodePort').number || undefined,
    target: target.scalar ?? '?',
    leads: findServed(target, protocol, sight),
  };
}

/** The container and port behind a target: a name is looked for in the order of Kubernetes, in which native sidecars come last. */
function findServed(target: Field, protocol: string, sight: Sight): ServicePortScene['leads'] {
  const { pod } = sight;
  for (const container of [...pod.containers, ...pod.initContainers].filter(({ isRunning }) => isRunning)) {
    const number = findPort(target, protocol, container, sight);
    if (number !== undefined) {
      return { container: sight.findId(container), number };
    }
  }
  return undefined;
}

function findPort(target: Field, protocol: string, container: ContainerView, { pod, set }: Sight): number | undefined {
  if (target.text !== undefined) {
    return container.ports.find((port) => port.name === target.text && port.protocol === protocol)?.number;
  }
  const open = listListeners(container, pod, set).find(
    (listener) => listener.number === target.number && listener.protocol === protocol,
  );
  return open?.number;
}
