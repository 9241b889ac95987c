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
    const { error } = attempt(() => app.synth());
    return {
      error: error && checkCycle(app, error),
      files: read(outdir),
      charts: before.value && attempt(() => pathsOf(app)).value,
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const CYCLE = /^Error: (?:Dependency cycle detected|\[.*\] dependencies form a cycle): (.*?)(?:; remove one of them)?$/;

/** The error, or the word for a cycle, which both apps name, each in its own way. That of this library is one indeed. */
function checkCycle(app: App, error: string): string {
  const route = CYCLE.exec(error)?.[1]?.split(' => ');
  if (route && app instanceof FastApp) {
    expect(route.slice(1).filter((path, index) => !dependsOn(app, route[index]!, path))).toEqual([]);
  }
  return route ? 'a cycle' : error;
}

/** Whether a construct, or one around it, depends on another one, or on one around that. */
function dependsOn(app: App, from: string, to: string): boolean {
  const [source, target] = [from, to].map((path) => app.node.findAll().find(({ node }) => node.path === path)!);
  const scopes = new Set(target!.node.scopes);
  return source!.node.scopes.some(({ node }) => node.dependencies.some((dependency) => scopes.has(dependency)));
}

function textOf(type: typeof App, build: (app: App) => void, props: AppProps) {
  const app = new type({ outdir: '/nowhere', ...props });
  build(app);
  return [1, 2].map(() => {
    const { value, error } = attempt(() => app.synthYaml());
    return { value, error: error && checkCycle(app, error) };
  });
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
