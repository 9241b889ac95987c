import { groupBy } from '../private/lists';
import { type Finding, isAtLeast, Severity } from './finding';
import type { Omission } from './omission';

/** The findings of the rules in a set of manifests. */
export class PodRulesReport {
  private readonly all: readonly Finding[];
  private readonly left: readonly Omission[];

  /** @internal */
  public constructor(findings: Finding[], omissions: Omission[] = []) {
    this.all = findings;
    this.left = omissions;
  }

  /** The objects and images that were not checked, because they are no finished manifest: patches, templates, images that are yet to be named. */
  public get omissions(): Omission[] {
    return [...this.left];
  }

  /** The findings that count, object by object. */
  public get findings(): Finding[] {
    return this.all.filter(({ suppressedBecause }) => suppressedBecause === undefined);
  }

  /** The findings that an annotation suppresses, with the reason that it gives. */
  public get suppressed(): Finding[] {
    return this.all.filter(({ suppressedBecause }) => suppressedBecause !== undefined);
  }

  /** The findings that are at least this severe. */
  public atLeast(severity: Severity): Finding[] {
    return this.findings.filter((finding) => isAtLeast(finding.severity, severity));
  }

  /** The findings as text, one below the other, with what to do. */
  public toString(): string {
    return [...this.findings.map(describeFinding), ...this.left.map(describeOmission), describeTotals(this)].join('\n');
  }
}

function describeOmission({ kind, name, reason }: Omission): string {
  return `not checked ${[kind, name].filter((part) => part !== undefined).join('/')}: ${reason}`;
}

/** A finding in one line: `error Deployment/web spec.replicas: what is wrong; what to do (rule)`. */
export function describeFinding(finding: Finding): string {
  const { severity, kind, name, path, fix, rule } = finding;
  const object = [kind, name].filter((part) => part !== undefined).join('/');
  const where = [object, path].filter((part) => part !== '').join(' ');
  return `${severity} ${where}: ${describeProblem(finding)}; ${fix} (${rule})`;
}

/** The problem of a finding in words, with all its parts; what is said of several containers stands there once. */
export function describeProblem({ message, places = [] }: Finding): string {
  const byFault = groupBy(
    places.map((place) => /^container ("[^"]*") (.*)$/s.exec(place.message) ?? [undefined, undefined, place.message]),
    ([, , fault]) => fault!,
  );
  const faults = [...byFault].map(([fault, found]) => {
    const containers = found.flatMap(([, container]) => container ?? []);
    return containers.length === 0 ? fault : `container ${containers.join(', ')} ${fault}`;
  });
  return faults.length === 0 ? message : `${message}: ${faults.join('; ')}`;
}

/** The numbers of findings in words: `2 errors, 1 warning, 3 suppressed`. */
export function describeTotals({ findings, suppressed }: { findings: Finding[]; suppressed: Finding[] }): string {
  const counts = [Severity.ERROR, Severity.WARNING, Severity.INFO].flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number > 0 ? formatCount(number, severity) : [];
  });
  const parts = [...counts, ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : [])];
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** A number of things: `1 object`, `2 objects`. */
export function formatCount(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
