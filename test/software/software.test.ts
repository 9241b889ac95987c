import { LogFormat } from '../../src';
import { isPinned, isPortName } from '../../src/private/names';
import { findKnownImage, hasShell } from '../../src/rules/data/known-images';
import { CONTINUED_LINES, findBacktracking, GO, JAVASCRIPT, translateExpression } from '../../src/software/expressions';
import { toGoTimeLayout } from '../../src/software/go-time';
import { isAddress, isHost, joinHostPort, toHostHeader } from '../../src/software/hosts';
import * as images from '../../src/software/images';
import {
  isNginxPath,
  NGINX_STATUS_PORT,
  renderHealthLocation,
  renderHealthServer,
  renderNginxBlock,
  renderNginxStatusServer,
  toNginxArgs,
} from '../../src/software/nginx';
import { toFollowedPaths } from '../../src/software/rotated-names';

describe('an expression of Ruby', () => {
  test.each([
    ['^(?<a>\\d+) (?<b>[^"\\]]*)$', '^(\\d+) ([^"\\]]*)$', '^(?P<a>\\d+) (?P<b>[^"\\]]*)$', ['a', 'b']],
    ['(x|y)(?<a>.)', '(?:x|y)(.)', '(?:x|y)(?P<a>.)', ['a']],
    ['(?:\\(\\?)(?<a>\\x41{2,3}?)', '(?:\\(\\?)(\\x41{2,3}?)', '(?:\\(\\?)(?P<a>\\x41{2,3}?)', ['a']],
    ['[(?<a>]', '[(?<a>]', '[(?<a>]', []],
  ])('%s has its groups as the other dialect writes them', (expression, javascript, go, names) => {
    expect(translateExpression(expression, JAVASCRIPT)).toEqual({ text: javascript, names });
    expect(translateExpression(expression, GO)).toEqual({ text: go, names });
  });

  test.each([
    ['(?<a>x)(?<=y)', '(?<='],
    ['(?<a>x)(?<!y)', '(?<!'],
    ['(?>x)', '(?>'],
    ['(?i)x', '(?i)'],
    ['(?i:x)', '(?i:'],
    ['x++', '++'],
    ['x{2}+', '}+'],
    ['\\h', '\\h'],
    ['\\p{Alpha}', '\\p'],
    ['\\k<a>', '\\k'],
    ['(?<a>x)\\1', '\\1'],
    ['[[:alpha:]]', '[[:alpha:]'],
    ['[a&&b]', '[a&&b]'],
    ['[\\h]', '[\\h]'],
  ])('%s has a part that neither dialect knows', (expression, part) => {
    expect(translateExpression(expression, JAVASCRIPT)).toBe(part);
    expect(translateExpression(expression, GO)).toBe(part);
  });

  test.each([
    ['x(?=y)', true, false],
    ['x(?!y)', true, false],
    ['\\Ax\\z', false, true],
  ])('%s is known to one dialect alone', (expression, javascript, go) => {
    expect(typeof translateExpression(expression, JAVASCRIPT) === 'object').toBe(javascript);
    expect(typeof translateExpression(expression, GO) === 'object').toBe(go);
  });

  test('of an access log of nginx finds the same fields', () => {
    const { expression } = LogFormat.nginxAccess();
    const line = '10.0.0.1 - bob [22/Nov/2026:10:00:00 +0000] "GET /a?b=c HTTP/1.1" 200 12 "-" "curl/8"';
    const { text, names } = translateExpression(expression!, JAVASCRIPT) as { text: string; names: string[] };
    const found = new RegExp(text, 'm').exec(line)!;
    expect(Object.fromEntries(names.map((name, index) => [name, found[index + 1]]))).toEqual({
      ...new RegExp(expression!).exec(line)!.groups,
    });
    expect(translateExpression(expression!, GO)).toHaveProperty('names', names);
  });
});

