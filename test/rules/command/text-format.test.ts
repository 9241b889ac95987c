import type { Outcome } from '../../../src/rules/command/outcome';
import { textFormat } from '../../../src/rules/command/text-format';
import { Severity } from '../../../src/rules/finding';
import { FINDING, outcomeOf, SUPPRESSED } from './support';

const shown = (parts: Partial<Outcome>, hasColour = false) => [...textFormat(outcomeOf(parts), hasColour)].join('');

test('findings stand below their file and object, with the line and what to do', () => {
  const second = { ...FINDING, severity: Severity.WARNING, rule: 'image-tag', path: '', line: 12 };
  const other = { ...FINDING, file: 'other.yaml', kind: undefined, name: undefined, namespace: undefined };
  const textOf = (_: string, line: number) => (line === 9 ? '      port: 80' : undefined);
  expect(shown({ findings: [FINDING, second, { ...FINDING, name: undefined }, other], objects: 3, textOf })).toBe(
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
    textOf: () => evil,
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).toContain('\\u001b[2Jx\\u000d\\u000a\\u202e\\u009b y');
  expect(text.split('\n')).toHaveLength(16);
});

test('of a long line only the beginning is shown', () => {
  expect(shown({ findings: [FINDING], textOf: () => 'x'.repeat(1_000) })).toContain(`9 | ${'x'.repeat(160)}…\n`);
});
