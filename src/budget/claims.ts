import { NANOS_PER_UNIT } from '../private/quantities';
import type { Field } from '../rules/model/field';
import type { ObjectView } from '../rules/model/object-view';
import { type Amounts, readAmountList } from './amounts';
import type { PodBudget } from './pod-budget';
import type { Moment } from './quota-usage';

/** A claim of storage, and how often it is made. */
export interface Claim {
  readonly title: string;
  readonly requests: Amounts;
  /** The amounts that it counts as in a quota. */
  readonly usage: Amounts;
  readonly count: number;
}

/** The claims in a namespace: those that stand there, and those that StatefulSets and pods make. */
export function listVolumeClaims(objects: readonly ObjectView[], pods: readonly PodBudget[], moment: Moment): Claim[] {
  const written = objects
    .filter(({ kind, apiVersion }) => kind === 'PersistentVolumeClaim' && apiVersion === 'v1')
    .map((object) => toClaim(object.title, object.spec, 1));
  const made = pods.flatMap(({ owner, count }) => [
    ...(owner.kind === 'StatefulSet' ? owner.spec.at('volumeClaimTemplates').items : []).map((template) =>
      toClaim(
        `${owner.title}: claim "${template.at('metadata', 'name').text ?? ''}"`,
        template.at('spec'),
        count[moment],
      ),
    ),
    ...(owner.pod?.volumes ?? [])
      .filter((volume) => volume.at('ephemeral', 'volumeClaimTemplate').exists)
      .map((volume) => {
        const spec = volume.at('ephemeral', 'volumeClaimTemplate', 'spec');
        return toClaim(`${owner.title}: volume "${volume.at('name').text ?? ''}"`, spec, count[moment]);
      }),
  ]);
  return [...written, ...made];
}

function toClaim(title: string, spec: Field, count: number): Claim {
  const requests = readAmountList(spec.at('resources', 'requests'));
  const storage = requests.get('storage') ?? 0n;
  const className = spec.at('storageClassName').text;
  const prefixes = ['', ...(className ? [`${className}.storageclass.storage.k8s.io/`] : [])];
  const entries = prefixes.flatMap((prefix): [string, bigint][] => [
    [`${prefix}persistentvolumeclaims`, NANOS_PER_UNIT],
    [`${prefix}requests.storage`, storage],
  ]);
  return { title, requests, usage: new Map([...entries, ['count/persistentvolumeclaims', NANOS_PER_UNIT]]), count };
}
