import * as kplus from 'cdk8s-plus-28';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { toDnsLabel } from '../../private/names';

/** Keys of a Secret that containers see as files. */
export interface SecretFiles {
  readonly secret: kplus.ISecret;
  /** The directory at which the containers see them. */
  readonly directory: string;
  /** The parts of the name of the volume: the companion, and the use of the files. */
  readonly name: readonly [companion: string, files: string];
  /** The file of each key; all keys, by their own names, where none is given. */
  readonly files?: { readonly [key: string]: string };
}

/** Mounts a Secret read-only in containers of one companion. */
export function mountSecret(
  pod: MultiContainerPod,
  containers: readonly string[],
  { secret, directory, name: parts, files }: SecretFiles,
): void {
  const name = toDnsLabel(...parts);
  const items = files && Object.fromEntries(Object.entries(files).map(([key, path]) => [key, { path }]));
  const volume = kplus.Volume.fromSecret(pod, `volume-${name}`, secret, { name, items });
  for (const container of containers) {
    pod.storage.mount(container, directory, volume, { readOnly: true });
  }
}
