import type { Field } from './field';
import type { ObjectView } from './object-view';

/** Whether an object is a Service of Kubernetes itself. */
export function isService({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'Service' && apiVersion === 'v1';
}

/** The labels of the pods that a Service routes to; nothing where it does not choose pods. */
export function findServiceSelector(object: ObjectView): Field | undefined {
  const selector = object.spec.at('selector');
  const isAlias = object.spec.at('type').text === 'ExternalName';
  return isService(object) && !isAlias && selector.names.length > 0 ? selector : undefined;
}

/** Whether it only names the pods, so that their own ports count. */
export function isHeadlessService({ spec }: ObjectView): boolean {
  return spec.at('clusterIP').text === 'None';
}
