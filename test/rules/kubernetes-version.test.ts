import { ApiObject, Chart, Testing } from 'cdk8s';
import { PodDefaults, PodRules, PodRulesValidation } from '../../src';
import { toPassPodRules } from '../../src/testing/matchers/to-pass-pod-rules';

/** A pod with fields of Kubernetes 1.35, before which the API server refuses it, and of 1.37. */
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    containers: [{ name: 'web', image: 'acme/web:1.4', restartPolicy: 'OnFailure' }],
    volumes: [{ name: 'data', emptyDir: { mode: 0o770 } }],
  },
};
const TOO_NEW = ['unknown-field', 'restart-policy'];

const errorsOf = (manifest: object, kubernetesVersion?: string) =>
  PodRules.check([manifest], { kubernetesVersion })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);

test.each([
  [undefined, []],
  ['1.37', []],
  ['1.35', ['unknown-field']],
  ['1.34', TOO_NEW],
  ['v1.29.4', TOO_NEW],
])('a pod for Kubernetes %j has the errors %j', (version, errors) => {
  expect(errorsOf(POD, version).sort()).toEqual([...errors].sort());
});

test('a field that is required in some versions is missing in those', () => {
  const scaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' } };
  const isMissing = (version: string) => errorsOf(scaler, version).includes('required-field');
  expect([isMissing('1.35'), isMissing('1.36')]).toEqual([false, true]);
});

test.each(['1.28', '1.38', '1', 'newest', '2.31', ''])('%j is no version that the rules know', (version) => {
  const error = `\`kubernetesVersion\` is "${version}", which is no version of Kubernetes that the rules know; pass one from "1.29" to "1.37"`;
  expect(() => PodRules.check([], { kubernetesVersion: version })).toThrow(new Error(`[PodRules] ${error}`));
  expect(() => PodRules.checkYaml('', { kubernetesVersion: version })).toThrow(error);
  expect(() => PodRules.enforce(new Chart(Testing.app(), 'a'), { kubernetesVersion: version })).toThrow(error);
  expect(() => new PodRulesValidation({ kubernetesVersion: version })).toThrow(error);
  expect(() => toPassPodRules([POD], { kubernetesVersion: version })).toThrow(error);
});

test('the matcher holds manifests against a version', () => {
  const options = { failOn: 'error', severities: {} } as const;
  expect(toPassPodRules([POD], options as object).pass).toBe(true);
  expect(toPassPodRules([POD], { ...options, kubernetesVersion: '1.34' } as object).pass).toBe(false);
});

describe('in an app', () => {
  const chartFor = (kubernetes?: string) => {
    const chart = new Chart(Testing.app(), 'shop');
    if (kubernetes) {
      PodDefaults.of(chart).add({ kubernetes });
    }
    new ApiObject(chart, 'web', POD);
    return chart;
  };

  test.each([
    ['1.34', true],
    ['1.37', false],
    ['1.20', true],
    ['1.99', false],
    [undefined, false],
  ])('the version is that of `PodDefaults`, or the nearest that is known: %j', (version, fails) => {
    const chart = chartFor(version);
    PodRules.enforce(chart);
    expect([() => Testing.synth(chart)].map(throws)).toEqual([fails]);
  });

  test('the version that is enforced comes first', () => {
    const chart = chartFor('1.34');
    PodRules.enforce(chart, { kubernetesVersion: '1.37' });
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  function throws(call: () => unknown): boolean {
    try {
      call();
      return false;
    } catch (error) {
      return (error as Error).message.includes('(restart-policy)');
    }
  }
});
