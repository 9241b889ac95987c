import type * as kplus from 'cdk8s-plus-28';
import { isPort } from '../../private/ports';
import { validateText } from '../../private/texts';
import { describeValue, isWholeNumber } from '../../private/values';
import type { Container } from '../manifest/pod-template';
import type { RunningContainerOptions } from './container-options';

/** A request of a probe or hook. */
interface Request {
  readonly port?: unknown;
  readonly path?: unknown;
  readonly scheme?: unknown;
}

/** A probe or hook as Kubernetes takes it. */
interface RenderedHandler {
  readonly exec?: { readonly command?: readonly unknown[] };
  readonly httpGet?: Request;
  readonly tcpSocket?: { readonly port?: unknown };
  readonly [field: string]: unknown;
}

/** A probe or hook of cdk8s-plus, which shows itself only as Kubernetes takes it. */
interface Handler {
  readonly _toKube?: (container: kplus.Container) => RenderedHandler;
}

const MAY_BE_ZERO = 'initialDelaySeconds';
const NUMBERS = ['failureThreshold', 'successThreshold', MAY_BE_ZERO, 'periodSeconds', 'timeoutSeconds'];

const SCHEMES: readonly unknown[] = ['HTTP', 'HTTPS'];

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
  const { exec, httpGet, tcpSocket } = handler;
  return (
    (exec && findCommandProblem(exec.command ?? [])) ??
    findNumberProblem(prop, handler) ??
    (httpGet && findRequestProblem(httpGet)) ??
    findPortProblem(httpGet?.port ?? tcpSocket?.port)
  );
}

function findCommandProblem(command: unknown): string | undefined {
  if (!isTexts(command)) {
    return 'runs a command that is no list of texts; pass the command and its arguments';
  }
  return command.length === 0
    ? 'runs an empty command, which Kubernetes refuses; pass the command and its arguments'
    : findTextProblem(command);
}

function findNumberProblem(prop: string, handler: RenderedHandler): string | undefined {
  const wrong = NUMBERS.find((name) => !isWholeNumber(handler[name] ?? 0));
  if (wrong) {
    return `has \`${wrong}\` ${handler[wrong]}; pass a whole number of 1 or more`;
  }
  const none = NUMBERS.find((name) => handler[name] === 0 && name !== MAY_BE_ZERO);
  if (none) {
    return `has \`${none}\` 0, in place of which Kubernetes takes its default; pass 1 or more, or leave it out`;
  }
  const { successThreshold = 1 } = handler;
  return prop !== 'readiness' && successThreshold !== 1
    ? `has \`successThreshold\` ${successThreshold}, and Kubernetes takes more than 1 for \`readiness\` alone; leave it out`
    : undefined;
}

function findRequestProblem({ scheme = 'HTTP', path }: Request): string | undefined {
  return SCHEMES.includes(scheme)
    ? findTextProblem([path])
    : `has \`scheme\` ${describeValue(scheme)}; pass a ConnectionScheme (values: ${SCHEMES.join(', ')})`;
}

function findPortProblem(dialled: unknown): string | undefined {
  const port = readPort(dialled);
  return typeof port === 'number' && !isPort(port)
    ? `dials port ${port}, which is not a port number; pass an integer from 1 to 65535`
    : undefined;
}

function findTextProblem(texts: readonly unknown[]): string | undefined {
  for (const text of texts) {
    const problem = typeof text === 'string' ? validateText(text) : undefined;
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function isTexts(command: unknown): command is readonly string[] {
  return Array.isArray(command) && !Array.from(command).some((text) => typeof text !== 'string');
}

/** The number of a port, or its name. */
function readPort(port: unknown): unknown {
  return (port as { readonly value?: unknown } | undefined)?.value ?? port;
}
