import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ICompanion } from '../pod/companion';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { MonitorOptions } from '../pod/workload/monitoring';
import { createError, describeChoices } from '../private/errors';
import { readProps } from '../private/read-props';
import { addApplication } from '../web/application';
import { type AppPatternProps, createSpreadPod, createWorkload, ScaledPattern } from './pod-pattern';

/** The name of the port where metrics are read, among others of the adapter. */
const METRICS = 'metrics';

/** An application and its metrics adapter, and everything else that a Deployment takes but `containers`. */
export interface AppWithMetricsAdapterDeploymentProps extends AppPatternProps {
  /**
   * The companion that shows the application to Prometheus: a `StatsdExporter`, `RedisExporter`, `NginxExporter`, `PostgresExporter`, or
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
export class AppWithMetricsAdapterDeployment extends ScaledPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The container of the application. */
  public readonly app: kplus.Container;

  /** The companion that shows the application to Prometheus. */
  public readonly adapter: ICompanion;

  private readonly ports: readonly string[];

  public constructor(scope: Construct, id: string, props: AppWithMetricsAdapterDeploymentProps) {
    super(scope, id);
    const own = readProps('AppWithMetricsAdapterDeploymentProps', props, this);
    this.workload = createWorkload(kplus.Deployment, this, own);
    this.pod = createSpreadPod(this.workload, 'app', own);
    this.app = addApplication(this.pod, own.app);
    const { adapter } = own;
    const before = listOpenPortNames(this.pod);
    this.pod.add(adapter);
    this.adapter = adapter;
    this.ports = listOpenPortNames(this.pod).filter((port) => !before.includes(port));
  }

  /**
   * Has the Prometheus operator scrape the adapter, with a PodMonitor: its one named port or, of several, the one named
   * `metrics`.
   *
   * @throws where it is not clear which port of the adapter tells the metrics
   * @returns the PodMonitor
   */
  public monitor(options: MonitorOptions = {}): ApiObject {
    const { ports } = this;
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
function listOpenPortNames({ network }: MultiContainerPod): string[] {
  return network.endpoints
    .filter(({ loopback, protocol }) => !loopback && protocol === kplus.Protocol.TCP)
    .flatMap(({ name }) => name ?? []);
}
