import { throwFirst } from '../../private/errors';
import { readArgument } from '../../private/read-props';

/** The last exit code that a process can have. */
const MAX_EXIT_CODE = 255;

/** Whether a container restarts for a change of its resources. */
export enum ResizeRestart {
  /** The container runs on. */
  NOT_REQUIRED = 'NotRequired',

  /** The container is restarted, for software that reads its limits once, such as a JVM. */
  RESTART_CONTAINER = 'RestartContainer',
}

/** Whether a container restarts when its resources are changed in the running pod. */
export interface ResizePolicy {
  /**
   * For a change of its CPU.
   *
   * @default ResizeRestart.NOT_REQUIRED
   */
  readonly cpu?: ResizeRestart;

  /**
   * For a change of its memory.
   *
   * @default ResizeRestart.NOT_REQUIRED
   */
  readonly memory?: ResizeRestart;
}

/** Whether an init container runs again where it fails. */
export enum InitRestartPolicy {
  /** It never does: the pod has failed. */
  NEVER = 'Never',

  /** It does, in a pod that is never restarted, too. */
  ON_FAILURE = 'OnFailure',
}

/** The deed of a rule. */
export enum RestartAction {
  /** The container runs again. */
  RESTART = 'Restart',

  /** All containers of the pod run again, init containers first, on the same node and with the same volumes. Kubernetes 1.36 or later. */
  RESTART_ALL_CONTAINERS = 'RestartAllContainers',
}

/** Exit codes of a container, and the deed that they lead to. */
export class RestartPolicyRule {
  /**
   * A deed for some exit codes.
   *
   * @param codes the exit codes, from 0 to 255
   * @param action the deed: by default the container runs again
   */
  public static onExitCodes(codes: number[], action: RestartAction = RestartAction.RESTART): RestartPolicyRule {
    return createRule('RestartPolicyRule.onExitCodes', 'In', codes, action);
  }

  /**
   * A deed for all exit codes but some.
   *
   * @param codes the exit codes that it is not for, from 0 to 255
   * @param action the deed: by default the container runs again
   */
  public static onOtherExitCodes(codes: number[], action: RestartAction = RestartAction.RESTART): RestartPolicyRule {
    return createRule('RestartPolicyRule.onOtherExitCodes', 'NotIn', codes, action);
  }

  /** @internal */
  public static _create(rule: unknown): RestartPolicyRule {
    return new RestartPolicyRule(rule);
  }

  /**
   * The rule as it stands in the manifest.
   *
   * @internal
   */
  public readonly _rule: unknown;

  private constructor(rule: unknown) {
    this._rule = rule;
  }
}

function createRule(source: string, operator: string, codes: number[], action: RestartAction): RestartPolicyRule {
  const values = readArgument('number[]', codes, source, 'codes');
  readArgument('RestartAction', action, source, 'action');
  const wrong = values.find((code) => !Number.isInteger(code) || code < 0 || code > MAX_EXIT_CODE);
  throwFirst(source, [
    ...(values.length === 0 ? ['`codes` is empty; pass at least one exit code'] : []),
    ...(wrong === undefined
      ? []
      : [`\`codes\` has ${wrong}, which is no exit code; pass whole numbers from 0 to ${MAX_EXIT_CODE}`]),
  ]);
  return RestartPolicyRule._create({ action, exitCodes: { operator, values } });
}

/** A policy as Kubernetes takes it. */
export function toResizePolicy(policy: ResizePolicy): unknown[] {
  return (['cpu', 'memory'] as const).flatMap((resourceName) => {
    const restartPolicy = policy[resourceName];
    return restartPolicy === undefined ? [] : [{ resourceName, restartPolicy }];
  });
}
