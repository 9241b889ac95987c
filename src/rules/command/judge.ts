import { resolve, sep } from 'node:path';
import type { PlacedFinding } from '../engine';
import { Severity } from '../finding';
import { UNUSED_RULE } from '../ignore';
import { RULES } from '../list';
import { SUPPRESSION_UNUSED } from '../manifest/suppression-unused';
import type { Field } from '../model/field';
import type { ObjectView } from '../model/object-view';
import type { Problem } from '../rule';
import type { Baseline } from './baseline';
import type { Excerpts } from './excerpts';
import { STDIN_NAME } from './input';
import type { Exemption, Place } from './settings/exemption';
import type { SettingsFinder } from './settings/find-settings';
import type { Settings } from './settings/settings';
import { renderStablePath } from './stable-path';
import type { Verdict } from './verdict';

type Severities = Readonly<Record<string, Severity>>;

/** Says of findings what the settings of their files make of them. */
export class Judge {
  private readonly used = new Set<Exemption>();

  public constructor(
    private readonly finder: SettingsFinder,
    /** The severities that the call names, which come before those of the settings. */
    private readonly severities: Severities,
    private readonly excerpts: Excerpts,
    /** Whether the findings will be compared with others of another day. */
    private readonly isCompared = false,
  ) {}

  /** The rules that no file wants to be run. */
  public listOff(objects: readonly ObjectView[]): Severities {
    const all = [...new Set(objects.map(({ source }) => this.findSettings(source.file)))];
    const off = RULES.filter((rule) => all.every((settings) => this.findSeverity(rule, settings) === Severity.OFF));
    return Object.fromEntries(off.map(({ id }) => [id, Severity.OFF]));
  }

  /** The findings that are wanted, with their severities and what suppresses them. */
  public judge(placed: readonly PlacedFinding[]): Verdict[] {
    return placed.flatMap((one) => this.judgeOne(one) ?? []);
  }

  /**
   * The exemptions that suppress nothing.
   *
   * @param objects what was checked: of exemptions for others nothing is known
   * @param inputs where they were read from: a folder that holds the settings has all that these are about
   */
  public listUnusedExemptions(objects: readonly ObjectView[], inputs: readonly string[]): Verdict[] {
    return this.finder.all.flatMap((settings) => {
      const isWhole = inputs.some((input) => `${settings.folder}${sep}`.startsWith(addSeparator(resolve(input))));
      const own = objects.filter(({ source }) => this.findSettings(source.file) === settings);
      return settings.exemptions
        .filter((exemption) => !this.used.has(exemption) && this.isActive(exemption, settings))
        .filter((exemption) => isWhole || own.some((object) => exemption.concerns(this.toPlace(object, settings))))
        .flatMap((exemption) => this.complain(describeExemption(exemption), exemption, settings) ?? []);
    });
  }

  /** The entries of a baseline that no finding took. */
  public listUnusedEntries(baseline: Baseline, files: Iterable<string>): Verdict[] {
    const settings = this.findSettings(baseline.file);
    const severity = this.findSeverity(SUPPRESSION_UNUSED, settings);
    const left = severity === Severity.OFF ? [] : baseline.listLeft(files);
    return left
      .filter(({ entry }) => this.findSeverity({ id: entry.rule, severity }, settings) !== Severity.OFF)
      .map(({ entry: { rule, object = 'document', message }, line }) => ({
        ...toComplaint(severity, baseline.file, line),
        message: `the baseline has a finding of rule "${rule}" in ${object} that is no more: ${message}`,
        fix: 'write it anew with `--write-baseline`',
      }));
  }

  private judgeOne({ finding, object, problem }: PlacedFinding): Verdict | undefined {
    const settings = this.findSettings(object.source.file);
    const severity = this.findSeverity({ id: finding.rule, severity: finding.severity }, settings);
    const template = this.findTemplate(object);
    if (severity === Severity.OFF || (template !== undefined && settings && isLeftOut(object, template, settings))) {
      return undefined;
    }
    const stablePath = this.isCompared ? renderStablePath(object, problem.at) : undefined;
    const verdict = { ...finding, severity, ...(template && { template }), ...(stablePath && { stablePath }) };
    if (finding.suppressedBecause !== undefined) {
      return { ...verdict, suppressedBy: 'annotation' };
    }
    return settings ? this.exempt(verdict, object, problem, settings) : verdict;
  }

