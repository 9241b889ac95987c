import { createError } from '../../private/errors';
import { containsPath } from '../../private/paths';
import type { ContainerView, MountView } from '../../rules/model/container-view';
import { ContainerHandle } from '../container-handle';
import { PodHandle } from '../pod-handle';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult, type Verdict } from './result';
import { toContainerHandles } from './subject';

/** Whether containers of one pod mount the same volume, and the same part of it. */
export function toShareVolume(subject: unknown, ...names: string[]): MatcherResult {
  toContainerHandles(subject, 'toShareVolume');
  const pod = subject instanceof ContainerHandle ? subject.pod : (subject as PodHandle);
  const others = names.map((name) => pod.container(name).view);
  const containers = subject instanceof PodHandle ? others : [(subject as ContainerHandle).view, ...others];
  if (new Set(containers.map(({ name }) => name)).size < 2) {
    throw createError('toShareVolume', 'sharing takes two containers; name the others');
  }
  return toMatcherResult(subject, 'toShareVolume', names.map(showValue), toVolumeVerdict(containers));
}

function toVolumeVerdict(containers: readonly ContainerView[]): Verdict {
  const names = containers.map(({ name }) => `"${name}"`).join(' and ');
  const shared = findSharedMounts(containers);
  if (shared) {
    const places = shared.map(({ path }, index) => `${containers[index]!.name} at ${path}`).join(', ');
    return { pass: true, because: `${names} share volume "${shared[0]!.volume}": ${places}` };
  }
  const mounts = containers.map((container) => `  ${container.name} mounts ${describeMounts(container.mounts)}`);
  return {
    pass: false,
    because: [`no volume is mounted in each of ${names}`, ...mounts, ...explainNotShared(containers)].join('\n'),
  };
}

/** One mount of each container, all of one volume, so that one part of it is seen by all. */
function findSharedMounts(containers: readonly ContainerView[]): MountView[] | undefined {
  const deepest = containers.flatMap(({ mounts }) => mounts);
  return deepest
    .map((inner) => containers.flatMap(({ mounts }) => mounts.find((outer) => holdsMount(outer, inner)) ?? []))
    .find((found) => found.length === containers.length);
}

function holdsMount(outer: MountView, inner: MountView): boolean {
  return (
    outer.volume !== undefined && outer.volume === inner.volume && containsPath(toPartPath(outer), toPartPath(inner))
  );
}

function toPartPath({ subPath = '' }: MountView): string {
  return `/${subPath}`;
}

function describeMounts(mounts: readonly MountView[]): string {
  const texts = mounts.map(
    ({ volume, path, subPath }) => `"${volume}"${subPath === undefined ? '' : ` (only "${subPath}")`} at ${path}`,
  );
  return texts.length === 0 ? 'nothing' : texts.join(', ');
}

/** The two ways in which it is meant to be shared, and is not. */
function explainNotShared([first, ...others]: readonly ContainerView[]): string[] {
  const everywhere = (test: (a: MountView, b: MountView) => boolean) =>
    first!.mounts.find((a) => others.every(({ mounts }) => mounts.some((b) => test(a, b))));
  const part = everywhere((a, b) => a.volume !== undefined && a.volume === b.volume);
  const place = everywhere((a, b) => a.path !== undefined && a.path === b.path);
  return [
    ...(part
      ? [`volume "${part.volume}" is in all of them, but each sees another part of it; compare \`subPath\``]
      : []),
    ...(place && !part ? [`at ${place.path} each has a volume of its own; mount the same volume there`] : []),
  ];
}
