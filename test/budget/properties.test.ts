import fc from 'fast-check';
import { sumAmounts } from '../../src/budget/amounts';
import { toBudgetData } from '../../src/budget/command/formats/json';
import { renderBudget } from '../../src/budget/command/formats/render-budget';
import type { PodBudget } from '../../src/budget/pod-budget';
import { toPodUsage } from '../../src/budget/quota-usage';
import { CASES } from '../oracle/budget-cases';
import { assertAlways } from '../runs';
import { budgetOf, show } from './support';

interface Spec {
  readonly containers: readonly object[];
  readonly initContainers: readonly object[];
}

function sumOf(pod: object, ranges: readonly object[]): PodBudget {
  return budgetOf([pod, ...ranges]).pods[0]!;
}

function withSpec(pod: any, change: (spec: Spec) => object): object {
  return { ...pod, spec: { ...pod.spec, resources: undefined, ...change(pod.spec) } };
}

test('the parts of a pod are together the whole', () => {
  assertAlways(
    fc.property(CASES, ({ pod, ranges }) => {
      const { parts, requests, limits } = sumOf(pod, ranges);
      const all = [...parts.values()];
      const withoutZeros = (amounts: ReadonlyMap<string, bigint>) =>
        new Map([...amounts].filter(([, amount]) => amount !== 0n));
      expect(show(withoutZeros(sumAmounts(all.map((part) => part.requests))))).toBe(show(withoutZeros(requests)));
      expect(show(withoutZeros(sumAmounts(all.map((part) => part.limits))))).toBe(show(withoutZeros(limits)));
    }),
    1_000,
  );
});

test('the order of the containers does not matter', () => {
  assertAlways(
    fc.property(CASES, ({ pod, ranges }) => {
      const turned = withSpec(pod, ({ containers }) => ({ containers: [...containers].reverse() }));
      const plain = withSpec(pod, () => ({}));
      const [a, b] = [sumOf(turned, ranges), sumOf(plain, ranges)];
      expect([show(a.requests), show(a.limits), a.qos]).toEqual([show(b.requests), show(b.limits), b.qos]);
    }),
    1_000,
  );
});

test('one container more never takes less', () => {
  const extra = { name: 'extra', image: 'acme/app:1', resources: { limits: { cpu: '70m', memory: '70Mi' } } };
  const changes = [
    ({ containers }: Spec) => ({ containers: [...containers, extra] }),
    ({ initContainers }: Spec) => ({ initContainers: [...initContainers, extra] }),
    ({ initContainers }: Spec) => ({ initContainers: [{ ...extra, restartPolicy: 'Always' }, ...initContainers] }),
  ];
  assertAlways(
    fc.property(CASES, fc.constantFrom(...changes), ({ pod, ranges }, change) => {
      const [before, after] = [withSpec(pod, () => ({})), withSpec(pod, change)].map((one) => sumOf(one, ranges));
      for (const half of ['requests', 'limits'] as const) {
        for (const [name, amount] of before![half]) {
          expect(after![half].get(name)! >= amount).toBe(true);
        }
      }
    }),
    1_000,
  );
});

test('a quota counts what the pods request, so many times', () => {
  assertAlways(
    fc.property(CASES, fc.nat(9), ({ pod, quota }, replicas) => {
      const { spec } = pod as { spec: object };
      const owner = {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'a' },
        spec: { replicas, template: { spec } },
      };
      const plain = { ...quota, spec: { ...(quota as { spec: object }).spec, scopes: [], scopeSelector: undefined } };
      const budget = budgetOf([owner, plain]);
      const usage = toPodUsage(budget.pods[0]!);
      for (const { name, used } of budget.quotas[0]!.lines) {
        expect(used.most).toBe((usage.get(name) ?? 0n) * BigInt(replicas));
      }
    }),
    500,
  );
});

describe('any data', () => {
  const value = fc.oneof(
    fc.constantFrom('100m', '64Mi', '-1', '1e400', 'x', '', null, -1, 0, 1.5, Number.NaN, true, [], {}, [null], '25%'),
    fc.anything({ maxDepth: 2 }),
  );
  const list = fc.dictionary(
    fc.constantFrom('cpu', 'memory', 'pods', 'hugepages-2Mi', '__proto__', 'a|b\u001b'),
    value,
  );
  const resources = fc.record({ requests: fc.oneof(list, value), limits: fc.oneof(list, value) }, { requiredKeys: [] });
  const container = fc.oneof(fc.record({ name: value, image: value, resources, restartPolicy: value }), value);
  const spec = fc.record(
    {
      containers: fc.oneof(fc.array(container), value),
      initContainers: fc.oneof(fc.array(container), value),
      resources: fc.oneof(resources, value),
      overhead: fc.oneof(list, value),
      volumes: fc.oneof(fc.array(fc.record({ name: value, emptyDir: fc.constant({ medium: 'Memory' }) })), value),
      runtimeClassName: value,
    },
    { requiredKeys: [] },
  );
  const object = fc.oneof(
    fc.record({
      apiVersion: fc.constantFrom(
        'v1',
        'apps/v1',
        'batch/v1',
        'argoproj.io/v1alpha1',
        'autoscaling/v2',
        'keda.sh/v1alpha1',
      ),
      kind: fc.constantFrom(
        'Pod',
        'Deployment',
        'CronJob',
        'Rollout',
        'ResourceQuota',
        'LimitRange',
        'HorizontalPodAutoscaler',
        'Service',
      ),
      metadata: value,
      spec: fc.oneof(
        spec,
        fc.record({ replicas: value, strategy: value, template: fc.record({ spec }), parallelism: value }),
        fc.record({
          hard: fc.oneof(list, value),
          scopes: value,
          limits: fc.array(fc.record({ type: fc.constant('Container'), max: list, min: value })),
        }),
      ),
    }),
    value,
  );

  test('is summed up without failing, in every format', () => {
    assertAlways(
      fc.property(fc.array(object, { maxLength: 6 }), (objects) => {
        const budget = budgetOf(objects, { fleet: 10 });
        for (const format of ['text', 'json', 'markdown'] as const) {
          expect(renderBudget(format, budget, []).includes('\u001b')).toBe(false);
        }
        expect(toBudgetData(budget, [])).toBeDefined();
      }),
      1_000,
    );
  });
});
