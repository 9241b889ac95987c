import { collectFindings } from '../engine';
import { isAtLeast, Severity } from '../finding';
import { UNUSED_RULE } from '../ignore';
import { RULES } from '../list';
import type { ObjectView } from '../model/object-view';
import { listOmissions, type Omission } from '../omission';
import type { Check, FailOn } from './arguments';
import { Baseline } from './baseline';
import { Excerpts } from './excerpts';
import type { Unusable } from './files';
import { type Input, listUnreadable } from './input';
import { Judge } from './judge';
import { SettingsFinder } from './settings/find-settings';
import { collectUpgradeFindings } from './upgrade';
import type { Verdict } from './verdict';

/** The result of one call of the command, as every format shows it. */
export interface Outcome {
  /** The findings that count and are severe enough to be shown, object by object. */
  readonly findings: readonly Verdict[];
  /** The findings that an annotation, an exemption or the baseline suppresses. */
  readonly suppressed: readonly Verdict[];
  /** All findings that count, shown or not. */
  readonly all: readonly Verdict[];
  readonly failOn: FailOn;
  /** The objects and images that were not checked, because they are no finished manifest. */
  readonly omissions: readonly Omission[];
  /** The objects that were checked. */
  readonly checked: readonly ObjectView[];
  /** The number of files in folders that hold no object of Kubernetes. */
  readonly passedOver: number;
  /** The number of files and folders that the settings leave out. */
  readonly leftOut: number;
  readonly unusable: readonly Unusable[];
  /** The text of a line of a file. */
  findText(file: string, line: number): string | undefined;
}

/** The part of a call that is about findings. */
export type CheckOptions = Pick<Check, 'limit' | 'severities'> & Partial<Check>;

/** Checks all that was read as one set. */
export function checkManifests(
  input: Input,
  options: CheckOptions,
  finder: SettingsFinder = new SettingsFinder(false),
): Outcome {
  const excerpts = new Excerpts(input.documents);
  const { limit, failOn = limit as FailOn, baseline } = options;
  const judge = new Judge(finder, toSeverities(options), excerpts, baseline !== undefined);
  const objects = input.objects.map((object) => finder.toVersion(object, options.kubernetes));
  const verdicts = collectVerdicts({ ...input, objects }, options, judge);
  const shown = verdicts.filter(({ severity }) => isAtLeast(severity, limit));
  return {
    findings: shown.filter(countsAsFound),
    suppressed: shown.filter((verdict) => !countsAsFound(verdict)),
    all: verdicts.filter(countsAsFound),
    failOn,
    omissions: listOmissions(input.objects),
    checked: input.objects.filter(({ root, unfinished }) => root.isObject && unfinished === undefined),
    passedOver: input.passedOver,
    leftOut: input.leftOut,
    unusable: [...input.unusable, ...input.objects.flatMap(listUnreadable)],
    findText: (file, line) => excerpts.findText(file, line),
  };
}

/** Whether a finding makes a call fail. */
export function failsCheck({ severity }: Pick<Verdict, 'severity'>, failOn: FailOn): boolean {
  return failOn !== 'never' && isAtLeast(severity, failOn as Severity);
}

function collectVerdicts({ objects, documents }: Input, options: CheckOptions, judge: Judge): Verdict[] {
  const { inputs = [], baseline: file, writesBaseline, isPartial, upgrade } = options;
  const off = judge.listOff(objects);
  const placed = upgrade ? collectUpgradeFindings(objects, upgrade, off) : collectFindings(objects, RULES, off);
  const found = judge.judge(placed);
  const verdicts = isPartial || upgrade ? found : [...found, ...judge.listUnusedExemptions(objects, inputs)];
  if (file === undefined || writesBaseline) {
    return verdicts;
  }
  const baseline = Baseline.read(file);
  const compared = verdicts.map((verdict) => compareWithBaseline(verdict, baseline));
  return isPartial ? compared : [...compared, ...judge.listUnusedEntries(baseline, documents.keys())];
}

function compareWithBaseline(verdict: Verdict, baseline: Baseline): Verdict {
  return countsAsFound(verdict) && baseline.take(verdict)
    ? { ...verdict, suppressedBecause: `it is in ${baseline.file}`, suppressedBy: 'baseline' }
    : verdict;
}

/** A part of all cannot tell that a suppression has no use. */
function toSeverities({ severities, isPartial }: CheckOptions): Readonly<Record<string, Severity>> {
  return isPartial ? { [UNUSED_RULE]: Severity.OFF, ...severities } : severities;
}

function countsAsFound({ suppressedBecause }: Verdict): boolean {
  return suppressedBecause === undefined;
}
