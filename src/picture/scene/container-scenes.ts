import { type ContainerView, Role } from '../../rules/model/container-view';
import type { Field } from '../../rules/model/field';
import { toElement } from './elements';
import { formatHandler, listProbeScenes, readStartSeconds } from './handlers';
import { listCalls, listListenerScenes } from './network';
import type { ContainerScene, GateScene, ResourceScene, SceneRole } from './pod-scene';
import type { Sight } from './sight';

const ROLES: Readonly<Record<Role, SceneRole>> = {
  [Role.MAIN]: 'main',
  [Role.NATIVE_SIDECAR]: 'native sidecar',
  [Role.CLASSIC_SIDECAR]: 'sidecar',
  [Role.INIT]: 'init',
};

/** The containers of a pod in the order in which they start. */
export function listContainerScenes(sight: Sight): ContainerScene[] {
  return sight.pod.all.map((container) => toContainerScene(container, sight));
}

function toContainerScene(container: ContainerView, sight: Sight): ContainerScene {
  const { field, name } = container;
  const { object } = sight;
  return {
    ...toElement(field, object),
    id: sight.findId(container),
    name,
    role: ROLES[container.role],
    image: field.at('image').text ?? '',
    gate: toGate(container, object),
    listeners: listListenerScenes(container, sight),
    calls: listCalls(container, sight),
    probes: listProbeScenes(field, object),
    resources: listResources(field.at('resources'), object),
  };
}

function toGate({ field, role }: ContainerView, object: string): GateScene {
  if (role === Role.INIT) {
    return { ...toElement(field, object), type: 'ended', text: 'runs to its end' };
  }
  const [startup, postStart] = [field.at('startupProbe'), field.at('lifecycle', 'postStart')];
  const hook = postStart.exists ? `postStart ends: ${formatHandler(postStart)}` : undefined;
  if (role === Role.NATIVE_SIDECAR && startup.exists) {
    const text = `has started: ${formatHandler(startup)}, within ${readStartSeconds(startup)} s`;
    return { ...toElement(startup, object), type: 'started', text: hook === undefined ? text : `${hook}; ${text}` };
  }
  return hook === undefined
    ? { ...toElement(field, object), type: 'begun', text: 'runs' }
    : { ...toElement(postStart, object), type: 'hook', text: hook };
}

/** The resources that something is said about: CPU and memory first, then by the names that Kubernetes has for them. */
export function listResources(resources: Field, object: string): ResourceScene[] {
  const [requests, limits] = [resources.at('requests'), resources.at('limits')];
  const names = [...new Set(['cpu', 'memory', ...requests.names, ...limits.names])];
  return names.flatMap((name) => {
    const [request, limit] = [requests.at(name), limits.at(name)];
    const shown = { name: name === 'cpu' ? 'CPU' : name, request: request.scalar, limit: limit.scalar };
    return shown.request === undefined && shown.limit === undefined
      ? []
      : [{ ...toElement(request.exists ? request : limit, object), ...shown }];
  });
}
