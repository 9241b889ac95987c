import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';

/** A pod or a container with its security context. */
export interface SecurityScope {
  /** As in `container "app"`. */
  readonly title: string;
  /** The pod or the container. */
  readonly field: Field;
  readonly context: Field;
  readonly isPod: boolean;
}

/** The pod, then all its containers, ephemeral ones included. */
export function listSecurityScopes({ spec, all }: PodView): SecurityScope[] {
  const fields = [...all.map(({ field }) => field), ...spec.at('ephemeralContainers').items];
  return [
    { title: 'the pod', field: spec, context: spec.at('securityContext'), isPod: true },
    ...fields.map((field) => ({
      title: `container "${field.at('name').text ?? field.path}"`,
      field,
      context: field.at('securityContext'),
      isPod: false,
    })),
  ];
}
