import { isAtLeast, Severity } from '../../src/rules/finding';

test('severities are ordered: an error is at least a warning, and that at least an info', () => {
  const order = [Severity.OFF, Severity.INFO, Severity.WARNING, Severity.ERROR];
  for (const [index, severity] of order.entries()) {
    expect(order.filter((limit) => isAtLeast(severity, limit))).toEqual(order.slice(0, index + 1));
  }
});
