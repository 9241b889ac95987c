import { Field } from '../../../src/rules/model/field';
import { mismatchOf, selectsAll } from '../../../src/rules/model/label-selector';

const labels = Field.root({ app: 'shop', tier: 'web', empty: '' });

function mismatch(selector: unknown) {
  return mismatchOf(Field.root(selector), labels);
}

function expression(key: unknown, operator: unknown, values?: unknown) {
  return { matchExpressions: [{ key, operator, values }] };
}

describe('a label selector', () => {
  test.each<[unknown]>([
    [{ matchLabels: { app: 'shop', empty: '' } }],
    [expression('tier', 'In', ['web', 'back'])],
    [expression('tier', 'NotIn', ['back'])],
    [expression('region', 'NotIn', ['north'])],
    [expression('app', 'Exists')],
    [expression('region', 'DoesNotExist')],
    [{}],
  ])('%j selects the labels', (selector) => {
    expect(mismatch(selector)).toBeUndefined();
  });

  test.each<[unknown, string, string]>([
    [{ matchLabels: { app: 'shop', tier: 'back' } }, 'tier', '"back"'],
    [{ matchLabels: { region: '' } }, 'region', '""'],
    [expression('tier', 'In', ['back', 'store']), 'tier', 'one of "back", "store"'],
    [expression('region', 'In', ['north']), 'region', 'one of "north"'],
    [expression('tier', 'NotIn', ['web']), 'tier', 'none of "web"'],
    [expression('region', 'Exists'), 'region', 'there'],
    [expression('empty', 'DoesNotExist'), 'empty', 'absent'],
  ])('%j does not', (selector, label, wanted) => {
    expect(mismatch(selector)).toEqual({ label, wanted });
  });

  test.each([
    [undefined],
    ['app=shop'],
    [{ matchLabels: { app: 4 } }],
    [{ matchLabels: ['app'] }],
    [expression(undefined, 'Exists')],
    [expression('app', 'exists')],
  ])('%j cannot be read, so that nothing is said against it', (selector) => {
    expect(mismatch(selector)).toBeUndefined();
  });

  test('without labels and expressions selects all', () => {
    expect(selectsAll(Field.root({}))).toBe(true);
    expect(selectsAll(Field.root({ matchLabels: {}, matchExpressions: [] }))).toBe(true);
    expect(selectsAll(Field.root({ matchLabels: { app: 'shop' } }))).toBe(false);
    expect(selectsAll(Field.root(expression('app', 'Exists')))).toBe(false);
  });
});
