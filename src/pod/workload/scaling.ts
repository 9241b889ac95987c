import { ApiObject, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { findOwner, throwFirst } from '../../private/errors';
import { MAX_INT } from '../../private/values';
import type { Inventory } from '../containers/inventory';
import { CONTAINER_METRICS, EVICTION_POLICIES, hasFeature, validateFeature } from '../defaults/kubernetes';
import type { PodTemplate } from '../manifest/pod-template';
import type { PodPart } from '../pod-part';
import { ExistingPod } from './existing-pod';

/** Options of the autoscaler, by which the number of pods follows the load. */
export interface ScaleOnCpuOptions {
  /**
   * The fewest pods.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /** The most pods. */
  readonly maxReplicas: number;

  /** CPU use of the main container to aim at, in percent of its CPU request. */
  readonly averageUtilization: number;

  /**
   * Rules for the speed at which pods are added.
   *
   * @default - the defaults of `kplus.HorizontalPodAutoscaler`
   */
  readonly scaleUp?: kplus.ScalingRules;

  /**
   * Rules for the speed at which pods are removed.
   *
   * @default - the defaults of `kplus.HorizontalPodAutoscaler`
   */
  readonly scaleDown?: kplus.ScalingRules;
}

/** Number of pods that stay up, or may be down, while nodes are drained. Give one of the two. */
export interface KeepAvailableOptions {
  /**
   * Number of pods that must stay up.
   *
   * @default - `maxUnavailable` says it
   */
  readonly minAvailable?: kplus.PercentOrAbsolute;

  /**
   * Number of pods that may be down.
   *
   * @default - one, where `minAvailable` is not given either
   */
  readonly maxUnavailable?: kplus.PercentOrAbsolute;
}

type Scalable = kplus.Deployment | kplus.StatefulSet;

/** The kinds whose number of pods is set by a field, which an autoscaler may set as well. */
const SCALABLE = [
  ...['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'],
  ...['Rollout', 'CloneSet', 'DeploymentConfig'],
];

/** The number of pods, and their spread over nodes. */
export class Scaling implements PodPart {
  private autoscaler?: { readonly min: number; readonly max: number };
  private budget?: KeepAvailableOptions;
  private spreads = false;

  public constructor(private readonly inventory: Inventory) {}

  /** An autoscaler on the main container's own CPU: the agents beside it do not dilute the average. */
  public scaleOnCpu(options: ScaleOnCpuOptions): kplus.HorizontalPodAutoscaler {
    const { minReplicas = 1, maxReplicas, averageUtilization, scaleUp, scaleDown } = options;
    const workload = this.getScalable('scaled');
    const { main } = this.inventory;
    throwFirst(this.inventory.workload, this.validateScaling(workload, main, { ...options, minReplicas }));
    this.autoscaler = { min: minReplicas, max: options.maxReplicas };
    return new kplus.HorizontalPodAutoscaler(this.scope, 'autoscaler', {
      metadata: this.metadata,
      target: omitReplicas(workload),
      minReplicas,
      maxReplicas,
      metrics: [
        kplus.Metric.containerCpu({
          container: main,
          target: kplus.MetricTarget.averageUtilization(averageUtilization),
        }),
      ],
      scaleUp,
      scaleDown,
    });
  }

  /** A PodDisruptionBudget, so that a node drain takes the pods down one after another. */
  public keepAvailable(options: KeepAvailableOptions): ApiObject {
    const workload = this.getScalable('kept available');
    const { minAvailable } = options;
    const maxUnavailable = options.maxUnavailable ?? (minAvailable ? undefined : kplus.PercentOrAbsolute.absolute(1));
    if (minAvailable && maxUnavailable) {
      throw this.inventory.createPodError(
        '`minAvailable` and `maxUnavailable` are both given, and Kubernetes takes one of them; pass one',
      );
    }
    if (this.budget) {
      throw this.inventory.createPodError('the workload already has a disruption budget; call `keepAvailable` once');
    }
    this.budget = { minAvailable, maxUnavailable };
    return new kplus.k8s.KubePodDisruptionBudget(this.scope, 'disruption-budget', {
      metadata: this.metadata,
      spec: {
        minAvailable: toIntOrString(minAvailable),
        maxUnavailable: toIntOrString(maxUnavailable),
        selector: Lazy.any({ produce: () => toLabelSelector(workload) }) as kplus.k8s.LabelSelector,
        unhealthyPodEvictionPolicy: hasFeature(this.inventory.defaults, EVICTION_POLICIES) ? 'AlwaysAllow' : undefined,
      },
    });
  }

  /** The number of pods that there may be at once, as far as it is stated: one of each node for a DaemonSet. */
  public get pods(): number {
    return this.kind === 'DaemonSet' ? Number.POSITIVE_INFINITY : (this.autoscaler?.max ?? this.replicas);
  }

  /** Spreads the pods over nodes and zones, as far as there are any. */
  public spread(): void {
    this.getScalable('spread');
    this.spreads = true;
  }

  /** Problems of the disruption budget. */
  public _validate(): string[] {
    return this.budget ? [...this.validateBudget(this.budget), ...this.validateSelector()] : [];
  }

  private validateBudget({ minAvailable, maxUnavailable }: KeepAvailableOptions): string[] {
    const fewest = this.autoscaler?.min ?? this.replicas;
    const kept = minAvailable ? countPods(minAvailable, fewest) : fewest - countPods(maxUnavailable, fewest);
    const asked = minAvailable
      ? `\`minAvailable\` ${minAvailable.value}`
      : `\`maxUnavailable\` ${maxUnavailable?.value}`;
    return kept >= fewest
      ? [
          `the disruption budget lets none of ${fewest} pod${fewest === 1 ? '' : 's'} go (${asked}), so no node with one of them could ever be drained; keep fewer or run more`,
        ]
      : [];
  }

  private validateSelector(): string[] {
    const { matchLabels = {}, matchExpressions = [] } = toLabelSelector(this.getScalable('kept available'));
    return Object.keys(matchLabels).length + matchExpressions.length === 0
      ? [
          'the workload selects no labels, so its disruption budget would mean every pod of the namespace; call `select`',
        ]
      : [];
  }

  /** Completes the rendered pod where there can be several. */
  public _complete({ spec }: PodTemplate): void {
    if (!this.spreads || !(this.autoscaler || this.replicas > 1)) {
      return;
    }
    const labelSelector = toLabelSelector(this.getScalable('spread'));
    const constraints = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector,
    }));
    spec.topologySpreadConstraints = [
      ...((spec.topologySpreadConstraints as object[] | undefined) ?? []),
      ...constraints,
    ];
  }

  private validateScaling(workload: Scalable, main: kplus.Container, options: ScaleOnCpuOptions): string[] {
    if (this.autoscaler || workload.hasAutoscaler) {
      return ['the workload already has an autoscaler; keep one of them'];
    }
    if (!main.resources?.cpu?.request) {
      return [
        `container "${main.name}" has no CPU request, of which the autoscaler would take a percentage; pass \`resources\` with \`cpu.request\``,
      ];
    }
    const lack = validateFeature(
      this.inventory.defaults,
      CONTAINER_METRICS,
      'the autoscaler would measure the main container alone',
      'scale without `scaleOnCpu`',
    );
    return [...lack, ...validateReplicas(options, workload.replicas)];
  }

  /** The scope of the objects beside the workload: the pattern that made it, or the workload itself. */
  private get scope(): Construct {
    return findOwner(this.inventory.workload) as Construct;
  }

  /** They must be in the namespace of the pods. */
  private get metadata(): { readonly namespace?: string } {
    return { namespace: this.inventory.workload.metadata.namespace };
  }

  private get replicas(): number {
    const { workload } = this.inventory;
    const isOfPlus = this.kind === 'Deployment' && !(workload instanceof ExistingPod);
    return (workload as Scalable).replicas ?? (isOfPlus ? 2 : 1); // cdk8s-plus writes two, and Kubernetes itself makes one
  }

  private get kind(): string {
    return ApiObject.of(this.inventory.workload).kind;
  }

  private getScalable(verb: string): Scalable {
    if (!SCALABLE.includes(this.kind)) {
      throw this.inventory.createPodError(
        `a ${this.kind} cannot be ${verb}, because nothing sets its number of pods; use a Deployment or StatefulSet`,
      );
    }
    return this.inventory.workload as Scalable;
  }
}

