import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { saveYaml, stringifyYaml } from '../../src/synth/yaml-file';

const folder = mkdtempSync(join(tmpdir(), 'yaml-file-'));
const file = join(folder, 'out.yaml');
/** More than what is held back. */
const BIG = { data: { text: 'é'.repeat(2 ** 20) } };

afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of YAML', () => {
  test.each([
    ['nothing', []],
    ['one document', [{ a: 1 }]],
    ['several documents, some of them missing', [{ a: 1 }, undefined, { b: [2] }, null]],
    ['more than is held back at a time', [{ a: 1 }, BIG, { b: 2 }, BIG]],
  ])('of %s is what cdk8s saves', (_, documents) => {
    saveYaml(file, documents);
    const written = readFileSync(file);
    Yaml.save(file, documents);
    expect(written.equals(readFileSync(file))).toBe(true);
  });

  test('is asked for one document after the other', () => {
    const sizes: boolean[] = [];
    saveYaml(
      file,
      (function* () {
        yield BIG;
        yield { last: true };
        sizes.push(existsSync(file) && readFileSync(file).length > 2 ** 20);
      })(),
    );
    expect(sizes).toEqual([true]);
  });

  test('stays as it was where rendering fails before anything is written', () => {
    writeFileSync(file, 'old');
    expect(() => saveYaml(file, failing({ a: 1 }))).toThrow('cannot render');
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('is removed where rendering fails later', () => {
    expect(() => saveYaml(file, failing(BIG))).toThrow('cannot render');
    expect(existsSync(file)).toBe(false);
  });

  test.each([[[{ a: 1 }]], [[BIG]]])('fails in a missing folder as cdk8s does', (documents) => {
    expect(() => saveYaml(join(folder, 'missing/out.yaml'), documents)).toThrow(
      /^ENOENT: no such file or directory, open '/,
    );
  });
});

test('the text of documents is what cdk8s makes of them', () => {
  const documents = [{ a: 1 }, undefined, BIG];
  expect(stringifyYaml(documents)).toBe(Yaml.stringify(...documents));
  expect(stringifyYaml([])).toBe('');
});

function* failing(first: unknown): Generator<unknown> {
  yield first;
  throw new Error('cannot render');
}