test.each([
  ['%Y-%m-%dT%H:%M:%S.%LZ', '2006-01-02T15:04:05.999999999Z'],
  ['%Y-%m-%dT%H:%M:%S,%L%z', '2006-01-02T15:04:05,999999999-0700'],
  ['%FT%T.%L%z', '2006-01-02T15:04:05.999999999-0700'],
  ['%d/%b/%Y:%H:%M:%S %z', '02/Jan/2006:15:04:05 -0700'],
  ['%a %b %e %I:%M:%S %p %Z %y', 'Mon Jan _2 03:04:05 PM MST 06'],
  ['%A, %B %d', 'Monday, January 02'],
  ['[%F] 100%%', undefined],
  ['(%F) %%', '(2006-01-02) %'],
])('%s is %s to Go', (format, layout) => {
  expect(toGoTimeLayout(format)).toBe(layout);
});

test.each([
  ['seconds since 1970', '%s'],
  ['the day of the year', '%j'],
  ['a fraction that nothing parts from the seconds', '%S%L'],
  ['a word that Go might take for a part of the time', 'at %H:%M'],
  ['a digit that Go might take for a part of the time', '%H:%M 2'],
  ['a conversion that is cut off', '%H:%'],
])('%s has no layout', (_, format) => {
  expect(toGoTimeLayout(format)).toBeUndefined();
});

test.each([
  'db',
  'db.shop',
  'api.shop.svc.cluster.local',
  'api.example.com.',
  '10.0.0.1',
  'fd00::1',
  '_x.y',
  'a-b.c',
  'a',
])('"%s" is a host', (host) => {
  expect(isHost(host)).toBe(true);
});

test.each(['', ' ', 'a b', 'https://a', 'a:80', 'a/b', '-a', 'a\nb', 'a..b', `${'a.'.repeat(127)}`])(
  '"%s" is none',
  (host) => {
    expect(isHost(host)).toBe(false);
  },
);

test.each([
  ['10.0.0.1', true],
  ['fd00::1', true],
  ['db', false],
])('"%s" is an address: %s', (host, expected) => {
  expect(isAddress(host)).toBe(expected);
});

test.each([
  ['api', 80, false, 'api'],
  ['api', 443, true, 'api'],
  ['api', 80, true, 'api:80'],
  ['api', 8080, false, 'api:8080'],
  ['fd00::1', 80, false, '[fd00::1]'],
])('the Host header of %s, port %i, TLS %s', (host, port, tls, expected) => {
  expect(toHostHeader(host, port, tls)).toBe(expected);
});

test.each([
  ['api.shop', 80, 'api.shop:80'],
  ['fd00::1', 443, '[fd00::1]:443'],
])('%s and %i are one word', (host, port, expected) => {
  expect(joinHostPort(host, port)).toBe(expected);
});

const { BUSYBOX, ...KNOWN } = images as unknown as Record<string, images.Image>;

/** Where the companion configures what the image says otherwise. */
const OTHERWISE: { readonly [name: string]: { readonly directories: readonly string[] } } = {
  VECTOR: { directories: ['/var/lib/vector'] }, // its state volume
  VECTOR_ALPINE: { directories: ['/var/lib/vector'] },
  FILEBEAT: { directories: ['/usr/share/filebeat/data', '/usr/share/filebeat/logs'] }, // both are on its state volume
  ALLOY: { directories: ['/var/lib/alloy/data'] }, // its state volume
  PGBOUNCER: { directories: ['/etc/pgbouncer'] }, // its entrypoint, which writes there, does not run
};

/** What companions need a shell or its tools for: scripts, probes and waiting. */
const WITH_SHELL = [
  ...['ALLOY', 'FILEBEAT', 'FLUENTD', 'FLUENT_BIT_DEBUG', 'GIT_SYNC', 'HAPROXY', 'NGINX', 'OAUTH2_PROXY_ALPINE'],
  ...['PGBOUNCER', 'POSTGRES_EXPORTER', 'STATSD_EXPORTER', 'VAULT', 'VECTOR_ALPINE'],
];

