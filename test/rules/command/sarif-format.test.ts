import type { Outcome } from '../../../src/rules/command/outcome';
import { sarifFormat } from '../../../src/rules/command/sarif-format';
import { Severity } from '../../../src/rules/finding';
import { RULES } from '../../../src/rules/list';
import { FINDING, outcomeOf, SUPPRESSED } from './support';

function runOf(parts: Partial<Outcome>) {
  const log = JSON.parse([...sarifFormat(outcomeOf(parts), false)].join(''));
  expect(log).toMatchObject({ $schema: expect.stringMatching(/sarif-2\.1\.0\.json$/), version: '2.1.0' });
  expect(Object.keys(log)).toEqual(['$schema', 'version', 'runs']);
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

test('the tool tells all its rules', () => {
  const { driver } = runOf({}).tool;
  expect(driver).toMatchObject({ name: 'pod-rules', semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect(driver.rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ id }) => id));
  for (const rule of driver.rules) {
    expect(rule).toEqual({
      id: expect.any(String),
      shortDescription: { text: expect.any(String) },
      fullDescription: { text: expect.any(String) },
      help: { text: expect.any(String) },
      helpUri: expect.stringMatching(/^https:/),
      defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
      properties: { tags: [expect.any(String)] },
    });
  }
});

test('each finding is a result, with its place in the file and in the object', () => {
  const [result] = runOf({ findings: [FINDING] }).results;
  expect(result).toEqual({
    ruleId: 'unknown-field',
    ruleIndex: RULES.findIndex(({ id }) => id === 'unknown-field'),
    level: 'error',
    message: { text: 'Container has no field "port"; write `ports`' },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'web.yaml' }, region: { startLine: 9 } },
        logicalLocations: [{ fullyQualifiedName: 'Pod/shop/web/spec.containers[0].port' }],
      },
    ],
    partialFingerprints: { 'podRules/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
    suppressions: [],
  });
});

test('severities become levels, and suppressions keep their reasons', () => {
  const findings = [Severity.WARNING, Severity.INFO].map((severity) => ({ ...FINDING, severity }));
  const { results } = runOf({ findings, suppressed: [SUPPRESSED] });
  expect(results.map(({ level }: { level: string }) => level)).toEqual(['warning', 'note', 'error']);
  expect(results[2].suppressions).toEqual([{ kind: 'inSource', status: 'accepted', justification: 'a test image' }]);
});

test('the fingerprint of a finding does not depend on its line, but on what it says', () => {
  const findings = [FINDING, { ...FINDING, line: 50 }, { ...FINDING, name: 'other' }];
  const { results } = runOf({ findings });
  const [first, moved, other] = results.map((result: any) => result.partialFingerprints['podRules/v1']);
  expect(moved).toBe(first);
  expect(other).not.toBe(first);
});

test('a run that could not use an input was not successful', () => {
  expect(runOf({}).invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  expect(runOf({ unusable: [{ file: 'nope.yaml', message: 'no such file' }] }).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'nope.yaml: no such file' } }],
    },
  ]);
});
