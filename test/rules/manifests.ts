import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NEWEST } from '../../src/rules/data/kubernetes-fields';
import { runRules } from '../../src/rules/engine';
import type { Finding } from '../../src/rules/finding';
import { RULES } from '../../src/rules/list';
import { splitDocuments } from '../../src/rules/text/document-cutter';
import { readManifests } from '../../src/rules/unfinished';

/** A file of manifests that were written for one rule: `<rule>.passes.yaml` or `<rule>.fails.yaml`, or with a word more. */
export interface RuleManifests {
  readonly rule: string;
  readonly file: string;
  readonly isFailing: boolean;
  readonly text: string;
}

/** All manifests that prove the rules of a group, such as `network`. */
export function manifestsOf(group: string): RuleManifests[] {
  const folder = join(__dirname, group);
  return readdirSync(folder)
    .map((name) => ({ name, match: /^([a-z0-9-]+)\.(passes|fails)(\.[a-z0-9-]+)?\.yaml$/.exec(name) }))
    .filter(({ match }) => match !== null)
    .map(({ name, match }) => ({
      rule: match![1]!,
      file: basename(name),
      isFailing: match![2] === 'fails',
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}

/** What all rules have against a text, less what it suppresses. `# Kubernetes 1.31` in it names the version. */
export function findingsIn(text: string): Finding[] {
  const kubernetes = Number(/^# Kubernetes 1\.(\d+)$/m.exec(text)?.[1] ?? NEWEST);
  const documents = splitDocuments(text).map((document) => ({ ...document, kubernetes }));
  const findings = runRules(documents.flatMap(readManifests), RULES);
  return findings
    .filter(({ suppressedBecause }) => suppressedBecause === undefined)
    .flatMap(splitPlaces)
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** A finding of several parts as if each were one. */
function splitPlaces(finding: Finding): Finding[] {
  return finding.places?.map(({ message, path, line }) => ({ ...finding, message, path, line })) ?? [finding];
}

/** Findings as the comments of a failing manifest announce them: `line rule: message`. */
export function announced(text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    line
      .split(/ # finds /)
      .slice(1)
      .map((announcement) => `${index + 1} ${announcement.trim()}`),
  );
}

/** A finding in the same form. */
export function shown({ line, rule, message }: Finding): string {
  return `${line} ${rule}: ${message}`;
}
