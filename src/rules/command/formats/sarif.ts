import { createHash } from 'node:crypto';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FindingPlace, Severity } from '../../finding';
import { RULE_GROUPS, RULES } from '../../list';
import type { Omission } from '../../omission';
import { describeProblem } from '../../report';
import type { Rule } from '../../rule';
import type { Unusable } from '../files';
import { STDIN_NAME } from '../input';
import { readVersion } from '../texts';
import type { Verdict } from '../verdict';
import { type Format, findShownFile, formatPlace, toRelativePath } from './format';

const LEVELS: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'note',
};

/** Scores that code scanning shows of findings that are about security: medium and low, as none is a way in by itself. */
const SECURITY_SCORES: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: '6.0',
  [Severity.WARNING]: '4.0',
  [Severity.INFO]: '2.0',
};

/** The name of standard input as a URI. */
const STDIN_URI = 'stdin';

/** For code scanning: SARIF 2.1.0, one result a line. */
export const formatSarif: Format = function* ({ findings, suppressed, omissions, unusable }) {
  const indexes = new Map(RULES.map(({ id }, index) => [id, index]));
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n';
  yield `"tool":${JSON.stringify({ driver: buildDriver() })},\n`;
  yield `"columnKind":"utf16CodeUnits",\n"invocations":${JSON.stringify([toInvocation(unusable, omissions)])},\n"results":[`;
  const prints = new Fingerprints();
  let separator = '\n';
  for (const list of [findings, suppressed]) {
    for (const finding of list) {
      yield `${separator}${JSON.stringify(toSarifResult(finding, indexes.get(finding.rule)!, prints))}`;
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
    name: toPascalCase(id),
    shortDescription: { text: catches },
    fullDescription: { text: `${catches} ${consequence}` },
    help: { text: `${catches} ${consequence} What to do: ${fix}.` },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: [group],
      ...(group === 'security' && { 'security-severity': SECURITY_SCORES[severity] }),
    },
  };
}

function toPascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
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

function toSarifResult(finding: Verdict, ruleIndex: number, prints: Fingerprints): object {
  const { rule, severity, fix, places, suppressedBecause, suppressedBy } = finding;
  const kind = suppressedBy === 'annotation' ? 'inSource' : 'external';
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${describeProblem(finding)}; ${fix}` },
    locations: [toLocation(finding)],
    ...(places && { relatedLocations: places.map((place) => toRelatedLocation(place, finding)) }),
    partialFingerprints: { 'podRules/v2': prints.create(finding) },
    suppressions:
      suppressedBecause === undefined ? [] : [{ kind, status: 'accepted', justification: suppressedBecause }],
    ...(suppressedBy === 'baseline' && { baselineState: 'unchanged' }),
  };
}

/** The line of a template is not that of what was rendered of it, which is told in words. */
function toLocation(finding: Verdict): object {
  const file = findShownFile(finding);
  const isTemplate = finding.template !== undefined && file === finding.template;
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(file) },
      region: { startLine: isTemplate ? 1 : (finding.line ?? 1) },
    },
    logicalLocations: [{ fullyQualifiedName: toQualifiedName(finding) }],
    ...(isTemplate && { message: { text: formatPlace(finding) } }),
  };
}

function toRelatedLocation({ message, line }: FindingPlace, { file = '' }: Verdict): object {
  const physicalLocation = { artifactLocation: { uri: toUri(file) }, region: { startLine: line ?? 1 } };
  return { physicalLocation, message: { text: message } };
}

/** A file as a URI, which is relative in the working directory and absolute elsewhere. */
export function toUri(file: string): string {
  const path = file === STDIN_NAME ? STDIN_URI : toRelativePath(file);
  return isAbsolute(path) || path.startsWith('../')
    ? pathToFileURL(resolve(path)).href
    : path.split('/').map(encodeURIComponent).join('/');
}

/** Kind, namespace, name and path: `Pod/shop/web/spec.containers[0].image`. */
function toQualifiedName({ kind, namespace, name, path }: Verdict): string {
  return [kind, namespace, name, path].filter((part) => part).join('/') || 'document';
}

/** Tells findings apart, and is the same for the same finding when lines above it come and go. */
class Fingerprints {
  private readonly seen = new Map<string, number>();

  public create(finding: Verdict): string {
    const text = JSON.stringify([
      toUri(findShownFile(finding)),
      finding.rule,
      toQualifiedName(finding),
      finding.message,
    ]);
    const count = this.seen.get(text) ?? 0;
    this.seen.set(text, count + 1);
    return createHash('sha256').update(`${text}${count}`).digest('hex');
  }
}