function validateReplicas(options: ScaleOnCpuOptions, replicas?: number): string[] {
  const { minReplicas = 1, maxReplicas, averageUtilization } = options;
  if (!Number.isInteger(averageUtilization) || averageUtilization < 1) {
    return [`\`averageUtilization\` is ${averageUtilization}; pass a whole number of percent, such as 60`];
  }
  if (![minReplicas, maxReplicas].every(Number.isInteger) || minReplicas < 1 || maxReplicas < minReplicas) {
    return [
      `\`minReplicas\` is ${minReplicas} and \`maxReplicas\` ${maxReplicas}; pass whole numbers, the first at least 1 and the second no less`,
    ];
  }
  const [tooMany] = Object.entries({ maxReplicas, averageUtilization }).filter(([, number]) => number > MAX_INT);
  if (tooMany) {
    return [`\`${tooMany[0]}\` is ${tooMany[1]}; pass at most ${MAX_INT}`];
  }
  return replicas !== undefined && (replicas < minReplicas || replicas > maxReplicas)
    ? [
        `\`replicas\` ${replicas} is outside of what the autoscaler keeps, ${minReplicas} to ${maxReplicas}; make them agree or leave \`replicas\` out`,
      ]
    : [];
}

/**
 * The workload as a target that states no replicas: the autoscaler owns the number from the start, and cdk8s-plus refuses
 * a target that has one.
 */
function omitReplicas(workload: Scalable): kplus.IScalable {
  return {
    hasAutoscaler: false,
    markHasAutoscaler: () => workload.markHasAutoscaler(),
    toScalingTarget: () => ({ ...workload.toScalingTarget(), replicas: undefined }),
  };
}

function toLabelSelector(workload: Scalable): kplus.k8s.LabelSelector {
  const { matchLabels, matchExpressions } = workload;
  return { matchLabels, matchExpressions: matchExpressions.length > 0 ? matchExpressions : undefined };
}

/** The number of pods that an amount means; Kubernetes rounds percentages up. */
function countPods(amount: kplus.PercentOrAbsolute | undefined, pods: number): number {
  const value = amount?.value ?? 0;
  return typeof value === 'number' ? value : Math.ceil((pods * Number.parseFloat(value)) / 100);
}

function toIntOrString(amount?: kplus.PercentOrAbsolute): kplus.k8s.IntOrString | undefined {
  if (!amount) {
    return undefined;
  }
  return typeof amount.value === 'number'
    ? kplus.k8s.IntOrString.fromNumber(amount.value)
    : kplus.k8s.IntOrString.fromString(amount.value);
}
