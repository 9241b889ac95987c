import type { Field } from '../../rules/model/field';
import { listResources } from './container-scenes';
import { toElement } from './elements';
import type { FactScene, ResourceScene } from './pod-scene';
import type { Sight } from './sight';

/** The facts about a pod as a whole that change how the picture is to be read. */
export function listFacts({ pod, object }: Sight): FactScene[] {
  const { owner, spec } = pod;
  const fact = (field: Field, text: string | undefined) =>
    text === undefined ? [] : [{ ...toElement(field, object), text }];
  const replicas = owner.spec.at('replicas');
  const os = spec.at('os', 'name').exists ? spec.at('os', 'name') : spec.at('nodeSelector');
  const schedule = owner.spec.at('schedule');
  const resources = spec.at('resources');
  return [
    ...fact(owner.root.at('metadata', 'namespace'), owner.namespace && `namespace ${owner.namespace}`),
    ...fact(replicas, replicas.number === undefined ? undefined : formatReplicas(replicas.number)),
    ...fact(owner.spec, owner.kind === 'DaemonSet' ? 'one on each node' : undefined),
    ...fact(schedule, schedule.text && `at ${schedule.text}`),
    ...fact(spec.at('restartPolicy'), describeRestart(spec.at('restartPolicy').text)),
    ...fact(os, pod.isWindows ? 'Windows' : undefined),
    ...listNamespaceFacts(spec, object),
    ...fact(resources, describePodResources(listResources(resources, object))),
  ];
}

function formatReplicas(number: number): string {
  return number === 1 ? '1 replica' : `${number} replicas`;
}

function describeRestart(policy: string | undefined): string | undefined {
  return policy === undefined || policy === 'Always' ? undefined : `restarts: ${policy}`;
}

/** The namespaces that the pod shares with its node, or its containers with each other. */
function listNamespaceFacts(spec: Field, object: string): FactScene[] {
  return [
    ['hostNetwork', 'network of the node'],
    ['hostPID', 'processes of the node'],
    ['hostIPC', 'IPC of the node'],
    ['shareProcessNamespace', 'shared processes'],
  ].flatMap(([name, text]) => (spec.at(name!).isTrue ? [{ ...toElement(spec.at(name!), object), text: text! }] : []));
}

function describePodResources(resources: readonly ResourceScene[]): string | undefined {
  const parts = resources.map(({ name, request, limit }) => `${name} ${request ?? 'none'} / ${limit ?? 'no limit'}`);
  return parts.length === 0 ? undefined : `pod in all: ${parts.join(', ')}`;
}
