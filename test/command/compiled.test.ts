import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadCompiled } from '../../src/command/compiled';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compiled-'));
});
afterEach(() => {
  process.removeAllListeners('exit');
  rmSync(folder, { recursive: true, force: true });
});

/** A module of an installed package, and where what it was compiled to is kept. */
function install(code: string): { file: string; cache: string } {
  const file = join(folder, 'node_modules/acme/lib/bin/a.js');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  return { file, cache: join(folder, 'node_modules/.cache/cdk8s-pod-patterns/a.bin') };
}

/** Ends the process, as far as the module is concerned. */
function exit(): void {
  for (const listener of process.listeners('exit')) {
    (listener as () => void)();
  }
  process.removeAllListeners('exit');
}

const CODE = `exports.answer = () => [require('./b.js').half * 2, require('node:path').basename(__filename), __dirname.length > 0];`;

test('a module is what `require` would give, with what it asks for', () => {
  const { file } = install(CODE);
  writeFileSync(join(dirname(file), 'b.js'), 'exports.half = 21;');
  expect(loadCompiled(file).answer()).toEqual([42, 'a.js', true]);
});

test('what it was compiled to is kept at the end, and taken the next time', () => {
  const { file, cache } = install('exports.answer = () => 42;');
  expect(loadCompiled(file).answer()).toBe(42);
  expect(existsSync(cache)).toBe(false);
  exit();
  const kept = readFileSync(cache);
  expect(loadCompiled(file).answer()).toBe(42);
  expect(process.listenerCount('exit')).toBe(0);
  expect(readFileSync(cache)).toEqual(kept);
});

test('nothing is kept of a process that calls other things than most', () => {
  const { file, cache } = install('exports.answer = () => 42;');
  expect(loadCompiled(file, { isTypical: false }).answer()).toBe(42);
  exit();
  expect(existsSync(cache)).toBe(false);
});

test('with flags of V8 it is kept apart', () => {
  const { file, cache } = install('exports.answer = () => 42;');
  loadCompiled(file, { flags: ['--semi-space-growth-factor=1'] });
  exit();
  expect([existsSync(cache), existsSync(cache.replace('.bin', '-flags.bin'))]).toEqual([false, true]);
});

test('it is compiled anew when the module is another', () => {
  const { file, cache } = install('exports.answer = () => 42;');
  loadCompiled(file);
  exit();
  const before = readFileSync(cache, 'latin1').split('\n')[0];
  install('exports.answer = () => 43;\n');
  expect(loadCompiled(file).answer()).toBe(43);
  exit();
  expect(readFileSync(cache, 'latin1').split('\n')[0]).not.toBe(before);
});

test.each(['', 'nonsense', 'nonsense\nand more'])('what nobody can read is compiled anew: %j', (text) => {
  const { file, cache } = install('exports.answer = () => 42;');
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, text);
  expect(loadCompiled(file).answer()).toBe(42);
});

test('where nothing can be kept, it works all the same', () => {
  const { file, cache } = install('exports.answer = () => 42;');
  writeFileSync(join(folder, 'node_modules/.cache'), 'a file in the way');
  expect(loadCompiled(file).answer()).toBe(42);
  exit();
  expect(existsSync(cache)).toBe(false);
});