test('the rules know every image, and of busybox that it is what its command is', () => {
  expect(findKnownImage(BUSYBOX!.image)?.software).toBeUndefined();
  expect(Object.keys(KNOWN).filter((name) => !findKnownImage(KNOWN[name]!.image))).toEqual([]);
});

describe.each(Object.entries(KNOWN))('of the image %s the rules and the companion say the same', (name, own) => {
  const known = findKnownImage(own.image)!;

  test('the UID, where the image states a number', () => {
    expect(typeof known.user === 'number' ? known.user : own.user).toBe(own.user);
  });

  test('the port, where the image opens one unless told otherwise', () => {
    const ports = known.listeners?.map(({ port }) => port) ?? [own.port];
    expect(ports).toContain(own.port);
  });

  test('the directories that are written to, but those that the companion mounts', () => {
    const mounted = OTHERWISE[name]?.directories ?? [];
    expect([...(own.writableDirectories ?? []), ...mounted].sort()).toEqual(
      [...(known.writableDirectories ?? [])].sort(),
    );
  });

  test('whether the tag has a shell', () => {
    expect(hasShell(own.image)).toBe(WITH_SHELL.includes(name));
  });
});

describe.each(Object.entries(images))(
  'the image %s',
  (_, { image, user, port, writableDirectories = [] }: images.Image) => {
    test('is pinned, with its registry', () => {
      expect(isPinned(image)).toBe(true);
      expect(image.split('/')[0]).toMatch(/^[a-z0-9.]+\.[a-z]+$/);
    });

    test('runs without root: a numeric user, a port that it may open, absolute directories', () => {
      expect(user).toBeGreaterThan(0);
      expect(port ?? 1024).toBeGreaterThanOrEqual(1024);
      expect(writableDirectories.filter((directory) => !directory.startsWith('/'))).toEqual([]);
    });
  },
);

test('both builds of Fluent Bit are of one release', () => {
  expect(images.FLUENT_BIT_DEBUG).toEqual({ ...images.FLUENT_BIT, image: `${images.FLUENT_BIT.image}-debug` });
});

test('the status of nginx is told on the loopback interface, on one page, without a line in the access log', () => {
  expect(renderNginxStatusServer(8081)).toBe(`server {
  listen 127.0.0.1:8081;
  access_log off;

  location = /stub_status {
    stub_status;
  }
}
`);
});

test('its port has a name that Kubernetes takes', () => {
  expect(isPortName(NGINX_STATUS_PORT)).toBe(true);
});

test('nginx runs in the foreground and ends its drain', () => {
  expect(toNginxArgs(25)).toEqual(['nginx', '-g', 'daemon off; worker_shutdown_timeout 25s;']);
});

test.each([
  ['/', true],
  ['/up?full=1', true],
  ['up', false],
  ['/a b', false],
  ['/a;', false],
  ['/{', false],
  ['/"', false],
])('a location can have the path %p: %p', (path, expected) => {
  expect(isNginxPath(path)).toBe(expected);
});

test('a block indents what it holds, but for empty lines', () => {
  expect(renderNginxBlock('http', ['a;', '', renderNginxBlock('server', ['b;'])])).toBe(
    'http {\n  a;\n\n  server {\n    b;\n  }\n}',
  );
});

test('a health path is answered without a line in the access log', () => {
  expect(renderHealthLocation('/up?full=1')).toBe(
    'location = /up {\n  access_log off;\n  default_type text/plain;\n  return 200 "ok\\n";\n}',
  );
});

test('a health server answers nothing else, and may ask another', () => {
  expect(renderHealthServer(8081, '/up', 'http://127.0.0.1:8080')).toBe(`server {
  listen 8081;
  location = /up {
    access_log off;
    proxy_pass http://127.0.0.1:8080;
  }
  location / { return 404; }
}
`);
});

