import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';

/** A tree in short: an object for each name, a construct for each list, a chart for each name in capitals. */
export interface Tree {
  readonly [id: string]: Tree | 'object';
}

/** An app of this tree, and its parts by path. */
export function appOf(tree: Tree, type: typeof App = App) {
  const app = new type({ outdir: '/nowhere' });
  grow(app, tree);
  const parts = Object.fromEntries(app.node.findAll().map((part) => [part.node.path, part]));
  return {
    app,
    part: (path: string): IConstruct => parts[path]!,
    chart: (path: string): Chart => parts[path] as Chart,
    /** Makes each part wait for the one after it. */
    link: (...paths: string[]) => {
      for (const [index, path] of paths.entries()) {
        const next = parts[paths[index + 1] ?? ''];
        if (index + 1 < paths.length) {
          parts[path]!.node.addDependency(next!);
        }
      }
    },
  };
}

function grow(parent: Construct, tree: Tree): void {
  for (const [id, inner] of Object.entries(tree)) {
    if (inner === 'object') {
      addObject(parent, id);
    } else {
      grow(/^[A-Z]/.test(id) ? new Chart(parent, id) : new Construct(parent, id), inner);
    }
  }
}

/** A ConfigMap. */
export function addObject(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { of: id } } as any);
}

/** Where constructs are, in short. */
export function pathsOf(constructs: readonly IConstruct[]): string[] {
  return constructs.map(({ node }) => node.path);
}
