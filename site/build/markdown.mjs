/** The head of a page. JSON is YAML. */
export function renderFrontmatter(data) {
  return `---\n${Object.entries(data)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')}\n---\n`;
}

/** A text in one line, for cells of tables. */
export function toInline(text = '') {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
}

/** A block of code, fenced so that no code can end it. */
export function renderCode(fence, code, meta = '') {
  const marks = '`'.repeat(Math.max(3, ...[...code.matchAll(/`{3,}/g)].map(([run]) => run.length + 1)));
  return `${marks}${fence}${meta ? ` ${meta}` : ''}\n${code.trimEnd()}\n${marks}`;
}
