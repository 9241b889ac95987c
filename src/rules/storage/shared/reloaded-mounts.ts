import { memoizeByObject } from '../../../private/memo';
import type { ContainerView, MountView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { findRunningSoftware } from '../../model/software';

/** Software that tells another container of each change of files. */
const RELOADERS = new Set<string | undefined>([
  ...['configmap-reload', 'Prometheus config reloader', 'NATS config reloader'],
]);
/** Words of scripts that do the same, and flags of others. */
const WATCHING = /\binotify(wait|d|watch)\b|\bfswatch\b|^--?(watched-(dir|file)|volume-dir|watch-(dir|file))\b/;

/** A file of a ConfigMap or Secret that a container mounts alone, while another one reports its changes. */
export interface ReloadedMount {
  readonly container: ContainerView;
  readonly mount: MountView;
  readonly reloader: ContainerView;
}

const NOTHING: readonly ReloadedMount[] = [];

/** The files whose changes are reported to containers that do not see them. */
export const listReloadedMounts = memoizeByObject((pod: PodView): readonly ReloadedMount[] => {
  const { running } = pod;
  const reloaders = running.length > 1 && hasFileMounts(running) ? running.filter(isReloader) : [];
  return reloaders.length === 0 ? NOTHING : reloaders.flatMap((reloader) => listMountsBeside(reloader, pod));
});

function hasFileMounts(containers: readonly ContainerView[]): boolean {
  return containers.some(({ mounts }) => mounts.some(({ subPath }) => subPath));
}

function listMountsBeside(reloader: ContainerView, pod: PodView): ReloadedMount[] {
  const watched = new Set(reloader.mounts.flatMap(({ volume }) => findConfigName(pod.findVolume(volume)) ?? []));
  return pod.running.flatMap((container) =>
    container.mounts
      .filter(({ subPath, volume }) => subPath && watched.has(findConfigName(pod.findVolume(volume)) ?? ''))
      .map((mount) => ({ container, mount, reloader })),
  );
}

/** Whether a container reports changes of files to another one. */
function isReloader(container: ContainerView): boolean {
  return (
    RELOADERS.has(findRunningSoftware(container).software?.software) ||
    container.commandLine.some((word) => WATCHING.test(word))
  );
}

/** The ConfigMap or Secret of a volume, with its kind. */
function findConfigName(volume: Field | undefined): string | undefined {
  const name = volume?.at('configMap', 'name').text ?? volume?.at('secret', 'secretName').text;
  return name === undefined ? undefined : `${volume!.at('secret').exists ? 'Secret' : 'ConfigMap'}/${name}`;
}
