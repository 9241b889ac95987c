import { type Container, HOST_NAMESPACES, listContainers, type PodSpec } from '../manifest/pod-template';

/** A rendered pod, as platforms and meshes look at it. */
export interface RenderedPod {
  /** Kind of its workload. */
  readonly kind: string;
  readonly spec: PodSpec;
  /** Name of the main container. */
  readonly main: string;
  /** Whether a container is not one of a manifest that somebody else made. */
  readonly isOwn: (container: string) => boolean;
  /** Whether a volume is not one of such a manifest. */
  readonly isOwnVolume: (volume: string) => boolean;
  /** Whether the pod as a whole is not one of such a manifest. */
  readonly isWhole: boolean;
  /** Whether a container was added through the pod, which told its user. */
  readonly isAdded: (container: string) => boolean;
}

/** A field by which a pod gets at its node, in the words of errors. */
export interface HostAccess {
  readonly type: 'privileged' | 'hostPort' | 'hostPath' | 'namespace';
  /** The thing that has it, with its verb: `container "app" is privileged`. */
  readonly phrase: string;
  /** The path on the node. */
  readonly path?: string;
}

/** The containers of the pod that are not of a manifest that exists. */
export function listOwn({ spec, isOwn }: RenderedPod): Container[] {
  return listContainers(spec).filter(({ name }) => isOwn(name));
}

/** The containers that run side by side: all but plain init containers. */
export function listRunning({ initContainers = [], containers }: PodSpec): Container[] {
  return [...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'), ...containers];
}

/** All that gets at the node, but for what is in a manifest that somebody else made. */
export function listHostAccess(pod: RenderedPod): HostAccess[] {
  const { spec, isWhole, isOwnVolume } = pod;
  const namespaces = HOST_NAMESPACES.filter((field) => isWhole && spec[field] === true);
  const paths = (spec.volumes ?? []).filter(({ name, hostPath }) => hostPath !== undefined && isOwnVolume(name));
  return [
    ...namespaces.map((field): HostAccess => ({ type: 'namespace', phrase: `the pod has \`${field}\`` })),
    ...paths.map(
      ({ name, hostPath }): HostAccess => ({
        type: 'hostPath',
        phrase: `volume "${name}" is a \`hostPath\``,
        path: String((hostPath as { readonly path?: unknown }).path),
      }),
    ),
    ...listOwn(pod).flatMap(listContainerAccess),
  ];
}

function listContainerAccess({ name, securityContext, ports = [] }: Container): HostAccess[] {
  return [
    ...(securityContext?.privileged === true
      ? [{ type: 'privileged', phrase: `container "${name}" is privileged` } as const]
      : []),
    ...ports
      .filter(({ hostPort }) => hostPort !== undefined)
      .map(
        ({ hostPort }) => ({ type: 'hostPort', phrase: `container "${name}" has \`hostPort\` ${hostPort}` }) as const,
      ),
  ];
}
