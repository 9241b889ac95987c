import { ApiObject, App, Chart, type IResolver, JsonPatch, Lazy, type ResolutionContext } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { FastApp } from '../../../src';
import { renderObject } from '../../../src/private/rendering/render-object';
import { assertAlways } from '../../runs';
import { expectSameOutput } from '../../synth/outcome';

/** What cdk8s resolves, and what it passes over or refuses. */
const LEAF = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, 0, -1.5, true, '', 'text', 'ref:a', [], {}),
  fc.nat().map((number) => kplus.k8s.IntOrString.fromNumber(number)),
  fc.constantFrom('25%', '1Gi').map((text) => kplus.k8s.Quantity.fromString(text)),
  fc.constant({ resolve: () => ({ from: 'a token' }) }),
  fc.constant({ resolve: 'no token' }),
  fc.constant(Object.assign(() => 1, { resolve: () => [Lazy.any({ produce: () => 'nested' })] })),
  fc.constant({ value: 1 }),
  fc.constant(Object.assign(['listed'], { value: 'marked' })),
  fc.constant(JSON.parse('{ "__proto__": { "a": 1 }, "b": 2 }')),
  fc.constant(JSON.parse('{ "constructor": "mine" }')),
  fc.constantFrom<unknown>(new Date(0), new Map(), Object.create(null), () => 1, Symbol.iterator),
);
const KEY = fc.constantFrom(
  'spec',
  'data',
  'value',
  'resolve',
  'items',
  'z',
  'a',
  'metadata',
  '0',
  'constructor',
  '__proto__',
);

const { data: DATA } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    LEAF,
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(KEY, tie('data'), { maxKeys: 4 }),
    tie('data').map((inner) => Lazy.any({ produce: () => inner })),
  ),
}));

const RESOLVER: IResolver = {
  resolve: (context: ResolutionContext) => {
    if (typeof context.value === 'string' && context.value.startsWith('ref:')) {
      context.replaceValue(`${context.key.join('.')} of ${context.obj.kind}`);
    }
  },
};

function addWidget(app: App, props: object, labels: unknown = {}): ApiObject {
  const object = new ApiObject(new Chart(app, 'chart'), 'widget', {
    apiVersion: 'v1',
    kind: 'Widget',
    ...props,
  } as any);
  object.metadata.add('more', labels);
  return object;
}

describe('any data of an object', () => {
  test.each([
    ['without other resolvers', undefined],
    ['with one of the user', [RESOLVER]],
  ])('is rendered as by cdk8s, %s', (_, resolvers) => {
    assertAlways(
      fc.property(fc.dictionary(KEY, DATA, { maxKeys: 4 }), DATA, (props, more) => {
        expectSameOutput((app) => addWidget(app, props, more), { resolvers });
      }),
      300,
    );
  });
});

describe('the data of an object', () => {
  test.each<[string, (app: App) => void]>([
    ['a field `value` of its own', (app) => addWidget(app, { value: 1000, description: 'high' })],
    ['a field `resolve`', (app) => addWidget(app, { resolve: () => ({ kind: 'Other', spec: 1 }) })],
    ['patches', (app) => addWidget(app, { spec: { a: [1] } }).addJsonPatch(JsonPatch.add('/spec/a/-', 2))],
    [
      'a way of its own to be rendered',
      (app) => {
        const object = addWidget(app, { spec: { lazy: Lazy.any({ produce: () => 1 }) } });
        const render = object.toJson.bind(object);
        object.toJson = () => ({ ...render(), mine: true });
      },
    ],
    [
      'a resolver that comes later',
      (app) => {
        app.resolvers.unshift(RESOLVER);
        addWidget(app, { spec: { secret: 'ref:password', list: ['ref:other'] } });
      },
    ],
    [
      'a resolver that was taken away',
      (app) => {
        app.resolvers.pop();
        addWidget(app, { spec: { port: kplus.k8s.IntOrString.fromNumber(1) } });
      },
    ],
    [
      'a lazy value that fails',
      (app) =>
        addWidget(app, {
          spec: Lazy.any({
            produce: () => {
              throw new Error('not yet');
            },
          }),
        }),
    ],
  ])('is rendered as by cdk8s where it has %s', (_, build) => {
    expectSameOutput(build);
  });

  test('is left to a cdk8s that renders otherwise', () => {
    jest.isolateModules(() => {
      const cdk8s = require('cdk8s') as typeof import('cdk8s');
      const toJson = cdk8s.ApiObject.prototype.toJson;
      cdk8s.ApiObject.prototype.toJson = function () {
        return { ...toJson.call(this), status: {} };
      };
      const { FastApp: IsolatedApp } = require('../../../src') as { FastApp: typeof FastApp };
      const app = new IsolatedApp();
      new cdk8s.ApiObject(new cdk8s.Chart(app, 'chart'), 'widget', { apiVersion: 'v1', kind: 'Widget' });
      expect(app.synthYaml()).toContain('status: {}');
    });
  });

  test('is refused in the words of cdk8s outside of an app', () => {
    const chart = new Chart(new Construct(undefined as any, ''), 'chart');
    const object = new ApiObject(chart, 'widget', { apiVersion: 'v1', kind: 'Widget' });
    const [error, expected] = [() => renderObject(object), () => object.toJson()].map((render) => {
      try {
        return render();
      } catch (thrown) {
        return String(thrown);
      }
    });
    expect(error).toContain("Failed serializing construct at path 'chart/widget'");
    expect(error).toBe(expected);
  });

  test('is looked up in one go', () => {
    const of = jest.spyOn(App, 'of');
    const app = new FastApp({ outdir: '/nowhere' });
    const containers = Array.from({ length: 100 }, (_, index) => ({ name: `c-${index}`, args: ['a'] }));
    addWidget(app, { spec: { containers } });
    app.synthYaml();
    of.mockClear();
    const [manifest] = app.synthChart(app.charts[0]!);
    expect(manifest.spec.containers).toHaveLength(100);
    expect(of.mock.calls.length).toBeLessThan(5);
    of.mockRestore();
  });
});
