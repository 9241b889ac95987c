import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type KeepAvailableOptions, MultiContainerPod } from '../../../src/index';
import { newChart, newDeployment } from '../../support';

const { absolute, percent } = kplus.PercentOrAbsolute;

function compose(replicas?: number) {
  const chart = newChart();
  return { chart, pod: MultiContainerPod.of(newDeployment(chart, { replicas })) };
}

describe('a disruption budget', () => {
  test('fails with both of its bounds', () => {
    expect(() => compose().pod.keepAvailable({ minAvailable: absolute(1), maxUnavailable: absolute(1) })).toThrow(
      new Error(
        '[shop/web] `minAvailable` and `maxUnavailable` are both given, and Kubernetes takes one of them; pass one',
      ),
    );
  });

  test('fails as the second one of a workload', () => {
    const { pod } = compose();
    pod.keepAvailable();
    expect(() => pod.keepAvailable()).toThrow(
      new Error('[shop/web] the workload already has a disruption budget; call `keepAvailable` once'),
    );
  });

  test.each<[number, KeepAvailableOptions, string]>([
    [2, { minAvailable: absolute(2) }, '2 pods go (`minAvailable` 2)'],
    [1, { minAvailable: absolute(1) }, '1 pod go (`minAvailable` 1)'],
    [2, { minAvailable: percent(51) }, '2 pods go (`minAvailable` 51%)'],
    [1, { minAvailable: percent(1) }, '1 pod go (`minAvailable` 1%)'],
    [4, { minAvailable: percent(76) }, '4 pods go (`minAvailable` 76%)'],
    [4, { minAvailable: percent(100) }, '4 pods go (`minAvailable` 100%)'],
    [4, { maxUnavailable: absolute(0) }, '4 pods go (`maxUnavailable` 0)'],
    [4, { maxUnavailable: percent(0) }, '4 pods go (`maxUnavailable` 0%)'],
  ])('fails where it would block every drain of %d pods: %j', (replicas, options, text) => {
    const { chart, pod } = compose(replicas);
    pod.keepAvailable(options);
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        `Validation failed with the following errors:\n  [shop/web] the disruption budget lets none of ${text}, so no node with one of them could ever be drained; keep fewer or run more`,
      ),
    );
  });

  test.each<[number, KeepAvailableOptions]>([
    [2, { minAvailable: percent(50) }],
    [4, { minAvailable: percent(75) }],
    [1, { maxUnavailable: percent(1) }],
    [3, { minAvailable: absolute(2) }],
  ])('lets one of %d pods go, because Kubernetes rounds up: %j', (replicas, options) => {
    const { pod } = compose(replicas);
    pod.keepAvailable(options);
    expect(pod.workload.node.validate()).toEqual([]);
  });

  test('fails where the autoscaler may leave no more pods than it keeps', () => {
    const { chart, pod } = compose(5);
    pod.keepAvailable({ minAvailable: absolute(3) });
    pod.scaleOnCpu({ averageUtilization: 60, minReplicas: 3, maxReplicas: 5 });
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] the disruption budget lets none of 3 pods go (`minAvailable` 3), so no node with one of them could ever be drained; keep fewer or run more',
      ),
    );
  });

  test('selects what the workload selects in the end', () => {
    const chart = newChart();
    const deployment = newDeployment(chart, { replicas: 3, select: false });
    MultiContainerPod.of(deployment).keepAvailable();
    deployment.select(kplus.LabelSelector.of({ labels: { tier: 'web' } }));
    const { spec } = Testing.synth(chart).find(({ kind }) => kind === 'PodDisruptionBudget');
    expect(spec.selector).toEqual({ matchLabels: { tier: 'web' } });
  });

  test('fails where the workload selects nothing', () => {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart, { replicas: 3, select: false })).keepAvailable();
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] the workload selects no labels, so its disruption budget would mean every pod of the namespace; call `select`',
      ),
    );
  });
});
