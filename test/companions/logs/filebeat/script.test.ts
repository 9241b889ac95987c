import { runInNewContext } from 'node:vm';
import { parsingScript } from '../../../../src/companions/logs/filebeat/script';
import { LogFormat } from '../../../../src/index';

/** The fields that the script puts into an event of this line, as Filebeat runs it. */
function run(line: string, expression: string, kind = 'regex', field = 'parsed') {
  const script = parsingScript(expression, kind, field) as { source: string };
  const fields: Record<string, unknown> = {};
  const event = {
    Get: () => line,
    Put: (name: string, value: unknown) => void Object.assign(fields, { [name]: value }),
  };
  runInNewContext(`${script.source}process(event)`, { event });
  return fields;
}

describe('the script that takes a line apart', () => {
  test('puts each group below the field, or beside those of Filebeat', () => {
    expect(run('12 ERROR no stock', '^(?<n>\\d+) (?<level>\\w+) (.*)$')).toEqual({
      'parsed.n': '12',
      'parsed.level': 'ERROR',
    });
    expect(run('12 x', '^(?<n>\\d+)', 'regex', '')).toEqual({ n: '12' });
  });

  test('leaves a line alone that does not match, and a group out that is not there', () => {
    expect(run('plain', '^(?<n>\\d+)')).toEqual({});
    expect(run('12', '^(?<n>\\d+)(?: (?<more>.*))?$')).toEqual({ 'parsed.n': '12' });
  });

  test('reads the access log of nginx, with numbers', () => {
    const line = '10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8"';
    expect(run(line, LogFormat.nginxAccess().expression!, 'nginx')).toMatchObject({
      'parsed.remote': '10.0.0.1',
      'parsed.method': 'GET',
      'parsed.path': '/a',
      'parsed.code': 200,
      'parsed.size': 12,
    });
    expect(run('127.0.0.1 - - [x] "" 400 -', LogFormat.nginxAccess().expression!, 'nginx')).toMatchObject({
      'parsed.code': 400,
      'parsed.size': '-',
    });
  });

  test.each(['^"(?<a>[^"\\\\]*)"\\t\'x\'$', '(?<a>\\$\\{b\\})/\\u2028'.replace('\\u2028', '\u2028')])(
    'is a program of ECMAScript 5, whatever stands in the expression %j',
    (expression) => {
      const { source } = parsingScript(expression, 'regex', 'parsed') as { source: string };
      expect(source).not.toMatch(/[\u2028\u2029`]|=>|\b(let|const)\b/);
      expect(() => run('x', expression)).not.toThrow();
    },
  );

  test('says what the program could not do', () => {
    expect(parsingScript('(?<a>x)(?<=y)', 'regex', 'parsed')).toEqual({ foreign: '(?<=' });
  });
});
