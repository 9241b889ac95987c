import { listLocalUpstreams } from '../../rules/configs/upstreams';
import { listLocalCalls } from '../../rules/model/calls';
import type { ContainerView } from '../../rules/model/container-view';
import { type Listener, listListeners } from '../../rules/model/listeners';
import { toElement } from './elements';
import type { CallScene, ListenerScene } from './pod-scene';
import type { Sight } from './sight';

/** The ports that a container opens, each at the entry of its list, or at what else says so. */
export function listListenerScenes(container: ContainerView, { pod, set, object }: Sight): ListenerScene[] {
  return listListeners(container, pod, set).map((listener) => {
    const { number, protocol, isListed, at } = listener;
    const port = isListed ? container.ports.find(({ field }) => field.at('containerPort').path === at.path) : undefined;
    return {
      ...toElement(port?.field ?? at, object),
      number,
      protocol,
      name: port?.name,
      reach: toReach(listener),
      isListed,
      hostPort: port?.field.at('hostPort').number || undefined,
    };
  });
}

function toReach({ isLoopback, isOneAddress }: Listener): ListenerScene['reach'] {
  return isLoopback ? 'localhost' : isOneAddress ? 'address' : 'all';
}

/** The ports of its pod that a container is told to call, each once; its own do not count. */
export function listCalls(container: ContainerView, sight: Sight): CallScene[] {
  const { pod, set, object } = sight;
  const asked = [...listLocalCalls(container), ...listLocalUpstreams(container, pod, set)];
  const ports = new Set<number>();
  return asked.flatMap(({ port, at }) => {
    const opener = findOpener(port, sight);
    if (opener === container || ports.size === ports.add(port).size) {
      return [];
    }
    return [{ ...toElement(at, object), port, container: opener && sight.findId(opener) }];
  });
}

/** The container that opens a port of the pod, as far as is known. */
function findOpener(port: number, { pod, set }: Sight): ContainerView | undefined {
  return pod.running.find((other) => listListeners(other, pod, set).some(({ number }) => number === port));
}
