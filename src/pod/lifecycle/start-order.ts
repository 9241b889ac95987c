import * as kplus from 'cdk8s-plus-28';
import { describeChoices, throwFirst } from '../../private/errors';
import { canHangAtStart } from '../../private/start-order';
import type { Inventory } from '../containers/inventory';
import type { Container, PodSpec } from '../manifest/pod-template';

/** Options of a companion that joins a pod. */
export interface AddOptions {
  /**
   * Name of the init container or native sidecar before which the companion starts, such as a migration that needs the proxy
   * to its database. Everything that the companion adds to the init containers of the pod stands there, in its own order.
   *
   * @default - it starts after all init containers and native sidecars that are there
   */
  readonly before?: string;
}

/** Containers that start before one that was there before them. */
interface Placement {
  readonly names: ReadonlySet<string>;
  readonly before: string;
}

/**
 * The order of the init containers and native sidecars of a pod, where it is not that in which they were added. cdk8s-plus
 * appends only, so they are put in order in the rendered manifest.
 */
export class StartOrder {
  private readonly placements: Placement[] = [];
  private readonly placed = new Set<string>();
  private mayRestart = false;

  public constructor(private readonly inventory: Inventory) {}

  /** Runs what adds containers, and lets the native sidecars and init containers among them start before another. */
  public place(add: () => void, { before }: AddOptions): void {
    if (before === undefined) {
      add();
      return;
    }
    const { workload } = this.inventory;
    throwFirst(workload, this.validateTarget(before));
    const [inits, others] = [workload.initContainers.length, workload.containers.length];
    add();
    const added = workload.initContainers.slice(inits).map(({ name }) => name);
    throwFirst(workload, added.length > 0 ? [] : explainNothingToPlace(workload.containers.slice(others), before));
    const names = added.filter((name) => !this.placed.has(name));
    this.placements.push({ names: new Set(names), before });
    for (const name of names) {
      this.placed.add(name);
    }
  }

  /**
   * Lets the containers of a pod that is never restarted be restarted after all, where it could else hang at its start: where it
   * has a native sidecar with a startup probe.
   */
  public preferStart(): void {
    this.mayRestart = true;
  }

  /** Puts the rendered init containers in order. */
  public complete(spec: PodSpec): void {
    for (const placement of this.placements) {
      spec.initContainers = applyPlacement(spec.initContainers ?? [], placement);
    }
    if (this.mayRestart && canHangAtStart(spec)) {
      spec.restartPolicy = kplus.RestartPolicy.ON_FAILURE;
    }
  }

  private validateTarget(before: string): string[] {
    const { workload } = this.inventory;
    if (this.inventory.isInit(before)) {
      return [];
    }
    const known = describeChoices(
      'init containers',
      workload.initContainers.map(({ name }) => name),
    );
    return this.inventory.tryFind(before)
      ? [
          `\`before\` is "${before}", an ordinary container, which starts after all init containers and native sidecars anyway; leave \`before\` out, or pass the name of an init container${known}`,
        ]
      : [
          `\`before\` is "${before}", but there is no init container of this name in this pod${known}; add it first, or leave \`before\` out`,
        ];
  }
}

function explainNothingToPlace(added: readonly kplus.Container[], before: string): string[] {
  const names = added.map(({ name }) => `"${name}"`).join(', ');
  return [
    names === ''
      ? `the companion adds no container that could start before "${before}"; leave \`before\` out`
      : `the companion adds ordinary containers alone (${names}), which start after "${before}"; use SidecarMode.NATIVE, or leave \`before\` out`,
  ];
}

/** The containers with some of them before another; as they are where a JSON patch has taken that away. */
function applyPlacement(containers: readonly Container[], { names, before }: Placement): Container[] {
  const moved = containers.filter(({ name }) => names.has(name));
  const others = containers.filter(({ name }) => !names.has(name));
  const place = others.findIndex(({ name }) => name === before);
  return place < 0 ? [...containers] : [...others.slice(0, place), ...moved, ...others.slice(place)];
}
