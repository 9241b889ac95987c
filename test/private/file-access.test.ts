import {
  type FileContainer,
  type FilePod,
  findUnownedClaims,
  findUnreadableFiles,
  isNonRoot,
  isPreparedByRoot,
  listKeptVolumes,
} from '../../src/private/file-access';

const as = (settings: object, mount: object = {}): FileContainer => ({
  name: 'signer',
  securityContext: settings as Record<string, unknown>,
  volumeMounts: [{ name: 'files', ...mount }],
});
const ROOT = as({ runAsUser: 0 });
const USER = as({ runAsUser: 5000 });

/** The modes of the files that "signer" mounts and cannot read. */
function unreadable(source: object, container = USER, pod: Partial<FilePod> = {}): string[] {
  const found = findUnreadableFiles({ containers: [container], volumes: [{ name: 'files', ...source }], ...pod });
  return found.map(({ container: name, volume, mode }) => `${name} ${volume} ${mode.toString(8)}`);
}

test.each<[string, object]>([
  ['a Secret', { secret: { secretName: 'key', defaultMode: 0o400 } }],
  ['a ConfigMap', { configMap: { name: 'key', defaultMode: 0o400 } }],
  ['the downward API', { downwardAPI: { items: [{ path: 'name' }], defaultMode: 0o400 } }],
  ['a part of a projection', { projected: { sources: [{ secret: { name: 'key' } }], defaultMode: 0o400 } }],
  [
    'one file',
    {
      secret: {
        items: [
          { key: 'a', path: 'a' },
          { key: 'b', path: 'b', mode: 0o400 },
        ],
      },
    },
  ],
  [
    'one file of a projection',
    { projected: { sources: [{ configMap: { items: [{ key: 'a', path: 'a', mode: 0o400 }] } }] } },
  ],
])('files of root alone, of %s, cannot be read without root', (_, source) => {
  expect(unreadable(source)).toEqual(['signer files 400']);
});

const STRICT = { secret: { secretName: 'key', defaultMode: 0o400 } };
const GROUPED = { secret: { secretName: 'key', defaultMode: 0o440 } };

test.each<[string, string[]]>([
  ['files of the usual mode', unreadable({ secret: { secretName: 'key' } })],
  ['files for all', unreadable({ secret: { secretName: 'key', defaultMode: 0o444 } })],
  ['files for the group, which may be that of root', unreadable(GROUPED)],
  ['files for the group that it is in', unreadable(GROUPED, as({ runAsUser: 5000, runAsGroup: 0 }))],
  [
    'files whose places are no paths',
    unreadable({ secret: { items: [{ path: 5 }, { path: null }], defaultMode: 0o400 } }, as({}, { subPath: 'a' })),
  ],
  [
    'files for a group that the pod adds',
    unreadable(GROUPED, as({ runAsUser: 5000, runAsGroup: 7 }), { securityContext: { supplementalGroups: [0] } }),
  ],
  ['files that root reads', unreadable(STRICT, ROOT)],
  ['files that root may read', unreadable(STRICT, as({}))],
  ['files with the group of the pod', unreadable(STRICT, USER, { securityContext: { fsGroup: 5000 } })],
  ['files of a volume that it does not mount', unreadable(STRICT, as({ runAsUser: 5000 }, { name: 'other' }))],
  ['a token', unreadable({ projected: { defaultMode: 0o400, sources: [{ serviceAccountToken: { path: 'token' } }] } })],
  [
    'the one file that it mounts',
    unreadable(
      {
        secret: {
          items: [
            { key: 'a', path: 'a' },
            { key: 'b', path: 'b', mode: 0o400 },
          ],
        },
      },
      as({ runAsUser: 5000 }, { subPath: 'a' }),
    ),
  ],
  ['files of an empty volume', unreadable({ emptyDir: {} })],
])('a container reads %s', (_, found) => {
  expect(found).toEqual([]);
});

