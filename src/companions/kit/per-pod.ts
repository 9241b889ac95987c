import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { createError } from '../../private/errors';

/** The state of one companion in each pod that it was added to: one companion object may serve several pods. */
export class PerPod<T> {
  private readonly states = new Map<MultiContainerPod, T>();

  /** @param companion the companion as errors call it, such as `log agent "fluent-bit"` */
  public constructor(private readonly companion: string) {}

  /** Remembers the state of the companion in a pod. */
  public set(pod: MultiContainerPod, state: T): void {
    this.states.set(pod, state);
  }

  /** The pods that the companion was added to. */
  public get pods(): MultiContainerPod[] {
    return [...this.states.keys()];
  }

  /**
   * The state of the companion in a pod.
   *
   * @throws where it was not added to this pod
   */
  public find(pod: MultiContainerPod): T {
    const state = this.states.get(pod);
    if (state === undefined) {
      throw createError(pod.workload, `${this.companion} is not in this pod; call \`pod.add\` with it first`);
    }
    return state;
  }
}
