import { groupBy } from '../../private/lists';
import { memoizeByObject } from '../../private/memo';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

export const CLAIM_EXCLUSIVE: Rule = {
  id: 'claim-exclusive',
  severity: Severity.ERROR,
  catches: 'A claim of mode `ReadWriteOncePod` that several pods mount.',
  consequence: 'One pod gets the claim, and all others stay Pending.',
  fix: 'run one pod, claim a volume for each by `volumeClaimTemplates`, or use `ReadWriteMany`',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  checkPod: (pod, set) =>
    pod.volumes.flatMap((volume) => {
      const at = volume.at('persistentVolumeClaim', 'claimName');
      return at.text && isExclusive(set.find('PersistentVolumeClaim', at.text, pod.owner))
        ? checkUsers(at, pod, set)
        : [];
    }),
};

function isExclusive(claim: ObjectView | undefined): boolean {
  return claim?.spec.at('accessModes').texts.includes('ReadWriteOncePod') ?? false;
}

function checkUsers(at: Field, { owner }: PodView, set: ManifestSet): Problem[] {
  const replicas = owner.spec.at('replicas').number ?? owner.spec.at('parallelism').number ?? 1;
  if (owner.kind === 'DaemonSet' || replicas > 1) {
    const pods = owner.kind === 'DaemonSet' ? 'the pods of all nodes' : `${replicas} pods`;
    return [{ at, message: `${pods} mount claim "${at.text}", which one pod alone can have` }];
  }
  const users = collectUsers(set).get(toClaimKey(owner, at.text!)) ?? [];
  const other = users
    .slice(0, users.indexOf(owner))
    .find((user) => user.name !== owner.name || user.kind !== owner.kind);
  return other ? [{ at, message: `${other.title} mounts claim "${at.text}", too, which one pod alone can have` }] : [];
}

/** The workloads that mount a claim all the time, by the claim. */
const collectUsers = memoizeByObject(({ objects }: ManifestSet): ReadonlyMap<string, readonly ObjectView[]> => {
  const uses = objects
    .filter(({ isJob, unfinished }) => !isJob && unfinished === undefined)
    .flatMap((user) => listClaims(user).map((claim) => ({ user, key: toClaimKey(user, claim) })));
  const groups = groupBy(uses, ({ key }) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(({ user }) => user)]));
});

function listClaims({ pod }: ObjectView): string[] {
  return pod?.volumes.flatMap((volume) => volume.at('persistentVolumeClaim', 'claimName').text ?? []) ?? [];
}

/** Files of other places may be alternatives, so that a claim is that of its file. */
function toClaimKey({ namespace = '', source }: ObjectView, claim: string): string {
  return [namespace, source.file ?? '', claim].join('\n');
}
