import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps, YamlOutputType } from 'cdk8s';
import { FastApp } from '../../src';

export const OUTPUT_TYPES = [
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

/** What a synth leaves behind: its error, the files by name with what is in them, and the order of charts afterwards. */
export interface Outcome {
  readonly error?: string;
  readonly files: Record<string, string>;
  readonly charts?: string[];
}

/** Expects that the app of this library and that of cdk8s leave the same behind. */
export function expectSameFiles(build: (app: App) => void, props: AppProps = {}): Outcome {
  const [fast, stock] = [FastApp, App].map((type) => filesOf(type, build, props));
  expect(fast).toEqual(stock);
  return fast!;
}

/** Expects the same for each way to divide the output, and for the output as one text. */
export function expectSameOutput(build: (app: App) => void, props: AppProps = {}): Outcome {
  const [fast, stock] = [FastApp, App].map((type) => textOf(type, build, props));
  expect(fast).toEqual(stock);
  const outcomes = OUTPUT_TYPES.map((yamlOutputType) => expectSameFiles(build, { ...props, yamlOutputType }));
  return outcomes[YamlOutputType.FILE_PER_CHART]!;
}

function filesOf(type: typeof App, build: (app: App) => void, props: AppProps): Outcome {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = new type({ outdir, ...props });
    build(app);
    const before = attempt(() => pathsOf(app));
    const error = attempt(() => app.synth());
    return { error: error.error, files: read(outdir), charts: before.value && attempt(() => pathsOf(app)).value };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function textOf(type: typeof App, build: (app: App) => void, props: AppProps) {
  const app = new type({ outdir: '/nowhere', ...props });
  build(app);
  return [attempt(() => app.synthYaml()), attempt(() => app.synthYaml())];
}

function pathsOf(app: App): string[] {
  return app.charts.map(({ node }) => node.path);
}

function attempt<T>(work: () => T): { readonly value?: T; readonly error?: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { error: String(error) };
  }
}

function read(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
