import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RULES } from '../../src/rules/list';
import { ROOT } from './support';

const FOLDER = join(ROOT, '.github/ISSUE_TEMPLATE');
const FORMS = readdirSync(FOLDER).filter((file) => file !== 'config.yml');
const read = (file: string) => parse(readFileSync(join(FOLDER, file), 'utf8'));

/** The attributes that GitHub knows of each part of a form. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  input: ['label', 'description', 'placeholder', 'value'],
  textarea: ['label', 'description', 'placeholder', 'value', 'render'],
  dropdown: ['label', 'description', 'options', 'multiple', 'default'],
};

test.each(FORMS)('%s is a form that GitHub shows', (file) => {
  const { name, description, title, labels, body, ...others } = read(file);
  expect([name, description].every((text) => typeof text === 'string' && text !== '')).toBe(true);
  expect(others).toEqual({});
  expect(title === undefined || typeof title === 'string').toBe(true);
  expect(labels.length).toBeGreaterThan(0);
  const ids = body.map(({ id }: any) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { type, id, attributes, validations = {}, ...rest } of body) {
    expect([id, rest, Object.keys(validations).filter((key) => key !== 'required')]).toEqual([id, {}, []]);
    expect([id, Object.keys(attributes).filter((key) => !ATTRIBUTES[type]!.includes(key))]).toEqual([id, []]);
    expect(attributes.label).toEqual(expect.any(String));
  }
});

test('the form about a rule asks for one that there is, and for the manifest', () => {
  const { body } = read('false-finding.yml');
  const [rule] = body;
  expect(RULES.map(({ id }) => id)).toContain(rule.attributes.placeholder);
  const manifest = body.find(({ id }: any) => id === 'manifest');
  expect(manifest).toMatchObject({ attributes: { render: 'yaml' }, validations: { required: true } });
});

test('who found a weakness is led away from issues', () => {
  const [link] = read('config.yml').contact_links;
  const address = /\((https:[^)]*\/security\/advisories\/new)\)/.exec(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8'));
  expect(link.url).toBe(address?.[1]);
});
