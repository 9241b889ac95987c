import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Finding, type FindingPlace, Severity } from '../finding';
import { RULE_GROUPS, RULES } from '../list';
import type { Omission } from '../omission';
import { describeProblem } from '../report';
import type { Rule } from '../rule';
import type { Unusable } from './files';
import { type Format, toRelativePath } from './formats';
import { readVersion } from './texts';

const LEVELS: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'note',
};

/** For code scanning: SARIF 2.1.0, one result a line. */
export const formatSarif: Format = function* ({ findings, suppressed, omissions, unusable }) {
  const indexes = new Map(RULES.map(({ id }, index) => [id, index]));
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n';
  yield `"tool":${JSON.stringify({ driver: buildDriver() })},\n`;
  yield `"columnKind":"utf16CodeUnits",\n"invocations":${JSON.stringify([toInvocation(unusable, omissions)])},\n"results":[`;
  let separator = '\n';
  for (const list of [findings, suppressed]) {
    for (const finding of list) {
      yield `${separator}${JSON.stringify(toSarifResult(finding, indexes.get(finding.rule)!))}`;
      separator = ',\n';
    }
  }
  yield ']}]}\n';
};

function buildDriver(): object {
  const informationUri = 'https://www.npmjs.com/package/cdk8s-pod-patterns';
  const rules = Object.entries(RULE_GROUPS).flatMap(([group, members]) =>
    members.map((rule) => toDescriptor(rule, group)),
  );
  return { name: 'pod-rules', semanticVersion: readVersion(), informationUri, rules };
}

function toDescriptor({ id, severity, catches, consequence, fix, source }: Rule, group: string): object {
  return {
    id,
    shortDescription: { text: catches },
    fullDescription: { text: `${catches} ${consequence}` },
    help: { text: `${catches} ${consequence} What to do: ${fix}.` },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [group] },
  };
}

function toInvocation(unusable: readonly Unusable[], omissions: readonly Omission[]): object {
  const toolExecutionNotifications = [
    ...unusable.map(({ file, message }) => ({ level: 'error', message: { text: `${file}: ${message}` } })),
    ...omissions.map(({ file, line, reason }) => ({
      level: 'note',
      message: { text: `${file}:${line}: not checked: ${reason}` },
    })),
  ];
  return { executionSuccessful: unusable.length === 0, toolExecutionNotifications };
}

function toSarifResult(finding: Finding, ruleIndex: number): object {
  const { rule, severity, fix, file, line, places, suppressedBecause } = finding;
  const artifact = { artifactLocation: { uri: toUri(file ?? '') }, region: { startLine: line ?? 1 } };
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${describeProblem(finding)}; ${fix}` },
    locations: [{ physicalLocation: artifact, logicalLocations: [{ fullyQualifiedName: toQualifiedName(finding) }] }],
    ...(places && { relatedLocations: places.map((place) => toRelatedLocation(place, file ?? '')) }),
    partialFingerprints: { 'podRules/v1': hashFinding(finding) },
    suppressions:
      suppressedBecause === undefined
        ? []
        : [{ kind: 'inSource', status: 'accepted', justification: suppressedBecause }],
  };
}

function toRelatedLocation({ message, line }: FindingPlace, file: string): object {
  const physicalLocation = { artifactLocation: { uri: toUri(file) }, region: { startLine: line ?? 1 } };
  return { physicalLocation, message: { text: message } };
}

/** A file as a URI, which is relative wherever that is possible. */
export function toUri(file: string): string {
  const path = toRelativePath(file);
  return isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');
}

/** Kind, namespace, name and path: `Pod/shop/web/spec.containers[0].image`. */
function toQualifiedName({ kind, namespace, name, path }: Finding): string {
  return [kind, namespace, name, path].filter((part) => part).join('/') || 'document';
}

/** The same for the same finding when lines above it come and go. */
function hashFinding(finding: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([finding.rule, toQualifiedName(finding), finding.message]))
    .digest('hex');
}
