import type * as kplus from 'cdk8s-plus-28';
import { isPort } from '../../private/ports';
import { validateText } from '../../private/texts';
import { isWholeNumber } from '../../private/values';
import type { Container } from '../manifest/pod-template';
import type { RunningContainerOptions } from './container-options';

/** A probe or hook as Kubernetes takes it. */
interface RenderedHandler {
  readonly exec?: { readonly command?: readonly unknown[] };
  readonly httpGet?: { readonly port?: unknown; readonly path?: unknown };
  readonly tcpSocket?: { readonly port?: unknown };
  readonly [field: string]: unknown;
}

/** A probe or hook of cdk8s-plus, which shows itself only as Kubernetes takes it. */
interface Handler {
  readonly _toKube?: (container: kplus.Container) => RenderedHandler;
}

const NUMBERS = ['failureThreshold', 'successThreshold', 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds'];

/** Whom a probe without a port asks for one, before there is a container. */
const NO_CONTAINER = { portNumber: undefined } as kplus.Container;

/** The probes and hooks of a container. */
export type Handlers = Pick<RunningContainerOptions, 'liveness' | 'readiness' | 'startup' | 'lifecycle'>;

/** Reasons why Kubernetes would refuse probes and hooks that a container is about to get. */
export function validateHandlers(name: string, options: Handlers): string[] {
  const { liveness, readiness, startup, lifecycle } = options;
  return [
    ...validateUnrendered(name, 'liveness', liveness),
    ...validateUnrendered(name, 'readiness', readiness),
    ...validateUnrendered(name, 'startup', startup),
    ...validateUnrendered(name, 'lifecycle.postStart', lifecycle?.postStart),
    ...validateUnrendered(name, 'lifecycle.preStop', lifecycle?.preStop),
  ];
}

/** The same for a rendered container. */
export function validateRenderedHandlers(container: Container): string[] {
  const { name, livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  return [
    ...validateHandler(name, 'liveness', livenessProbe as RenderedHandler | undefined),
    ...validateHandler(name, 'readiness', readinessProbe as RenderedHandler | undefined),
    ...validateHandler(name, 'startup', startupProbe as RenderedHandler | undefined),
    ...validateHandler(name, 'lifecycle.postStart', lifecycle?.postStart as RenderedHandler | undefined),
    ...validateHandler(name, 'lifecycle.preStop', lifecycle?.preStop as RenderedHandler | undefined),
  ];
}

function validateUnrendered(name: string, prop: string, handler?: kplus.Probe | kplus.Handler): string[] {
  try {
    return handler ? validateHandler(name, prop, (handler as Handler)._toKube?.(NO_CONTAINER)) : [];
  } catch (error) {
    return [
      `\`${prop}\` of container "${name}" cannot be written (${(error as Error).message}); pass durations of whole seconds`,
    ];
  }
}

function validateHandler(container: string, prop: string, handler?: RenderedHandler): string[] {
  const problem = handler && findHandlerProblem(prop, handler);
  return problem ? [`\`${prop}\` of container "${container}" ${problem}`] : [];
}

function findHandlerProblem(prop: string, handler: RenderedHandler): string | undefined {
  const { exec, httpGet, tcpSocket, successThreshold = 1 } = handler;
  if (exec?.command?.length === 0) {
    return 'runs an empty command, which Kubernetes refuses; pass the command and its arguments';
  }
  const wrong = NUMBERS.find((name) => !isWholeNumber(handler[name] ?? 0));
  if (wrong) {
    return `has \`${wrong}\` ${handler[wrong]}; pass a whole number of 1 or more`;
  }
  if (prop !== 'readiness' && successThreshold !== 0 && successThreshold !== 1) {
    return `has \`successThreshold\` ${successThreshold}, and Kubernetes takes more than 1 for \`readiness\` alone; leave it out`;
  }
  const port = readPort(httpGet?.port ?? tcpSocket?.port);
  if (typeof port === 'number' && !isPort(port)) {
    return `dials port ${port}, which is not a port number; pass an integer from 1 to 65535`;
  }
  for (const text of [...(exec?.command ?? []), httpGet?.path]) {
    const problem = typeof text === 'string' ? validateText(text) : undefined;
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/** The number of a port, or its name. */
function readPort(port: unknown): unknown {
  return (port as { readonly value?: unknown } | undefined)?.value ?? port;
}
