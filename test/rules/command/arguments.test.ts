import { requestOf, UsageError } from '../../../src/rules/command/arguments';
import { Severity } from '../../../src/rules/finding';

test('inputs alone are checked with the defaults', () => {
  expect(requestOf(['a.yaml', '-', 'manifests'])).toEqual({
    action: 'check',
    inputs: ['a.yaml', '-', 'manifests'],
    format: 'text',
    limit: Severity.INFO,
    severities: {},
  });
});

test('options may stand anywhere, in both spellings', () => {
  const args = ['--format', 'json', 'a.yaml', '--severity=error', '--set', 'image-tag=off', '--set=field-type=warning'];
  expect(requestOf([...args, '--', '--b.yaml'])).toEqual({
    action: 'check',
    inputs: ['a.yaml', '--b.yaml'],
    format: 'json',
    limit: Severity.ERROR,
    severities: { 'image-tag': Severity.OFF, 'field-type': Severity.WARNING },
  });
});

test.each([
  [['--help'], { action: 'help' }],
  [['-h', '--list'], { action: 'help' }],
  [['--version'], { action: 'version' }],
  [['--list', 'a.yaml'], { action: 'list' }],
  [['--explain', 'image-tag'], { action: 'explain', rule: 'image-tag' }],
])('%j asks for %j', (args, request) => {
  expect(requestOf(args)).toEqual(request);
});

test.each([
  [['--fromat', 'json'], 'unknown option "--fromat"; did you mean "--format"?'],
  [['--colourful'], 'unknown option "--colourful"'],
  [['-x'], 'unknown option "-x"'],
  [['--format', 'xml'], '`--format` cannot be "xml" (known: text, json, sarif, github)'],
  [['--severity', 'off'], '`--severity` cannot be "off" (known: error, warning, info)'],
  [['--severity'], "option '--severity <value>' argument missing"],
  [['--list=yes'], "option '--list' does not take an argument"],
  [['--set', 'image-tag'], '`--set` takes "<rule>=<severity>", not "image-tag"'],
  [['--set', 'image-tga=off'], '"image-tga" is no rule; did you mean "image-tag"?'],
  [['--set', 'image-tag=on'], '`--set image-tag` cannot be "on" (known: error, warning, info, off)'],
  [['--explain', 'container-name-uniqe'], '"container-name-uniqe" is no rule; did you mean "container-name-unique"?'],
  [['--explain', 'something else'], '"something else" is no rule; `--list` shows all rules'],
])('%j means nothing: %s', (args, message) => {
  expect(() => requestOf(args)).toThrow(new UsageError(message));
});
