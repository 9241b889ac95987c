import { createError } from '../../private/errors';
import type { MountView } from '../../rules/model/container-view';
import type { ContainerHandle } from '../container-handle';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult } from './result';
import { toContainerHandle } from './subject';

/** Volumes that the kubelet mounts read-only, whatever the mount says. */
const READ_ONLY_SOURCES = ['configMap', 'secret', 'downwardAPI', 'projected', 'image'];

/** Whether a container cannot write to a volume, or to what is mounted at a path. */
export function toMountReadOnly(subject: unknown, pathOrVolume: string): MatcherResult {
  const container = toContainerHandle(subject, 'toMountReadOnly');
  const states = findMounts(container, pathOrVolume).map((mount) => ({
    mount,
    reason: explainReadOnly(container, mount),
  }));
  return toMatcherResult(subject, 'toMountReadOnly', [showValue(pathOrVolume)], {
    pass: states.every(({ reason }) => reason !== undefined),
    because: states
      .map(
        ({ mount, reason }) =>
          `volume "${mount.volume}" at ${mount.path} is ${reason ?? 'writable: the mount does not say `readOnly: true`'}`,
      )
      .join('\n'),
  });
}

/** The mounts that are meant; none is an error with `.not` too, where it would hide a typing mistake. */
function findMounts(container: ContainerHandle, pathOrVolume: string): MountView[] {
  const { view, pod } = container;
  const isPath = pathOrVolume.startsWith('/');
  const found = isPath
    ? [pod.view.findMount(view, pathOrVolume)].flatMap((mount) => mount ?? [])
    : view.mounts.filter(({ volume }) => volume === pathOrVolume);
  if (found.length === 0) {
    const mounts = view.mounts.map(({ volume, path }) => `"${volume}" at ${path}`).join(', ') || 'nothing';
    const missing = isPath ? `nothing at "${pathOrVolume}"` : `no volume "${pathOrVolume}"`;
    throw createError(String(container), `the container mounts ${missing} (mounted: ${mounts})`);
  }
  return found;
}

/** The reason why a mount is read-only, if it is. */
function explainReadOnly({ pod }: ContainerHandle, mount: MountView): string | undefined {
  if (mount.isReadOnly) {
    return 'mounted read-only';
  }
  const source = pod.view
    .findVolume(mount.volume)
    ?.fields.find(({ name, isObject }) => name !== 'metadata' && isObject);
  const isReadOnly = source && (READ_ONLY_SOURCES.includes(source.name) || source.at('readOnly').isTrue);
  return isReadOnly ? `read-only, as its source \`${source.name}\` is` : undefined;
}
