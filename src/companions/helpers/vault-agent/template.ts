import { findRepeated } from '../../../private/lists';
import { showsCredential } from '../../../software/credentials';

/** A file that the agent renders from secrets. */
export interface VaultTemplate {
  /** Name of the file in the directory of the secrets: letters, digits, "-", "_" and ".". */
  readonly file: string;

  /**
   * The template: `{{ with secret "secret/data/shop/db" }}PASSWORD={{ .Data.data.password }}{{ end }}`.
   *
   * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent/template
   */
  readonly content: string;

  /**
   * Mode of the file, in octal. Containers of another user read it by the group of the pod.
   *
   * @default "0640"
   */
  readonly permissions?: string;

  /**
   * Variables of the file that become environment variables of the container, which the kubelet sets when the container starts, and
   * not again. The template has a line `NAME='value'` for each, in single quotes: `DB_PASSWORD='{{ .Data.data.password }}'`.
   * Kubernetes 1.35 or later.
   *
   * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-via-file/#env-file-syntax
   * @default - the container reads the file itself
   */
  readonly variables?: string[];
}

const FILE = /^(?!\.\.?$|\.\.)[-._a-zA-Z0-9]{1,200}$/;
const MODE = /^0?[0-7]{3}$/;

/** `KEY=value`, `key: value` or `"key": "value",`. */
const ASSIGNMENT = /^\s*(?:export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*["']?(.*?)["']?[,;]?\s*$/;

/** Parts that the agent or a shell fills in. */
const REFERENCE = /\{\{|\$\{?\w/;

/** Mode of the rendered file. */
export function toFileMode({ permissions = '0640' }: VaultTemplate): string {
  return permissions.padStart(4, '0');
}

/** Whether the group of the file, or everybody, may read it. */
export function isSharedTemplate(template: VaultTemplate): boolean {
  return (Number.parseInt(toFileMode(template), 8) & 0o044) !== 0;
}

/** Finds what is wrong with the templates of one agent. */
export function validateTemplates(templates: readonly VaultTemplate[]): string[] {
  const repeated = findRepeated(templates, ({ file }) => file);
  return [
    ...(templates.length === 0 ? ['`templates` is empty; pass the files to render'] : []),
    ...repeated.map(({ file }) => `file "${file}" stands twice in \`templates\`; give each file a name of its own`),
    ...templates.flatMap(validateTemplate),
  ];
}

function validateTemplate({ file, content, permissions = '0640', variables = [] }: VaultTemplate): string[] {
  const shown = findTemplateCredential(content);
  return [
    ...(FILE.test(file) ? [] : [`\`file\` "${file}" is not the name of a file; use letters, digits, "-", "_" and "."`]),
    ...(MODE.test(permissions)
      ? []
      : [`\`permissions\` "${permissions}" of file "${file}" is not a mode; pass it in octal, such as "0640"`]),
    ...(content.trim() === '' ? [`\`content\` of file "${file}" is empty; pass the template`] : []),
    ...variables
      .filter((name) => !hasVariable(content, name))
      .map(
        (name) =>
          `the template of file "${file}" has no line ${name}='...', from which Kubernetes would read the variable; write one, in single quotes`,
      ),
    ...(shown === undefined
      ? []
      : [
          `the template of file "${file}" shows the credential "${shown}" to all who may read the ConfigMap; keep it in Vault and refer to it`,
        ]),
  ];
}

/** Whether a line of a template, or one that begins after an action, sets a variable as Kubernetes reads it. */
function hasVariable(content: string, name: string): boolean {
  return content.split(/\n|\}\}/).some((line) => line.trimStart().startsWith(`${name}='`));
}

/** The name of the first setting that holds a credential rather than a reference. */
function findTemplateCredential(content: string): string | undefined {
  const settings = content.split('\n').map((line) => ASSIGNMENT.exec(line));
  const shown = settings.find((match) => match && !REFERENCE.test(match[2]!) && showsCredential(match[1]!, match[2]!));
  return shown?.[1];
}
