import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Outcome } from '../../../src/rules/command/check';
import { formatSummary, toRelativePath } from '../../../src/rules/command/formats/format';
import { formatGithub } from '../../../src/rules/command/formats/github';
import { formatJson } from '../../../src/rules/command/formats/json';
import { formatSarif, toUri } from '../../../src/rules/command/formats/sarif';
import { formatText } from '../../../src/rules/command/formats/text';
import { writePieces } from '../../../src/rules/command/terminal';
import { explainRule, renderRuleList } from '../../../src/rules/command/texts';
import { Severity } from '../../../src/rules/finding';
import { RULE_GROUPS, RULES } from '../../../src/rules/list';
import { checkedOf, FINDING, OMISSION, outcomeOf, SUPPRESSED } from './support';

describe('github format', () => {
  const shown = (parts: Partial<Outcome>) => [...formatGithub(outcomeOf(parts), false)].join('').split('\n');

  test('each finding is a workflow command', () => {
    const severities = [Severity.ERROR, Severity.WARNING, Severity.INFO];
    expect(
      shown({ findings: severities.map((severity) => ({ ...FINDING, severity })), suppressed: [SUPPRESSED] }),
    ).toEqual([
      '::error file=web.yaml,line=9,title=unknown-field::Pod/web spec.containers[0].port: Container has no field "port"%0Afix: write `ports`',
      '::warning file=web.yaml,line=9,title=unknown-field::Pod/web spec.containers[0].port: Container has no field "port"%0Afix: write `ports`',
      '::notice file=web.yaml,line=9,title=unknown-field::Pod/web spec.containers[0].port: Container has no field "port"%0Afix: write `ports`',
      '1 error, 1 warning, 1 info, 1 suppressed in 1 object',
      '',
    ]);
  });

  test('a manifest cannot write commands of its own', () => {
    const finding = { ...FINDING, file: 'a,b:c%d.yaml', kind: undefined, name: undefined, path: '' };
    const [line] = shown({ findings: [{ ...finding, message: '100%\r\n::set-output name=x::y' }] });
    expect(line).toBe(
      '::error file=a%2Cb%3Ac%25d.yaml,line=9,title=unknown-field::100%25%0D%0A::set-output name=x::y%0Afix: write `ports`',
    );
  });

  test('an input that cannot be used is an error, too', () => {
    expect(shown({ unusable: [{ file: 'nope.yaml', message: 'no such file or directory' }] })).toEqual([
      '::error file=nope.yaml,title=unusable input::no such file or directory',
      'no findings in 1 object; 1 input not usable',
      '',
    ]);
  });
});

test('an outcome is one JSON object of a stable shape', () => {
  const warning = { ...FINDING, severity: Severity.WARNING };
  const unusable = [{ file: 'nope.yaml', message: 'no such file or directory' }];
  const outcome = outcomeOf({
    findings: [FINDING, warning],
    suppressed: [SUPPRESSED],
    omissions: [OMISSION],
    checked: checkedOf(14),
    unusable,
  });
  expect(JSON.parse([...formatJson(outcome, false)].join(''))).toEqual({
    version: 1,
    summary: { errors: 1, warnings: 1, infos: 0, suppressed: 1, objects: 14, failing: 2 },
    findings: [FINDING, warning],
    suppressed: [SUPPRESSED],
    omissions: [OMISSION],
    unusable,
  });
});

test('lists without entries are there all the same', () => {
  const outcome = JSON.parse([...formatJson(outcomeOf({}), false)].join(''));
  expect(outcome).toMatchObject({ findings: [], suppressed: [], omissions: [], unusable: [] });
});

test('files are named from the working directory on', () => {
  expect(toRelativePath('./k8s/../k8s/web.yaml')).toBe('k8s/web.yaml');
  expect(toRelativePath(join(process.cwd(), 'k8s', 'web.yaml'))).toBe('k8s/web.yaml');
  expect(toRelativePath('../web.yaml')).toBe('../web.yaml');
});

test('URIs are escaped', () => {
  expect(toUri('k8s/my app#1.yaml')).toBe('k8s/my%20app%231.yaml');
  expect(toUri('<stdin>')).toBe('stdin');
});

function failing(code: string): Writable {
  return new Writable({ write: (_, __, done) => done(Object.assign(new Error('failed'), { code })) });
}

test('a slow reader gets everything, and no more is made than it takes', async () => {
  let made = 0;
  let ahead = 0;
  const taken: string[] = [];
  const slow = new Writable({
    highWaterMark: 10,
    write: (piece, _, done) => {
      taken.push(String(piece));
      ahead = Math.max(ahead, made - taken.length);
      setImmediate(done);
    },
  });
  await writePieces(
    slow,
    (function* () {
      for (; made < 500; made++) {
        yield `${made}\n`;
      }
    })(),
  );
  expect(taken.filter((piece) => piece !== '')).toEqual(Array.from({ length: 500 }, (_, index) => `${index}\n`));
  expect(ahead).toBeLessThan(100);
  expect(slow.writableEnded).toBe(false);
});

test('a reader that goes away ends the writing quietly', async () => {
  await expect(writePieces(failing('EPIPE'), ['a', 'b'])).resolves.toBeUndefined();
});

test('another failure is told', async () => {
  await expect(writePieces(failing('ENOSPC'), ['a', 'b'])).rejects.toThrow('failed');
});

