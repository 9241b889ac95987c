import { Duration } from 'cdk8s';
import type { ICompanion } from '../../../pod/companion';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { toHostHeader } from '../../../software/hosts';
import { HAPROXY } from '../../../software/images';
import {
  type AmbassadorPort,
  AmbassadorPorts,
  buildHttpProbes,
  toEndpointVariables,
  toNamedPorts,
} from '../../kit/ambassador';
import { type ResizableCompanionOptions, toCompanionContainer, toCompanionPort } from '../../kit/companion-options';
import { type HaProxyBackend, HaProxyBalance, HaProxyMode } from './backend';
import { type Backend, renderBackends, renderCommon } from './config';
import { validateBackend, validateText } from './validate';

const CONFIG_DIRECTORY = '/usr/local/etc/haproxy';
const HEALTH_PATH = '/healthz';

/** Configuration of HAProxy in its own language. */
export interface HaProxyConfig {
  /**
   * Sections such as `frontend`, `backend` and `listen`. The companion's own come before them: `global`, `defaults`,
   * `resolvers kubernetes`, which servers look names up with, and `frontend health`. Credentials are variables, `"${NAME}"`.
   *
   * @see https://docs.haproxy.org/3.4/configuration.html
   */
  readonly text: string;

  /** The ports that these sections listen on, each bound to `127.0.0.1`. */
  readonly ports: AmbassadorPort[];
}

/** Settings of HAProxy. An `image` of your own is a build of HAProxy 3.0 or later. */
export interface HaProxyProps extends ResizableCompanionOptions {
  /**
   * The backends, each behind a loopback port of its own.
   *
   * @default - those of `config` alone
   */
  readonly backends?: HaProxyBackend[];

  /**
   * Configuration beside that of `backends`, for all that they cannot say.
   *
   * @default - the backends alone
   */
  readonly config?: HaProxyConfig;

  /**
   * The most connections at once to each backend; more wait. Each takes up to 32 KiB of memory.
   *
   * @default 500
   */
  readonly maxConnections?: number;

  /**
   * Whether each request or connection is logged to stdout. Otherwise only those that fail are.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * Port of its health page, on all interfaces.
   *
   * @default 8404
   */
  readonly healthPort?: number;

  /**
   * The time it may wait for open connections when the pod stops. Counts into the termination grace period.
   *
   * @default Duration.seconds(5)
   */
  readonly flush?: Duration;
}

/**
 * An HAProxy beside the main container: it spreads what the main container sends to a loopback port over servers, leaves
 * out those that do not answer, and follows their names in the DNS. It is ready before the main container starts, whether
 * any server is or not, and is stopped after it; it then finishes what is open.
 *
 * Its probes ask HAProxy alone, so that no outage of a server restarts it or takes the pod out of its Services. The image
 * sends SIGUSR1 as stop signal, on which HAProxy ends with its last connection, or after `flush`.
 *
 * The container is `haproxy`, with UID 99, port 8404 for health checks, and requests 50m CPU and 96Mi memory: raise
 * that with `maxConnections`. It is a native sidecar: the kernel refuses it as a classic one, which cannot be ready first.
 *
 * @see https://docs.haproxy.org/3.4/configuration.html
 */
export class HaProxy implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: HaProxyProps;
  private readonly backends: readonly HaProxyBackend[];
  private readonly ports: AmbassadorPorts;

  public constructor(props: HaProxyProps) {
    this.props = readProps('HaProxyProps', props, 'HaProxy');
    this.name = this.props.name ?? 'haproxy';
    this.backends = this.props.backends ?? [];
    throwFirst('HaProxy', [
      ...this.backends.flatMap((backend) => validateBackend(this.name, backend)),
      ...validateText(this.name, this.props.config?.text ?? ''),
    ]);
    const named = this.backends.map(({ name, localPort, mode, variables }) => ({
      name,
      localPort,
      variables: variables ?? toEndpointVariables(name, mode !== HaProxyMode.TCP),
    }));
    const words = { source: 'HaProxy', container: this.name, prop: 'backends', one: 'backend' };
    this.ports = new AmbassadorPorts(
      words,
      [...named, ...toNamedPorts(this.props.config?.ports ?? [])],
      [this.healthPort],
    );
  }

  /** Adds HAProxy to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { files } = this;
    pod.addSidecar({
      ...toCompanionContainer(this.props, { name: this.name, image: HAPROXY, cpuMillis: 50, memoryMebibytes: 96 }),
      command: ['haproxy'],
      args: ['-db', ...Object.keys(files).flatMap((file) => ['-f', `${CONFIG_DIRECTORY}/${file}`])],
      ports: [toCompanionPort(this.name, this.healthPort)],
      ...buildHttpProbes(HEALTH_PATH, this.healthPort, this.flush),
      readyBeforeMain: true,
      flush: this.flush,
    });
    this.ports.claim(pod);
    for (const { name, tls } of this.backends) {
      tls?.ca?._mount(pod, this.name, name);
    }
    pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY, files });
  }

  /**
   * The endpoint of a backend in a pod that HAProxy was added to.
   *
   * @param backend name of the backend, or of a port of `config`; may be left out where there is one
   * @throws where HAProxy was not added to this pod, or has no such backend
   */
  public endpoint(pod: MultiContainerPod, backend?: string): Endpoint {
    return this.ports.endpoint(pod, backend);
  }

  /** Read in this order. */
  private get files(): { readonly [name: string]: string } {
    const { maxConnections, accessLog, config } = this.props;
    return {
      '10-common.cfg': renderCommon({
        healthPort: this.healthPort,
        healthPath: HEALTH_PATH,
        stopSeconds: toWholeSeconds(this.flush),
        maxConnections: maxConnections ?? 500,
        backends: this.backends.length + (config?.ports.length ?? 0),
        accessLog: accessLog ?? true,
      }),
      ...(this.backends.length > 0 ? { '20-backends.cfg': renderBackends(this.backends.map(toHaProxyBackend)) } : {}),
      ...(config ? { '30-config.cfg': `${config.text.trimEnd()}\n` } : {}),
    };
  }

  private get healthPort(): number {
    return this.props.healthPort ?? HAPROXY.port!;
  }

  private get flush(): Duration {
    return this.props.flush ?? Duration.seconds(5);
  }
}

function toHaProxyBackend(backend: HaProxyBackend): Backend {
  const { name, localPort, mode, balance, servers, hostHeader, healthCheckPath, tls, connectTimeout, idleTimeout } =
    backend;
  const isHttp = mode !== HaProxyMode.TCP;
  return {
    name,
    localPort,
    isHttp,
    balance: balance ?? HaProxyBalance.ROUND_ROBIN,
    servers: servers.map(({ addresses, backup, ...server }) => ({
      ...server,
      addresses: addresses ?? 1,
      backup: backup ?? false,
    })),
    hostHeader: isHttp ? (hostHeader ?? toDefaultHostHeader(backend)) : undefined,
    healthCheckPath,
    tls: tls && { serverName: tls.serverName, caFile: tls.ca?._toFilePath(name) ?? '@system-ca' },
    connectSeconds: toWholeSeconds(connectTimeout ?? Duration.seconds(5)),
    idleSeconds: toWholeSeconds(idleTimeout ?? Duration.seconds(60)),
  };
}

function toDefaultHostHeader({ servers, tls }: HaProxyBackend): string {
  const { host, port } = servers[0]!;
  return toHostHeader(tls?.serverName ?? host, port, tls !== undefined);
}
