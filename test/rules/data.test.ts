import fc from 'fast-check';
import { isPort } from '../../src/private/ports';
import { NANOS_PER_UNIT, toNanos } from '../../src/private/quantities';
import { findKnownImage, hasShell, KNOWN_IMAGES } from '../../src/rules/data/known-images';
import { assertAlways } from '../runs';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const REPOSITORIES = KNOWN_IMAGES.flatMap(({ repositories }) => repositories);
const EACH = KNOWN_IMAGES.map((known) => [known.repositories[0]!, known] as const);

test('no repository is that of two images', () => {
  expect(REPOSITORIES.filter((name, index) => REPOSITORIES.indexOf(name) !== index)).toEqual([]);
});

test('repositories are named without registry, unless they stand right in one, and without `library/`, tag and digest', () => {
  const name = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;
  const registry = /^library\/|^localhost\/|^[^/]*\.[^/]*\/[^/]*\//;
  expect(REPOSITORIES.filter((repository) => !name.test(repository) || registry.test(repository))).toEqual([]);
});

describe.each(EACH)('what is known of "%s"', (_, known) => {
  test('is found by each of its repositories', () => {
    expect(known.repositories.map((name) => findKnownImage(`${name}:1.0`))).toEqual(
      known.repositories.map(() => known),
    );
  });

  test('can be: users, ports, directories and seconds', () => {
    const { user = 1, listeners = [], writableDirectories = [], stopSeconds = 1 } = known;
    expect(typeof user === 'number' ? Number.isInteger(user) && user > 0 : /^[a-z_][a-z0-9_-]*$/.test(user)).toBe(true);
    expect(listeners.filter(({ port }) => !isPort(port))).toEqual([]);
    expect(writableDirectories.filter((path) => !/^(\/[\w.-]+)+$/.test(path))).toEqual([]);
    expect(stopSeconds).toBeGreaterThan(0);
  });
});

test.each([
  ['nginx', 'nginx'],
  ['nginx:1.30.4', 'nginx'],
  ['library/nginx:1.30.4', 'nginx'],
  ['docker.io/nginx', 'nginx'],
  ['docker.io/library/nginx:1.30.4', 'nginx'],
  ['index.docker.io/library/nginx', 'nginx'],
  ['localhost/fluent/fluent-bit', 'Fluent Bit'],
  ['library/library/nginx', 'nginx'],
  ['registry.acme.com:5000/library/nginx:1.30.4', 'nginx'],
  ['public.ecr.aws/docker/library/nginx:1.30.4', 'nginx'],
  ['mirror.acme.com/docker-hub/fluent/fluent-bit:5.1', 'Fluent Bit'],
  [
    'mirror.acme.com/a/b/c/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector',
    'OpenTelemetry Collector',
  ],
  ['localhost:5000/fluent/fluent-bit', 'Fluent Bit'],
  [`registry.acme.com:5000/fluent/fluent-bit:4.0@${DIGEST}`, 'Fluent Bit'],
  [`nginx@${DIGEST}`, 'nginx'],
  [`fluent/fluent-bit:4.0@${DIGEST}`, 'Fluent Bit'],
  ['docker.elastic.co/beats/filebeat:9.0.0', 'Filebeat'],
  ['ghcr.io/nginxinc/nginx-unprivileged:1.30-alpine', 'nginx'],
  ['gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14', 'Cloud SQL Auth Proxy'],
])('image "%s" is %s', (image, software) => {
  expect(findKnownImage(image)?.software).toBe(software);
});

test.each([
  '',
  ':1.0',
  '/',
  '@',
  `@${DIGEST}`,
  'acme/app:1.0',
  'nginx-custom:1.0',
  'acme/nginx:1.30.4',
  'registry.acme.com/mirror/nginx:1.30.4',
  'localhost/nginx',
  'localhost:5000/nginx',
  'fluent-bit',
  'mirror.acme.com/fluent-bit:5.1',
  'fluent/fluent-bit/agent',
  'registry.acme.com/nginx:1.30.4',
  'registry.acme.com/pause:3.10',
  'NGINX',
  'nginx:1.30.4/agent',
  'nginx/',
  'constructor',
  '__proto__',
])('image "%s" is none that is known', (image) => {
  expect(findKnownImage(image)).toBeUndefined();
  expect(hasShell(image)).toBeUndefined();
});

