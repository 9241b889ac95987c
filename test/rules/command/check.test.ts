import { check } from '../../../src/rules/command/check';
import { objectsOf } from '../../../src/rules/documents';
import { Severity } from '../../../src/rules/finding';
import { splitDocuments } from '../../../src/rules/text/document-cutter';

const TEXT = `apiVersion: v1
kind: ConfigMap
metadata: {name: web, annotations: {cdk8s-pod-patterns/ignore: 'field-type: it is read by another tool'}}
data: {a: 1}
dta: {}
---
a: [
`;

function checked(limit: Severity, severities = {}) {
  const documents = splitDocuments(TEXT, 'web.yaml');
  const input = { objects: documents.flatMap(objectsOf), documents: new Map([['web.yaml', documents]]) };
  return check({ ...input, passedOver: 3, unusable: [{ file: 'x', message: 'y' }] }, { limit, severities });
}

test('an outcome holds findings, what is suppressed, and what could not be checked', () => {
  const outcome = checked(Severity.INFO);
  expect(outcome.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ['unknown-field', 5],
    ['yaml-syntax', 7],
  ]);
  expect(outcome.suppressed.map(({ rule }) => rule)).toEqual(['field-type']);
  expect(outcome.objects).toBe(1);
  expect(outcome.passedOver).toBe(3);
  expect(outcome.unusable.map(({ file }) => file)).toEqual(['x', 'web.yaml']);
  expect(outcome.unusable[1]!.message).toMatch(/^line 7: /);
  expect(outcome.textOf('web.yaml', 5)).toBe('dta: {}');
});

test('what is less severe than asked for is left out, suppressed or not', () => {
  const severities = { 'unknown-field': Severity.WARNING, 'field-type': Severity.INFO };
  const outcome = checked(Severity.ERROR, severities);
  expect(outcome.findings.map(({ rule }) => rule)).toEqual(['yaml-syntax']);
  expect(outcome.suppressed).toEqual([]);
});

test('a broken document stays unusable when its rule is off', () => {
  const outcome = checked(Severity.INFO, { 'yaml-syntax': Severity.OFF });
  expect(outcome.findings.map(({ rule }) => rule)).toEqual(['unknown-field']);
  expect(outcome.unusable).toHaveLength(2);
});
