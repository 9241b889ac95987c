import { joined, nested, type SettingsRules, settingsOf, stated } from '../../../src/companions/kit/settings';
import { deepFreeze } from '../../support';

const RULES: SettingsRules = {
  kind: 'Sink.http',
  noun: 'option',
  reserved: { type: 'pass it as the type' },
  reference: String.raw`SECRET\[\w+\.\w+\]`,
};

describe('settings of a user', () => {
  test('are copied at every depth', () => {
    const given = { tls: { enabled: true }, list: [{ a: 1 }], none: null };
    const taken = settingsOf(RULES, given);
    expect(taken).toEqual(given);
    given.tls.enabled = false;
    given.list[0]!.a = 2;
    expect(taken).toEqual({ tls: { enabled: true }, list: [{ a: 1 }], none: null });
  });

  test('fail where they are reserved, with what to do', () => {
    expect(() => settingsOf(RULES, { type: 'x' })).toThrow(
      new Error('[Sink.http] option "type" cannot be set here; pass it as the type'),
    );
  });

  test.each([
    ['tls.verify', { tls: { verify: () => true } }],
    ['when', { when: new Date(0) }],
    ['list.1', { list: ['a', undefined] }],
    ['size', { size: Number.NaN }],
  ])('fail where "%s" is no plain data', (path, settings) => {
    expect(() => settingsOf(RULES, settings)).toThrow(
      new Error(
        `[Sink.http] option "${path}" is no plain data; pass text, numbers, booleans, lists and objects of these`,
      ),
    );
  });

  test('fail where one shows a credential, and not where it refers to one', () => {
    expect(() => settingsOf(RULES, { auth: { password: 'hunter2' } })).toThrow(
      new Error(
        '[Sink.http] option "auth.password" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
      ),
    );
    expect(settingsOf(RULES, { auth: { password: 'SECRET[a.b]' } })).toEqual({ auth: { password: 'SECRET[a.b]' } });
  });
});

describe('two parts of one configuration', () => {
  test('are joined field by field, and neither is changed', () => {
    const one = deepFreeze({ auth: { user: 'a' }, list: [1] });
    const other = deepFreeze({ auth: { password: 'b' }, tls: {} });
    expect(joined('Sink', 'option', one, other)).toEqual({ auth: { user: 'a', password: 'b' }, list: [1], tls: {} });
  });

  test.each([
    ['a', { a: 1 }, { a: 1 }],
    ['a', { a: { b: 1 } }, { a: 1 }],
    ['a', { a: [1] }, { a: [2] }],
    ['a.b.c', { a: { x: 0, b: { c: 1 } } }, { a: { b: { c: 2 } } }],
  ])('fail where both set "%s"', (path, one, other) => {
    expect(() => joined('Sink', 'option', one, other)).toThrow(
      new Error(`[Sink] option "${path}" stands in two places; pass it once`),
    );
  });
});

test('a path becomes nested settings', () => {
  expect(nested('auth.password', 'x')).toEqual({ auth: { password: 'x' } });
  expect(nested('token', 1)).toEqual({ token: 1 });
});

test('settings without a value are left out', () => {
  expect(stated({ a: undefined, b: null, c: false })).toEqual({ b: null, c: false });
});
