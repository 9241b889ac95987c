import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppProps } from 'cdk8s';
import { OUTPUT_TYPES } from './outcome';

const ROOT = join(__dirname, '../..');
const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d\d-/.test(name));
const APPS = ['src/main.ts', ...EXAMPLES.map((name) => `examples/${name}/main.ts`)];

describe.each(APPS)('%s', (app) => {
  test.each(OUTPUT_TYPES)('is synthesized as by cdk8s, by output type %d', (yamlOutputType) => {
    const props = { yamlOutputType, recordConstructMetadata: true };
    const [fast, stock] = [true, false].map((isFast) => run(app, isFast, props));
    expect(fast!.isFast).toBe(true);
    expect(Object.keys(fast!.files).length).toBeGreaterThan(1);
    expect(fast!.files).toEqual(stock!.files);
  });
});

/** Runs an app as it is written, with its `App` replaced, and gives what it wrote. */
function run(app: string, isFast: boolean, props: AppProps) {
  const outdir = mkdtempSync(join(tmpdir(), 'examples-'));
  const made: string[] = [];
  try {
    jest.isolateModules(() => {
      const cdk8s = require('cdk8s');
      const Type = isFast ? require('../../src/synth/fast-app').FastApp : cdk8s.App;
      const App = class extends Type {
        public constructor() {
          super({ outdir, ...props });
          made.push(Type.name);
        }
      };
      jest.doMock('cdk8s', () => ({ ...cdk8s, App }));
      require(join(ROOT, app));
    });
    return { isFast: made.join() === 'FastApp', files: read(outdir) };
  } finally {
    jest.dontMock('cdk8s');
    rmSync(outdir, { recursive: true });
  }
}

function read(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