test('the list holds every rule in its group', () => {
  const text = renderRuleList();
  for (const { id, severity, catches } of RULES) {
    expect(text).toMatch(new RegExp(`^  ${id} +${severity} `, 'm'));
    expect(text).toContain(catches);
  }
  const groups = text.split('\n').filter((line) => /^\w/.test(line));
  expect(groups).toEqual(Object.keys(RULE_GROUPS).filter((group) => RULE_GROUPS[group]!.length > 0));
});

test.each(RULES.map((rule) => [rule.id, rule] as const))('all about %s is explained', (id, rule) => {
  const text = explainRule(rule);
  for (const part of [rule.severity, rule.catches, rule.consequence, rule.fix, rule.source]) {
    expect(text).toContain(part);
  }
  expect(text).toContain(`cdk8s-pod-patterns/ignore: "${id}: <reason>"`);
  expect(text).toContain(`--set ${id}=off`);
});

function runOf(parts: Partial<Outcome>) {
  const log = JSON.parse([...formatSarif(outcomeOf(parts), false)].join(''));
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
      name: expect.stringMatching(/^([A-Z0-9][a-z0-9]*)+$/),
      shortDescription: { text: expect.any(String) },
      fullDescription: { text: expect.any(String) },
      help: { text: expect.any(String) },
      helpUri: expect.stringMatching(/^https:/),
      defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
      properties: expect.objectContaining({ tags: [expect.any(String)] }),
    });
    expect('security-severity' in rule.properties).toBe(rule.properties.tags[0] === 'security');
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
    partialFingerprints: { 'podRules/v2': expect.stringMatching(/^[0-9a-f]{64}$/) },
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
  const printsOf = (...findings: Outcome['findings']) =>
    runOf({ findings }).results.map((result: any) => result.partialFingerprints['podRules/v2']);
  expect(printsOf({ ...FINDING, line: 50 })).toEqual(printsOf(FINDING));
  const others = [FINDING, FINDING, { ...FINDING, name: 'other' }, { ...FINDING, file: 'other.yaml' }];
  expect(new Set(printsOf(...others)).size).toBe(4);
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

test('an outcome in one line', () => {
  const findings = [FINDING, FINDING, { ...FINDING, severity: Severity.WARNING }];
  expect(formatSummary(outcomeOf({ findings, suppressed: [SUPPRESSED], checked: checkedOf(14) }))).toBe(
    '2 errors, 1 warning, 1 suppressed in 14 objects',
  );
  expect(formatSummary(outcomeOf({}))).toBe('no findings in 1 object');
  expect(formatSummary(outcomeOf({ passedOver: 2, unusable: [{ file: 'a', message: 'b' }] }))).toBe(
    'no findings in 1 object; 2 files without objects passed over; 1 input not usable',
  );
});

describe('text format', () => {
  const shown = (parts: Partial<Outcome>, hasColour = false) => [...formatText(outcomeOf(parts), hasColour)].join('');

  test('findings stand below their file and object, with the line and what to do', () => {
    const second = { ...FINDING, severity: Severity.WARNING, rule: 'image-tag', path: '', line: 12 };
    const other = { ...FINDING, file: 'other.yaml', kind: undefined, name: undefined, namespace: undefined };
    const textOf = (_: string, line: number) => (line === 9 ? '      port: 80' : undefined);
    expect(
      shown({
        findings: [FINDING, second, { ...FINDING, name: undefined }, other],
        checked: checkedOf(3),
        findText: textOf,
      }),
    ).toBe(
      `web.yaml

  Pod/web in shop

    error unknown-field web.yaml:9
      Container has no field "port"
      at spec.containers[0].port
      9 |       port: 80
      fix: write \`ports\`

    warning image-tag web.yaml:12
      Container has no field "port"
      fix: write \`ports\`

  Pod/(no name) in shop

    error unknown-field web.yaml:9
      Container has no field "port"
      at spec.containers[0].port
      9 |       port: 80
      fix: write \`ports\`

other.yaml

  document

    error unknown-field other.yaml:9
      Container has no field "port"
      at spec.containers[0].port
      9 |       port: 80
      fix: write \`ports\`

3 errors, 1 warning in 3 objects
`,
    );
  });

  test('suppressed findings follow with their reasons', () => {
    expect(shown({ suppressed: [SUPPRESSED] })).toBe(`suppressed
  web.yaml:12 Pod/web in shop image-tag: Container has no field "port"
    because: a test image

1 suppressed in 1 object
`);
  });

  test('colours are only there when they are wanted', () => {
    const parts = { findings: [FINDING], suppressed: [SUPPRESSED] };
    const coloured = shown(parts, true);
    expect(coloured).toContain('\u001b[31merror\u001b[0m');
    expect(coloured).toContain('\u001b[2msuppressed');
    expect(shown(parts)).not.toContain('\u001b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(shown(parts));
  });

  test('a manifest cannot steer the terminal', () => {
    const evil = '\u001b[2Jx\r\n\u202e\u009b\ty';
    const parts = { message: evil, fix: evil, path: evil, kind: evil, name: evil, namespace: evil, file: evil };
    const text = shown({
      findings: [{ ...FINDING, ...parts }],
      suppressed: [{ ...SUPPRESSED, ...parts, suppressedBecause: evil }],
      findText: () => evil,
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('\\u001b[2Jx\\u000d\\u000a\\u202e\\u009b y');
    expect(text.split('\n')).toHaveLength(16);
  });

  test('of a long line only the beginning is shown', () => {
    expect(shown({ findings: [FINDING], findText: () => 'x'.repeat(1_000) })).toContain(`9 | ${'x'.repeat(160)}…\n`);
  });
});
