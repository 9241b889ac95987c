import { Excerpts } from '../../../src/rules/command/excerpts';
import { splitDocuments } from '../../../src/rules/text/document-cutter';

test('a line is found in its document', () => {
  const text = 'a: 1\r\nb: 2\r\n---\r\nc: 3\r\n---\n# nothing\n---\nd: 4';
  const excerpts = new Excerpts(new Map([['web.yaml', splitDocuments(text, 'web.yaml')]]));
  const lines = [1, 2, 3, 4, 8, 2].map((line) => excerpts.textOf('web.yaml', line));
  expect(lines).toEqual(['a: 1', 'b: 2', '---', 'c: 3', 'd: 4', 'b: 2']);
});

test('a line or file that is not there gives nothing', () => {
  const excerpts = new Excerpts(new Map([['web.yaml', splitDocuments('# comment\n---\na: 1\n', 'web.yaml')]]));
  expect(excerpts.textOf('web.yaml', 1)).toBeUndefined();
  expect(excerpts.textOf('web.yaml', 99)).toBeUndefined();
  expect(excerpts.textOf('other.yaml', 1)).toBeUndefined();
});
