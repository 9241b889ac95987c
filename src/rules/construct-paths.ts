import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IConstruct } from 'constructs';
import { createError, findOwner } from '../private/errors';
import { wrapMethod } from '../private/wrap-method';
import { listApiObjects } from './api-objects';

/** The file that holds the paths, beside the manifests. */
const FILE = 'construct-paths.json';

/** An app as cdk8s makes it. */
interface CdkApp extends IConstruct {
  readonly outdir?: string;
  readonly recordConstructMetadata?: boolean;
  synth?: () => void;
}

/** The fields that tell an object from all others. */
interface Identity {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Writes the construct of every object, whenever cdk8s writes what it knows of them. */
export function addPathRecording(app: CdkApp): void {
  const { outdir } = app;
  if (!app.synth || outdir === undefined) {
    throw createError(app, '`recordConstructs` takes an app, and this is none; pass the root of the tree');
  }
  wrapMethod(app, 'synth', (synth) => () => {
    synth();
    if (app.recordConstructMetadata) {
      writeFileSync(join(outdir, FILE), `${JSON.stringify(collectConstructPaths(app), undefined, 2)}\n`);
    }
  });
}

/** Gives the path of the construct that made an object, where one of these manifests stands beside recorded paths. */
export function loadConstructPaths(manifests: readonly string[]): (object: Identity) => string | undefined {
  const folders = new Set(manifests.flatMap((file) => [dirname(file), dirname(dirname(file))]));
  const files = [...folders].map((folder) => join(folder, FILE)).filter((file) => existsSync(file));
  const paths: Record<string, string> = Object.assign(
    {},
    ...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))),
  );
  return (object) => paths[toObjectKey(object)];
}

function collectConstructPaths(app: IConstruct): Record<string, string> {
  return Object.fromEntries(
    listApiObjects(app).map((construct) => {
      const { kind, name, metadata } = construct;
      return [toObjectKey({ kind, name, namespace: metadata.namespace }), findOwner(construct).node.path];
    }),
  );
}

function toObjectKey({ kind, namespace, name }: Identity): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join('/');
}
