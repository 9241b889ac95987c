import { type Finding, isAtLeast, Severity } from './finding';

/** The findings of the rules in a set of manifests. */
export class PodRulesReport {
  private readonly all: readonly Finding[];

  /** @internal */
  public constructor(findings: Finding[]) {
    this.all = findings;
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
    return [...this.findings.map(describeFinding), describeTotals(this)].join('\n');
  }
}

/** A finding in one line: `error Deployment/web spec.replicas: what is wrong; what to do (rule)`. */
export function describeFinding({ severity, kind, name, path, message, fix, rule }: Finding): string {
  const object = [kind, name].filter((part) => part !== undefined).join('/');
  const where = [object, path].filter((part) => part !== '').join(' ');
  return `${severity} ${where}: ${message}; ${fix} (${rule})`;
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
