import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../pod/containers/container-options';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import type { Endpoint } from '../../pod/network/endpoint';
import type { MonitorOptions } from '../../pod/workload/monitoring';
import { createError, describeChoices } from '../../private/errors';
import { toFlagName, validateArguments } from './arguments';
import {
  type CompanionDefaults,
  type Environment,
  type RunningCompanionOptions,
  toCompanionContainer,
  validateEnvironment,
} from './companion-options';

/** Options that all exporters of this library have in common. */
export interface ExporterOptions extends RunningCompanionOptions {
  /**
   * Port at which Prometheus reads the metrics, at the path "/metrics".
   *
   * @default - the usual port of the software, which its own description gives
   */
  readonly port?: number;

  /**
   * Name of that port, unique in the pod: two exporters of one pod need two names.
   *
   * @default "metrics"
   */
  readonly portName?: string;

  /**
   * Has the Prometheus operator scrape it, with a PodMonitor. An empty object will do.
   *
   * @default - nothing is said to Prometheus; `pod.monitor` may do it later
   */
  readonly monitor?: MonitorOptions;

  /**
   * More arguments of the exporter, each as `--flag=value`.
   *
   * @default - those that it sets itself
   */
  readonly args?: string[];
}

/** Defaults of an exporter. */
export interface ExporterDefaults extends CompanionDefaults {
  /** The page that tells of the exporter alone, not of what it observes. */
  readonly livenessPath: string;
}

/** Flags on which every exporter of this library relies. */
const RELIED_ON = ['web.listen-address', 'web.telemetry-path', 'web.config.file'];

/**
 * What is wrong with what a user adds to an exporter.
 *
 * @param args arguments that it sets itself, beside that of its port
 * @param env environment variables that it sets itself
 */
export function validateExporter(
  options: ExporterOptions,
  defaults: ExporterDefaults,
  args: readonly string[],
  env: Environment = {},
): string[] {
  const { name = defaults.name } = options;
  const rules = {
    name,
    own: [...args.map(toFlagName), ...RELIED_ON],
    remedy: 'take it from a Secret, with `envVariables`',
  };
  return [...validateArguments(rules, options.args), ...validateEnvironment(name, env, options.envVariables)];
}

/**
 * The container of an exporter. It only observes: it never keeps the pod out of its Services, and what it observes may be
 * away without a restart of the exporter.
 *
 * @param args arguments that it sets itself, beside that of its port
 * @param env environment variables that it sets itself
 */
export function toExporterContainer(
  options: ExporterOptions,
  defaults: ExporterDefaults,
  args: readonly string[],
  env: Environment = {},
): SidecarProps {
  const port = options.port ?? defaults.image.port!;
  return {
    ...toCompanionContainer(options, defaults),
    args: [...args, `--web.listen-address=:${port}`, ...(options.args ?? [])],
    envVariables: { ...env, ...options.envVariables },
    ports: [{ number: port, name: options.portName ?? 'metrics' }],
    liveness: kplus.Probe.fromHttpGet(defaults.livenessPath, {
      port,
      periodSeconds: Duration.seconds(10),
      timeoutSeconds: Duration.seconds(5),
    }),
    mode: options.mode,
  };
}

/** Adds an exporter to a pod, and has it scraped where that is wanted. */
export function addExporter(pod: MultiContainerPod, { monitor, portName }: ExporterOptions, props: SidecarProps): void {
  pod.addSidecar(props);
  if (monitor) {
    pod.monitor(portName ?? 'metrics', monitor);
  }
}

/**
 * The listener that an exporter observes: that of a name, or the one TCP port of the main container.
 *
 * @param otherwise what the user may pass in place of a port
 */
export function findObservedEndpoint(
  pod: MultiContainerPod,
  name: string,
  otherwise: string,
  targetPort?: string,
): Endpoint {
  const listeners = pod.network.endpoints.filter(({ protocol }) => protocol === kplus.Protocol.TCP);
  const own = listeners.filter(({ container }) => container === pod.main.name);
  const found = targetPort === undefined ? own : listeners.filter((listener) => listener.name === targetPort);
  const known = targetPort === undefined ? own : listeners;
  const names = describeChoices(
    'ports',
    known.map((listener) => listener.name ?? String(listener.port)),
  );
  if (found.length === 0) {
    const wanted =
      targetPort === undefined ? `no TCP port of container "${pod.main.name}"` : `no TCP port "${targetPort}"`;
    throw createError(
      pod.workload,
      `exporter "${name}" finds ${wanted} to observe; list it in the \`ports\` of its container, or pass \`${otherwise}\`${names}`,
    );
  }
  if (found.length > 1) {
    throw createError(
      pod.workload,
      `exporter "${name}" could observe any port of container "${pod.main.name}"; pass the name of one as \`targetPort\`${names}`,
    );
  }
  return found[0]!;
}

/** The listener that an exporter observes, as users name it. */
interface ObservedOptions {
  readonly address?: string;
  readonly targetPort?: string;
}

/** The address of what an exporter observes: that which the user gives, or that of a listener of the pod. */
export function findObservedAddress(pod: MultiContainerPod, name: string, options: ObservedOptions): string {
  return options.address ?? findObservedEndpoint(pod, name, 'address', options.targetPort).address;
}

/** What is wrong with the address at which an exporter is to find what it observes. */
export function validateAddress(name: string, { address, targetPort }: ObservedOptions): string[] {
  if (address === undefined) {
    return [];
  }
  return [
    ...(targetPort === undefined
      ? []
      : [`\`address\` and \`targetPort\` of "${name}" are both given; pass one of them`]),
    ...(/^[^\s/@?#]+:\d+$/.test(address)
      ? []
      : [`\`address\` "${address}" of "${name}" is not a host and a port; write them as in "localhost:5432"`]),
  ];
}
