import type { ApiObject } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ICompanion } from '../pod/companion';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { MonitorOptions } from '../pod/workload/monitoring';
import { createError, describeChoices } from '../private/errors';
import { AppPattern, type AppPatternProps } from './app-pattern';

/** What a port is called where metrics are read, among others of the adapter. */
const METRICS = 'metrics';

/** An application and its metrics adapter, and everything else that a Deployment takes but `containers`. */
export interface AppWithMetricsAdapterDeploymentProps extends AppPatternProps {
  /**
   * Who tells Prometheus of the application: a `StatsdExporter`, `RedisExporter`, `NginxExporter`, `PostgresExporter`, or
   * another companion with a named port for metrics.
   */
  readonly adapter: ICompanion;
}

/**
 * An application and the adapter that shows it to Prometheus: as many as needed, each with an adapter of its own. The
 * Services of the application do not lead to the adapter, which never keeps the pod out of them. `monitor` has the Prometheus
 * operator scrape it.
 *
 * @see https://kubernetes.io/blog/2015/06/the-distributed-system-toolkit-patterns/
 */
export class AppWithMetricsAdapterDeployment extends AppPattern {
  private readonly parts: { readonly adapter: ICompanion; readonly ports: readonly string[] };

  public constructor(scope: Construct, id: string, props: AppWithMetricsAdapterDeploymentProps) {
    super(scope, id, props);
    const { adapter } = props;
    const before = openPorts(this.pod);
    this.pod.add(adapter);
    this.parts = { adapter, ports: openPorts(this.pod).filter((port) => !before.includes(port)) };
  }

  /** Who tells Prometheus of the application. */
  public get adapter(): ICompanion {
    return this.parts.adapter;
  }

  /**
   * Has the Prometheus operator scrape the adapter, with a PodMonitor: its one named port or, of several, the one named
   * `metrics`.
   *
   * @throws where it is not clear which port of the adapter tells the metrics
   * @returns the PodMonitor
   */
  public monitor(options: MonitorOptions = {}): ApiObject {
    const { ports } = this.parts;
    const port = ports.length === 1 ? ports[0] : ports.find((name) => name === METRICS);
    if (port === undefined) {
      throw createError(
        this,
        `the adapter has ${ports.length === 0 ? 'no named port' : 'several ports'} that Prometheus could scrape; name one "${METRICS}", or call \`pod.monitor\`${describeChoices('ports', ports)}`,
      );
    }
    return this.pod.monitor(port, options);
  }
}

/** Names of the ports that Prometheus reaches. */
function openPorts({ network }: MultiContainerPod): string[] {
  return network.endpoints
    .filter(({ loopback, protocol }) => !loopback && protocol === Protocol.TCP)
    .flatMap(({ name }) => name ?? []);
}
