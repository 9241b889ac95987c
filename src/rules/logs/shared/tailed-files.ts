import { containsPath, normalizePath, toFixedDirectory } from '../../../private/paths';
import type { SoftwareConfig, Tail } from '../../configs/config';
import { findSoftwareConfig } from '../../configs/software-config';
import { type ContainerView, type MountView, Role } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';

/** A container whose configuration is known. */
export interface Configured {
  readonly container: ContainerView;
  readonly config: SoftwareConfig;
}

/** Files that a container of a pod reads on as they grow. */
export interface TailedFile extends Configured {
  readonly tail: Tail;
  /** The directory that surely holds them, in the container. */
  readonly directory: string;
  /** Whether they may lie in directories below it. */
  readonly isDeep: boolean;
  /** The mount that holds that directory or, if they are but one, the file. */
  readonly mount?: MountView;
  readonly volume?: Field;
}

interface Tailing {
  readonly set: ManifestSet;
  readonly configured: readonly Configured[];
  readonly tailed: readonly TailedFile[];
}

const kept = new WeakMap<PodView, Tailing>();

/** The running containers of a pod whose configuration is known. */
export function listConfiguredContainers(pod: PodView, set: ManifestSet): readonly Configured[] {
  return collectTailing(pod, set).configured;
}

/** The files that containers of a pod tail; none in a pod of one container, as they are the logs of other pods. */
export function listTailedFiles(pod: PodView, set: ManifestSet): readonly TailedFile[] {
  return collectTailing(pod, set).tailed;
}

/** The tailed files that are logs of the pod itself. */
export function listPodLogs(pod: PodView, set: ManifestSet): readonly TailedFile[] {
  return listTailedFiles(pod, set).filter(({ volume }) => volume && !volume.at('hostPath').exists);
}

function collectTailing(pod: PodView, set: ManifestSet): Tailing {
  const found = kept.get(pod);
  if (found?.set === set) {
    return found;
  }
  const configured = pod.running.flatMap((container) => {
    const config = findSoftwareConfig(container, pod, set);
    return config ? [{ container, config }] : [];
  });
  const tailed = pod.running.length > 1 ? configured.flatMap((one) => toTailedFiles(one, pod)) : [];
  const result = { set, configured, tailed };
  kept.set(pod, result);
  return result;
}

function toTailedFiles({ container, config }: Configured, pod: PodView): TailedFile[] {
  // The main container may well write what it shows with `tail -f`.
  const isOwn = config.software === 'tail' && container.role === Role.MAIN;
  return (isOwn ? [] : config.tails)
    .filter(({ pattern }) => !['/proc', '/dev', '/sys'].some((top) => containsPath(top, pattern)))
    .map((tail) => {
      const { directory, isDeep } = toFixedDirectory(tail.pattern);
      const above = pod.findMount(container, directory);
      const file = container.mounts.find(({ path }) => path && normalizePath(path) === normalizePath(tail.pattern));
      const mount = file ?? above;
      return { container, config, tail, directory, isDeep, mount, volume: pod.findVolume(mount?.volume) };
    });
}
