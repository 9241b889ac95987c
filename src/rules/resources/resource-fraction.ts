import { Severity } from '../finding';
import type { Problem, Rule } from '../rule';
import { type Amount, isFraction, listResourceAmounts, listVolumeSizes } from './shared/amounts';

const BYTES = ['memory', 'ephemeral-storage'];

export const RESOURCE_FRACTION: Rule = {
  id: 'resource-fraction',
  severity: Severity.WARNING,
  catches: 'Memory or storage in fractions of a byte: `400m` of memory is not 400 megabytes, but 0.4 bytes.',
  consequence: 'The container gets next to nothing: it is killed as soon as it starts, or its volume is full at once.',
  fix: 'write `M` or `Mi` for megabytes',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  checkPod: (pod) => [
    ...listResourceAmounts(pod)
      .filter(({ at }) => BYTES.includes(at.name))
      .flatMap(checkWholeBytes),
    ...listVolumeSizes(pod).flatMap(checkWholeBytes),
  ],
};

function checkWholeBytes({ at, nanos }: Amount): Problem[] {
  if (nanos === undefined || nanos < 0n || !isFraction(nanos)) {
    return [];
  }
  const meant = /^([\d.]+)m$/.exec(at.text ?? '')?.[1];
  return [
    {
      at,
      message: `\`${at.name}\` is "${at.scalar}", which is no whole number of bytes`,
      fix: meant && `write "${meant}M" or "${meant}Mi"`,
    },
  ];
}
