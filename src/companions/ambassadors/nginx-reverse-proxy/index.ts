import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { SidecarProps } from '../../../pod/containers/container-options';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { toExactKibibytes } from '../../../private/sizes';
import { NGINX } from '../../../software/images';
import { NGINX_PID_FILE, NGINX_SCRIPTS, toNginxArgs } from '../../../software/nginx';
import { renderNginxReloadScript } from '../../../software/scripts/nginx';
import type { CaCertificates } from '../../kit/ca-certificates';
import { toCompanionContainer } from '../../kit/companion-options';
import { type InboundProxyOptions, resolveUpstream } from '../../kit/inbound-proxy';
import { LIVENESS_PERIOD, toLivenessThreshold } from '../../kit/liveness';
import { mountSecret } from '../../kit/secret-files';
import { findSleep } from '../../kit/sleep';
import { type ReverseProxyConfig, renderReverseProxy } from './config';
import { validateReverseProxy } from './validate';

const CONFIG_FILE = 'nginx.conf';
const RELOAD_FILE = 'reload-certificates.sh';
const TLS_DIRECTORY = '/etc/nginx/tls';
const CLIENT_CA = 'clients';
const HTTPS_PORT = 8443;
const HTTP_PORT = 8000;
const HEALTH_PORT = 8082;

/** TLS of the proxy. */
export interface NginxTls {
  /** The Secret of type `kubernetes.io/tls` that holds `tls.crt`, with the intermediate certificates, and `tls.key`. */
  readonly secret: kplus.ISecret;

  /**
   * Authorities that must have signed the certificates of clients. A client without such a certificate gets no further.
   *
   * @default - clients need no certificate
   */
  readonly clientCa?: CaCertificates;
}

/** Settings of the reverse proxy. An `image` of your own is a build of nginx-unprivileged 1.25.1 or later. */
export interface NginxReverseProxyProps extends InboundProxyOptions {
  /**
   * Its certificate. The proxy then speaks TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2, and loads a renewed certificate about a
   * minute after the Secret has changed, without closing connections.
   *
   * @default - it speaks HTTP without TLS
   */
  readonly tls?: NginxTls;

  /**
   * Port that redirects plain HTTP to HTTPS, as low as `port` may be. Named `http-redirect`. A Service gets it beside the other by
   * `pod.expose({ port: 443 }).bind(80, { name: 'http', targetPort: ... })`.
   *
   * @default - nothing answers plain HTTP where there is `tls`
   */
  readonly redirectPort?: number;

  /**
   * Port that answers the kubelet's probes at /healthz, as low as `port` may be. Named `nginx-health`.
   *
   * @default 8082
   */
  readonly healthPort?: number;

  /**
   * The largest body that a request may have.
   *
   * @default Size.mebibytes(1)
   */
  readonly maxBodySize?: Size;

  /**
   * The time that the main container may leave the proxy waiting between two pieces of its answer; raise it for
   * WebSockets and long polls that are silent for longer.
   *
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;

  /**
   * Addresses, as IP or CIDR, of proxies in front of the pod whose `X-Forwarded-For` and `X-Forwarded-Proto` are true.
   *
   * @default - the headers that reach the main container name who connected to this proxy, and nobody else
   */
  readonly trustedProxies?: string[];

  /**
   * More directives of nginx for the server, such as `gzip on;`, headers or locations.
   *
   * @default - all requests are forwarded as they are
   */
  readonly serverDirectives?: string;

  /**
   * The time it may wait for open requests when the pod stops; it then closes their connections. Connections that
   * outlast it are closed after a renewal of the certificate, too. Counts into the termination grace period.
   *
   * @default Duration.seconds(10)
   */
  readonly flush?: Duration;
}

