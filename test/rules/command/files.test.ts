import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from '../../../src/rules/command/files';
import { folderOf } from './support';

const FOLDER = folderOf({
  'b.yaml': '',
  'a.yml': '',
  'sub/c.json': '',
  'sub/deep/d.yaml': '',
  'notes.md': '',
  '.hidden.yaml': '',
  '.git/e.yaml': '',
  'node_modules/f.yaml': '',
  'odd.txt': '',
});
const path = (...names: string[]) => join(FOLDER, ...names);

test('a folder stands for the manifests in and below it, in the order of their names', () => {
  const { files, unusable } = filesOf([FOLDER]);
  expect(files.map((file) => file.path)).toEqual([
    path('a.yml'),
    path('b.yaml'),
    path('sub', 'c.json'),
    path('sub', 'deep', 'd.yaml'),
  ]);
  expect(files.every(({ isNamed }) => !isNamed)).toBe(true);
  expect(unusable).toEqual([]);
});

test('what is named is read whatever it is called', () => {
  const named = [path('odd.txt'), path('.hidden.yaml'), path('node_modules'), '-'];
  expect(filesOf(named).files).toEqual([
    { path: path('odd.txt'), isNamed: true },
    { path: path('.hidden.yaml'), isNamed: true },
    { path: path('node_modules', 'f.yaml'), isNamed: false },
    { path: '-', isNamed: true },
  ]);
});

test('a file that is there twice is read once, and counts as named when it is named at all', () => {
  const { files } = filesOf([path('sub'), path('sub', '..', 'sub', 'c.json'), path('sub'), '-', '-']);
  expect(files).toEqual([
    { path: path('sub', 'c.json'), isNamed: true },
    { path: path('sub', 'deep', 'd.yaml'), isNamed: false },
    { path: '-', isNamed: true },
  ]);
});

test('links are followed, once, and those that lead nowhere are told', () => {
  const folder = folderOf({ 'real/a.yaml': '' });
  symlinkSync(folder, join(folder, 'real', 'round'));
  symlinkSync(join(folder, 'real', 'a.yaml'), join(folder, 'link.yaml'));
  symlinkSync('nowhere', join(folder, 'lost.yaml'));
  mkdirSync(join(folder, 'folder.yaml'));
  const { files, unusable } = filesOf([folder]);
  expect(files).toEqual([{ path: join(folder, 'link.yaml'), isNamed: false }]);
  expect(unusable).toEqual([{ file: join(folder, 'lost.yaml'), message: 'no such file or directory' }]);
});

test('an argument that is not there is told, and the others are read', () => {
  const { files, unusable } = filesOf(['nope.yaml', path('b.yaml')]);
  expect(files).toHaveLength(1);
  expect(unusable).toEqual([{ file: 'nope.yaml', message: 'no such file or directory' }]);
});
