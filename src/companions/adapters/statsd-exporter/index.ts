import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { SidecarProps } from '../../../pod/containers/container-options';
import { SidecarMode } from '../../../pod/lifecycle/pod-lifecycle';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { STATSD_EXPORTER } from '../../../software/images';
import {
  addExporter,
  type ExporterDefaults,
  type ExporterOptions,
  toExporterContainer,
  validateExporter,
} from '../../kit/exporter';
import { PerPod } from '../../kit/per-pod';
import { renderMappings, validateMapping } from './config';

const CONFIG_DIRECTORY = '/statsd-exporter';
const CONFIG_FILE = 'mapping.yaml';
const STATSD_PORT = 9125;

const DEFAULTS: ExporterDefaults = {
  name: 'statsd-exporter',
  image: STATSD_EXPORTER,
  cpuMillis: 20,
  memoryMebibytes: 64,
  livenessPath: '/-/healthy',
};

/**
 * A mapping of metrics of StatsD that match to metrics of Prometheus. The first mapping that matches a metric counts.
 *
 * @see https://github.com/prometheus/statsd_exporter#metric-mapping-and-configuration
 */
export interface StatsdMapping {
  /** Names of StatsD metrics: parts between dots, of which "*" stands for any. */
  readonly match: string;

  /**
   * Name of the metric of Prometheus, with "$1" for what the first "*" stands for.
   *
   * @default - metrics that match are dropped
   */
  readonly name?: string;

  /**
   * Labels of the metric, with "$1" for what the first "*" stands for.
   *
   * @default - the tags of the metric alone
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Help text of the metric, for people.
   *
   * @default - that it comes from the exporter
   */
  readonly help?: string;

  /**
   * Whether `match` is a regular expression, whose groups are "$1" and so on.
   *
   * @default false
   */
  readonly regularExpression?: boolean;

  /**
   * Upper bounds of the buckets of a histogram, in seconds for timers.
   *
   * @default - timers become summaries, with quantiles
   */
  readonly histogramBuckets?: number[];

  /**
   * Time after which a metric that is no longer sent is forgotten, in whole seconds.
   *
   * @default - it is told as long as the exporter runs
   */
  readonly expireAfter?: Duration;
}

/** Settings of the exporter of StatsD. */
export interface StatsdExporterProps extends ExporterOptions {
  /**
   * Port at which it takes StatsD over UDP and TCP, from the containers of the pod alone.
   *
   * @default 9125
   */
  readonly statsdPort?: number;

  /**
   * Environment variables in which a container finds that port. Clients of Datadog read `DD_AGENT_HOST` and
   * `DD_DOGSTATSD_PORT`, those of Shopify `STATSD_ADDR`, which is an address.
   *
   * @default - `STATSD_HOST` and `STATSD_PORT` of the main container
   */
  readonly variables?: EndpointVariables;

  /**
   * Names and labels of the metrics.
   *
   * @default - "." and other characters become "_"; tags of Datadog, InfluxDB, Librato and SignalFX become labels
   */
  readonly mappings?: StatsdMapping[];

  /**
   * The whole mapping configuration, in YAML, in place of `mappings`.
   *
   * @default - made from `mappings`
   */
  readonly mappingConfig?: string;
}

/**
 * Takes the StatsD metrics of its pod and tells them to Prometheus.
 *
 * As a native sidecar it is up before the main container starts and stops after it: lines that are sent over UDP
 * while nothing listens are lost without a trace. As a classic sidecar it may miss the first ones. What it has taken
 * since the last scrape ends with the pod; a Job that is shorter than two scrapes should push its metrics instead.
 * Its liveness is its own.
 *
 * The container is `statsd-exporter`, with UID 65534, port 9102 (`metrics`), StatsD on port 9125 of the loopback interface,
 * and requests 20m CPU and 64Mi memory.
 *
 * @see https://github.com/prometheus/statsd_exporter
 */
export class StatsdExporter implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: StatsdExporterProps;
  private readonly mapping?: string;
  private readonly endpoints: PerPod<Endpoint>;

  public constructor(props: StatsdExporterProps = {}) {
    this.props = readProps('StatsdExporterProps', props, 'StatsdExporter');
    this.name = this.props.name ?? DEFAULTS.name;
    this.endpoints = new PerPod(`"${this.name}"`);
    const { mappings, mappingConfig } = this.props;
    this.mapping = mappingConfig ?? (mappings && renderMappings(mappings));
    throwFirst('StatsdExporter', [
      ...validateMappings(this.name, this.props),
      ...validateExporter(this.props, DEFAULTS, this.ownArgs),
    ]);
  }

  /** Adds the exporter to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { statsdPort: port = STATSD_PORT, mode = pod.lifecycle.sidecarMode, variables } = this.props;
    addExporter(pod, this.props, this.buildContainer(mode));
    const claim = { container: this.name, port, loopback: true };
    pod.network.claim(claim);
    const endpoint = pod.network.claim({ ...claim, protocol: kplus.Protocol.UDP });
    this.endpoints.set(pod, endpoint);
    pod.addEndpointEnv(endpoint, variables ?? { host: 'STATSD_HOST', port: 'STATSD_PORT' });
    if (this.mapping !== undefined) {
      pod.storage.configFiles({
        container: this.name,
        directory: CONFIG_DIRECTORY,
        files: { [CONFIG_FILE]: this.mapping },
      });
    }
  }

  /**
   * The endpoint at which it takes StatsD over UDP, and over TCP at the same port, in a pod that it was added to.
   *
   * @throws where it was not added to this pod
   */
  public endpoint(pod: MultiContainerPod): Endpoint {
    return this.endpoints.find(pod);
  }

  /** It answers on its web port once it listens for StatsD. */
  private buildContainer(mode: SidecarMode): SidecarProps {
    const container = toExporterContainer(this.props, DEFAULTS, this.ownArgs);
    return {
      ...container,
      startup: kplus.Probe.fromHttpGet('/-/ready', {
        port: container.ports![0]!.number,
        periodSeconds: Duration.seconds(1),
        timeoutSeconds: Duration.seconds(5),
        failureThreshold: 60,
      }),
      readyBeforeMain: mode === SidecarMode.NATIVE,
    };
  }

  private get ownArgs(): string[] {
    const { statsdPort = STATSD_PORT } = this.props;
    const mapping = this.mapping === undefined ? [] : [`--statsd.mapping-config=${CONFIG_DIRECTORY}/${CONFIG_FILE}`];
    return [`--statsd.listen-udp=127.0.0.1:${statsdPort}`, `--statsd.listen-tcp=127.0.0.1:${statsdPort}`, ...mapping];
  }
}

function validateMappings(name: string, { mappings, mappingConfig, variables }: StatsdExporterProps): string[] {
  return [
    ...(mappings && mappingConfig !== undefined
      ? [`\`mappings\` and \`mappingConfig\` of "${name}" are both given; pass one of them`]
      : []),
    ...(variables?.url === undefined
      ? []
      : [
          `\`variables.url\` of "${name}" is to hold a URL of HTTP, which StatsD does not speak; name a variable for \`host\`, \`port\` or \`address\``,
        ]),
    ...(mappings ?? []).flatMap((mapping) =>
      validateMapping(mapping).map((problem) => `mapping "${mapping.match}" of "${name}" ${problem}`),
    ),
  ];
}
