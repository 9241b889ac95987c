import { jsonFormat } from '../../../src/rules/command/json-format';
import { Severity } from '../../../src/rules/finding';
import { FINDING, outcomeOf, SUPPRESSED } from './support';

test('an outcome is one JSON object of a stable shape', () => {
  const warning = { ...FINDING, severity: Severity.WARNING };
  const unusable = [{ file: 'nope.yaml', message: 'no such file or directory' }];
  const outcome = outcomeOf({ findings: [FINDING, warning], suppressed: [SUPPRESSED], objects: 14, unusable });
  expect(JSON.parse([...jsonFormat(outcome, false)].join(''))).toEqual({
    version: 1,
    summary: { errors: 1, warnings: 1, infos: 0, suppressed: 1, objects: 14 },
    findings: [FINDING, warning],
    suppressed: [SUPPRESSED],
    unusable,
  });
});

test('lists without entries are there all the same', () => {
  const outcome = JSON.parse([...jsonFormat(outcomeOf({}), false)].join(''));
  expect(outcome).toMatchObject({ findings: [], suppressed: [], unusable: [] });
});
