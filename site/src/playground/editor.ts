import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { type EditorState, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { CheckFinding } from './protocol';

const setLitLines = StateEffect.define<readonly number[]>();

/** The lines that light up. */
const litLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lit, transaction) {
    const effect = transaction.effects.find((each) => each.is(setLitLines));
    return effect ? toDecorations(transaction.state, effect.value) : lit.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function toDecorations({ doc }: EditorState, lines: readonly number[]): DecorationSet {
  const known = [...new Set(lines)].filter((line) => line >= 1 && line <= doc.lines).sort((a, b) => a - b);
  const ranges: Range<Decoration>[] = known.map((line) =>
    Decoration.line({ class: 'lit-line' }).range(doc.line(line).from),
  );
  return Decoration.set(ranges);
}

/** What the user does in the editor. */
export interface EditorEvents {
  onChange(): void;
  /** The cursor came to another line, by key or click. */
  onLine(line: number): void;
}

/** The text, with what rules found at its lines. */
export class Editor {
  private readonly view: EditorView;

  public constructor(parent: Element, label: string, description: string, events: EditorEvents) {
    this.view = new EditorView({
      parent,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        foldGutter(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        yaml(),
        syntaxHighlighting(classHighlighter),
        litLines,
        // Tab leaves the editor, as it leaves any field.
        keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': description, spellcheck: 'false' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            events.onChange();
          } else if (update.selectionSet && update.transactions.some((one) => one.isUserEvent('select'))) {
            events.onLine(this.line);
          }
        }),
      ],
    });
  }

  public get text(): string {
    return this.view.state.doc.toString();
  }

  public set text(text: string) {
    const { length } = this.view.state.doc;
    this.view.dispatch({
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: 0 },
      scrollIntoView: true,
    });
  }

  private get line(): number {
    const { doc, selection } = this.view.state;
    return doc.lineAt(selection.main.head).number;
  }

  /** Marks the lines of findings. */
  public mark(findings: readonly CheckFinding[]): void {
    const { state } = this.view;
    const marks = findings.flatMap((finding) => finding.lines.map((line) => toDiagnostic(state, finding, line)));
    this.view.dispatch(setDiagnostics(state, marks));
  }

  /** Lets lines light up, and shows the first. */
  public light(lines: readonly number[], isShown = true): void {
    const { doc } = this.view.state;
    const [first] = lines.filter((line) => line >= 1 && line <= doc.lines);
    const effects: StateEffect<unknown>[] = [setLitLines.of(lines)];
    if (first !== undefined && isShown) {
      effects.push(EditorView.scrollIntoView(doc.line(first).from, { y: 'center' }));
    }
    this.view.dispatch({ effects });
  }
}

function toDiagnostic(
  { doc }: EditorState,
  { rule, severity, message, fix }: CheckFinding,
  number: number,
): Diagnostic {
  const line = doc.line(Math.min(Math.max(number, 1), doc.lines));
  const from = line.from + /^[\s-]*/.exec(line.text)![0].length;
  return { from: Math.min(from, line.to), to: line.to, severity, source: rule, message: `${message}\n${fix}` };
}
