import { summaryLine } from '../../../src/rules/command/summary';
import { Severity } from '../../../src/rules/finding';
import { FINDING, outcomeOf, SUPPRESSED } from './support';

test('an outcome in one line', () => {
  const findings = [FINDING, FINDING, { ...FINDING, severity: Severity.WARNING }];
  expect(summaryLine(outcomeOf({ findings, suppressed: [SUPPRESSED], objects: 14 }))).toBe(
    '2 errors, 1 warning, 1 suppressed in 14 objects',
  );
  expect(summaryLine(outcomeOf({}))).toBe('no findings in 1 object');
  expect(summaryLine(outcomeOf({ passedOver: 2, unusable: [{ file: 'a', message: 'b' }] }))).toBe(
    'no findings in 1 object; 2 files without objects passed over; 1 input not usable',
  );
});
