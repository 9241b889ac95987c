// README for the pages that the registries of other languages show. jsii would put this one there with its samples in TypeScript, or
// with a translation that does not run where a class of one's own takes part. So the samples are those of the section "In Python, Java
// and Go", which test/languages runs, and sections about TypeScript and npm alone are left out.

/** The languages, with what their section is called, and what fences in it may be. */
const LANGUAGES = {
  python: { name: 'Python', fences: ['sh', 'python'] },
  java: { name: 'Java', fences: ['xml', 'java'] },
  go: { name: 'Go', fences: ['sh', 'go'] },
  dotnet: { name: 'C#', fences: ['sh'], install: 'dotnet add package Cdk8sPodPatterns' },
};

const OWN_SECTION = 'In Python, Java and Go';
const KEPT = ['What there is', 'What it guarantees'];

/** @param source the address of the files at which the links of README are found, with a slash at its end */
function toLanguageReadme(readme, language, source) {
  const { name, install } = LANGUAGES[language];
  const [intro, ...sections] = readme.split(/^## /m).map((text) => text.trim());
  const parts = new Map(sections.map((text) => [text.split('\n')[0], text.split('\n').slice(1).join('\n').trim()]));
  const [common, ...own] = parts.get(OWN_SECTION).split(/^### /m);
  const chosen = own.find((text) => text.startsWith(`${name}\n`)) ?? `${name}\n\n\`\`\`sh\n${install}\n\`\`\``;
  const head = intro.replace(/\n```ts\n[\s\S]*/, '');
  const kept = KEPT.map((title) => `## ${title}\n\n${dropSamples(parts.get(title))}`);
  const rest = `[The whole README](${source}README.md), with its samples in TypeScript, has more: workloads of charts, newer fields, defaults of a\ncompany, rules, tests.`;
  const text = [head.trim(), `## In ${name}\n\n${common.trim()}\n\n${chosen.slice(name.length).trim()}`, ...kept, rest];
  return `${text.join('\n\n').replace(/\]\((?!https?:|#)([^)]+)\)/g, `](${source}$1)`)}\n`;
}

function dropSamples(text) {
  return text.replace(/^```ts\n[\s\S]*?^```\n/gm, '');
}

module.exports = { LANGUAGES, toLanguageReadme };
