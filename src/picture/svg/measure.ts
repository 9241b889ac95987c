import { memoizeByText } from '../../private/memo';

/** A way in which text is set. */
export interface TextStyle {
  /** Its class in the style sheet. */
  readonly name: 'title' | 'heading' | 'name' | 'body' | 'small' | 'mono' | 'digit';
  /** Units from one line to the next, and of one em. */
  readonly size: number;
  readonly isBold?: boolean;
  readonly isMono?: boolean;
}

export const TITLE: TextStyle = { name: 'title', size: 19, isBold: true };
export const HEADING: TextStyle = { name: 'heading', size: 12, isBold: true };
export const NAME: TextStyle = { name: 'name', size: 14, isBold: true };
export const BODY: TextStyle = { name: 'body', size: 13 };
export const SMALL: TextStyle = { name: 'small', size: 12 };
export const MONO: TextStyle = { name: 'mono', size: 12, isMono: true };
export const DIGIT: TextStyle = { name: 'digit', size: 12, isBold: true };

/** Widths of the characters from space to tilde in Arial, whose metrics Helvetica and Liberation Sans have too, in thousandths of an em. */
const REGULAR =
  `278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584
  584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278
  278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500
  500 334 260 334 584`.split(/\s+/);
const BOLD =
  `278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584
  584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333
  278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556
  500 389 280 389 584`.split(/\s+/);
/** The widest of the fonts of fixed width that the style sheet names. */
const MONO_WIDTH = 618;
/** Letters of other alphabets; those of East Asia and pictures are as wide as they are high, and more. */
const OTHER_WIDTH = 760;
const WIDE_WIDTH = 1_080;
const WIDE =
  /[\u1100-\u11ff\u2190-\u21ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{10000}-\u{10ffff}]/u;
const PLACED: Readonly<Record<string, number>> = { '\u2026': 1_000, '\u00b7': 333, '\u2013': 556 };
/** Fonts of one metric differ in their kerning, and browsers in their rounding. */
const MARGIN = 1.03;

/** Units that a text takes at most. */
export function measureText(text: string, style: TextStyle): number {
  let sum = 0;
  for (const character of text) {
    sum += measureCharacter(character, style);
  }
  return (sum * style.size * MARGIN) / 1_000;
}

function measureCharacter(character: string, { isBold, isMono }: TextStyle): number {
  const index = character.charCodeAt(0) - 32;
  const isPlain = index >= 0 && index < REGULAR.length;
  if (isMono && isPlain) {
    return MONO_WIDTH;
  }
  return isPlain ? Number((isBold ? BOLD : REGULAR)[index]) : (PLACED[character] ?? measureOther(character));
}

const measureOther = memoizeByText((character: string) => (WIDE.test(character) ? WIDE_WIDTH : OTHER_WIDTH), 1_000);

/** The text, or as much of its beginning and end as fits. */
export function shortenMiddle(text: string, width: number, style: TextStyle): string {
  if (measureText(text, style) <= width) {
    return text;
  }
  const characters = [...text.slice(0, MAX_SHOWN / 2), ...text.slice(-MAX_SHOWN / 2)];
  let [least, most] = [0, characters.length - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    [least, most] = measureText(cutMiddle(characters, middle), style) <= width ? [middle, most] : [least, middle - 1];
  }
  return cutMiddle(characters, least);
}

/** No row has room for more characters. */
const MAX_SHOWN = 400;

/** So many characters of a text, more of its end than of its beginning: names that belong together begin alike. */
function cutMiddle(characters: readonly string[], count: number): string {
  const head = Math.floor(count / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (count - head)).join('')}`;
}

/** The text in lines of this width; the last of them is shortened where there would be more. */
export function wrapText(text: string, width: number, style: TextStyle, maxLines: number): string[] {
  const lines: string[] = [];
  const words = text.split(/\s+/).filter(Boolean);
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || measureText(longer, style) <= width) {
      line = longer;
    } else if (lines.length === maxLines - 1) {
      return [...lines, shortenMiddle([line, ...words.slice(index)].join(' '), width, style)];
    } else {
      lines.push(shortenMiddle(line, width, style));
      line = word;
    }
  }
  return [...lines, shortenMiddle(line, width, style)];
}
