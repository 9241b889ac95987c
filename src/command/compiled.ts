import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** A script as V8 compiled it, and the state of the file that it was made from. */
interface Compiled {
  readonly stamp: string;
  readonly data: Buffer;
}

/** The process that loads a module. */
interface Call {
  /** Whether it calls what others will call: only what is called is compiled, and kept. Yes, unless said otherwise. */
  readonly isTypical?: boolean;
  /** The flags of V8 that were set: what is compiled with them is of no use without. */
  readonly flags?: readonly string[];
}

/**
 * Loads a module of this package with what V8 made of it the last time, as Node.js itself does from version 22 on: to compile the
 * command takes longer than to check a manifest. It is kept in `node_modules/.cache`, where tools keep such things, and
 * nothing is kept where that cannot be written.
 *
 * @param file absolute path of a module of CommonJS in ASCII, which is read quicker; its relative imports are loaded in the same way
 */
export function loadCompiled(file: string, call: Call = {}): any {
  const { isTypical = true, flags = [] } = call;
  const cache = findCache(file, flags.length > 0 ? '-flags' : '');
  const { mtimeMs, size } = statSync(file);
  const stamp = `${process.version} ${process.arch} ${mtimeMs} ${size}`;
  const known = readCompiled(cache);
  const cachedData = known?.stamp === stamp ? known.data : undefined;
  const script = new Script(wrap(readFileSync(file, 'latin1')), { filename: file, cachedData });
  if (isTypical && (cachedData === undefined || script.cachedDataRejected)) {
    // At the end it also has the functions that were called.
    process.once('exit', () => writeCompiled(cache, { stamp, data: script.createCachedData() }));
  }
  return run(script, file, call);
}

function run(script: Script, file: string, call: Call): any {
  const outer = createRequire(file);
  const inner = (name: string) => (name.startsWith('./') ? loadCompiled(join(dirname(file), name), call) : outer(name));
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, inner, module, file, dirname(file));
  return module.exports;
}

function wrap(code: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
}

/** The file that keeps it: in the innermost `node_modules` around the module, or beside its package. */
function findCache(file: string, suffix: string): string {
  const [, outer] = /^(.*[/\\]node_modules)[/\\]/.exec(file) ?? [];
  const folder = outer ?? join(dirname(file), '../../node_modules');
  return join(folder, '.cache/cdk8s-pod-patterns', `${basename(file, '.js')}${suffix}.bin`);
}

/** The stamp is the first line. */
function readCompiled(cache: string): Compiled | undefined {
  try {
    const bytes = readFileSync(cache);
    const end = bytes.indexOf('\n');
    return { stamp: bytes.toString('latin1', 0, end), data: bytes.subarray(end + 1) };
  } catch {
    return undefined;
  }
}

/** Several calls may write at once, and one may read: the whole file is there, or none. */
function writeCompiled(cache: string, { stamp, data }: Compiled): void {
  const half = `${cache}.${process.pid}`;
  try {
    mkdirSync(dirname(cache), { recursive: true });
    writeFileSync(half, Buffer.concat([Buffer.from(`${stamp}\n`), data]));
    renameSync(half, cache);
  } catch {
    // The next call compiles again.
  }
}
