import type { Verdict } from '../../rules/command/verdict';
import { type DiffReport, Effect, type ObjectReport } from '../report';

/** The effects in one word each. */
export const LABELS: Readonly<Record<Effect, string>> = {
  [Effect.REPLACE]: 'replace',
  [Effect.DOWN]: 'down',
  [Effect.ROLL]: 'rolls',
  [Effect.RESTART]: 'restarts',
  [Effect.RESIZE]: 'resize',
  [Effect.DELETE]: 'gone',
  [Effect.REROUTE]: 'reroutes',
  [Effect.SCALE]: 'scales',
  [Effect.CREATE]: 'new',
  [Effect.NEXT_RUN]: 'next run',
  [Effect.NEXT_START]: 'later',
  [Effect.APPLY]: 'at once',
};

/** The effects as parts of the first line, for one object and for several. */
const TOTALS: Readonly<Record<Effect, readonly [one: string, several: string]>> = {
  [Effect.REPLACE]: ['must be deleted and made again', 'must be deleted and made again'],
  [Effect.DOWN]: ['is down meanwhile', 'are down meanwhile'],
  [Effect.ROLL]: ['replaces its pods', 'replace their pods'],
  [Effect.RESTART]: ['starts containers again', 'start containers again'],
  [Effect.RESIZE]: ['is to be resized', 'are to be resized'],
  [Effect.DELETE]: ['is gone', 'are gone'],
  [Effect.REROUTE]: ['leads elsewhere', 'lead elsewhere'],
  [Effect.SCALE]: ['scales', 'scale'],
  [Effect.CREATE]: ['is new', 'are new'],
  [Effect.NEXT_RUN]: ['counts for the next run', 'count for the next run'],
  [Effect.NEXT_START]: ['counts only later', 'count only later'],
  [Effect.APPLY]: ['changes without touching a pod', 'change without touching a pod'],
};

/** The first line: what interrupts most comes first. */
export function formatHeadline({ objects, unchanged, begun, ceased }: DiffReport): string {
  const parts = Object.values(Effect).flatMap((effect) =>
    formatTotal(objects.filter((object) => object.effect === effect)),
  );
  const findings = [
    begun.length > 0 ? `${begun.length} new ${begun.length === 1 ? 'finding' : 'findings'}` : '',
    ceased.length > 0 ? `${ceased.length} ${ceased.length === 1 ? 'finding' : 'findings'} less` : '',
  ];
  const all = [...parts, ...findings].filter((part) => part !== '');
  const rest = `${unchanged} ${unchanged === 1 ? 'object stays as it is' : 'objects stay as they are'}`;
  return all.length === 0 ? `nothing changes: ${rest}` : [all.join(', '), ...(unchanged > 0 ? [rest] : [])].join('; ');
}

/** One object by its name, several by their number. */
function formatTotal(found: readonly ObjectReport[]): string[] {
  const [first] = found;
  if (!first) {
    return [];
  }
  const [one, several] = TOTALS[first.effect];
  return [found.length === 1 ? `${formatTitle(first)} ${one}` : `${found.length} objects ${several}`];
}

/** Kind and name: `Deployment/web`. */
export function formatTitle({ kind, name }: Pick<ObjectReport, 'kind' | 'name'>): string {
  return `${kind}/${name ?? '(no name)'}`;
}

/** The place of an object: in the new manifests, or in the old ones where it is gone. */
export function formatReportPlace({ old, next }: ObjectReport): string {
  const { file, line } = next ?? old ?? {};
  return file === undefined ? '' : line === undefined ? file : `${file}:${line}`;
}

/** A finding in one line. */
export function formatFound({ severity, rule, kind, name, message }: Verdict): string {
  return `${severity} ${rule}: ${[kind, name].filter((part) => part !== undefined).join('/')}: ${message}`;
}

/** Hints for a reader whose objects are gone. */
export function listHints({ objects }: DiffReport): string[] {
  return objects.some(({ effect }) => effect === Effect.DELETE)
    ? [
        'What is gone from the manifests stays in the cluster, unless it is pruned (`kubectl apply --prune`, Helm, Argo CD).',
      ]
    : [];
}
