import { BASE } from './paths.mjs';

/** Puts the base of the site before links and images of Markdown that begin with "/"; in Korean pages, `/ko/...` says so itself. */
export function rehypeBase() {
  return (tree) => visit(tree);
}

function visit(node) {
  if (node.type === 'raw') {
    node.value = node.value.replace(/\b(href|src)="\/(?!\/)/g, `$1="${BASE}/`);
  }
  for (const name of ['href', 'src']) {
    const value = node.properties?.[name];
    if (typeof value === 'string' && /^\/(?!\/)/.test(value) && !value.startsWith(`${BASE}/`)) {
      node.properties[name] = BASE + value;
    }
  }
  node.children?.forEach(visit);
}
