import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as constructs from 'constructs';
import * as library from '../../src';
import { some } from '../runs';
import { OUTPUT_TYPES } from './outcome';

const ROOT = join(__dirname, '../..');
const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d\d-/.test(name));
const APPS = ['src/main.ts', ...EXAMPLES.map((name) => `examples/${name}/main.ts`)];

test.each(some(APPS, 3))('%s is synthesized as by cdk8s, however its output is divided', (app) => {
  const [fast, stock] = [true, false].map((isFast) => run(app, isFast));
  expect(fast!.made).toBe('FastApp');
  expect(Object.keys(fast!.files).length).toBeGreaterThan(OUTPUT_TYPES.length);
  expect(fast!.files).toEqual(stock!.files);
});

/**
 * Runs an app as it is written, with its `App` or `FastApp` replaced by one that synthesizes once for each output type. What
 * apps import is loaded once for all of them; only their own modules are run anew.
 */
function run(app: string, isFast: boolean) {
  const outdir = mkdtempSync(join(tmpdir(), 'examples-'));
  const made = new Set<string>();
  const Type = isFast ? library.FastApp : cdk8s.App;
  const App = class extends Type {
    public constructor() {
      super({ outdir, recordConstructMetadata: true });
      made.add(Type.name);
    }

    public synth(): void {
      for (const yamlOutputType of OUTPUT_TYPES) {
        Object.assign(this, { outdir: join(outdir, `${yamlOutputType}`), yamlOutputType });
        super.synth();
      }
    }
  };
  try {
    jest.isolateModules(() => {
      jest.doMock('constructs', () => constructs);
      jest.doMock('cdk8s', () => ({ ...cdk8s, App }));
      jest.doMock('cdk8s-plus-28', () => kplus);
      jest.doMock('../../src', () => ({ ...library, FastApp: App }));
      require(join(ROOT, app));
    });
    return { made: [...made].join(), files: read(outdir) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function read(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
