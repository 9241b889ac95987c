/** The characters that lines and signs are made of. */
export interface Pen {
  readonly isAscii: boolean;
  readonly across: string;
  readonly down: string;
  /** The corners: top left, top right, bottom left, bottom right. */
  readonly corners: readonly string[];
  readonly arrow: string;
  readonly more: string;
  readonly full: string;
  readonly hollow: string;
  readonly done: string;
  readonly dot: string;
}

export const LINES: Pen = {
  isAscii: false,
  across: '─',
  down: '│',
  corners: ['┌', '┐', '└', '┘'],
  arrow: '→',
  more: '…',
  full: '●',
  hollow: '○',
  done: '✓',
  dot: '·',
};

export const ASCII: Pen = {
  isAscii: true,
  across: '-',
  down: '|',
  corners: ['+', '+', '+', '+'],
  arrow: '->',
  more: '..',
  full: '*',
  hollow: 'o',
  done: '=',
  dot: '-',
};

/** Characters that take two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
/** Characters that steer a terminal, are part of others, or turn the direction of writing. */
const HARMFUL = /[\p{Cc}\p{Cs}\p{Mn}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text in one line that a terminal shows as it is. */
export function toPlainText(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(HARMFUL, '\ufffd');
}

/** Columns that a text takes. */
export function countColumns(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/** The text, or as much of its beginning and end as so many columns hold. */
export function cutText(text: string, columns: number, { more }: Pen): string {
  if (countColumns(text) <= columns) {
    return text;
  }
  const characters = [...text];
  const room = Math.max(columns - more.length, 0);
  const [head, tail] = [
    cutColumns(characters, Math.floor(room / 2)),
    cutColumns(characters.reverse(), Math.ceil(room / 2)),
  ];
  return `${head.join('')}${more}${tail.reverse().join('')}`;
}

function cutColumns(characters: readonly string[], columns: number): string[] {
  let left = columns;
  const taken: string[] = [];
  for (const character of characters) {
    left -= countColumns(character);
    if (left < 0) {
      break;
    }
    taken.push(character);
  }
  return taken;
}

/** The text in as many columns, with spaces after it. */
export function padText(text: string, columns: number, pen: Pen): string {
  const cut = cutText(text, columns, pen);
  return cut + ' '.repeat(Math.max(columns - countColumns(cut), 0));
}

/** The words of a text in lines of so many columns. */
export function foldText(text: string, columns: number, pen: Pen): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && countColumns(last) + 1 + countColumns(word) <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(cutText(word, columns, pen));
    }
  }
  return lines;
}

/** Lines in a frame with a title. */
export function renderFrame(title: string, lines: readonly string[], columns: number, pen: Pen): string {
  const { corners, across, down } = pen;
  const head = cutText(title, columns - 6, pen);
  const rest = Math.max(columns - 5 - countColumns(head), 0);
  return [
    `${corners[0]}${across} ${head} ${across.repeat(rest)}${corners[1]}`,
    ...lines.map((line) => `${down} ${padText(line, columns - 4, pen)} ${down}`),
    `${corners[2]}${across.repeat(columns - 2)}${corners[3]}`,
  ].join('\n');
}