describe('an expression that needs backtracking', () => {
  test.each([
    ['^(?!DEBUG)', '(?!'],
    ['a(?=b)', '(?='],
    ['(?<=a)b', '(?<='],
    ['(?<!a)b', '(?<!'],
    ['(?>a+)b', '(?>'],
    ['(a)\\1', '\\1'],
    ['(?<q>["\'])x\\k<q>', '\\k<q>'],
  ])('is found: %s', (expression, part) => {
    expect(findBacktracking(expression)).toBe(part);
  });

  test.each(['^(?<time>\\S+) (?:a|b)(?i:c)$', '\\\\1', '^\\d{4}', 'a\\.b'])(
    'is not seen where there is none: %s',
    (expression) => {
      expect(findBacktracking(expression)).toBeUndefined();
    },
  );
});

describe('an agent that knows a file again', () => {
  const numbered = { rotatedFiles: '*.[0-9],*.[0-9][0-9],*.gz', keep: 3 };

  test('reads all that are kept of the rotated files, where their names end in a number', () => {
    expect(toFollowedPaths('/logs/app.log', numbered).include).toEqual(['/logs/app.log', '/logs/app.log.[0-9]']);
    expect(toFollowedPaths('/logs/*.log', { ...numbered, keep: 9 }).include).toEqual([
      '/logs/*.log',
      '/logs/*.log.[0-9]',
    ]);
    expect(toFollowedPaths('/logs/app.log', { ...numbered, keep: 10 }).include).toEqual([
      '/logs/app.log',
      '/logs/app.log.[0-9]',
      '/logs/app.log.[0-9][0-9]',
    ]);
  });

  test.each(['old-*', '*.gz'])('reads no other where rotated files are named %s', (rotatedFiles) => {
    expect(toFollowedPaths('/logs/app.log', { rotatedFiles, keep: 3 }).include).toEqual(['/logs/app.log']);
  });

  test('reads no other where nobody said how they are named', () => {
    expect(toFollowedPaths('/logs/app.log').include).toEqual(['/logs/app.log']);
  });

  test.each([
    [3, ['/logs/*.[0-9][0-9]', '/logs/*.gz']],
    [10, ['/logs/*.gz']],
  ])('passes over other rotated files, and not over those, where %d are kept', (keep, exclude) => {
    const rotated = ['/logs/*.[0-9]', '/logs/*.[0-9][0-9]', '/logs/*.gz'];
    expect(toFollowedPaths('/logs/*', { ...numbered, keep }, rotated).exclude).toEqual(exclude);
  });
});

const joins = (language: string, line: string) => new RegExp(`^(?:${CONTINUED_LINES[language]})`).test(line);

describe('a line of a stack trace', () => {
  test.each([
    ['java', '\tat com.acme.Shop.order(Shop.java:42)'],
    ['java', 'Caused by: java.io.IOException'],
    ['java', '\t... 3 more'],
    ['python', '  File "a.py", line 3, in f'],
    ['python', 'shop.errors.StockError: none left'],
    ['python', 'KeyboardInterrupt'],
    ['python', 'During handling of the above exception, another exception occurred:'],
    ['go', ''],
    ['go', 'goroutine 1 [running]:'],
    ['go', 'main.(*Shop).order(0xc000012345, 0x2a)'],
    ['go', '\t/src/shop.go:42 +0x1d'],
    ['go', 'created by main.main in goroutine 1'],
    ['ruby', "\tfrom shop.rb:9:in `<main>'"],
  ])('of %s goes on the record: %j', (language, line) => {
    expect(joins(language, line)).toBe(true);
  });

  test.each([
    ['java', 'java.lang.IllegalStateException: no stock'],
    ['java', '10:00 ERROR at once'],
    ['python', 'Traceback (most recent call last):'],
    ['python', 'INFO no Error here'],
    ['go', 'panic: no stock'],
    ['go', '{"level":"info"}'],
    ['ruby', "shop.rb:3:in `order': no stock (StockError)"],
  ])('of %s begins one: %j', (language, line) => {
    expect(joins(language, line)).toBe(false);
  });
});
