import { FluentBit, FluentBitOutput, MultiContainerPod, WebServer } from '../../../src/index';
import { fluentBitConfig } from '../../fluent-bit-schema';
import { newChart, newDeployment } from '../../support';

describe('the access log of nginx', () => {
  /** The fields that the agent finds in a line, with the expression of the generated configuration. */
  function fieldsOf(line: string): Record<string, string> | undefined {
    const chart = newChart();
    const web = WebServer.nginx();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    web.bind(pod);
    pod.add(new FluentBit({ output: FluentBitOutput.stdout(), logs: web.logs[0] }));
    const [parser] = fluentBitConfig(chart).parsers;
    expect(parser).toMatchObject({ time_key: 'time', types: 'code:integer size:integer' });
    return new RegExp(parser.regex).exec(line)?.groups;
  }
  const TLS = '\\x16\\x03\\x01';
  const NO_REQUEST = { method: undefined, path: undefined, code: '400' };
  const at = '[22/Nov/2026:10:00:00 +0000]';

  test('in its main format names all fields', () => {
    expect(
      fieldsOf(`10.1.2.3 - frank ${at} "GET /a?b=c HTTP/1.1" 200 612 "https://x.io/" "curl/8.5.0" "10.9.9.9"`),
    ).toEqual({
      remote: '10.1.2.3',
      host: '-',
      user: 'frank',
      time: '22/Nov/2026:10:00:00 +0000',
      method: 'GET',
      path: '/a?b=c',
      code: '200',
      size: '612',
      referer: 'https://x.io/',
      agent: 'curl/8.5.0',
    });
  });

  test.each([
    [
      'the combined format',
      `10.1.2.3 - - ${at} "POST / HTTP/2.0" 204 0 "-" "Mozilla/5.0 (X11; Linux)"`,
      { method: 'POST', agent: 'Mozilla/5.0 (X11; Linux)' },
    ],
    ['IPv6', `2001:db8::1 - - ${at} "GET / HTTP/1.1" 200 5 "-" "-" "-"`, { remote: '2001:db8::1', path: '/' }],
    [
      'quotes, which nginx escapes',
      `::1 - - ${at} "GET /?q=\\x22a\\x22 HTTP/1.1" 200 5 "-" "a \\x22b\\x22"`,
      { path: '/?q=\\x22a\\x22', agent: 'a \\x22b\\x22' },
    ],
    ['spaces in the path', `::1 - - ${at} "GET /a b HTTP/1.1" 400 5 "-" "-" "-"`, { path: '/a b', code: '400' }],
    ['no protocol', `::1 - - ${at} "GET /old" 400 5 "-" "-"`, { method: 'GET', path: '/old', code: '400' }],
    ['no path', `::1 - - ${at} "GET" 400 5 "-" "-"`, { method: 'GET', path: undefined, code: '400' }],
    ['no request', `::1 - - ${at} "" 400 0 "-" "-"`, { ...NO_REQUEST, size: '0', agent: '-' }],
    ['no request in the main format', `::1 - - ${at} "" 400 0 "-" "-" "-"`, { ...NO_REQUEST, size: '0', agent: '-' }],
    [
      'TLS on the plain port',
      `::1 - - ${at} "${TLS}" 400 157 "-" "-" "-"`,
      { method: TLS, path: undefined, size: '157' },
    ],
    ['TLS with a space', `::1 - - ${at} "${TLS} \\x00z" 400 157 "-" "-"`, { method: TLS, path: '\\x00z', code: '400' }],
    ['a space before the method', `::1 - - ${at} " GET /a HTTP/1.1" 400 5 "-" "-"`, { method: 'GET', path: '/a' }],
    [
      'spaces in the user',
      `::1 - jane van doe ${at} "GET / HTTP/1.1" 401 5 "-" "-"`,
      { user: 'jane van doe', path: '/' },
    ],
    ['an empty user', `::1 -  ${at} "GET / HTTP/1.1" 401 5 "-" "-"`, { user: '', code: '401' }],
    ['a space after the path', `::1 - - ${at} "GET /a " 400 5 "-" "-"`, { method: 'GET', path: '/a', code: '400' }],
    ['no referer and agent', `::1 - - ${at} "GET / HTTP/1.0" 200 5`, { code: '200', size: '5', agent: undefined }],
  ])('is parsed with %s', (_, line, fields) => {
    expect(fieldsOf(line)).toMatchObject(fields);
  });

  test('keeps a line whole that is not one of its own', () => {
    expect(fieldsOf('2026/11/22 10:00:00 [error] 7#7: *1 open() failed')).toBeUndefined();
  });
});
