import { type ApiObject, type Duration, Lazy } from 'cdk8s';
import { Pod, Protocol } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type * as operator from '../../../imports/monitoring.coreos.com';
import { toWholeSeconds } from '../../private/durations';
import { describeChoices, findOwner, throwFirst } from '../../private/errors';
import type { Inventory } from '../containers/inventory';
import type { Endpoint } from '../network/endpoint';
import type { PodNetwork } from '../network/pod-network';
import { ExistingPod } from './existing-pod';

type Scrape = operator.PodMonitorSpecPodMetricsEndpoints;

/** Options of the scrapes of a port by the Prometheus operator. */
export interface MonitorOptions {
  /**
   * Path of the metrics.
   *
   * @default "/metrics"
   */
  readonly path?: string;

  /**
   * Time between two scrapes, in whole seconds.
   *
   * @default - the interval of Prometheus
   */
  readonly interval?: Duration;

  /**
   * Time after which a scrape has failed, in whole seconds; no longer than the interval.
   *
   * @default - the timeout of Prometheus
   */
  readonly scrapeTimeout?: Duration;

  /**
   * Labels of the PodMonitor, by which the `podMonitorSelector` of a Prometheus finds it, such as `release: prometheus`.
   * The ports of a pod share one PodMonitor, and so its labels.
   *
   * @default - those of the chart alone
   */
  readonly labels?: { readonly [name: string]: string };
}

/** The generated types, loaded when the first pod is monitored: most pods are not. */
function loadOperatorTypes(): typeof operator {
  return require('../../../imports/monitoring.coreos.com');
}

/** The scrapes of the pod by the Prometheus operator: one PodMonitor, with one endpoint for each port. */
export class Monitoring {
  private readonly scrapes = new Map<string, Scrape>();
  private readonly labels = new Map<string, string>();
  private podMonitor?: ApiObject;

  public constructor(
    private readonly inventory: Inventory,
    private readonly network: PodNetwork,
  ) {}

  /** Has a port scraped; asking twice for one port is one scrape. */
  public monitor(port: string, options: MonitorOptions): ApiObject {
    const { path = '/metrics', interval, scrapeTimeout, labels = {} } = options;
    const scrape = { port, path, interval: formatSeconds(interval), scrapeTimeout: formatSeconds(scrapeTimeout) };
    throwFirst(this.inventory.workload, [
      ...this.validatePort(port),
      ...validateScrape(port, options),
      ...this.validateAgreement(port, scrape, labels),
    ]);
    this.scrapes.set(port, scrape);
    this.podMonitor ??= this.create();
    for (const [name, value] of Object.entries(labels)) {
      this.labels.set(name, value);
      this.podMonitor.metadata.addLabel(name, value);
    }
    return this.podMonitor;
  }

  private create(): ApiObject {
    const { PodMonitor } = loadOperatorTypes();
    const { workload } = this.inventory;
    return new PodMonitor(findOwner(workload) as Construct, 'pod-monitor', {
      metadata: { namespace: workload.metadata.namespace },
      spec: {
        selector: { matchLabels: Lazy.any({ produce: () => this.podLabels }) as { [name: string]: string } },
        podMetricsEndpoints: Lazy.any({ produce: () => this.endpoints }) as Scrape[],
      },
    });
  }

  /** The label that cdk8s-plus gives the pods of each workload, by which its Services find them too, or those that a manifest has. */
  private get podLabels(): { [name: string]: string | undefined } {
    const { workload } = this.inventory;
    if (workload instanceof ExistingPod) {
      return workload.matchLabels;
    }
    return { [Pod.ADDRESS_LABEL]: workload.podMetadata.getLabel(Pod.ADDRESS_LABEL) };
  }

  /** In the order of their names: the order of `add` must not show. */
  private get endpoints(): Scrape[] {
    return [...this.scrapes.values()].sort((a, b) => (a.port! < b.port! ? -1 : 1));
  }

  /** Prometheus dials the address of the pod. It finds the ports of native sidecars as well as those of containers. */
  private validatePort(port: string): string[] {
    const named = this.network.endpoints.filter(({ name }) => name !== undefined);
    const found = named.find(({ name }) => name === port);
    if (!found) {
      const names = named.filter(isOpen).map(({ name }) => name!);
      return [
        `no container of this pod has a port "${port}" to monitor; pass the name of one${describeChoices('ports', names)}`,
      ];
    }
    if (found.protocol !== Protocol.TCP) {
      return [
        `port "${port}" of container "${found.container}" is ${found.protocol}, and Prometheus scrapes over TCP; monitor another port`,
      ];
    }
    return found.loopback
      ? [
          `port "${port}" of container "${found.container}" is open to the containers of the pod alone, out of reach of Prometheus; let it listen on all interfaces, or monitor another port`,
        ]
      : [];
  }

  private validateAgreement(port: string, scrape: Scrape, labels: { readonly [name: string]: string }): string[] {
    const known = this.scrapes.get(port);
    if (known && JSON.stringify(known) !== JSON.stringify(scrape)) {
      return [
        `port "${port}" is monitored already with another \`path\`, \`interval\` or \`scrapeTimeout\`; say it once`,
      ];
    }
    return Object.entries(labels)
      .filter(([name, value]) => (this.labels.get(name) ?? value) !== value)
      .map(
        ([name, value]) =>
          `the PodMonitor has label "${name}" with value "${this.labels.get(name)}", not "${value}", and the ports of a pod share it; pass one value`,
      );
  }
}

function validateScrape(port: string, { path, interval, scrapeTimeout }: MonitorOptions): string[] {
  const problems: string[] = [];
  if (path !== undefined && !/^\/[^\s?#]*$/.test(path)) {
    problems.push(
      `\`path\` "${path}" of monitored port "${port}" is not a path; begin it with "/", and use no blanks, "?" or "#"`,
    );
  }
  for (const [prop, time] of Object.entries({ interval, scrapeTimeout })) {
    if (time && toWholeSeconds(time) < 1) {
      problems.push(`\`${prop}\` of monitored port "${port}" is 0 s; pass at least one second, or leave it out`);
    }
  }
  if (interval && scrapeTimeout && toWholeSeconds(scrapeTimeout) > toWholeSeconds(interval)) {
    problems.push(
      `\`scrapeTimeout\` of monitored port "${port}" is ${formatSeconds(scrapeTimeout)}, longer than its \`interval\` of ${formatSeconds(interval)}, which the operator refuses; pass a shorter one`,
    );
  }
  return problems;
}

function isOpen({ protocol, loopback }: Endpoint): boolean {
  return protocol === Protocol.TCP && !loopback;
}

/** A duration as Prometheus writes it. */
function formatSeconds(time?: Duration): string | undefined {
  return time && `${toWholeSeconds(time)}s`;
}
