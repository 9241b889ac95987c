/** Settings, flags and variables that are named like a credential. */
const CREDENTIAL = String.raw`[\w.-]*(?:passw(?:or)?d|secret|token|api_?key|shared_key|private_key|access_key)`;
/** A reference to the environment of the agent, in the syntax of each. */
const REFERENCE = String.raw`(?:\$\{(?:env:)?\w+\}|sys\.env\("\w+"\)|"#\{ENV\['\w+'\]\}"|SECRET\[[\w.]+\]|\{\{[^}]*\}\})`;
/** Fields of Kubernetes and of the software that are named so, and say where a credential is or how it is handled. */
const HARMLESS = /^\s*(?:-\s+)?(?:secretName|secretKeyRef|serviceAccountToken|automountServiceAccountToken|secret): ?/;

/** The lines of YAML in which a credential stands as it is. */
export function credentialsIn(yaml: string): string[] {
  const value = String.raw`(?!["']?${REFERENCE}["']?,?$)\S`;
  const assigned = String.raw`(?:^|[\s"'-])${CREDENTIAL}"?\s*[:=]\s*${value}`;
  const spaced = String.raw`^\s*${CREDENTIAL} +${value}\S*$`;
  const shown = new RegExp(`${assigned}|${spaced}`, 'i');
  const variable = new RegExp(String.raw`^\s*- name: ${CREDENTIAL}\n\s*value: `, 'gim');
  const lines = yaml.split('\n').filter((line) => shown.test(line) && !HARMLESS.test(line));
  return [...lines, ...(yaml.match(variable) ?? [])];
}
