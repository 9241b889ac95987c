import { Duration, type Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Protocol } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { MainContainerProps, RunningContainerOptions } from '../pod/containers/container-options';
import { PreStopSleep } from '../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../pod/logs/log-files';
import type { LogRotation } from '../pod/logs/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { ClaimOptions } from '../pod/network/pod-network';
import type { ConfigFilesOptions } from '../pod/storage/pod-storage';
import { toWholeSeconds } from '../private/durations';
import { throwFirst } from '../private/errors';
import { buildHealthProbes, validateHealthPath } from './health';

/**
 * Options of every main container that answers requests: the check of its health, and its stop. It has
 * probes where none are given.
 */
export interface ServingOptions extends RunningContainerOptions {
  /**
   * Path that answers 2xx or 3xx while it is healthy. Becomes its `startup`, `readiness` and `liveness`, where they are
   * not given themselves; it has three minutes to start.
   *
   * @default - it is ready while its port is open, and never restarted for its health
   */
  readonly healthPath?: string;

  /**
   * Whether it listens on the loopback interface alone, out of reach of other pods: for a pod whose requests enter through
   * a proxy. Out of reach of the kubelet, too, so it takes `healthPort`, or probes that ask elsewhere.
   *
   * @default false
   */
  readonly loopback?: boolean;

  /**
   * Port that answers the kubelet's probes on all interfaces, where that is another one than `port`. Named `health`.
   *
   * @default - the probes ask `port`
   */
  readonly healthPort?: number;

  /**
   * The time it may take to finish open requests after its stop signal.
   *
   * @default Duration.seconds(25)
   */
  readonly drain?: Duration;

  /**
   * The time it goes on serving after the pod was told to stop, while other nodes still send requests to it.
   *
   * @default - 5 seconds where `preStopSleep` is given, none otherwise
   */
  readonly preStopPause?: Duration;

  /**
   * The means by which it waits for `preStopPause`.
   *
   * @default - nothing: requests that arrive during the removal of the endpoint may fail
   */
  readonly preStopSleep?: PreStopSleep;
}

/** A main container, and what its pod must know of it. */
export interface ServingParts {
  readonly container: MainContainerProps;
  readonly port?: number;
  /** Whether the port is open on the loopback interface alone. */
  readonly loopback?: boolean;
  /** The port that the kubelet's probes ask, where it is another one. */
  readonly healthPort?: number;
  /** Without `sleep` the image has the command. */
  readonly pause?: { readonly time: Duration; readonly sleep?: PreStopSleep };
  readonly drain: Duration;
}

/** The parts that a web server of any image brings to a pod. */
export interface WebServerParts extends ServingParts {
  readonly port: number;
  /** The directory of the files that it serves, where that is known. */
  readonly contentDirectory?: string;
  readonly logs: readonly LogFiles[];
  readonly rotation?: LogRotation;
  readonly logSizeLimit?: Size;
  /** Ports that it opens without root, by the props that say so. */
  readonly opened?: { readonly [prop: string]: number | undefined };
  readonly listeners?: readonly Omit<ClaimOptions, 'container'>[];
  readonly configurations: readonly ConfigFilesOptions[];
}

type NamedOptions = ServingOptions & { readonly name: string; readonly port?: number };

/**
 * The container with its port and the probes that are not given.
 *
 * @param where whom errors name
 */
export function toServingParts(where: Construct | string, options: NamedOptions): ServingParts {
  throwFirst(where, [...validateServedPorts(options), ...validatePause(options), ...validateHealth(options)]);
  const { port, loopback, healthPort, healthPath, preStopPause, preStopSleep, drain, ...container } = options;
  const asked = healthPort ?? port;
  const health = asked === undefined ? {} : buildHealthProbes(asked, healthPath);
  return {
    container: {
      ...container,
      startup: options.startup ?? health.startup,
      readiness: options.readiness ?? health.readiness,
      liveness: options.liveness ?? health.liveness,
      ports: toServedPorts(options),
    },
    port,
    loopback,
    healthPort,
    pause: preStopSleep && { time: preStopPause ?? Duration.seconds(5), sleep: preStopSleep },
    drain: drain ?? Duration.seconds(25),
  };
}

/** Makes it the main container of a pod that has none. */
export function addServing(pod: MultiContainerPod, parts: ServingParts): kplus.Container {
  const { container, port, loopback, healthPort, pause, drain } = parts;
  const main = pod._addMainContainer(container);
  if (loopback && port !== undefined) {
    pod.network.claim({ container: container.name, port, name: 'http', loopback });
  }
  if (healthPort !== undefined) {
    pod.network.claim({ container: container.name, port: healthPort, name: 'health', exposed: false });
  }
  const seconds = pause ? toWholeSeconds(pause.time) : 0;
  if (pause && seconds > 0) {
    const means = pause.sleep ?? pod.lifecycle._sleep ?? PreStopSleep.COMMAND;
    pod.lifecycle.waitBeforeStop(container.name, pause.time, means);
  }
  pod.lifecycle.declareMainStop(Duration.seconds(seconds + toWholeSeconds(drain)));
  return main;
}

/** Its port comes first, and once; what is open on loopback alone is not listed. */
function toServedPorts({ port, ports = [], loopback }: NamedOptions): MainContainerProps['ports'] {
  const more = ports.filter(({ number, protocol = Protocol.TCP }) => number !== port || protocol !== Protocol.TCP);
  return [...(loopback || port === undefined ? [] : [{ number: port, name: 'http' }]), ...more];
}

/** Another port of the name that its own port has. */
function validateServedPorts({ port, ports = [] }: NamedOptions): string[] {
  const other = ports.find(({ number, name }) => name === 'http' && number !== port);
  return port !== undefined && other
    ? [`\`ports\` names ${other.number} "http", and that is the name of \`port\` ${port}; pass another name`]
    : [];
}

/** A health that the kubelet cannot ask for. */
function validateHealth({ name, port, loopback, healthPort, healthPath, readiness }: NamedOptions): string[] {
  const isUnknown = healthPort === undefined && (healthPath !== undefined || readiness === undefined);
  return [
    ...(port === undefined && (loopback || (healthPath !== undefined && healthPort === undefined))
      ? [
          `\`${loopback ? 'loopback' : 'healthPath'}\` is given without \`port\`; pass the port that "${name}" listens on`,
        ]
      : []),
    ...(loopback && isUnknown
      ? [
          `\`port\` ${port} is on the loopback interface, which the kubelet's probes do not reach; pass the \`healthPort\` of a listener on all interfaces, or \`readiness\` without \`healthPath\``,
        ]
      : []),
    ...(port !== undefined && healthPort === port
      ? [`\`port\` and \`healthPort\` are both ${port}; leave \`healthPort\` out, or pass that of another listener`]
      : []),
    ...validateHealthPath(healthPath),
  ];
}

/** A pause without means, or beside another hook: a container has one. */
function validatePause({ image, preStopPause, preStopSleep, lifecycle }: ServingOptions): string[] {
  return [
    ...(preStopPause && !preStopSleep
      ? [
          `\`preStopPause\` is ${toWholeSeconds(preStopPause)} s, but nothing lets the image "${image}" wait; pass \`preStopSleep\``,
        ]
      : []),
    ...(preStopSleep && lifecycle?.preStop
      ? ['both `preStopSleep` and `lifecycle.preStop` are given, and a container has one hook; pass one of them']
      : []),
  ];
}
