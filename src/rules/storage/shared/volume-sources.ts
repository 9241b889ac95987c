import type { Field } from '../../model/field';
import type { Problem } from '../../rule';

/** The sources of a volume. */
const SOURCES = new Set([
  ...['awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'configMap', 'csi', 'downwardAPI'],
  ...['emptyDir', 'ephemeral', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'hostPath'],
  ...['image', 'iscsi', 'nfs', 'persistentVolumeClaim', 'photonPersistentDisk', 'portworxVolume', 'projected'],
  ...['quobyte', 'rbd', 'scaleIO', 'secret', 'storageos', 'vsphereVolume'],
]);

/** What a source must say. Where the schema requires the field, only an empty text is left to find. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  configMap: ['name'],
  secret: ['secretName'],
  hostPath: ['path'],
  persistentVolumeClaim: ['claimName'],
  nfs: ['server', 'path'],
};

const IN_SCHEMA = new Set(['path', 'claimName', 'server']);

const MAX_MODE = 0o777;

/** What is wrong with where the files of a volume come from. */
export function sourceProblems(volume: Field): Problem[] {
  const stated = volume.fields.filter(({ name, exists }) => name !== 'name' && exists);
  if (volume.isObject && stated.length === 0) {
    return [{ at: volume, message: `volume ${title(volume)} has no source`, fix: NO_SOURCE_FIX }];
  }
  const sources = stated.filter(({ name }) => SOURCES.has(name));
  const [first, ...others] = sources;
  return [
    ...others.map((at) => ({
      at,
      message: `volume ${title(volume)} has source \`${at.name}\` beside \`${first!.name}\``,
      fix: `remove \`${at.name}\` or \`${first!.name}\``,
    })),
    ...sources.flatMap((source) => [...requiredProblems(source), ...fileProblems(source)]),
  ];
}

const NO_SOURCE_FIX = 'write the source of the volume, such as `emptyDir: {}`';

function title(volume: Field): string {
  const name = volume.at('name').text;
  return name === undefined ? 'without a name' : `"${name}"`;
}

function requiredProblems(source: Field, required = REQUIRED[source.name] ?? []): Problem[] {
  return source.isObject
    ? required
        .map((name) => source.at(name))
        .filter((at) => at.text === '' || (!at.exists && !IN_SCHEMA.has(at.name)))
        .map((at) => ({ at, message: `\`${source.name}\` does not say its \`${at.name}\`` }))
    : [];
}

/** Permissions and paths of the files that the kubelet writes. */
function fileProblems(source: Field): Problem[] {
  switch (source.name) {
    case 'projected':
      return [...modeProblems(source.at('defaultMode')), ...projectionProblems(source.at('sources').items)];
    case 'configMap':
    case 'secret':
    case 'downwardAPI':
      return [...modeProblems(source.at('defaultMode')), ...itemProblems(source)];
    default:
      return [];
  }
}

function projectionProblems(projections: readonly Field[]): Problem[] {
  return projections.flatMap((projection) => {
    const [first, ...others] = projection.fields.filter(({ exists }) => exists);
    return [
      ...others.map((at) => ({ at, message: `one projected source is \`${first!.name}\` and \`${at.name}\` at once` })),
      ...['configMap', 'secret'].flatMap((name) => requiredProblems(projection.at(name), ['name'])),
      ...['configMap', 'secret', 'downwardAPI'].flatMap((name) => itemProblems(projection.at(name))),
    ];
  });
}

function itemProblems(source: Field): Problem[] {
  return source
    .at('items')
    .items.flatMap((item) => [...modeProblems(item.at('mode')), ...pathProblems(item.at('path'))]);
}

function pathProblems(at: Field): Problem[] {
  const path = at.text;
  return path !== undefined && (path === '' || path.startsWith('/') || path.startsWith('..') || isClimbing(path))
    ? [{ at, message: `\`path\` is "${path}", which is no path inside the volume`, fix: 'write a relative path' }]
    : [];
}

/** Whether a path leads upwards somewhere. */
export function isClimbing(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

function modeProblems(at: Field): Problem[] {
  const mode = at.number;
  if (mode === undefined || (mode >= 0 && mode <= MAX_MODE)) {
    return [];
  }
  const isOctal = /^[0-7]{3}$/.test(String(mode));
  const message = `\`${at.name}\` is ${mode}, but must be at most ${MAX_MODE}, which is 0777 in octal`;
  return [isOctal ? { at, message, fix: `write 0${mode}` } : { at, message, fix: 'write permissions such as 0644' }];
}
