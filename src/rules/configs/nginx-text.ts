import { memoizeByText } from './remember';

/** One directive of nginx, wherever it stands, with its words. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
}

/** The directives of a configuration text in their order, those in blocks included. */
export const parseDirectives = memoizeByText((text: string): readonly Directive[] => {
  const directives: Directive[] = [];
  let words: string[] = [];
  for (const [token] of text.matchAll(
    /#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[;{}]|(?:\$\{[^}]*\}|[^\s;{}])+/g,
  )) {
    if (token[0] === '#') {
      continue;
    }
    if (token.length > 1 || !/[;{}]/.test(token)) {
      words.push(token.replace(/^(["'])([\s\S]*)\1$/, '$2'));
      continue;
    }
    if (words.length > 0) {
      directives.push({ name: words[0]!, words: words.slice(1) });
      words = [];
    }
  }
  return directives;
});
