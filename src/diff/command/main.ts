import { UsageError } from '../../rules/command/arguments';
import type { Unusable } from '../../rules/command/files';
import { type Terminal, writePieces } from '../../rules/command/main';
import { SettingsFinder } from '../../rules/command/settings/find-settings';
import { SettingsError } from '../../rules/command/settings/settings-error';
import { toKubernetesVersion } from '../../rules/kubernetes-version';
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
const UNUSABLE = 2;

const NAME = 'cdk8s-pod-patterns diff';

/** Carries out a call and gives its exit code. */
export async function runDiff(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const request = readDiffRequest(args);
    if (request === undefined) {
      await writePieces(terminal.stdout, [USAGE]);
      return SAME;
    }
    return await showDiff(request, terminal);
  } catch (error) {
    await writePieces(terminal.stderr, [`${NAME}: ${describeFailure(error as Error)}\n`]);
    return UNUSABLE;
  }
}

function describeFailure(error: Error): string {
  if (error instanceof UsageError) {
    return `${error.message}\nTry "${NAME} --help".`;
  }
  return error instanceof SettingsError
    ? error.message
    : `this is a fault of the command itself, please report it: ${error.stack}`;
}

async function showDiff(request: DiffRequest, terminal: Terminal): Promise<number> {
  const { old, next } = await readSides(request, terminal.stdin);
  const unusable = listUnusable(old, next);
  const report = compareSides(old, next, request);
  await writePieces(terminal.stdout, formatReport(report, unusable, request, terminal));
  await writePieces(
    terminal.stderr,
    unusable.map(({ file, message }) => `${NAME}: ${file}: ${message}\n`),
  );
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
  const { file = '' } = object.source;
  const settings = finder.find(file);
  if (settings?.leavesOut(file, false)) {
    return undefined;
  }
  return kubernetes === undefined
    ? toKubernetesVersion(object, settings?.kubernetes)
    : object.forKubernetes(kubernetes);
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

function listUnreadable({ source, root, unfinished }: ObjectView): Unusable[] {
  const { file = '', error } = source;
  return error === undefined || unfinished !== undefined
    ? []
    : [{ file, message: `line ${source.findLine?.(root.keys)}: ${error}` }];
}

function formatReport(
  report: DiffReport,
  unusable: readonly Unusable[],
  { format }: DiffRequest,
  { stdout, env }: Terminal,
): Iterable<string> {
  switch (format) {
    case 'json':
      return [formatDiffJson(report, unusable)];
    case 'markdown':
      return [formatDiffMarkdown(report)];
    case 'text':
      return formatDiffText(report, stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb');
  }
}
