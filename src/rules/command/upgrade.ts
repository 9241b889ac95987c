import { groupBy } from '../../private/lists';
import { collectFindings, type PlacedFinding } from '../engine';
import { Severity } from '../finding';
import { UNUSED_RULE } from '../ignore';
import { formatKubernetesVersion } from '../kubernetes-version';
import { RULES } from '../list';
import { UNKNOWN_FIELD } from '../manifest/unknown-field';
import type { ObjectView } from '../model/object-view';

/** Two minor versions of Kubernetes, before and after. */
export interface Upgrade {
  readonly from: number;
  readonly to: number;
}

/**
 * The findings that an upgrade of the cluster brings, object by object: those that the older version does not have, and fields
 * that it dropped and that begin to count.
 */
export function collectUpgradeFindings(
  objects: readonly ObjectView[],
  { from, to }: Upgrade,
  off: Readonly<Record<string, Severity>>,
): PlacedFinding[] {
  const severities = { ...off, [UNUSED_RULE]: Severity.OFF };
  const [before, after] = [from, to].map((minor) =>
    groupBy(
      collectFindings(
        objects.map((object) => object.forKubernetes(minor)),
        RULES,
        severities,
      ),
      ({ object }) => object.root,
    ),
  );
  return objects.flatMap(({ root }) => {
    const [old, fresh] = [before!.get(root) ?? [], after!.get(root) ?? []];
    return [
      ...collectMissing(fresh, old),
      ...collectMissing(old, fresh)
        .filter(isUnknownField)
        .map((one) => toBegun(one, to)),
    ];
  });
}

/** The findings that others do not have: a warning that becomes an error is another finding. */
function collectMissing(findings: readonly PlacedFinding[], others: readonly PlacedFinding[]): PlacedFinding[] {
  const keys = new Set(others.map(toKey));
  return findings.filter((one) => !keys.has(toKey(one)));
}

function toKey({ finding: { rule, severity, path } }: PlacedFinding): string {
  return `${rule} ${severity} ${path}`;
}

function isUnknownField({ finding }: PlacedFinding): boolean {
  return finding.rule === UNKNOWN_FIELD.id;
}

/** A field that the later version knows: what it says was dropped until now. */
function toBegun({ finding, object, problem }: PlacedFinding, to: number): PlacedFinding {
  const message = `Kubernetes ${formatKubernetesVersion(to)} knows the field "${problem.at.name}", which was dropped before`;
  const fix = 'make sure that it says what is meant, or remove it';
  return { finding: { ...finding, severity: Severity.INFO, message, fix }, object, problem };
}
