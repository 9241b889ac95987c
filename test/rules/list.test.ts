import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_GROUPS, RULES } from '../../src/rules/list';
import { announced, findingsIn, manifestsOf, shown } from './manifests';

const MANIFESTS = Object.keys(RULE_GROUPS).flatMap((group) => manifestsOf(group));

describe.each(Object.entries(RULE_GROUPS))('the rules of "%s"', (group, rules) => {
  const manifests = manifestsOf(group);

  test.each(rules.map(({ id }) => id))('%s has a module, a manifest that passes and one that fails', (id) => {
    const own = manifests.filter(({ rule }) => rule === id);
    expect(existsSync(join(__dirname, '../../src/rules', group, `${id}.ts`))).toBe(true);
    expect(own.filter(({ isFailing }) => isFailing)).not.toEqual([]);
    expect(own.filter(({ isFailing }) => !isFailing)).not.toEqual([]);
  });

  test.each(manifests.map((manifest) => [manifest.file, manifest] as const))('%s', (_, { rule, isFailing, text }) => {
    const findings = findingsIn(text);
    expect(findings.map(shown)).toEqual(announced(text));
    expect(new Set(findings.map((finding) => finding.rule))).toEqual(new Set(isFailing ? [rule] : []));
  });

  test('no manifest is there for a rule of another name', () => {
    const ids = rules.map(({ id }) => id);
    expect(manifests.filter(({ rule }) => !ids.includes(rule))).toEqual([]);
  });
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))('rule %s', (id, rule) => {
  test('documents itself', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.catches).toMatch(/^[A-Z`].*\.$/);
    expect(rule.consequence).toMatch(/^[A-Z`k].*\.$/);
    expect(rule.fix).toMatch(/^[a-z`].*[^.]$/);
    expect(rule.source).toMatch(/^https:\/\//);
  });
});

test('every rule has a name of its own', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(MANIFESTS.length).toBeGreaterThanOrEqual(2 * RULES.length);
});
