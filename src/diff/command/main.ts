import type { Unusable } from '../../rules/command/files';
import { listUnreadable } from '../../rules/command/input';
import { SettingsFinder } from '../../rules/command/settings/find-settings';
import {
  hasColour,
  runCall,
  type Terminal,
  UNUSABLE,
  writeComplaints,
  writePieces,
} from '../../rules/command/terminal';
import type { ObjectView } from '../../rules/model/object-view';
import { formatCount } from '../../rules/report';
import { buildReport } from '../build-report';
import { formatDiffJson } from '../formats/json';
import { formatDiffMarkdown } from '../formats/markdown';
import { formatDiffText } from '../formats/text';
import type { DiffReport } from '../report';
import { type DiffRequest, failsDiff, readDiffRequest } from './arguments';
import { compareFindings } from './findings';
import { readSides, type SideInput } from './inputs';
import { USAGE } from './usage';

const SAME = 0;
const CHANGED = 1;
const NAME = 'cdk8s-pod-patterns diff';

/** Carries out a call and gives its exit code. */
export function runDiff(args: readonly string[], terminal: Terminal): Promise<number> {
  return runCall(NAME, terminal, async () => {
    const request = readDiffRequest(args);
    if (request === undefined) {
      await writePieces(terminal.stdout, [USAGE]);
      return SAME;
    }
    return showDiff(request, terminal);
  });
}

async function showDiff(request: DiffRequest, terminal: Terminal): Promise<number> {
  const { old, next } = await readSides(request, terminal);
  const unusable = listUnusable(old, next);
  const report = compareSides(old, next, request);
  await writePieces(terminal.stdout, formatReport(report, unusable, request, terminal));
  await writeComplaints(NAME, terminal, unusable);
  if (unusable.length > 0) {
    return UNUSABLE;
  }
  const { objects, begun, ceased } = report;
  const isFound = request.failOn === 'any' && begun.length + ceased.length > 0;
  return isFound || objects.some(({ effect }) => failsDiff(effect, request.failOn)) ? CHANGED : SAME;
}

/** Both sides as the settings of their files have them: without what these leave out, and for the version that they name. */
function compareSides(old: SideInput, next: SideInput, { kubernetes }: DiffRequest): DiffReport {
  const finder = new SettingsFinder(undefined);
  const [before, after] = [old, next].map(({ objects }) =>
    objects.flatMap((object) => applySettings(object, kubernetes, finder) ?? []),
  );
  return { ...buildReport(before!, after!), ...compareFindings(before!, after!, finder) };
}

function applySettings(
  object: ObjectView,
  kubernetes: number | undefined,
  finder: SettingsFinder,
): ObjectView | undefined {
  return finder.leavesOut(object.source.file ?? '', false) ? undefined : finder.toVersion(object, kubernetes);
}

/** The inputs that could not be read; and no object at all, which must not look like no change. */
function listUnusable(old: SideInput, next: SideInput): Unusable[] {
  const objects = [...old.objects, ...next.objects];
  const unusable = [...old.unusable, ...next.unusable, ...objects.flatMap(listUnreadable)];
  const isEmpty = !objects.some(({ root, unfinished }) => root.isObject && unfinished === undefined);
  const nothing = { file: 'both sides', message: `no object of Kubernetes to compare${describeLeft(objects)}` };
  return unusable.length === 0 && isEmpty ? [nothing] : unusable;
}

function describeLeft(objects: readonly ObjectView[]): string {
  const [reason] = objects.flatMap(({ unfinished }) => unfinished ?? []);
  return reason === undefined ? '' : ` (${formatCount(objects.length, 'document')} passed over: ${reason})`;
}

function formatReport(
  report: DiffReport,
  unusable: readonly Unusable[],
  { format }: DiffRequest,
  terminal: Terminal,
): Iterable<string> {
  switch (format) {
    case 'json':
      return [formatDiffJson(report, unusable)];
    case 'markdown':
      return [formatDiffMarkdown(report)];
    case 'text':
      return formatDiffText(report, hasColour(terminal));
  }
}
