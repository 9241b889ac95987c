import { RULE_GROUPS } from '../../src/rules/list';
import type { Rule } from '../../src/rules/rule';
import { manifestsOf } from './manifests';

/** What the groups of rules are about. */
const TITLES: Readonly<Record<string, string>> = {
  manifest: 'The manifest itself',
  containers: 'Containers',
  network: 'The network that containers share',
  storage: 'The storage that containers share',
  lifecycle: 'The lifecycle that containers share',
  logs: 'Logs and their agents',
  resources: 'Resources and scaling',
  security: 'Security',
};

const INTRODUCTION = `<!-- Generated from src/rules by \`npm run update\`. -->

# Rules

What the rules say of finished manifests, whoever wrote them: cdk8s, Helm, kustomize or a person. README tells how to run
them: \`PodRules.check\`, \`PodRules.enforce\`, a validation of the cdk8s CLI, or the command \`npx pod-rules\`.

- **error**: the API server rejects it, or the pod cannot do its work. **warning**: it works until something happens - load, a
  restart, a node drain, a backend that is away. **info**: worth knowing.
- Rules look at Pod, PodTemplate, ReplicationController, ReplicaSet, Deployment, StatefulSet, DaemonSet, Job and CronJob, alone or
  in a List, and at the Services, autoscalers, disruption budgets, ConfigMaps and Secrets beside them. Manifests that are
  checked together count as applied together. Other kinds are passed over.
- A finding that is meant to be is suppressed with a reason, on the object or on its pod template, and is then listed apart:
  \`cdk8s-pod-patterns/ignore: "<rule>: <reason>; <rule>: <reason>"\`.
- Each rule is proved by manifests that pass it and manifests that fail it and no other rule: the last column.
- Limits: YAML is read as kubectl reads it. A document of more than 32 Mi characters, of more than 256 levels, or with more
  than 1,000 uses of an alias is reported as \`yaml-syntax\` and not read; memory grows with the manifests that are checked
  together. A Service is compared with the first 100 workloads that it selects, and a configuration file of more than 1 MiB is not read.
  Values that a manifest does not hold - what an image does by itself, what a Secret elsewhere contains - are not guessed.
`;

/** The text of docs/rules.md. */
export function rulesDocumentation(): string {
  const sections = Object.entries(RULE_GROUPS).map(([group, rules]) => section(group, rules));
  return [INTRODUCTION, ...sections].join('\n');
}

function section(group: string, rules: readonly Rule[]): string {
  const head = [
    `## ${TITLES[group]}`,
    '',
    '| rule | severity | what it catches | what happens otherwise | what to do | proof |',
    '|---|---|---|---|---|---|',
  ];
  return [...head, ...rules.map((rule) => row(group, rule)), ''].join('\n');
}

function row(group: string, { id, severity, catches, consequence, fix, source }: Rule): string {
  const proof = manifestsOf(group)
    .filter(({ rule }) => rule === id)
    .map(({ file }) => `[${file.slice(id.length + 1, -'.yaml'.length)}](../test/rules/${group}/${file})`)
    .join(' ');
  const cells = [`<a id="${id}"></a>[\`${id}\`](${source})`, severity, catches, consequence, `${fix}.`, proof];
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}
