import type { ICompanion } from '../../pod/companion';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { throwFirst } from '../../private/errors';
import { readProps } from '../../private/read-props';
import { showsCredential } from '../../software/credentials';
import { NGINX_EXPORTER } from '../../software/images';
import { NGINX_STATUS_PATH, NGINX_STATUS_PORT } from '../../software/nginx';
import {
  addExporter,
  type ExporterDefaults,
  type ExporterOptions,
  findObservedEndpoint,
  toExporterContainer,
  validateExporter,
} from '../kit/exporter';

const DEFAULTS: ExporterDefaults = {
  name: 'nginx-exporter',
  image: NGINX_EXPORTER,
  cpuMillis: 10,
  memoryMebibytes: 32,
  livenessPath: '/',
};

const SCRAPE_FLAG = '--nginx.scrape-uri';

/** Settings of the exporter of nginx. */
export interface NginxExporterProps extends ExporterOptions {
  /**
   * Name of the port of the pod at which nginx serves the page `/stub_status`.
   *
   * @default "nginx-status"
   */
  readonly targetPort?: string;

  /**
   * URL of the status page, such as `http://localhost:8080/basic_status`, or `unix:<socket>:<path>`.
   *
   * @default - /stub_status at `targetPort`
   */
  readonly scrapeUrl?: string;
}

/**
 * Turns the status page of nginx into metrics of Prometheus: connections and requests, and `nginx_up`.
 *
 * Beside `WebServer.nginx({ statusPort: 8081 })` it finds the page by itself. Beside another nginx, serve `stub_status` on a
 * loopback port and claim that as `nginx-status`, or pass `scrapeUrl`. It starts whether nginx runs or not, its liveness does
 * not depend on nginx, and it never keeps the pod out of its Services.
 *
 * The container is `nginx-exporter`, with UID 1001, port 9113 (`metrics`), and requests 10m CPU and 32Mi memory.
 *
 * @see https://github.com/nginx/nginx-prometheus-exporter
 */
export class NginxExporter implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: NginxExporterProps;

  public constructor(props: NginxExporterProps = {}) {
    this.props = readProps('NginxExporterProps', props, 'NginxExporter');
    this.name = this.props.name ?? DEFAULTS.name;
    throwFirst('NginxExporter', [
      ...validateUrl(this.name, this.props),
      ...validateExporter(this.props, DEFAULTS, [SCRAPE_FLAG]),
    ]);
  }

  /** Adds the exporter to a pod. */
  public bind(pod: MultiContainerPod): void {
    const scrapeUrl = this.props.scrapeUrl ?? this.findStatusUrl(pod);
    addExporter(pod, this.props, toExporterContainer(this.props, DEFAULTS, [`${SCRAPE_FLAG}=${scrapeUrl}`]));
  }

  private findStatusUrl(pod: MultiContainerPod): string {
    const { targetPort = NGINX_STATUS_PORT } = this.props;
    return `${findObservedEndpoint(pod, this.name, 'scrapeUrl', targetPort).url}${NGINX_STATUS_PATH}`;
  }
}

function validateUrl(name: string, { scrapeUrl, targetPort }: NginxExporterProps): string[] {
  if (scrapeUrl === undefined) {
    return [];
  }
  return [
    ...(targetPort === undefined
      ? []
      : [`\`scrapeUrl\` and \`targetPort\` of "${name}" are both given; pass one of them`]),
    ...(/^(https?:\/\/[^\s/]|unix:[^\s:])\S*$/.test(scrapeUrl)
      ? []
      : [`\`scrapeUrl\` "${scrapeUrl}" of "${name}" is not a URL; begin it with "http://", "https://" or "unix:"`]),
    ...(showsCredential('url', scrapeUrl)
      ? [
          `\`scrapeUrl\` of "${name}" would show a password to all who may read the pod; serve the status page on a loopback port without one`,
        ]
      : []),
  ];
}
