// A page for each rule: what it catches, what happens otherwise, what to do, and the manifests that prove it.
import { readdirSync, readFileSync } from 'node:fs';
import { loadCompiled } from './library.mjs';
import { escapeHtml, renderCode, renderFrontmatter, toInline } from './markdown.mjs';
import { REPOSITORY, ROOT } from './paths.mjs';

const { RULE_GROUPS } = loadCompiled('rules/list.js');

/** What the groups of rules are about, as `docs/rules.md` has it. */
const TITLES = readTitles();

export function buildRulePages() {
  const pages = Object.entries(RULE_GROUPS).flatMap(([group, rules]) =>
    rules.map((rule) => [`${rule.id}.md`, renderRule(group, rule)]),
  );
  return new Map([...pages, ['index.md', renderIndex()]]);
}

/** The rules for texts that list them. */
export function listRules() {
  return Object.values(RULE_GROUPS).flat();
}

function readTitles() {
  const document = readFileSync(new URL('docs/rules.md', ROOT), 'utf8');
  const titles = [...document.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  return new Map(Object.keys(RULE_GROUPS).map((group, index) => [group, titles[index]]));
}

function readIntroduction() {
  const document = readFileSync(new URL('docs/rules.md', ROOT), 'utf8');
  return /^# Rules\n\n([\s\S]*?)\n## /m.exec(document)[1].replace(': the last column', '');
}

function renderIndex() {
  const sections = Object.entries(RULE_GROUPS).map(([group, rules]) => {
    const rows = rules.map(
      ({ id, severity, catches }) => `| [\`${id}\`](/rules/${id}/) | ${severity} | ${toInline(catches)} |`,
    );
    return `## ${TITLES.get(group)}\n\n| rule | severity | what it catches |\n|---|---|---|\n${rows.join('\n')}`;
  });
  return `${renderFrontmatter({ title: 'Rules', description: `${listRules().length} rules for pods of several containers, each with its proof.` })}
${readIntroduction()}
Try them in the [playground](/playground/), or in your pipeline: [rules in CI](/guides/rules-in-ci/).

${sections.join('\n\n')}
`;
}

function renderRule(group, rule) {
  const { id, severity, catches, consequence, fix, source } = rule;
  const file = `src/rules/${group}/${id}.ts`;
  return `${renderFrontmatter({ title: id, description: catches, editUrl: `${REPOSITORY}/blob/main/${file}` })}
<p class="severity severity-${severity}">${severity}</p>

${escapeSigns(catches)}

**What happens otherwise.** ${escapeSigns(consequence)}

**What to do.** ${escapeSigns(fix[0].toUpperCase() + fix.slice(1))}.

[${new URL(source).host}](${source}) · [all rules](/rules/) · group: ${TITLES.get(group)}

${listProofs(group, id).map(renderProof).join('\n\n')}

## To say that it is meant

\`\`\`yaml
metadata:
  annotations:
    cdk8s-pod-patterns/ignore: "${id}: <why it may be so here>"
\`\`\`

Or for many objects at once, in \`pod-rules.yaml\`: [rules in CI](/guides/rules-in-ci/#exceptions).
`;
}

/** The manifests of a rule: those that fail it first. */
function listProofs(group, id) {
  const folder = new URL(`test/rules/${group}/`, ROOT);
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${id}.`) && file.endsWith('.yaml'))
    .sort((a, b) => toRank(id, a) - toRank(id, b) || a.localeCompare(b))
    .map((file) => ({
      id,
      file: `test/rules/${group}/${file}`,
      kind: file.split('.')[1],
      text: readFileSync(new URL(file, folder), 'utf8'),
    }));
}

function toRank(id, file) {
  const place = [`${id}.fails.yaml`, `${id}.passes.yaml`].indexOf(file);
  return place === -1 ? (file.startsWith(`${id}.fails`) ? 1 : 3) : place * 2;
}

function renderProof({ id, file, kind, text }) {
  const name = file.slice(file.lastIndexOf('/') + 1 + id.length + 1, -'.yaml'.length);
  const isFailing = kind === 'fails';
  const variant = name === kind ? '' : `: ${name.slice(kind.length + 1).replaceAll('-', ' ')}`;
  const title = `${isFailing ? 'What it finds' : 'What passes'}${variant}`;
  const lines = text.split('\n').flatMap((line, index) => (line.includes('# finds ') ? [index + 1] : []));
  const meta = [`title="${file}"`, isFailing && lines.length > 0 ? `{${lines.join(',')}}` : '']
    .filter(Boolean)
    .join(' ');
  return `## ${title}\n\n${isFailing ? 'Each finding stands in a comment on its line.\n\n' : ''}${renderText(text, meta, file)}`;
}

/** The longest files are proofs of limits, which nobody reads. */
const LONGEST = 400;

function renderText(text, meta, file) {
  const lines = text.split('\n').length;
  return lines > LONGEST || text.length > 40_000
    ? `A file of ${lines} lines: [${file}](${REPOSITORY}/blob/main/${file})`
    : renderCode('yaml', text, meta);
}

function escapeSigns(text) {
  return text.replace(/(`+)[\s\S]*?\1|[<&]/g, (part) => (part.startsWith('`') ? part : escapeHtml(part)));
}