test('tag and digest make no other image of a known one, nor does a registry where the name has two parts', () => {
  const registry = fc.constantFrom(
    '',
    'docker.io/',
    'localhost/',
    'localhost:5000/',
    'r.acme.com/',
    'mirror:443/',
    'r.acme.com/hub/',
  );
  const tag = fc.constantFrom('', ':latest', ':1.30.4', ':v2-alpine_3', ':5000');
  const digest = fc.constantFrom('', `@${DIGEST}`);
  assertAlways(
    fc.property(registry, fc.constantFrom(...REPOSITORIES), tag, digest, (before, name, after, sum) => {
      const image = findKnownImage(`${before}${name}${after}${sum}`);
      const isKnown = name.includes('/') || ['', 'docker.io/'].includes(before);
      expect(image?.repositories.includes(name) ?? false).toBe(isKnown);
    }),
  );
});

test('an image is known however many others were asked for before', () => {
  const images = Array.from({ length: 2_500 }, (_, index) => `nginx:1.${index}`);
  expect(images.filter((image) => findKnownImage(image)?.software !== 'nginx')).toEqual([]);
});

test('no text at all stops the look-up', () => {
  assertAlways(fc.property(fc.string(), (text) => expect(() => [findKnownImage(text), hasShell(text)]).not.toThrow()));
});

test.each([
  ['nginx', true],
  ['nginx:1.30.4', true],
  ['fluent/fluent-bit:4.0.1', false],
  ['fluent/fluent-bit:4.0.1-debug', true],
  ['fluent/fluent-bit', false],
  [`fluent/fluent-bit:4.0.1-debug@${DIGEST}`, true],
  [`localhost:5000/fluent/fluent-bit:4.0.1@${DIGEST}`, false],
  [`fluent/fluent-bit@${DIGEST}`, false],
  ['timberio/vector:0.50.0-alpine', true],
  ['timberio/vector:0.50.0-distroless-static', false],
  ['envoyproxy/envoy:v1.35.0', true],
  ['envoyproxy/envoy:distroless-v1.35.0', false],
  ['envoyproxy/envoy:v1.35.0-distroless', false],
  ['otel/opentelemetry-collector:0.130.0', false],
  ['registry.k8s.io/pause:3.10', false],
  ['mirror.acme.com/registry.k8s.io/pause:3.10', false],
  ['gcr.io/distroless/nodejs22-debian12', false],
  ['gcr.io/distroless/nodejs22-debian12:debug', true],
])('image "%s" has a shell: %s', (image, expected) => {
  expect(hasShell(image)).toBe(expected);
});

const Ki = 1024n;

describe('amounts of resources', () => {
  test.each<[string | number, bigint]>([
    ['0', 0n],
    [0.1, 100_000_000n],
    ['0.3', 300_000_000n],
    ['250m', 250_000_000n],
    ['1', NANOS_PER_UNIT],
    ['1.', NANOS_PER_UNIT],
    ['.5', 500_000_000n],
    ['+2', 2n * NANOS_PER_UNIT],
    ['-2', -2n * NANOS_PER_UNIT],
    ['3n', 3n],
    ['3u', 3_000n],
    ['1k', 1_000n * NANOS_PER_UNIT],
    ['1E', 10n ** 27n],
    ['1e3', 1_000n * NANOS_PER_UNIT],
    ['1E3', 1_000n * NANOS_PER_UNIT],
    ['1.5e-3', 1_500_000n],
    [1e21, 10n ** 30n],
    ['64Mi', 64n * Ki ** 2n * NANOS_PER_UNIT],
    ['1.5Gi', (3n * Ki ** 3n * NANOS_PER_UNIT) / 2n],
    ['8Ei', 8n * Ki ** 6n * NANOS_PER_UNIT],
    ['12345678901234567890.123456789', 12345678901234567890123456789n],
  ])('%p is %p nano-units', (quantity, nanos) => {
    expect(toNanos(quantity)).toBe(nanos);
  });

  test('what is too small to count is rounded up, as Kubernetes does', () => {
    expect(toNanos('0.1n')).toBe(1n);
    expect(toNanos('-0.1n')).toBe(-1n);
    expect(toNanos('1.0000000001')).toBe(NANOS_PER_UNIT + 1n);
  });

  test.each([
    '',
    ' ',
    '.',
    'm',
    '1 Mi',
    '128MB',
    '1K',
    '1mi',
    '1Mib',
    '0,5',
    'one',
    '1e',
    '1e3Mi',
    '--1',
    '1\n',
    'NaN',
  ])('%p is no amount', (text) => {
    expect(toNanos(text)).toBeUndefined();
  });

  test('absurd texts are refused at once', () => {
    expect(toNanos(undefined)).toBeUndefined();
    expect(toNanos('1e999999999')).toBeUndefined();
    expect(toNanos('9'.repeat(1_000_000))).toBeUndefined();
  });

  test('more texts than are kept in mind are read all the same', () => {
    for (let number = 0; number < 3_000; number++) {
      expect(toNanos(`${number}`)).toBe(BigInt(number) * NANOS_PER_UNIT);
    }
  });
});
