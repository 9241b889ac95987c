import * as kplus from 'cdk8s-plus-28';

/** The source of a variable that stands in a file of a volume. */
export interface FileSource {
  readonly fileKeyRef?: { readonly volumeName: string; readonly path: string; readonly key: string };
}

/** A variable as Kubernetes takes it, of whatever version. */
export function createEnvValue(source: { readonly value?: unknown; readonly valueFrom?: unknown }): kplus.EnvValue {
  const { value, valueFrom } = source;
  return Object.assign(Object.create(kplus.EnvValue.prototype), { value, valueFrom });
}
