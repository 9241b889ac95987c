import { MAX_ANNOTATIONS, validateFinalizer } from '../../private/pod-fields';
import { Severity } from '../finding';
import { listKindsIn } from '../model/api-kinds';
import type { Field } from '../model/field';
import { checkForm, type Form, type HolderForm } from '../model/field-form';
import type { ObjectView } from '../model/object-view';
import { createChoice, createExclusion, createRange, QUALIFIED_NAME } from '../model/value-forms';
import type { Problem, Rule } from '../rule';
import { checkPodAnnotation } from './shared/pod-annotations';

const MAX_MANAGER = 128;

const FINALIZERS: HolderForm = {
  items: {
    type: 'string',
    accepts: (text: string) => validateFinalizer(text) === undefined,
    complaint: 'which is no finalizer',
    fix: 'write it as `example.com/name`',
  },
  check: checkFinalizers,
};

const ANNOTATIONS: HolderForm = { check: checkAnnotationsSize };

const MANAGED_FIELDS: Form = {
  items: {
    required: ['operation'],
    fields: {
      operation: createChoice(['Apply', 'Update']),
      fieldsType: createChoice(['', 'FieldsV1']),
      manager: {
        type: 'string',
        accepts: (text: string) => text.length <= MAX_MANAGER && !/[\p{C}\p{Z}]/u.test(text.replace(/ /g, '')),
        complaint: 'which is no name of a manager',
        fix: 'remove `managedFields`, which the API server writes',
      },
    },
  },
};

/** The metadata of an object. */
const METADATA: HolderForm = {
  fields: {
    annotations: ANNOTATIONS,
    finalizers: FINALIZERS,
    managedFields: MANAGED_FIELDS,
    ownerReferences: {
      items: {
        required: ['kind', 'apiVersion'],
        filled: ['name', 'uid'],
        fields: {
          apiVersion: createExclusion(/\/$/, 'no version', 'write the `apiVersion` of the owner, such as `apps/v1`'),
        },
      },
      check: checkOwners,
    },
  },
};

/** Of these the API server asks less. */
const OF_POLICIES: Form = { fields: { ...METADATA.fields, finalizers: { ...FINALIZERS, items: QUALIFIED_NAME } } };

/** The metadata of a template, of which Kubernetes copies these parts alone to what it makes. */
const TEMPLATE: Form = {
  fields: { annotations: ANNOTATIONS, finalizers: FINALIZERS },
};

export const OBJECT_METADATA: Rule = {
  id: 'object-metadata',
  severity: Severity.ERROR,
  catches:
    'Finalizers, owners and managed fields of an object, and annotations of a pod for Kubernetes itself, that are none, and more than 256 KiB of annotations.',
  consequence: 'The API server rejects the object, or the pods that are made of it.',
  fix: 'correct it, or remove what the API server writes itself',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/',
  checkObject: (object) => [...checkObjectMetadata(object), ...checkTemplateMetadata(object)],
};

/** The kinds whose generation is not counted anew as they are created. */
const UNCOUNTED = [
  'ConfigMap',
  'Secret',
  'Service',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
];

/** Objects of other groups have the metadata that their own API server wants. */
function checkObjectMetadata({ root, apiVersion, kind }: ObjectView): Problem[] {
  const form = apiVersion.startsWith('policy/') ? OF_POLICIES : METADATA;
  return listKindsIn(apiVersion).length > 0
    ? [
        ...checkForm(root.at('metadata'), form),
        ...(UNCOUNTED.includes(kind) ? checkForm(root.at('metadata', 'generation'), createRange(0)) : []),
      ]
    : [];
}

function checkTemplateMetadata({ root, pod }: ObjectView): Problem[] {
  return pod
    ? [
        ...(pod.template === root ? [] : checkForm(pod.template.at('metadata'), TEMPLATE)),
        ...pod.template.at('metadata', 'annotations').fields.flatMap((annotation) => checkPodAnnotation(annotation)),
      ]
    : [];
}

function checkAnnotationsSize(at: Field): Problem[] {
  const bytes = at.fields.reduce(
    (sum, { name, text }) => sum + Buffer.byteLength(name) + Buffer.byteLength(text ?? ''),
    0,
  );
  return bytes > MAX_ANNOTATIONS
    ? [
        {
          at,
          message: `the annotations have ${bytes} bytes together, and at most ${MAX_ANNOTATIONS} are allowed`,
          fix: 'put large values into a ConfigMap, and apply it with `--server-side` where kubectl keeps a copy of it',
        },
      ]
    : [];
}

function checkFinalizers(at: Field): Problem[] {
  const both = ['orphan', 'foregroundDeletion'];
  return both.every((name) => at.texts.includes(name))
    ? [
        {
          at,
          message: 'the finalizers "orphan" and "foregroundDeletion" exclude each other',
          fix: 'remove one of the two',
        },
      ]
    : [];
}

function checkOwners(at: Field): Problem[] {
  const [, second] = at.items.filter((owner) => owner.at('controller').isTrue);
  return second
    ? [
        {
          at: second,
          message: 'a second owner is the controller of the object',
          fix: 'leave `controller` to one owner',
        },
      ]
    : [];
}
