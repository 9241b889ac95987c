import fc from 'fast-check';
import { pluginProperties } from '../../../../src/companions/logs/fluent-bit/properties';
import { deepFreeze } from '../../../support';

/** The properties as the plugin "http" takes them. */
const take = (properties: Record<string, unknown>) =>
  pluginProperties('FluentBitOutput', 'http', properties, 'hide it');

test('fails where a property shows a credential, and says how to pass one', () => {
  expect(() => take({ host: 'loki', http_passwd: 'hunter2' })).toThrow(
    new Error(
      '[FluentBitOutput.http] setting "http_passwd" is a credential, which would stand in a ConfigMap for all to read; hide it',
    ),
  );
});

test.each([
  ['text', 'loki'],
  ['a number', 3100],
  ['a boolean', true],
  ['a list', ['a', 'b']],
  ['variables', '${A}-${B_2}'],
  ['braces without a variable', '{"a": "}"}'],
])('a property may be %s', (_, value) => {
  expect(take({ value })).toEqual({ value });
});

test('the properties of a plugin are a copy of what the caller gave', () => {
  const given = { list: ['a'], text: 'b' };
  const taken = take(deepFreeze({ ...given, list: given.list }));
  expect(taken).toEqual(given);
  expect(taken.list).not.toBe(given.list);
});

test.each([[{ a: 1 }], [null], [undefined], [['a', ['b']]], [() => 'a']])('fails where a property is %p', (value) => {
  expect(() => take({ host: 'loki', labels: value })).toThrow(
    new Error(
      '[FluentBitOutput.http] setting "labels" is neither text, number, boolean nor a list of texts; pass one of these',
    ),
  );
});

test.each([['${A'], ['${}'], ['${1A}'], ['${A-B}'], ['${A} }'], ['{${A}}'], ['${${A}}']])(
  'fails where Fluent Bit would misread the braces of %s',
  (value) => {
    expect(() => take({ match: ['fine', value] })).toThrow(
      new Error(
        `[FluentBitOutput.http] setting "match" is "${value}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`,
      ),
    );
  },
);

test.each(['name', 'Name', 'NAME'])('fails with the setting "%s", which would win over the plugin', (name) => {
  expect(() => take({ [name]: 'stdout' })).toThrow(
    new Error(`[FluentBitOutput.http] setting "${name}" would make it another plugin; leave it out`),
  );
});

test.each(['', 'Loki', 'a b', '$log', '1st', '_x', 'loki.0'])('fails where "%s" should be a plugin', (plugin) => {
  expect(() => pluginProperties('FluentBitFilter', plugin, {}, '')).toThrow(
    new Error(
      `[FluentBitFilter] "${plugin}" is not the name of a plugin; pass it as its documentation does, in lower case`,
    ),
  );
});

test.each(['es', 's3', 'record_modifier', 'kafka-rest'])('a plugin may be called "%s"', (plugin) => {
  expect(pluginProperties('FluentBitOutput', plugin, { a: 1 }, '')).toEqual({ a: 1 });
});

test('any text without a dollar sign or an at sign may stand in a property', () => {
  const text = fc.string().filter((candidate) => !/[$@]/.test(candidate));
  fc.assert(fc.property(text, (value) => expect(take({ value })).toEqual({ value })));
});
