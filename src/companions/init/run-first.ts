import type * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../pod/companion';
import type { InitContainerProps } from '../../pod/containers/container-options';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { createError, throwFirst } from '../../private/errors';
import { readProps } from '../../private/read-props';

/** A user who is replaced by the one that the platform gives to all containers. */
const ANY_USER = 10001;

/** The volumes of the main container that a command that runs first sees. */
export interface RunFirstOptions {
  /**
   * Paths at which the main container mounts volumes that the command reads too, such as a configuration. It sees them at
   * the same paths, read-only.
   *
   * @default - it reads no volume of the main container
   */
  readonly reads?: string[];

  /**
   * Paths at which the main container mounts volumes that the command writes to. It sees them at the same paths.
   *
   * @default - it writes to no volume of the main container
   */
  readonly writes?: string[];
}

/** A command of the main container's own image. */
export interface RunFirstOfMainProps extends RunFirstOptions {
  /** The command, without a shell: `['bin/app', 'migrate']`. */
  readonly command: string[];

  /**
   * Name of the container.
   *
   * @default "run-first"
   */
  readonly name?: string;

  /**
   * Environment variables beside those of the main container.
   *
   * @default - only those of the main container are set
   */
  readonly envVariables?: { [name: string]: kplus.EnvValue };

  /**
   * Directories that the command writes to. Each becomes an `emptyDir` of its own.
   *
   * @default - it writes only to volumes
   */
  readonly writableDirectories?: string[];

  /**
   * CPU and memory.
   *
   * @default - those of the main container, which take no more of a node: the two never run at the same time
   */
  readonly resources?: kplus.ContainerResources;
}

/** A command of any image. */
export interface RunFirstProps extends RunFirstOptions, InitContainerProps {}

/**
 * Runs a command to its end before the main container starts: a migration of its database, a check, a warm-up.
 *
 * The command must be idempotent. It runs in every pod, so in a Deployment of three it runs three times, and at once while
 * pods are rolled; and it runs again in the same pod where it fails, or where the pod's sandbox is made anew. A migration
 * takes a lock, as most tools do, and old pods still serve while it runs. What must run once for a release is a Job.
 *
 * There is no deadline: Kubernetes has none for one container, and the `timeout` of an image cannot be relied on, as that of
 * busybox does not end what runs as PID 1. Let the command limit itself; the `activeDeadline` of a Job ends its whole pod.
 *
 * Native sidecars that the command needs, such as a proxy to the database, are added before it, or later with
 * `pod.add(proxy, { before: 'run-first' })`. A sidecar that the command finds in its environment, and that starts only after
 * it, is reported by `synth`.
 *
 * The container is `run-first`, an init container; with `ofMain` it has the image, UID, environment and resources of the main
 * container.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior
 */
export class RunFirst implements ICompanion {
  /** A command of the main container's own image, with its UID, environment and resources. */
  public static ofMain(props: RunFirstOfMainProps): RunFirst {
    const own = readProps('RunFirstOfMainProps', props, 'RunFirst.ofMain');
    const { reads: _reads, writes: _writes, ...container } = own;
    const name = own.name ?? 'run-first';
    const isEmpty = own.command.length === 0;
    throwFirst(
      'RunFirst.ofMain',
      isEmpty ? [`\`command\` of "${name}" is empty, which would start the main container; pass it`] : [],
    );
    return new RunFirst(name, own, (pod) => {
      pod.addInitContainer({
        ...copyMainOptions(pod, name),
        ...container,
        name,
        resources: own.resources ?? pod.main.resources,
      });
      pod.copyEnv(pod.main.name, name);
    });
  }

  /** A command of any image. */
  public static of(props: RunFirstProps): RunFirst {
    const own = readProps('RunFirstProps', props, 'RunFirst.of');
    const { reads: _reads, writes: _writes, ...container } = own;
    return new RunFirst(own.name, own, (pod) => void pod.addInitContainer(container));
  }

  private constructor(
    /** Name of the container. */
    public readonly name: string,
    private readonly options: RunFirstOptions,
    private readonly add: (pod: MultiContainerPod) => void,
  ) {}

  /** Adds the init container to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { reads = [], writes = [] } = this.options;
    const both = reads.filter((path) => writes.includes(path));
    throwFirst(
      pod.workload,
      both.map((path) => `"${this.name}" has "${path}" in \`reads\` and \`writes\`; say it in one of them`),
    );
    this.add(pod);
    for (const path of reads) {
      pod.storage.shareMounted(pod.main.name, path).readBy(this.name, path);
    }
    for (const path of writes) {
      pod.storage.shareMounted(pod.main.name, path).writtenBy(this.name, path);
    }
  }
}

/** The options that an init container takes from the main one. */
function copyMainOptions(pod: MultiContainerPod, name: string): Omit<InitContainerProps, 'name'> {
  const { main, workload } = pod;
  const { group, ensureNonRoot, readOnlyRootFilesystem } = main.securityContext;
  const user = main.securityContext.user ?? (pod._assignsUser ? ANY_USER : undefined);
  if (user === undefined) {
    throw createError(
      workload,
      `container "${main.name}" states no UID, and "${name}" is to run as its user; give it \`securityContext.user\``,
    );
  }
  return {
    image: main.image,
    imagePullPolicy: main.imagePullPolicy,
    workingDir: main.workingDir,
    user,
    group,
    securityContext: { ensureNonRoot, readOnlyRootFilesystem },
  };
}
