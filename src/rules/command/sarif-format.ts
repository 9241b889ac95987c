import { createHash } from 'node:crypto';
import { type Finding, Severity } from '../finding';
import { RULE_GROUPS, RULES } from '../list';
import type { Rule } from '../rule';
import { uriOf } from './locations';
import type { Format, Unusable } from './outcome';
import { packageVersion } from './version';

const LEVELS: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'note',
};

/** For code scanning: SARIF 2.1.0, one result a line. */
export const sarifFormat: Format = function* ({ findings, suppressed, unusable }) {
  const indexes = new Map(RULES.map(({ id }, index) => [id, index]));
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n';
  yield `"tool":${JSON.stringify({ driver: driver() })},\n`;
  yield `"columnKind":"utf16CodeUnits",\n"invocations":${JSON.stringify([invocation(unusable)])},\n"results":[`;
  let separator = '\n';
  for (const list of [findings, suppressed]) {
    for (const finding of list) {
      yield `${separator}${JSON.stringify(result(finding, indexes.get(finding.rule)!))}`;
      separator = ',\n';
    }
  }
  yield ']}]}\n';
};

function driver(): object {
  const informationUri = 'https://www.npmjs.com/package/cdk8s-pod-patterns';
  const rules = Object.entries(RULE_GROUPS).flatMap(([group, members]) =>
    members.map((rule) => descriptor(rule, group)),
  );
  return { name: 'pod-rules', semanticVersion: packageVersion(), informationUri, rules };
}

function descriptor({ id, severity, catches, consequence, fix, source }: Rule, group: string): object {
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

function invocation(unusable: readonly Unusable[]): object {
  const toolExecutionNotifications = unusable.map(({ file, message }) => ({
    level: 'error',
    message: { text: `${file}: ${message}` },
  }));
  return { executionSuccessful: unusable.length === 0, toolExecutionNotifications };
}

function result(finding: Finding, ruleIndex: number): object {
  const { rule, severity, message, fix, file, line, suppressedBecause } = finding;
  const artifact = { artifactLocation: { uri: uriOf(file ?? '') }, region: { startLine: line ?? 1 } };
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${message}; ${fix}` },
    locations: [{ physicalLocation: artifact, logicalLocations: [{ fullyQualifiedName: nameOf(finding) }] }],
    partialFingerprints: { 'podRules/v1': fingerprint(finding) },
    suppressions:
      suppressedBecause === undefined
        ? []
        : [{ kind: 'inSource', status: 'accepted', justification: suppressedBecause }],
  };
}

/** Kind, namespace, name and path: `Pod/shop/web/spec.containers[0].image`. */
function nameOf({ kind, namespace, name, path }: Finding): string {
  return [kind, namespace, name, path].filter((part) => part).join('/') || 'document';
}

/** The same for the same finding when lines above it come and go. */
function fingerprint(finding: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([finding.rule, nameOf(finding), finding.message]))
    .digest('hex');
}