  /** A finding with what exemptions leave of it. */
  private exempt(verdict: Verdict, object: ObjectView, problem: Problem, settings: Settings): Verdict {
    const find = (at: Field) => this.findExemption(verdict.rule, object, at, settings);
    const parts = (problem.places ?? [problem]).map(({ at }) => ({ path: at.path, exemption: find(at) }));
    const whole = find(problem.at) ?? (parts.every(({ exemption }) => exemption) ? parts[0]!.exemption : undefined);
    if (whole) {
      return { ...verdict, suppressedBecause: whole.reason, suppressedBy: 'exemption' };
    }
    const exempt = new Set(parts.filter(({ exemption }) => exemption).map(({ path }) => path));
    const places = verdict.places?.filter(({ path }) => !exempt.has(path));
    return places && exempt.size > 0
      ? { ...verdict, message: `${verdict.message}, of which ${exempt.size} are exempt`, places }
      : verdict;
  }

  private findExemption(rule: string, object: ObjectView, at: Field, settings: Settings): Exemption | undefined {
    const candidate = { ...this.toPlace(object, settings), rule, container: findContainerName(object, at) };
    const exemption = settings.exemptions.find((one) => one.covers(candidate));
    if (exemption) {
      this.used.add(exemption);
    }
    return exemption;
  }

  private toPlace(object: ObjectView, settings: Settings): Place {
    const { file = '' } = object.source;
    const paths = [file === STDIN_NAME ? undefined : settings.toInnerPath(file), this.findTemplate(object)];
    return { object, paths: paths.filter((path) => path !== undefined) };
  }

  private findTemplate({ source, root }: ObjectView): string | undefined {
    const line = this.excerpts.hasTemplates(source.file) ? source.findLine?.(root.keys) : undefined;
    return line === undefined ? undefined : this.excerpts.findTemplate(source.file!, line);
  }

  private isActive({ rules }: Exemption, settings: Settings): boolean {
    const active = RULES.filter((rule) => this.findSeverity(rule, settings) !== Severity.OFF).map(({ id }) => id);
    return rules.includes('*') || rules.some((id) => active.includes(id));
  }

  private complain(message: string, { at }: Exemption, settings: Settings): Verdict | undefined {
    const severity = this.findSeverity(SUPPRESSION_UNUSED, settings);
    const complaint = toComplaint(severity, settings.file, settings.findLine(at), at.path);
    return severity === Severity.OFF ? undefined : { ...complaint, message };
  }

  private findSeverity({ id, severity }: { id: string; severity: Severity }, settings?: Settings): Severity {
    return this.severities[id] ?? settings?.severities[id] ?? severity;
  }

  private findSettings(file = ''): Settings | undefined {
    return this.finder.find(file);
  }
}

function toComplaint(severity: Severity, file: string, line: number, path = ''): Verdict {
  return { rule: UNUSED_RULE, severity, message: '', fix: SUPPRESSION_UNUSED.fix, path, file, line };
}

function describeExemption({ rules }: Exemption): string {
  return `the exemption from ${rules.map((rule) => `"${rule}"`).join(', ')} suppresses nothing`;
}

/** Rendered by Helm into standard input, an object is left out by its template, as it has no file. */
function isLeftOut({ source }: ObjectView, template: string, settings: Settings): boolean {
  return source.file === STDIN_NAME && settings.leavesOutInside(template);
}

function addSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : `${folder}${sep}`;
}

/** The name of the container that a field stands in. */
function findContainerName({ pod }: ObjectView, at: Field): string | undefined {
  const base = pod?.spec.keys.length ?? 0;
  const [list, index] = at.keys.slice(base);
  const isInside = typeof index === 'number' && /^(c|initC|ephemeralC)ontainers$/.test(String(list));
  return isInside ? pod?.spec.at(String(list)).items[index]?.at('name').text : undefined;
}
