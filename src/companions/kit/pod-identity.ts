import * as kplus from 'cdk8s-plus-28';

/** Environment variables that tell a process which pod it belongs to. */
export const POD_VARIABLES = ['POD_NAME', 'POD_NAMESPACE', 'NODE_NAME'] as const;

/**
 * Pod, namespace and node from the downward API: what an agent in the pod cannot read off the names of files.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export function buildPodIdentity(): { [name: string]: kplus.EnvValue } {
  return Object.fromEntries(
    POD_VARIABLES.map((variable) => [variable, kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths[variable])]),
  );
}
