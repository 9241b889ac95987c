import { validateAzureDisk } from '../../../private/pod-fields';
import type { Field } from '../../model/field';
import type { Form, ValueForm } from '../../model/field-form';
import { createExclusion, createRange, DNS_LABEL, SUBDOMAIN, toOptional } from '../../model/value-forms';
import type { Problem } from '../../rule';
import { DOWNWARD_FILES, FILE_MODE, FILES, PROJECTED } from './file-forms';
import { isClimbing } from './mount-paths';

const MAX_UNIT = 255;
const MAX_DRIVER = 63;

const UNIT = createRange(0, MAX_UNIT);

const WRITE_ABSOLUTE = 'write a path without ".."';

const INITIATOR: ValueForm = {
  type: 'string',
  accepts: (text: string) =>
    /^(?:iqn.*iqn|iqn)\.\d{4}-\d{2}\.[-a-zA-Z0-9.]+:[^,;*&$|\s]+$|^eui.[a-zA-Z0-9]{16}$|^naa.[a-zA-Z0-9]{32}$/.test(
      text,
    ),
  complaint: 'which is no name of iSCSI',
  fix: 'write it as `iqn.2001-04.com.example:storage`',
};

const NAMED_SECRET: Form = { filled: ['name'], required: ['name'] };

/** The form of each source of a volume. */
export const VOLUME_FORMS: Readonly<Record<string, Form>> = {
  awsElasticBlockStore: { filled: ['volumeID'], fields: { partition: createRange(0, MAX_UNIT) } },
  azureDisk: { filled: ['diskName', 'diskURI', 'cachingMode', 'kind'], check: checkAzureDisk },
  azureFile: { filled: ['secretName', 'shareName'] },
  cephfs: { check: (at) => checkPresent(at, 'monitors') },
  cinder: { filled: ['volumeID'], fields: { secretRef: NAMED_SECRET } },
  configMap: { required: ['name'], fields: FILES },
  csi: {
    filled: ['driver'],
    fields: {
      driver: {
        ...SUBDOMAIN,
        accepts: (text: string) =>
          text === '' || (text.length <= MAX_DRIVER && SUBDOMAIN.accepts(text.toLowerCase() as never)),
        complaint: 'which is no name of a driver',
      },
      nodePublishSecretRef: { required: ['name'], fields: { name: SUBDOMAIN } },
    },
  },
  downwardAPI: { fields: { defaultMode: FILE_MODE, items: DOWNWARD_FILES } },
  fc: { check: checkFibreChannel },
  flexVolume: {
    filled: ['driver'],
    fields: {
      options: {
        keys: createExclusion(
          /(^|\.)(kubernetes|k8s)\.io(\/|$)/i,
          'a name that Kubernetes keeps for itself',
          'name it otherwise',
        ),
      },
    },
  },
  flocker: { check: (at) => checkEitherName(at, 'datasetName', 'datasetUUID') },
  gcePersistentDisk: { filled: ['pdName'], fields: { partition: createRange(0, MAX_UNIT) } },
  gitRepo: {
    filled: ['repository'],
    fields: {
      directory: createExclusion(/^\/|(^|\/)\.\.(\/|$)/, 'no path inside the volume', 'write a relative path'),
    },
  },
  glusterfs: { filled: ['endpoints', 'path'] },
  hostPath: {
    filled: ['path'],
    fields: {
      path: {
        type: 'string',
        accepts: (path: string) => !isClimbing(path),
        complaint: 'which is a path with ".."',
        fix: WRITE_ABSOLUTE,
      },
    },
  },
  iscsi: {
    filled: ['targetPortal', 'iqn'],
    fields: { iqn: INITIATOR, initiatorName: INITIATOR, lun: UNIT },
    check: checkChapSecret,
  },
  nfs: {
    filled: ['server', 'path'],
    fields: { path: createExclusion(/^[^/]/, 'no absolute path', 'begin it with "/"') },
  },
  persistentVolumeClaim: { filled: ['claimName'] },
  photonPersistentDisk: { filled: ['pdID'] },
  portworxVolume: { filled: ['volumeID'] },
  projected: PROJECTED,
  quobyte: { filled: ['registry', 'volume'] },
  rbd: { filled: ['image'], check: (at) => checkPresent(at, 'monitors') },
  scaleIO: { filled: ['gateway', 'system'], required: ['volumeName'] },
  secret: { required: ['secretName'], fields: FILES },
  storageos: {
    required: ['volumeName'],
    fields: { volumeName: toOptional(DNS_LABEL), volumeNamespace: toOptional(DNS_LABEL), secretRef: NAMED_SECRET },
  },
  vsphereVolume: { filled: ['volumePath'] },
};

function checkEitherName(source: Field, first: string, second: string): Problem[] {
  const [at, other] = [source.at(first), source.at(second)];
  const message = at.text
    ? `\`${first}\` stands beside \`${second}\`, and only one is allowed`
    : `there is neither \`${first}\` nor \`${second}\``;
  return Boolean(at.text) === Boolean(other.text) ? [{ at, message, fix: 'write one of the two' }] : [];
}

function checkPresent(source: Field, name: string): Problem[] {
  const at = source.at(name);
  return at.exists && Array.isArray(at.value) && at.items.length === 0
    ? [{ at, message: `\`${name}\` is empty`, fix: `write \`${name}\`` }]
    : [];
}

/** The place of a disk is that of its kind. */
function checkAzureDisk(disk: Field): Problem[] {
  const [at, kind] = [disk.at('diskURI'), disk.at('kind').text ?? 'Shared'];
  const isWrong = at.text && validateAzureDisk({ kind, diskURI: at.text }) !== undefined;
  const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
  return isWrong
    ? [
        {
          at,
          message: `\`diskURI\` is "${at.text}", and that of a disk of kind "${kind}" begins with "${start}"`,
          fix: 'write the kind that the disk has',
        },
      ]
    : [];
}

function checkFibreChannel(source: Field): Problem[] {
  const [names, ids, unit] = [source.at('targetWWNs'), source.at('wwids'), source.at('lun')];
  const [hasNames, hasIds] = [names.items.length > 0, ids.items.length > 0];
  if (hasNames === hasIds) {
    const message = hasNames
      ? '`targetWWNs` stands beside `wwids`, and only one is allowed'
      : 'there is neither `targetWWNs` nor `wwids`';
    return [{ at: names, message, fix: 'write one of the two' }];
  }
  const isUnit = unit.number !== undefined && unit.number >= 0 && unit.number <= MAX_UNIT;
  return hasNames && !isUnit && (!unit.exists || unit.number !== undefined)
    ? [
        {
          at: unit,
          message: `\`lun\` is ${unit.number ?? 'missing'}, and must be from 0 to ${MAX_UNIT} beside \`targetWWNs\``,
          fix: 'write `lun`',
        },
      ]
    : [];
}

function checkChapSecret(source: Field): Problem[] {
  const at = source.at('secretRef');
  return !at.exists && (source.at('chapAuthDiscovery').isTrue || source.at('chapAuthSession').isTrue)
    ? [{ at, message: 'CHAP is asked for without `secretRef`', fix: 'write `secretRef`' }]
    : [];
}
