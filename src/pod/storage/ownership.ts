import {
  type FilePod,
  findForeignSource,
  findUnownedClaims,
  findUnownedHostPaths,
  findUnreadableFiles,
  isNonRoot,
  isPreparedByRoot,
  listKeptVolumes,
  omitClaimed,
  readSetting,
  type UnreadableFiles,
} from '../../private/file-access';
import { listContainers, type PodSpec } from '../manifest/pod-template';
import type { KeptMount } from './mounts';
import type { SharedVolume } from './shared-volume';

/** The policy with which a claim is given to a group once, and not file by file at each start. */
const ONCE = 'OnRootMismatch';

/** The volumes of a pod whose files one container could not use as another one, or the kubelet, leaves them. */
export interface SharedFiles {
  /** Whether containers of different users share any that can be given to a group. */
  readonly byGroup: boolean;
  /** Problems of those that cannot. */
  readonly problems: readonly string[];
  /** The templates of the claims of a StatefulSet. */
  readonly templates: unknown;
}

/**
 * Gives the volumes of a rendered pod to a group, where containers need it and it takes over no files that are kept for others.
 * A pod that states an `fsGroup` keeps it.
 *
 * @returns whether the group is that of the kernel
 */
export function completeGroup(spec: PodSpec, { byGroup, templates }: SharedFiles, group: number): boolean {
  if (spec.securityContext?.fsGroup !== undefined) {
    return false;
  }
  const pod = omitClaimed(spec, templates);
  const claims = findUnownedClaims(pod);
  if (!byGroup && !needsGroup(pod, claims)) {
    return false;
  }
  spec.securityContext ??= {};
  spec.securityContext.fsGroup = group;
  if (claims.length > 0) {
    spec.securityContext.fsGroupChangePolicy = ONCE;
  }
  return true;
}

/** Files that containers cannot use, and files that are kept and that the group of the kernel would take over. */
export function validateFileAccess(
  spec: PodSpec,
  { byGroup, problems, templates }: SharedFiles,
  isOwnGroup: boolean,
): string[] {
  const pod = omitClaimed(spec, templates);
  const takenOver = isOwnGroup && byGroup ? validateOwnership(pod, Number(spec.securityContext?.fsGroup)) : [];
  return [...takenOver, ...problems, ...findUnreadableFiles(spec).map((files) => explainUnreadable(files, spec))];
}

/** Volumes whose files are kept beyond the pod, and would change to a group that the kernel chose. */
export function validateOwnership(pod: FilePod, fsGroup: number): string[] {
  return listKeptVolumes(pod).map(
    (name) =>
      `containers of different UIDs share files, for which the pod needs an \`fsGroup\`, and that would give all files of volume "${name}" to group ${fsGroup}; set \`securityContext.fsGroup\` of the workload yourself, or run these containers as one user`,
  );
}

/** Whether only a group can use files, and it takes over none that are kept for others. */
function needsGroup(pod: FilePod, claims: readonly string[]): boolean {
  const isNeeded = claims.length > 0 || findUnreadableFiles(pod).length > 0;
  return isNeeded && listKeptVolumes(pod).every((volume) => claims.includes(volume));
}

/** The volumes of a rendered pod whose files several of its containers use. */
export function collectShared(
  spec: PodSpec,
  shared: Iterable<readonly SharedVolume[]>,
  templates: unknown,
): SharedFiles {
  const users = new Map(listContainers(spec).map((container) => [container.name, readUser(container, spec)]));
  const foreign = new Map(
    (spec.volumes ?? []).flatMap((volume) => {
      const source = findForeignSource(volume);
      return source ? [[volume.name, source]] : [];
    }),
  );
  const parts = [...shared].flat();
  const mixed = parts.filter(({ _participants: names }) => isMixed(names.map((name) => users.get(name))));
  return {
    templates,
    byGroup: mixed.some(({ name }) => !foreign.has(name)),
    problems: mixed.flatMap((volume) => validateForeign(volume, foreign.get(volume.name), users, spec)),
  };
}

function readUser(container: PodSpec['containers'][number], spec: PodSpec): unknown {
  return readSetting(container, { containers: [] }, 'runAsUser') ?? spec.securityContext?.runAsUser;
}

/** Whether several containers are different users, or may be. */
function isMixed(users: readonly unknown[]): boolean {
  const different = new Set(users);
  return users.length > 1 && (different.size > 1 || different.has(undefined));
}

/** Users of a directory of a node or server, whom no group of the pod brings together; root may use all files. */
function validateForeign(
  { name: volume, _participants: names }: SharedVolume,
  foreign: ReturnType<typeof findForeignSource>,
  users: ReadonlyMap<string, unknown>,
  spec: PodSpec,
): string[] {
  const others = names.filter((name) => users.get(name) !== 0);
  const isGrouped = [spec.securityContext?.supplementalGroups ?? []].flat().length > 0;
  if (!foreign || isGrouped || !isMixed(others.map((name) => users.get(name))) || isPreparedByRoot(spec, volume)) {
    return [];
  }
  const described = others.map((name) => `"${name}" (${describeUser(users.get(name))})`).join(' and ');
  return [
    `containers ${described} share the files of volume "${volume}", ${foreign.noun}, and no \`fsGroup\` gives those to a group; run these containers as one user, and prepare the directory ${foreign.place} for it, or use another volume`,
  ];
}

/** Volumes that a container without root cannot do without writing to, and that are made for root. */
export function validateKept(spec: PodSpec, kept: readonly KeptMount[]): string[] {
  const made = new Set(kept.length > 0 ? findUnownedHostPaths(spec).map(({ volume }) => volume) : []);
  const barred = new Set(
    listContainers(spec)
      .filter((one) => isNonRoot(one, spec))
      .map(({ name }) => name),
  );
  return kept
    .filter(({ container, volume }) => made.has(volume) && barred.has(container))
    .map(
      ({ container, volume, prop }) =>
        `${prop} of "${container}" is volume "${volume}", a \`hostPath\` that is made on the node for root, whatever \`fsGroup\` is; prepare the directory for its user and say \`HostPathVolumeType.DIRECTORY\`, or pass a claim`,
    );
}

function explainUnreadable({ container: name, volume, mode }: UnreadableFiles, spec: PodSpec): string {
  const container = listContainers(spec).find((other) => other.name === name)!;
  const octal = mode.toString(8).padStart(4, '0');
  return `container "${name}" (${describeUser(readUser(container, spec))}) cannot read the files of volume "${volume}", which belong to root with mode ${octal}; set \`securityContext.fsGroup\` of the workload, whose group may then read them, or give the files mode 0444`;
}

function describeUser(user: unknown): string {
  return user === undefined ? 'a user that is not stated' : `user ${user}`;
}
