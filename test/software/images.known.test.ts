import { hasShell, knownImage } from '../../src/rules/data/known-images';
import * as images from '../../src/software/images';

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

test('the rules know every image but busybox, which is what its command is', () => {
  expect(knownImage(BUSYBOX!.image)).toBeUndefined();
  expect(Object.keys(KNOWN).filter((name) => !knownImage(KNOWN[name]!.image))).toEqual([]);
});

describe.each(Object.entries(KNOWN))('of the image %s the rules and the companion say the same', (name, own) => {
  const known = knownImage(own.image)!;

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