test('files for the group cannot be read in another group, nor by a user that is only said not to be root', () => {
  expect(unreadable(GROUPED, as({ runAsUser: 5000, runAsGroup: 6000 }))).toEqual(['signer files 440']);
  expect(unreadable(STRICT, as({ runAsNonRoot: true }))).toEqual(['signer files 400']);
  expect(unreadable(STRICT, as({}), { securityContext: { runAsUser: 5000 } })).toEqual(['signer files 400']);
});

test('one file that is mounted alone counts alone, in a folder too', () => {
  const source = { secret: { items: [{ key: 'b', path: 'keys/b', mode: 0o400 }] } };
  expect(unreadable(source, as({ runAsUser: 5000 }, { subPath: 'keys' }))).toEqual(['signer files 400']);
  expect(unreadable(source, as({ runAsUser: 5000 }, { subPath: 'key' }))).toEqual([]);
});

const CLAIM = { persistentVolumeClaim: { claimName: 'data' } };
const unowned = (source: object | undefined, container = USER, pod: Partial<FilePod> = {}) =>
  findUnownedClaims({ containers: [container], volumes: source && [{ name: 'files', ...source }], ...pod });

test.each<[string, object | undefined]>([
  ['of its own', CLAIM],
  ['that lives as long as the pod', { ephemeral: { volumeClaimTemplate: {} } }],
  ['of a template, as a volume without a source', {}],
  ['of a template, which is not listed', undefined],
])('a claim %s belongs to root until it has a group', (_, source) => {
  expect(unowned(source)).toEqual(['files']);
  expect(unowned(source, as({ runAsNonRoot: true }))).toEqual(['files']);
});

test.each<[string, string[]]>([
  ['with a group', unowned(CLAIM, USER, { securityContext: { fsGroup: 7 } })],
  ['that root writes', unowned(CLAIM, ROOT)],
  ['that may be written by root', unowned(CLAIM, as({}))],
  ['that is read', unowned(CLAIM, as({ runAsUser: 5000 }, { readOnly: true }))],
  ['that can only be read', unowned({ persistentVolumeClaim: { claimName: 'data', readOnly: true } })],
  ['that an init container of root prepares', unowned(CLAIM, USER, { initContainers: [ROOT] })],
  ['that is none', unowned({ emptyDir: {} })],
  ['of a node', unowned({ hostPath: { path: '/data' } })],
])('a claim is in order %s', (_, found) => {
  expect(found).toEqual([]);
});

test('only an init container of root that may write prepares a volume', () => {
  const prepared = (init: FileContainer) =>
    isPreparedByRoot({ containers: [USER], initContainers: [init], volumes: [] }, 'files');
  expect(prepared(ROOT)).toBe(true);
  expect(prepared(USER)).toBe(false);
  expect(prepared(as({ runAsUser: 0 }, { readOnly: true }))).toBe(false);
  expect(prepared(as({ runAsUser: 0 }, { name: 'other' }))).toBe(false);
  expect(isPreparedByRoot({ containers: [ROOT] }, 'files')).toBe(false);
});

test('the settings of a container come before those of its pod', () => {
  const pod = { containers: [], securityContext: { runAsUser: 0, runAsNonRoot: true } };
  expect(isNonRoot(as({ runAsUser: 7 }), pod)).toBe(true);
  expect(isNonRoot(as({}), pod)).toBe(false);
  expect(isNonRoot(as({ runAsNonRoot: true }), { containers: [] })).toBe(true);
});

test('the volumes that a group takes over are those that are kept, but not those of a node or server', () => {
  const volumes = [
    { name: 'claim', ...CLAIM },
    { name: 'node', hostPath: { path: '/' } },
    { name: 'empty', emptyDir: {} },
    { name: 'share', nfs: { server: 'nas', path: '/' } },
  ];
  expect(listKeptVolumes({ containers: [USER], volumes })).toEqual(['claim', 'files']);
});

test.each([[{ image: { reference: 'acme/site:1.0.0' } }], [{ emptyDir: {} }], [{ ephemeral: {} }], [{ secret: {} }]])(
  'a volume of source %j is not kept beyond the pod',
  (source) => {
    const volumes = [
      { name: 'files', ...source },
      { name: 'data', ...CLAIM },
    ];
    expect(listKeptVolumes({ containers: [USER], volumes })).toEqual(['data']);
  },
);
