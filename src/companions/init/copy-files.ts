import type { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../pod/companion';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { throwFirst } from '../../private/errors';
import { containsPath, normalizePath, validateMountPath } from '../../private/paths';
import { readProps } from '../../private/read-props';

/** The path at which the copying container sees the volume. */
const TARGET = '/copy-files';

/** Settings of the copy, and the container that reads it. */
export interface CopyFilesProps {
  /** The image that holds the files, with a tag or digest. It must have `cp`. */
  readonly image: string;

  /** Numeric UID that copies, which must be able to read the files. The copies belong to it. */
  readonly user: number;

  /** Absolute directory in the image whose content is copied. */
  readonly sourceDirectory: string;

  /** Absolute directory at which the reading container sees the copies, read-only. */
  readonly directory: string;

  /**
   * Name of the container that reads the files.
   *
   * @default - the main container
   */
  readonly container?: string;

  /**
   * Name of the volume in the pod: a DNS label. More containers read it with `pod.storage.share(volume).readBy(...)`.
   *
   * @default - the name of the copying container
   */
  readonly volume?: string;

  /**
   * The size that the volume may reach before the kubelet evicts the pod.
   *
   * @default - no limit: it holds what the image does
   */
  readonly sizeLimit?: Size;

  /**
   * Name of the container that copies.
   *
   * @default "copy-files"
   */
  readonly name?: string;

  /**
   * CPU and memory of the container that copies.
   *
   * @default - requests 50m CPU and 64Mi memory; the memory limit equals the request
   */
  readonly resources?: kplus.ContainerResources;
}

/**
 * Copies files out of an image into a volume that another container reads, such as a web site, plugins or a model that is
 * delivered as an image.
 *
 * It is an init container: the main container starts once everything is copied, and never sees half of it. When it is
 * run again it copies the same files over, and what was left of an interrupted run is completed. Modes are kept as
 * far as the usual umask lets them: a file that only its owner may read in the image, only `user` reads in the
 * volume. Symbolic links are copied as links, so they must lead to what is copied too. What the reading container's
 * image has at `directory` is hidden.
 *
 * The container is `copy-files`, with the `user` you give, no port, and requests 50m CPU and 64Mi memory.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-initialization/
 */
export class CopyFiles implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: CopyFilesProps;

  public constructor(props: CopyFilesProps) {
    this.props = readProps('CopyFilesProps', props, 'CopyFiles');
    this.name = this.props.name ?? 'copy-files';
    throwFirst('CopyFiles', validatePaths(this.name, this.props));
  }

  /** Adds the init container to a pod, and lets the other container read what it copies. */
  public bind(pod: MultiContainerPod): void {
    const { image, user, sourceDirectory, directory, container, sizeLimit, resources } = this.props;
    const volume = pod.storage.share(this.props.volume ?? this.name, { sizeLimit });
    pod.addInitContainer({
      name: this.name,
      image,
      user,
      command: ['cp', '-Rf', `${normalizePath(sourceDirectory).replace(/\/$/, '')}/.`, TARGET],
      resources,
    });
    volume.writtenBy(this.name, TARGET);
    volume.readBy(container ?? pod.main.name, directory);
  }
}

function validatePaths(name: string, { sourceDirectory, directory }: CopyFilesProps): string[] {
  const isHidden = containsPath(TARGET, sourceDirectory);
  const problem = sourceDirectory.startsWith('/')
    ? isHidden && `is hidden by the volume at "${TARGET}"; choose another`
    : 'is not absolute; begin it with "/"';
  const unmountable = validateMountPath(directory);
  return [
    ...(problem ? [`\`sourceDirectory\` "${sourceDirectory}" of "${name}" ${problem}`] : []),
    ...(unmountable ? [`\`directory\` "${directory}" of "${name}" ${unmountable}`] : []),
  ];
}
