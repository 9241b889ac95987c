import { objectsOf } from '../../../src/rules/documents';
import { DocumentCutter, splitDocuments, type TextDocument } from '../../../src/rules/text/document-cutter';

const shown = (documents: readonly TextDocument[]) => documents.map(({ line, text }) => `${line}: ${text}`);

describe('a text is cut into documents', () => {
  test('at lines that begin with "---" and after lines that begin with "..."', () => {
    expect(shown(splitDocuments('a: 1\n---\nb: 2\n--- # c\nc: 3\n... # end\nd: ---\n'))).toEqual([
      '1: a: 1\n',
      '2: ---\nb: 2\n',
      '4: --- # c\nc: 3\n... # end\n',
      '7: d: ---\n',
    ]);
  });

  test('with the line breaks of Windows', () => {
    expect(shown(splitDocuments('a: 1\r\n---\r\nb: 2\r\n...\r\nc: 3'))).toEqual([
      '1: a: 1\r\n',
      '2: ---\r\nb: 2\r\n...\r\n',
      '5: c: 3',
    ]);
  });

  test('without those that hold nothing', () => {
    expect(shown(splitDocuments('# Source: x\n---\n# y\n---\n\n%YAML 1.2\n---\na: 1\n---'))).toEqual([
      '7: ---\na: 1\n',
    ]);
    expect(splitDocuments('')).toEqual([]);
  });

  test('not inside a line', () => {
    expect(splitDocuments('a: x\n ---\nb: ...\n----\n')).toHaveLength(1);
  });

  test('wherever its pieces end', () => {
    const text = 'a: ü\r\n---\r\nb: 2\n...\nc: 3\n---\n# nothing\n--- d\n';
    for (let size = 1; size < text.length; size++) {
      const cutter = new DocumentCutter('web.yaml');
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
      const documents = [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.end()];
      expect(documents).toEqual(splitDocuments(text, 'web.yaml'));
    }
  });

  test('and a document that is too long is not kept, but the next one is', () => {
    const cutter = new DocumentCutter();
    const piece = 'x'.repeat(8 * 1024 * 1024);
    const documents = [piece, piece, piece, piece, piece, '\n', piece, piece, '\n---\na: 1\n'].flatMap((text) =>
      cutter.push(text),
    );
    expect(documents.map(({ text }) => text.length)).toEqual([5 * piece.length + 1]);
    expect(objectsOf(documents[0]!)[0]!.source.error).toBe(
      'the document has more than 33554432 characters, so cut it into several',
    );
    expect(shown(cutter.end())).toEqual(['3: ---\na: 1\n']);
  });
});
