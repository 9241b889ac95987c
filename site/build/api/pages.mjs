// The pages of the API: one a class, interface or enum, with its declaration in each language, and what is said of each member once.

import { escapeHtml, renderFrontmatter, toInline } from '../markdown.mjs';
import { REPOSITORY } from '../paths.mjs';
import { Assembly } from './assembly.mjs';
import { LANGUAGES } from './languages.mjs';

/** What types are about, by the folder of their source; the first that fits. */
const GROUPS = [
  ['Patterns', /^src\/patterns\//],
  ['Web servers and applications', /^src\/web\//],
  ['Log agents', /^src\/companions\/(logs\/|kit\/log)/],
  ['Ambassadors', /^src\/companions\/(ambassadors|kit\/(ambassador|inbound|upstream|ca-))/],
  ['Adapters', /^src\/companions\/(adapters|kit\/exporter)/],
  ['Helpers and init containers', /^src\/companions\/(helpers|init)/],
  ['What every companion takes', /^src\/companions\//],
  ['The pod', /^src\/pod\//],
  ['Pictures', /^src\/picture\//],
  ['Rules', /^src\/rules\//],
  ['Synth', /^src\/synth\//],
];
const OTHERS = 'Others';

const KINDS = { class: 'Class', interface: 'Interface', enum: 'Enum', struct: 'Props' };

/** The pages by their path under `api/`. */
export function buildApiPages() {
  const assembly = Assembly.read();
  const languages = LANGUAGES.map((Language) => new Language(assembly));
  const pages = assembly.own.map((type) => [`${type.name}.md`, new TypePage(type, assembly, languages).render()]);
  return new Map([...pages, ['index.md', renderIndex(assembly)]]);
}

function toSlug(name) {
  return name.toLowerCase();
}

function findGroup({ locationInModule }) {
  return GROUPS.find(([, files]) => files.test(locationInModule.filename))?.[0] ?? OTHERS;
}

function toKind(type) {
  return type.datatype ? 'struct' : type.kind;
}

function renderIndex(assembly) {
  const groups = [...GROUPS.map(([title]) => title), OTHERS].map((title) => [
    title,
    assembly.own.filter((type) => findGroup(type) === title),
  ]);
  const sections = groups
    .filter(([, types]) => types.length > 0)
    .map(
      ([title, types]) =>
        `## ${title}\n\n${renderTypes(types.filter((type) => !type.datatype))}${renderProps(types.filter((type) => type.datatype))}`,
    );
  return `${renderFrontmatter({
    title: 'API',
    description: 'Every class of cdk8s-pod-patterns in TypeScript, Python, Java, Go and C#.',
    tableOfContents: true,
  })}
One page a class, in each language that jsii compiles it to: TypeScript, Python, Java, Go and C#. What is written out here is
what the compiler wrote down of the package itself; the same in one file is
[docs/api.md](${REPOSITORY}/blob/main/docs/api.md). What tests need, \`cdk8s-pod-patterns/testing\`, is for TypeScript alone and
[described in README](${REPOSITORY}#test-your-charts).

${sections.join('\n\n')}
`;
}

function renderTypes(types) {
  const items = types.map(
    (type) => `- [\`${type.name}\`](/api/${toSlug(type.name)}/): ${toInline(escapeMarkup(type.docs?.summary ?? ''))}`,
  );
  return items.length === 0 ? '' : `${items.join('\n')}\n`;
}

function renderProps(types) {
  const links = types.map(({ name }) => `[\`${name}\`](/api/${toSlug(name)}/)`);
  return links.length === 0 ? '' : `\nProps: ${links.join(', ')}\n`;
}

class TypePage {
  constructor(type, assembly, languages) {
    Object.assign(this, { type, assembly, languages });
    this.initializer = type.kind === 'class' ? assembly.findInitializer(type) : undefined;
    this.props = this.findProps();
    this.properties = assembly.listMembers(type, 'properties');
    this.methods = assembly.listMembers(type, 'methods');
  }

  findProps() {
    const fqn = this.initializer?.parameters?.at(-1)?.type.fqn;
    return fqn && this.assembly.isStruct(fqn) ? this.assembly.find(fqn) : undefined;
  }

  render() {
    const { type } = this;
    return `${renderFrontmatter({
      title: type.name,
      description: toInline(type.docs?.summary) || `${KINDS[toKind(type)]} ${type.name} of cdk8s-pod-patterns.`,
      apiLanguages: true,
      editUrl: `${REPOSITORY}/blob/main/${type.locationInModule.filename}`,
      tableOfContents: { maxHeadingLevel: 2 },
    })}
${renderDocs(type.docs)}

${this.renderDeclarations()}

${this.renderSections()}
${this.renderUses()}`;
  }

  renderDeclarations() {
    return this.languages.map((language) => this.renderDeclaration(language)).join('\n\n');
  }

  renderDeclaration(language) {
    const code = `${language.renderImport(this.type)}\n\n${this.renderType(language)}`;
    return `<div class="language" data-language="${language.id}">\n\n\`\`\`${language.fence} title="${language.title}"\n${code}\n\`\`\`\n\n</div>`;
  }

  renderType(language) {
    const { type, initializer, properties, methods } = this;
    switch (toKind(type)) {
      case 'enum':
        return language.renderEnum(type);
      case 'struct':
        return language.renderStruct({ type, properties });
      default:
        return language.renderClass({ type, initializer, properties, methods });
    }
  }

  renderSections() {
    const { type, props, properties, methods } = this;
    const created = props ? this.assembly.listMembers(props, 'properties') : [];
    return [
      this.renderSection(`Options`, created, props && `What ${this.toLink(props.fqn)} has:`),
      this.renderSection(type.datatype ? 'Options' : 'Properties', properties),
      this.renderSection('Methods', methods),
      type.kind === 'enum' ? this.renderEnumMembers() : '',
    ].join('\n');
  }

  renderEnumMembers() {
    const items = this.type.members.map(
      ({ name, docs }) => `<dt><code>${name}</code></dt><dd>\n\n${renderDocs(docs)}\n\n</dd>`,
    );
    return `## Members\n\n<dl class="members">\n${items.join('\n')}\n</dl>\n`;
  }

  renderSection(title, members, introduction = '') {
    const sorted = [...members].sort((a, b) => Number(!!a.optional) - Number(!!b.optional));
    return sorted.length === 0
      ? ''
      : `## ${title}\n\n${introduction}\n\n<dl class="members">\n${sorted.map((one) => this.renderMember(one)).join('\n')}\n</dl>\n`;
  }

  renderMember(member) {
    const names = this.languages.map(
      (language) =>
        `<code class="in-language" data-language="${language.id}">${this.renderName(language, member)}</code>`,
    );
    const id = `${toSlug(this.type.name)}-${toSlug(member.name)}`;
    return `<dt id="${id}">${names.join('')}<a class="anchor" href="#${id}" aria-label="Link to ${escapeHtml(member.name)}">#</a>${this.renderMarks(member)}</dt><dd>

${renderDocs(member.docs)}${this.renderParameters(member)}${this.renderReturns(member)}${renderDefault(member)}

</dd>`;
  }

  renderName(language, member) {
    return escapeHtml(member.type ? this.renderPropertyName(language, member) : `${language.toMember(member.name)}()`);
  }

  renderPropertyName(language, member) {
    const getter = language.id === 'java' && !member.from.datatype;
    const name = getter
      ? `get${member.name[0].toUpperCase()}${member.name.slice(1)}()`
      : language.toMember(member.name);
    return `${name}: ${language.toType(member.type)}`;
  }

  renderMarks({ type, optional, static: isStatic, from }) {
    const isOption = from.datatype && !optional;
    const marks = [isOption ? 'required' : '', isStatic ? 'static' : '']
      .filter(Boolean)
      .map((mark) => `<span class="mark">${mark}</span>`);
    const link = type ? this.tryLink(type) : '';
    return [...marks, link]
      .filter(Boolean)
      .map((part) => ` ${part}`)
      .join('');
  }

  tryLink(type) {
    const fqn = type.fqn ?? type.collection?.elementtype.fqn;
    return fqn && this.assembly.isOwn(fqn)
      ? `<a class="type" href="/api/${toSlug(fqn.split('.').at(-1))}/">${fqn.split('.').at(-1)}</a>`
      : '';
  }

  renderParameters({ parameters = [] }) {
    const items = parameters.map(({ name, type, optional, docs }) => {
      const text = [docs?.summary, docs?.remarks].filter(Boolean).join(' ');
      return `- \`${name}\`${optional ? ' (optional)' : ''}: ${this.toLink(type.fqn) || `\`${this.languages[0].toType(type)}\``}${text ? `, ${toInline(text)}` : ''}`;
    });
    return items.length === 0 ? '' : `\n\n${items.join('\n')}`;
  }

  renderReturns({ returns }) {
    return returns?.type.fqn && this.assembly.isOwn(returns.type.fqn)
      ? `\n\nGives: ${this.toLink(returns.type.fqn)}`
      : '';
  }

  toLink(fqn) {
    if (!fqn) {
      return '';
    }
    const name = fqn.split('.').at(-1);
    return this.assembly.isOwn(fqn) ? `[\`${name}\`](/api/${toSlug(name)}/)` : `\`${this.languages[0].toNamed(fqn)}\``;
  }

  renderUses() {
    const uses = this.assembly.listUses(this.type.fqn);
    return uses.length === 0 ? '' : `\n## Used by\n\n${uses.map(({ fqn }) => this.toLink(fqn)).join(', ')}\n`;
  }
}

function renderDocs(docs = {}) {
  const see = docs.see ? `[${toTitle(docs.see)}](${docs.see})` : '';
  const parts = [
    docs.deprecated && `**Deprecated:** ${docs.deprecated}`,
    docs.summary,
    docs.remarks,
    docs.custom?.throws && `Fails ${docs.custom.throws}.`,
    see,
  ];
  return parts.filter(Boolean).map(escapeMarkup).join('\n\n');
}

/** Docstrings are Markdown, in which "<" is a sign and not markup, but for code. */
function escapeMarkup(text) {
  return text.replace(/(`+)[\s\S]*?\1|</g, (part) => (part === '<' ? '&lt;' : part));
}

function toTitle(url) {
  return URL.canParse(url) ? new URL(url).host : 'See';
}

function renderDefault({ optional, docs }) {
  const text = docs?.default?.replace(/^- /, '');
  return optional && text
    ? `\n\nDefault: ${docs.default.startsWith('- ') ? escapeMarkup(text) : `\`${text.replace(/^`|`$/g, '')}\``}`
    : '';
}
