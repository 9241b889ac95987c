import type { Field } from '../../model/field';
import type { Problem } from '../../rule';
import { isClimbing } from './mount-paths';

/** The sources of a volume. */
const SOURCES = new Set([
  ...['awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'configMap', 'csi', 'downwardAPI'],
  ...['emptyDir', 'ephemeral', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'hostPath'],
  ...['image', 'iscsi', 'nfs', 'persistentVolumeClaim', 'photonPersistentDisk', 'portworxVolume', 'projected'],
  ...['quobyte', 'rbd', 'scaleIO', 'secret', 'storageos', 'vsphereVolume'],
]);

/** The fields that a source must have. Where the schema requires one, only an empty text is left to find. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  configMap: ['name'],
  secret: ['secretName'],
  hostPath: ['path'],
  persistentVolumeClaim: ['claimName'],
  nfs: ['server', 'path'],
};

const IN_SCHEMA = new Set(['path', 'claimName', 'server']);

const MAX_MODE = 0o777;

/** Checks the sources of a volume and of its files. One without a source is an `emptyDir`: Kubernetes completes it so. */
export function checkVolumeSources(volume: Field): Problem[] {
  const named = volume.fields.filter(({ name, exists }) => name !== 'name' && exists);
  const sources = named.filter(({ name }) => SOURCES.has(name));
  const [first, ...others] = sources;
  return [
    ...others.map((at) => ({
      at,
      message: `volume ${describeVolumeName(volume)} has source \`${at.name}\` beside \`${first!.name}\``,
      fix: `remove \`${at.name}\` or \`${first!.name}\``,
    })),
    ...sources.flatMap((source) => [...checkSourceFields(source), ...checkSourceFiles(source)]),
  ];
}

function describeVolumeName(volume: Field): string {
  const name = volume.at('name').text;
  return name === undefined ? 'without a name' : `"${name}"`;
}

function checkSourceFields(source: Field, required = REQUIRED[source.name] ?? []): Problem[] {
  return source.isObject
    ? required
        .map((name) => source.at(name))
        .filter((at) => at.text === '' || (!at.exists && !IN_SCHEMA.has(at.name)))
        .map((at) => ({ at, message: `\`${source.name}\` does not say its \`${at.name}\`` }))
    : [];
}

/** Permissions and paths of the files that the kubelet writes. */
function checkSourceFiles(source: Field): Problem[] {
  switch (source.name) {
    case 'projected':
      return [...checkFileMode(source.at('defaultMode')), ...checkProjections(source.at('sources').items)];
    case 'configMap':
    case 'secret':
    case 'downwardAPI':
      return [...checkFileMode(source.at('defaultMode')), ...checkItems(source)];
    default:
      return [];
  }
}

function checkProjections(projections: readonly Field[]): Problem[] {
  return projections.flatMap((projection) => {
    const [first, ...others] = projection.fields.filter(({ exists }) => exists);
    return [
      ...others.map((at) => ({ at, message: `one projected source is \`${first!.name}\` and \`${at.name}\` at once` })),
      ...['configMap', 'secret'].flatMap((name) => checkSourceFields(projection.at(name), ['name'])),
      ...['configMap', 'secret', 'downwardAPI'].flatMap((name) => checkItems(projection.at(name))),
    ];
  });
}

function checkItems(source: Field): Problem[] {
  return source
    .at('items')
    .items.flatMap((item) => [...checkFileMode(item.at('mode')), ...checkItemPath(item.at('path'))]);
}

function checkItemPath(at: Field): Problem[] {
  const path = at.text;
  return path !== undefined && (path === '' || path.startsWith('/') || path.startsWith('..') || isClimbing(path))
    ? [{ at, message: `\`path\` is "${path}", which is no path inside the volume`, fix: 'write a relative path' }]
    : [];
}

function checkFileMode(at: Field): Problem[] {
  const mode = at.number;
  if (mode === undefined || (mode >= 0 && mode <= MAX_MODE)) {
    return [];
  }
  const isOctal = /^[0-7]{3}$/.test(String(mode));
  const message = `\`${at.name}\` is ${mode}, but must be at most ${MAX_MODE}, which is 0777 in octal`;
  return [isOctal ? { at, message, fix: `write 0${mode}` } : { at, message, fix: 'write permissions such as 0644' }];
}