/**
 * An nginx in front of the main container: requests enter the pod through it, with TLS where it is given a certificate.
 *
 * `pod.expose` leads to the proxy, which forwards to the main container on 127.0.0.1, WebSockets included, with `Host`,
 * `X-Real-IP` and `X-Forwarded-For`, `-Host` and `-Proto`. It logs requests to its standard output. The pod is not ready
 * before the proxy is.
 *
 * A main container that listens on all interfaces stays reachable past the proxy for whoever knows the pod's address. Let it
 * listen on 127.0.0.1 (`WebServer.nginx({ loopback: true })`), or close its port with a NetworkPolicy.
 *
 * It is stopped after the main container, so that the last answers still pass through it. While the endpoint is being removed,
 * requests still arrive and the main container must answer them: let it wait before it stops (`preStopPause` of a
 * `WebServer`, `pod.lifecycle.waitBeforeStop` of any container). Without that they get 502.
 *
 * The container is `nginx-proxy`, with UID 101 and two worker processes, port 8443 named `https` with `tls` and 8000 named
 * `http-proxy` without, and requests 50m CPU and 64Mi memory.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
export class NginxReverseProxy implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  /** Port it receives requests on. */
  public readonly port: number;

  private readonly props: NginxReverseProxyProps;

  public constructor(props: NginxReverseProxyProps = {}) {
    this.props = readProps('NginxReverseProxyProps', props, 'NginxReverseProxy');
    this.name = this.props.name ?? 'nginx-proxy';
    this.port = this.props.port ?? (this.props.tls ? HTTPS_PORT : HTTP_PORT);
    throwFirst('NginxReverseProxy', validateReverseProxy(this.props, { port: this.port, healthPort: this.healthPort }));
  }

  /** Adds the proxy to a pod, whose requests enter through it from then on. */
  public bind(pod: MultiContainerPod): void {
    const { upstreamPort: wanted, redirectPort } = this.props;
    const { port: upstreamPort } = resolveUpstream(pod, wanted);
    pod.addSidecar(this.buildContainer(pod));
    pod.network._needs.openWithoutRoot(this.name, { port: this.port, redirectPort, healthPort: this.healthPort });
    pod.network.receiveThrough(pod.network.claim({ container: this.name, port: this.port }));
    this.mountSecrets(pod);
    const script = this.renderReloadScript();
    pod.storage.configFiles({
      container: this.name,
      paths: {
        [CONFIG_FILE]: `/etc/nginx/${CONFIG_FILE}`,
        ...(script ? { [RELOAD_FILE]: `${NGINX_SCRIPTS}/90-${RELOAD_FILE}` } : {}),
      },
      executable: script !== undefined,
      files: {
        [CONFIG_FILE]: renderReverseProxy(this.buildConfig(upstreamPort)),
        ...(script ? { [RELOAD_FILE]: script } : {}),
      },
    });
  }

  private buildContainer(pod: MultiContainerPod): SidecarProps {
    const { mode, redirectPort, tls } = this.props;
    const { healthPort } = this;
    const probe = { port: healthPort, timeoutSeconds: Duration.seconds(5) };
    return {
      ...toCompanionContainer(this.props, { name: this.name, image: NGINX, cpuMillis: 50, memoryMebibytes: 64 }),
      args: toNginxArgs(toWholeSeconds(this.flush)),
      ports: [
        { number: this.port, name: tls ? 'https' : 'http-proxy' },
        ...(redirectPort === undefined ? [] : [{ number: redirectPort, name: 'http-redirect' }]),
        { number: healthPort, name: 'nginx-health' },
      ],
      readiness: kplus.Probe.fromHttpGet('/healthz', { ...probe, periodSeconds: Duration.seconds(5) }),
      liveness: kplus.Probe.fromHttpGet('/healthz', {
        ...probe,
        periodSeconds: LIVENESS_PERIOD,
        failureThreshold: toLivenessThreshold(this.flush),
      }),
      mode,
      flush: this.flush,
      preStopSleep: findSleep(pod, true),
    };
  }

  private buildConfig(upstreamPort: number): ReverseProxyConfig {
    const { tls, redirectPort, maxBodySize, timeout, trustedProxies, serverDirectives } = this.props;
    const [certificate, key, clientCa] = this.certificates;
    return {
      port: this.port,
      healthPort: this.healthPort,
      redirectPort,
      upstreamPort,
      tls: tls && { certificate: certificate!, key: key!, clientCa },
      maxBodyKibibytes: Math.ceil(toExactKibibytes(maxBodySize ?? Size.mebibytes(1))),
      timeoutSeconds: toWholeSeconds(timeout ?? Duration.seconds(60)),
      trustedProxies: trustedProxies ?? [],
      serverDirectives,
    };
  }

  /** The files that are renewed while the proxy runs. */
  private get certificates(): string[] {
    const { tls } = this.props;
    const own = tls ? [`${TLS_DIRECTORY}/tls.crt`, `${TLS_DIRECTORY}/tls.key`] : [];
    return tls?.clientCa ? [...own, tls.clientCa._toFilePath(CLIENT_CA)] : own;
  }

  private renderReloadScript(): string | undefined {
    return this.props.tls && renderNginxReloadScript(this.certificates, NGINX_PID_FILE);
  }

  private mountSecrets(pod: MultiContainerPod): void {
    const { tls } = this.props;
    if (tls) {
      const files = { 'tls.crt': 'tls.crt', 'tls.key': 'tls.key' };
      mountSecret(pod, [this.name], { secret: tls.secret, directory: TLS_DIRECTORY, name: [this.name, 'tls'], files });
      tls.clientCa?._mount(pod, this.name, CLIENT_CA);
    }
  }

  private get healthPort(): number {
    return this.props.healthPort ?? HEALTH_PORT;
  }

  private get flush(): Duration {
    return this.props.flush ?? Duration.seconds(10);
  }
}
