import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { createError } from '../../private/errors';

/** A user who is replaced by the one that the platform gives to all containers. */
const ANY_USER = 10001;

/** Options of a companion that runs as the user of another container. */
export interface SharedUserOptions {
  /** Name of the companion's container. */
  readonly name: string;
  /** Name of the container whose user it is. */
  readonly container: string;
  /** UID that the user of the companion asks for. */
  readonly user?: number;
  /** The task that only that user may do: "signal its processes". */
  readonly task: string;
}

/**
 * The UID of a container, as which a companion works on its processes or files.
 *
 * @throws where the container states none, or the companion is to have another
 */
export function resolveSharedUser(pod: MultiContainerPod, { name, container, user, task }: SharedUserOptions): number {
  const { user: own = pod._assignsUser ? (user ?? ANY_USER) : undefined } = pod.container(container).securityContext;
  if (own === undefined) {
    throw createError(
      pod.workload,
      `container "${container}" states no UID, and only its own user may ${task}; give it \`securityContext.user\``,
    );
  }
  if (user !== undefined && user !== own) {
    throw createError(
      pod.workload,
      `\`user\` ${user} of "${name}" is not user ${own} of container "${container}", and only that user may ${task}; leave \`user\` out`,
    );
  }
  return own;
}
