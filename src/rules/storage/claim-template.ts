import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import type { ObjectView } from '../model/object-view';
import { checkRepeated } from '../model/repeated';
import { SELECTOR } from '../model/selector-form';
import { ANNOTATION_KEY, DNS_LABEL, LABEL_VALUE, QUALIFIED_NAME, SUBDOMAIN, toOptional } from '../model/value-forms';
import { readAmount } from '../resources/shared/amounts';
import type { Problem, Rule } from '../rule';

const ALONE = 'ReadWriteOncePod';

const DATA_SOURCE: Form = {
  required: ['kind'],
  filled: ['name'],
  fields: { apiGroup: toOptional(SUBDOMAIN), namespace: toOptional(DNS_LABEL) },
  check: checkDataSource,
};

const AMOUNTS: Form = { values: { check: checkSizeSyntax } };

/** The form of a claim by itself; sizes in templates are what `resource-quantity` reads. */
const ALONE_CLAIM: Form = { fields: { resources: { fields: { requests: AMOUNTS, limits: AMOUNTS } } } };

/** The form of a claim. */
const CLAIM: Form = {
  filled: ['volumeMode'],
  fields: {
    storageClassName: toOptional(SUBDOMAIN),
    volumeAttributesClassName: toOptional(SUBDOMAIN),
    selector: SELECTOR,
  },
};

/** The form of the source in a template; in a claim by itself, Kubernetes drops sources that it does not know. */
const TEMPLATE: Form = { fields: { dataSource: DATA_SOURCE, dataSourceRef: DATA_SOURCE }, check: checkSources };

/** Metadata of the claim of a volume that Kubernetes makes itself. */
const MADE = new Set([
  ...['name', 'namespace', 'generateName', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds', 'ownerReferences', 'finalizers', 'managedFields'],
]);

const METADATA: Form = {
  fields: { labels: { keys: QUALIFIED_NAME, values: LABEL_VALUE }, annotations: { keys: ANNOTATION_KEY } },
};

export const CLAIM_TEMPLATE: Rule = {
  id: 'claim-template',
  severity: Severity.ERROR,
  catches:
    'A claim of storage, or a template of one, without access mode or size, or with a class or source that is none.',
  consequence: 'The API server rejects the claim, or the workload that makes it.',
  fix: 'write `accessModes: [ReadWriteOnce]` and `resources.requests.storage`',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims',
  checkObject: (object) => [
    ...listClaims(object).flatMap((claim) => checkClaim(claim.at('spec'))),
    ...checkTwice(listClaims(object)),
    ...listClaims(object).flatMap((claim) => checkForm(claim.at('spec'), object.pod ? TEMPLATE : ALONE_CLAIM)),
    ...(object.pod?.volumes ?? []).flatMap((volume) => checkEphemeralClaim(volume.at('ephemeral'))),
  ],
};

function listClaims({ kind, apiVersion, root, spec }: ObjectView): readonly Field[] {
  const made = kind === 'StatefulSet' && apiVersion === 'apps/v1' ? spec.at('volumeClaimTemplates').items : [];
  return kind === 'PersistentVolumeClaim' && apiVersion === 'v1' ? [root] : made;
}

/** Of two templates of one name, Kubernetes makes claims of the last. */
function checkTwice(claims: readonly Field[]): Problem[] {
  const metadata = claims.map((claim) => claim.at('metadata'));
  return checkRepeated(metadata, 'name').map((problem) => ({ ...problem, severity: Severity.WARNING }));
}

function checkEphemeralClaim(ephemeral: Field): Problem[] {
  const template = ephemeral.at('volumeClaimTemplate');
  if (!ephemeral.isObject) {
    return [];
  }
  return template.isObject
    ? [
        ...checkClaim(template.at('spec')),
        ...checkForm(template.at('spec'), TEMPLATE),
        ...checkForm(template.at('metadata'), METADATA),
        ...template
          .at('metadata')
          .fields.filter(({ name, exists, value }) => exists && value !== '' && value !== 0 && MADE.has(name))
          .map((at) => ({
            at,
            message: `the template of a volume has \`${at.name}\`, which Kubernetes makes itself`,
            fix: 'leave `labels` and `annotations` alone there',
          })),
      ]
    : [
        {
          at: template,
          message: 'an ephemeral volume has no `volumeClaimTemplate`',
          fix: 'write `volumeClaimTemplate` with `spec.accessModes` and `spec.resources.requests.storage`',
        },
      ];
}

/** Misspelt fields are what `unknown-field` reports. */
function checkClaim(spec: Field): Problem[] {
  const modes = spec.at('accessModes');
  const size = spec.at('resources', 'requests', 'storage');
  const isReadable = spec.isObject || !spec.exists;
  return isReadable
    ? [
        ...checkForm(spec, CLAIM),
        ...(modes.items.length === 0 ? [{ at: modes, message: 'the claim has no access mode' }] : []),
        ...checkModes(modes),
        ...checkSize(size, spec),
      ]
    : [];
}

function checkSizeSyntax(at: Field): Problem[] {
  return at.scalar !== undefined && readAmount(at) === undefined
    ? [{ at, message: `\`${at.name}\` is "${at.scalar}", which is no amount`, fix: 'write a size, such as `1Gi`' }]
    : [];
}

function checkModes(modes: Field): Problem[] {
  const empty = modes.items.find(({ value }) => value === null || value === '');
  if (empty) {
    return [{ at: empty, message: 'an access mode of the claim is empty', fix: 'write `ReadWriteOnce`' }];
  }
  const others = modes.texts.filter((mode) => mode !== ALONE);
  return modes.texts.includes(ALONE) && others.length > 0
    ? [{ at: modes, message: `the claim asks for "${ALONE}" and "${others[0]}"`, fix: 'remove one of the two' }]
    : [];
}

function checkSize(at: Field, spec: Field): Problem[] {
  if (!at.exists) {
    const isNamed = spec.at('resources', 'requests').names.includes('storage');
    return [{ at, message: isNamed ? 'the claim asks for a size of nothing' : 'the claim says no size' }];
  }
  const amount = readAmount(at);
  return amount !== undefined && amount <= 0n
    ? [{ at, message: `the claim asks for a size of ${at.scalar}`, fix: 'write a size above zero, such as `1Gi`' }]
    : [];
}

/** Without a group there is one kind of source. */
function checkDataSource(source: Field): Problem[] {
  const kind = source.at('kind');
  return !source.at('apiGroup').text && kind.text && kind.text !== 'PersistentVolumeClaim'
    ? [
        {
          at: kind,
          message: `\`${source.name}\` is a ${kind.text} without \`apiGroup\``,
          fix: 'write its `apiGroup`, such as `snapshot.storage.k8s.io`',
        },
      ]
    : [];
}

function checkSources(spec: Field): Problem[] {
  const [source, ref] = [spec.at('dataSource'), spec.at('dataSourceRef')];
  const isOther = ['apiGroup', 'kind', 'name'].some(
    (name) => (source.at(name).text ?? '') !== (ref.at(name).text ?? ''),
  );
  return source.isObject && ref.isObject && (isOther || ref.at('namespace').text)
    ? [{ at: source, message: '`dataSource` and `dataSourceRef` are not the same', fix: 'remove one of the two' }]
    : [];
}
