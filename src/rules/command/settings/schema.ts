import { Severity } from '../../finding';
import { listKubernetesVersions } from '../../kubernetes-version';
import { RULES } from '../../list';

/** The part of JSON Schema (draft 7) that the reader of settings understands. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
  readonly propertyNames?: { readonly enum: readonly string[] };
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** One for each type that is allowed. */
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

/** Something is written there. */
const TEXT: Schema = { type: 'string', pattern: '\\S' };

const IDS: readonly string[] = RULES.map(({ id }) => id);
const GIT = 'Patterns with the meaning of .gitignore, as seen from the folder of this file';

/** A text or several. */
function buildTexts(text: Schema, description: string, ...examples: readonly unknown[]): Schema {
  return {
    anyOf: [text, { type: 'array', items: text, minItems: 1 }],
    description,
    ...(examples[0] ? { examples } : {}),
  };
}

const KUBERNETES: Schema = {
  type: ['string', 'number'],
  pattern: `^(${listKubernetesVersions().join('|').replace(/\./g, '\\.')})$`,
  description: 'The version of Kubernetes that the manifests are for.',
  examples: ['1.34'],
};

const PATHS: Schema = {
  type: 'object',
  description: 'The files that are checked.',
  properties: {
    include: buildTexts(TEXT, `${GIT}: only these files are checked.`, ['k8s/', '*.prod.yaml']),
    exclude: buildTexts(TEXT, `${GIT}: these files are left out.`, ['vendor/', '!vendor/ours.yaml']),
  },
  additionalProperties: false,
};

const SEVERITIES: Schema = {
  type: 'object',
  description: 'Other severities for some rules; "off" switches a rule off.',
  propertyNames: { enum: IDS },
  additionalProperties: { type: 'string', enum: Object.values(Severity) },
};

const OBJECT: Schema = {
  anyOf: [
    { type: 'string', pattern: '^[^/\\s]+/\\S+$' },
    {
      type: 'object',
      properties: { kind: TEXT, name: TEXT, namespace: TEXT },
      additionalProperties: false,
      minProperties: 1,
    },
  ],
  description: 'An object: kind/name, or each by itself; globs are allowed.',
  examples: ['Deployment/web', { kind: 'Job', name: 'migrate-*', namespace: 'shop' }],
};

const EXEMPTION: Schema = {
  type: 'object',
  description: 'All that is said must hold.',
  properties: {
    rule: buildTexts({ type: 'string', enum: [...IDS, '*'] }, 'The rule or rules; "*" is all of them.'),
    path: buildTexts(TEXT, `${GIT}: files with these findings, or templates of Helm.`, 'charts/vendor/'),
    object: OBJECT,
    container: buildTexts(TEXT, 'The name of a container; globs are allowed.', 'istio-*'),
    reason: { ...TEXT, description: 'The reason why it is meant to be.' },
  },
  required: ['rule', 'reason'],
  additionalProperties: false,
};

/** The settings of `pod-rules.yaml`, for editors and for the reader. */
export const SETTINGS_SCHEMA: Schema & Readonly<Record<string, unknown>> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Settings of pod-rules',
  type: 'object',
  properties: {
    kubernetes: KUBERNETES,
    paths: PATHS,
    severities: SEVERITIES,
    exemptions: { type: 'array', description: 'Findings that are meant to be.', items: EXEMPTION },
  },
  additionalProperties: false,
};
