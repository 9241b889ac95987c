import type { MountView } from '../../rules/model/container-view';
import type { Field } from '../../rules/model/field';
import { isWritableUse, listVolumeUses } from '../../rules/model/volumes';
import { toElement } from './elements';
import type { VolumeScene, VolumeUseScene } from './pod-scene';
import type { Sight } from './sight';

/** The volumes of a pod: those that several containers have come first, as they are what the containers share. */
export function listVolumeScenes(sight: Sight): VolumeScene[] {
  const { pod } = sight;
  const claims = pod.owner.kind === 'StatefulSet' ? pod.owner.spec.at('volumeClaimTemplates').items : [];
  const volumes = [
    ...pod.volumes.map((volume) => toVolumeScene(volume, volume.at('name'), sight)),
    ...claims.map((claim) => toClaimScene(claim, sight)),
    ...listMissing(sight),
  ];
  const isShared = ({ uses }: VolumeScene) => new Set(uses.map(({ container }) => container)).size > 1;
  return [...volumes.filter(isShared), ...volumes.filter((volume) => !isShared(volume))];
}

function toVolumeScene(volume: Field, name: Field, sight: Sight): VolumeScene {
  const { source, limit } = describeVolume(volume);
  return {
    ...toElement(volume, sight.object),
    name: name.text ?? volume.path,
    source,
    limit,
    uses: listUseScenes(name.text, volume, sight),
  };
}

function toClaimScene(claim: Field, sight: Sight): VolumeScene {
  const scene = toVolumeScene(claim, claim.at('metadata', 'name'), sight);
  return { ...scene, source: 'claim of each pod', limit: readClaimSize(claim) };
}

/** Volumes that are mounted, and that the pod does not have. */
function listMissing(sight: Sight): VolumeScene[] {
  const mounts = sight.pod.all.flatMap((container) => container.mounts);
  const missing = mounts.filter(({ volume }) => volume !== undefined && !sight.pod.findVolume(volume));
  const names = [...new Set(missing.map(({ volume }) => volume!))];
  return names.map((name) => {
    const { field } = missing.find(({ volume }) => volume === name)!;
    return {
      ...toElement(field, sight.object),
      name,
      source: 'not in the pod',
      uses: listUseScenes(name, field, sight),
    };
  });
}

function listUseScenes(name: string | undefined, volume: Field, sight: Sight): VolumeUseScene[] {
  const { pod, object } = sight;
  const mounts = listVolumeUses(pod, name).filter(({ container }) => pod.all.includes(container));
  const uses = [
    ...mounts.map((use): VolumeUseScene => {
      const { container, mount } = use;
      const access = isWritableUse(use, volume) ? 'writes' : 'reads';
      return { ...toElement(mount.field, object), container: sight.findId(container), access, ...toPlaces(mount) };
    }),
    ...pod.all.flatMap((container) =>
      container.field
        .at('volumeDevices')
        .items.filter((device) => name !== undefined && device.at('name').text === name)
        .map((device): VolumeUseScene => {
          const mountPath = device.at('devicePath').text ?? '?';
          return { ...toElement(device, object), container: sight.findId(container), access: 'writes', mountPath };
        }),
    ),
  ];
  return [...uses.filter(({ access }) => access === 'writes'), ...uses.filter(({ access }) => access === 'reads')];
}

function toPlaces({ path = '?', subPath }: MountView): Pick<VolumeUseScene, 'mountPath' | 'subPath'> {
  return { mountPath: path, subPath };
}

/** A source, and its size where it has one. */
interface Described {
  readonly source: string;
  readonly limit?: string;
}

/** The sources that say more than their own name. */
const SOURCES: Readonly<Record<string, (source: Field) => Described>> = {
  emptyDir: (source) => ({
    source: describeEmptyDir(source.at('medium').text),
    limit: source.at('sizeLimit').scalar,
  }),
  configMap: (source) => ({ source: joinWords('ConfigMap', source.at('name').text) }),
  secret: (source) => ({ source: joinWords('Secret', source.at('secretName').text) }),
  persistentVolumeClaim: (source) => ({ source: joinWords('claim', source.at('claimName').text) }),
  hostPath: (source) => ({ source: joinWords('node', source.at('path').text) }),
  image: (source) => ({ source: joinWords('image', source.at('reference').text) }),
  csi: (source) => ({ source: joinWords('CSI', source.at('driver').text) }),
  nfs: (source) => ({ source: joinWords('NFS', source.at('server').text) }),
  ephemeral: (source) => ({
    source: 'claim that ends with the pod',
    limit: readClaimSize(source.at('volumeClaimTemplate')),
  }),
  projected: (source) => ({ source: describeProjected(source) }),
  downwardAPI: () => ({ source: 'fields of the pod' }),
};

/** A volume without a source is an empty one: Kubernetes completes it so. */
function describeVolume(volume: Field): Described {
  const name = volume.names.find((each) => each !== 'name' && volume.at(each).exists);
  if (name === undefined) {
    return { source: 'emptyDir' };
  }
  const describe = Object.keys(SOURCES).includes(name) ? SOURCES[name]! : () => ({ source: name });
  return describe(volume.at(name));
}

function describeEmptyDir(medium: string | undefined): string {
  return medium === 'Memory' ? 'emptyDir in memory' : medium ? `emptyDir in ${medium}` : 'emptyDir';
}

const PROJECTED: Readonly<Record<string, (part: Field) => string>> = {
  serviceAccountToken: () => 'token',
  configMap: (part) => joinWords('ConfigMap', part.at('name').text),
  secret: (part) => joinWords('Secret', part.at('name').text),
  downwardAPI: () => 'fields of the pod',
  clusterTrustBundle: () => 'trust bundle',
  podCertificate: () => 'certificate',
};

function describeProjected(source: Field): string {
  const parts = source
    .at('sources')
    .items.flatMap((part) =>
      Object.keys(PROJECTED).flatMap((name) => (part.at(name).exists ? PROJECTED[name]!(part.at(name)) : [])),
    );
  return parts.length === 0 ? 'projected' : [...new Set(parts)].join(', ');
}

function readClaimSize(claim: Field): string | undefined {
  return claim.at('spec', 'resources', 'requests', 'storage').scalar;
}

function joinWords(word: string, name: string | undefined): string {
  return name === undefined ? word : `${word} ${name}`;
}
