import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApiObject,
  type App,
  type AppProps,
  Chart,
  Include,
  type IResolver,
  JsonPatch,
  Lazy,
  type ResolutionContext,
} from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { expectSameFiles, expectSameOutput } from './outcome';

const folder = mkdtempSync(join(tmpdir(), 'include-'));
const included = join(folder, 'included.yaml');
writeFileSync(
  included,
  `apiVersion: v1
kind: ConfigMap
metadata: { name: included }
data: { a.conf: "# comment\\nmode = 0644\\n" }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Pod, metadata: { name: inner } }
---
kind: Widget
apiVersion: example.com/v1
spec: { date: 2001-12-14, octal: "0644", no: 0o14, nothing: null, deep: [[1, [2]], {}] }
`,
);

afterAll(() => rmSync(folder, { recursive: true }));

/** What the documentation of cdk8s shows, one sample a page. */
const SAMPLES: Record<string, readonly [build: (app: App) => void, props?: AppProps]> = {
  'hello of a Deployment and a Service': [
    (app) => {
      const chart = new Chart(app, 'hello', { labels: { app: 'hello' } });
      new ApiObject(chart, 'deployment', {
        ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
        spec: { replicas: 2, template: { spec: { containers: [{ name: 'hello', image: 'paulbouwer/hello:1.7' }] } } },
      } as any);
      new ApiObject(chart, 'service', {
        ...{ apiVersion: 'v1', kind: 'Service' },
        spec: { type: 'LoadBalancer', ports: [{ port: 80, targetPort: 8080 }] },
      } as any);
    },
  ],
  'dependencies of objects, constructs and charts': [
    (app) => {
      const namespaces = new Chart(app, 'namespaces');
      const application = new Chart(app, 'application');
      const database = new Construct(application, 'database');
      const cache = new Construct(application, 'cache');
      for (const [scope, kind] of [
        [namespaces, 'Namespace'],
        [cache, 'Service'],
        [cache, 'Pod'],
        [database, 'Secret'],
      ] as const) {
        new ApiObject(scope, kind.toLowerCase(), { apiVersion: 'v1', kind });
      }
      application.addDependency(namespaces);
      cache.node.addDependency(database);
    },
  ],
  'charts in charts': [
    (app) => {
      const umbrella = new Chart(app, 'umbrella', { namespace: 'shop', disableResourceNameHashes: true });
      for (const id of ['web', 'store']) {
        new kplus.ConfigMap(new Chart(umbrella, id), 'settings', { data: { id } });
      }
      new kplus.ConfigMap(umbrella, 'settings', { data: { id: 'umbrella' } });
    },
  ],
  'lazy values and patches': [
    (app) => {
      const chart = new Chart(app, 'lazy');
      const replicas = Lazy.any({ produce: () => 1 + 1 });
      const object = new ApiObject(chart, 'set', {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        spec: { replicas },
      } as any);
      object.addJsonPatch(JsonPatch.replace('/spec/replicas', 3), JsonPatch.test('/spec/replicas', 3));
      object.addJsonPatch(
        JsonPatch.copy('/spec', '/copy'),
        JsonPatch.add('/kind', 'Set'),
        JsonPatch.add('/metadata/name', 'x/y'),
      );
    },
  ],
  resolvers: [
    (app) => {
      new kplus.ConfigMap(new Chart(app, 'resolved'), 'map', { data: { secret: 'ref:password', plain: 'text' } });
    },
    { resolvers: [{ resolve: replaceReference } as IResolver] },
  ],
  'a workload with all around it': [
    (app) => {
      const chart = new Chart(app, 'plus', { namespace: 'shop' });
      const volume = kplus.Volume.fromEmptyDir(chart, 'cache', 'cache');
      const deployment = new kplus.Deployment(chart, 'web', {
        containers: [{ image: 'acme/web:1.0', portNumber: 8080, volumeMounts: [{ path: '/cache', volume }] }],
        initContainers: [{ image: 'acme/init:1.0', command: ['sh', '-c', 'echo one\necho two\n'] }],
      });
      deployment.exposeViaIngress('/web');
      deployment.scheduling.spread({ topology: kplus.Topology.ZONE });
      new kplus.HorizontalPodAutoscaler(chart, 'scaler', { target: deployment, maxReplicas: 5 });
      new kplus.StatefulSet(chart, 'store', {
        containers: [{ image: 'acme/store:1.0', portNumber: 5432 }],
        service: new kplus.Service(chart, 'governing', { ports: [{ port: 5432 }] }),
      });
      new kplus.CronJob(chart, 'nightly', {
        containers: [{ image: 'acme/job:1.0' }],
        schedule: { expressionString: '0 0 * * *' } as any,
      });
      new kplus.NetworkPolicy(chart, 'policy', { selector: deployment });
    },
  ],
  'text that YAML has to quote': [
    (app) => {
      const data = {
        on: 'off',
        '0x1F': '1e3',
        'a.sh': '#!/bin/sh\nset -eu\n\nexec "$@"\n',
        b: ' x',
        c: 'a\tb: c #d',
        d: 'é\u00a0',
      };
      new kplus.ConfigMap(new Chart(app, 'odd'), 'map', { data });
    },
    { outputFileExtension: '.yml' },
  ],
  'objects that cannot be rendered': [
    (app) => {
      const chart = new Chart(app, 'broken');
      new ApiObject(chart, 'fine', { apiVersion: 'v1', kind: 'ConfigMap' });
      new ApiObject(chart, 'dated', { apiVersion: 'v1', kind: 'ConfigMap', data: { now: new Date(0) } } as any);
    },
  ],
  'a patch that does not fit': [
    (app) => {
      const object = new ApiObject(new Chart(app, 'broken'), 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
      object.addJsonPatch(JsonPatch.remove('/data/missing'));
    },
  ],
  'an object without metadata': [
    (app) => {
      const object = new ApiObject(new Chart(app, 'broken'), 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
      object.addJsonPatch(JsonPatch.remove('/metadata'));
    },
  ],
  'a construct outside of all charts that depends on one': [
    (app) => new Construct(app, 'lonely').node.addDependency(new Chart(app, 'chart')),
  ],
  'what is no dependency': [(app) => new Chart(app, 'chart').node.addDependency({} as any)],
  'a chart that renders itself': [
    (app) => {
      class Wrapped extends Chart {
        public override toJson(): any[] {
          return [{ apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items: super.toJson() }, undefined];
        }
      }
      const chart = new Wrapped(app, 'wrapped');
      new kplus.ConfigMap(chart, 'map', { data: { a: 'b' } });
    },
  ],
  'two objects of one name, and one whose name is a number': [
    (app) => {
      const chart = new Chart(app, 'names');
      for (const name of ['same', '12', 'same', '3']) {
        new ApiObject(chart, `${chart.node.children.length}`, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name },
        });
      }
    },
    { recordConstructMetadata: true },
  ],
  'constructs that are made while others are rendered': [
    (app) => {
      const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
      const late = Lazy.any({
        produce: () => {
          for (const chart of [first, second].filter(({ node }) => !node.tryFindChild('late'))) {
            new ApiObject(chart, 'late', { apiVersion: 'v1', kind: 'ConfigMap' });
          }
          return 'made';
        },
      });
      new ApiObject(first, 'early', { apiVersion: 'v1', kind: 'ConfigMap', data: { late } } as any);
    },
  ],
};

describe('a sample of cdk8s', () => {
  test.each(Object.keys(SAMPLES))('with %s is synthesized as by cdk8s', (name) => {
    const [build, props] = SAMPLES[name]!;
    expectSameOutput(build, props);
  });

  // `Include` reads a file in a process of its own, each time: once for each app is enough.
  test('with manifests that are included is synthesized as by cdk8s', () => {
    const { files } = expectSameFiles((app) => {
      const chart = new Chart(app, 'included');
      const include = new Include(chart, 'file', { url: included });
      include.apiObjects[0]!.addJsonPatch(JsonPatch.add('/metadata/annotations', { patched: 'yes' }));
      include.apiObjects[0]!.metadata.addLabel('team', 'shop');
    });
    expect(Object.keys(files)).toEqual(['included.k8s.yaml']);
  });
});

function replaceReference(context: ResolutionContext): void {
  if (typeof context.value === 'string' && context.value.startsWith('ref:')) {
    context.replaceValue(`resolved ${context.key.join('.')} of ${context.obj.kind}`);
  }
}
