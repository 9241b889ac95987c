// The site for language models, as https://llmstxt.org has it: what there is, and the guides with all rules in one text.
import { buildApiPages } from './api/pages.mjs';
import { listExamples } from './catalogue.mjs';
import { GUIDES } from './guides.mjs';
import { readPage } from './own-pages.mjs';
import { BASE, ORIGIN, REPOSITORY } from './paths.mjs';
import { listRules } from './rules.mjs';

const PAGES = ['getting-started', ...GUIDES];

const INTRODUCTION = `# cdk8s-pod-patterns

> Typed cdk8s constructs for Kubernetes pods of several containers - a web server and its log agent, ambassadors, adapters, init containers - and rules that check any manifest for the faults of such pods. TypeScript, Python, Java, Go and C# through jsii.

- Everything starts at \`MultiContainerPod.of(workload).add(companion)\`, or at a pattern such as \`WebWithLogAgentDeployment\`.
- The rules run as \`npx pod-rules <files>\`, as \`PodRules.enforce(app)\` and in the browser; they need no cluster.
- Containers of a pod share ports, volumes and an end; what does not fit fails the synth, with the construct, the value and what to do.
`;

export function renderLlms() {
  const guides = PAGES.map((slug) => toItem(slug, readHead(slug)));
  const examples = listExamples().map(
    ({ name, title, text }) => `- [${title}](${raw(`examples/${name}/main.ts`)}): ${text}`,
  );
  return `${INTRODUCTION}
## Guides

${guides.join('\n')}

## Reference

- [API in one file](${raw('docs/api.md')}): the signature of every class, in TypeScript
- [API, a page a class](${toUrl('api')}): with each language, ${buildApiPages().size - 1} types
- [Rules](${raw('docs/rules.md')}): what each of the ${listRules().length} rules catches, what happens otherwise, what to do
- [Which lines may be lost](${raw('docs/delivery.md')}): measured, by agent and by what happens to the pod
- [All guides and rules in one text](${toUrl('llms-full.txt').slice(0, -1)})

## Examples

${examples.join('\n')}

## Optional

- [Architecture](${raw('docs/architecture.md')}): how the library is built
- [Playground](${toUrl('playground')}): the picture of a manifest and what the rules find
`;
}

export function renderFullLlms() {
  const guides = PAGES.map((slug) => {
    const text = readPage(`${slug}.md`);
    return `# ${readHead(slug).title}\n\n${text
      .replace(/^---[\s\S]*?\n---\n/, '')
      .replace(/<figure[\s\S]*?<\/figure>\n\n/g, '')
      .replace(/\]\(\//g, `](${ORIGIN}${BASE}/`)
      .trim()}`;
  });
  const rules = listRules().map(
    ({ id, severity, catches, consequence, fix }) =>
      `- \`${id}\` (${severity}): ${catches} Otherwise: ${consequence} To do: ${fix}.`,
  );
  return `${INTRODUCTION}\n${guides.join('\n\n')}\n\n# Rules\n\n${rules.join('\n')}\n`;
}

function readHead(slug) {
  const text = readPage(`${slug}.md`);
  return { title: /^title: (.*)$/m.exec(text)[1], description: /^description: (.*)$/m.exec(text)[1] };
}

function toItem(slug, { title, description }) {
  return `- [${title}](${toUrl(slug)}): ${description}`;
}

function toUrl(path) {
  return `${ORIGIN}${BASE}/${path}/`;
}

function raw(path) {
  return `${REPOSITORY.replace('github.com', 'raw.githubusercontent.com')}/main/${path}`;
}
