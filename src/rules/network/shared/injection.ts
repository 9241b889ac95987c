import type { PodView } from '../../model/pod-view';

const INJECTION = /inject|^dapr\.io\/|instrumentation/;

/** Whether labels or annotations of a pod ask for containers that are added to it in the cluster. */
export function isInjected({ template, labels }: PodView): boolean {
  return [...template.at('metadata', 'annotations').fields, ...labels.fields].some(
    ({ name, scalar, value }) => INJECTION.test(name) && scalar !== 'false' && value !== false,
  );
}
