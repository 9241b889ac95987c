import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { SidecarProps } from '../../../pod/containers/container-options';
import { PreStopSleep, SidecarMode } from '../../../pod/lifecycle/pod-lifecycle';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { throwFirst } from '../../../private/errors';
import { findRepeated } from '../../../private/lists';
import { validatePort } from '../../../private/ports';
import { readProps } from '../../../private/read-props';
import { isGoExpression } from '../../../software/expressions';
import { isNetwork } from '../../../software/hosts';
import { OAUTH2_PROXY, OAUTH2_PROXY_ALPINE } from '../../../software/images';
import { type Environment, toCompanionContainer, validateEnvironment } from '../../kit/companion-options';
import { type InboundProxyOptions, resolveUpstream } from '../../kit/inbound-proxy';
import { findSleep } from '../../kit/sleep';
import { isSecret, type Options, toOptionArguments, validateFreeOptions, validateOptionUrl } from './options';
import type { OAuth2Provider } from './provider';

const PING_PATH = '/oauth2/ping';
const READY_PATH = '/oauth2/ready';
const EVERYBODY = '*';
/** A URL, or a path at the host of the request. */
const REDIRECT = /^(https?:\/\/[^\s/?#@]+|\/)[^\s#]*$/;

/** Left to deliver the last answers of the main container to slow clients. */
const FLUSH = Duration.seconds(5);

/** A Redis that keeps the sessions, so that cookies stay small and a session can be ended. */
export interface OAuth2RedisOptions {
  /** Its URL, without a password: `redis://redis.shop:6379`, or `rediss://` with TLS. */
  readonly url: string;

  /**
   * Its password.
   *
   * @default - it asks for none
   */
  readonly password?: kplus.SecretValue;
}

/** Settings of OAuth2 Proxy. An `image` of your own is a build of OAuth2 Proxy 7.15.2 or later. */
export interface OAuth2ProxyProps extends InboundProxyOptions {
  /** The identity provider at which users log in. */
  readonly provider: OAuth2Provider;

  /** The ID under which the provider knows the application. */
  readonly clientId: string;

  /** The secret that the provider gave the application. */
  readonly clientSecret: kplus.SecretValue;

  /**
   * The key of its cookies: 16, 24 or 32 random bytes, as they are or in base64url. All replicas take the same; with
   * another one all users log in again.
   *
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview#generating-a-cookie-secret
   */
  readonly cookieSecret: kplus.SecretValue;

  /**
   * Domains of the email addresses that may enter; "*" for everybody whom the provider lets in.
   *
   * @default - everybody of the `allowedGroups`, or whom the provider restricts logins to; needed where neither does
   */
  readonly emailDomains?: string[];

  /**
   * Groups that may enter.
   *
   * @default - users of any group may
   */
  readonly allowedGroups?: string[];

  /**
   * Requests that need no login, as regular expressions of their path, with a method before it where only that is meant:
   * `^/public/`, `GET=^/status$`.
   *
   * @default - every request needs a login
   */
  readonly skipAuthRoutes?: string[];

  /**
   * The URL to which the provider sends users after they have logged in: `https://shop.example.com/oauth2/callback`.
   *
   * @default - /oauth2/callback at the host of the request, with https
   */
  readonly redirectUrl?: string;

  /**
   * The Redis that keeps the sessions. Without it the pod is ready only while its Redis is.
   *
   * @default - in the cookies of the users
   */
  readonly redis?: OAuth2RedisOptions;

  /**
   * Addresses, as IP or CIDR, of proxies in front of the pod, such as those of an ingress controller, whose `X-Forwarded-*`
   * headers are true.
   *
   * @default - the proxy believes no such header
   */
  readonly trustedProxies?: string[];

  /**
   * Port that serves Prometheus metrics at /metrics, named `oauth2-metrics`.
   *
   * @default - there are no metrics
   */
  readonly metricsPort?: number;

  /**
   * The means by which an image of your own waits as a classic sidecar. The official one has `sleep` in its Alpine
   * variant.
   *
   * @default - nothing; a classic sidecar with another image is then refused
   */
  readonly preStopSleep?: PreStopSleep;

  /**
   * More options by name, without the dashes before it: `{ 'cookie-expire': '12h' }`. A list is written with commas.
   *
   * @default - OAuth2 Proxy's own defaults
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview#config-options
   */
  readonly settings?: { readonly [option: string]: string };
}

/**
 * An OAuth2 Proxy in front of the main container, which lets only users through who have logged in.
 *
 * Requests enter the pod through it: `pod.expose` leads to the proxy, which forwards to the main container on 127.0.0.1, with
 * the user in `X-Forwarded-User`, `-Email`, `-Groups` and `-Preferred-Username`. What a client sends in those is removed. All
 * paths below /oauth2 are its own, those of its probes too. The pod is not ready before the proxy is, which takes a provider
 * that can be reached when it starts. Cookies are sent over HTTPS alone, so TLS ends in front of the pod.
 *
 * A main container that listens on all interfaces stays reachable past the proxy, without any login, for whoever knows the
 * pod's address. Let it listen on 127.0.0.1 (`WebServer.nginx({ loopback: true })`), or close its port with a NetworkPolicy.
 *
 * It is stopped after the main container, so that the last answers still pass through it; on its stop signal it accepts no
 * more requests and finishes the open ones. While the endpoint is being removed, requests still arrive and the main container
 * must answer them: let it wait before it stops (`preStopPause` of a `WebServer`, `pod.lifecycle.waitBeforeStop` of any
 * container). Without that they get 502.
 *
 * The container is `oauth2-proxy`, with UID 65532, port 4180 of its own name, and requests 50m CPU and 64Mi memory. As a
 * classic sidecar it runs the Alpine variant of the image, which has the `sleep` that lets it outlive the main container.
 *
 * @see https://oauth2-proxy.github.io/oauth2-proxy/
 */
export class OAuth2Proxy implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  /** Port it receives requests on. */
  public readonly port: number;

  private readonly props: OAuth2ProxyProps;
  private readonly provider: OAuth2Provider;

  public constructor(props: OAuth2ProxyProps) {
    this.props = readProps('OAuth2ProxyProps', props, 'OAuth2Proxy');
    this.provider = this.props.provider;
    this.name = this.props.name ?? 'oauth2-proxy';
    this.port = this.props.port ?? OAUTH2_PROXY.port!;
    const secrets = toOptionVariables(this.provider._secrets);
    throwFirst('OAuth2Proxy', [
      ...validatePort(`\`port\` ${this.port}`, this.port),
      ...validateTexts(this.props),
      ...validateRequests(this.props),
      ...this.validateOptions(),
      ...validateEnvironment(this.name, this.ownEnvironment, secrets),
      ...validateEnvironment(this.name, { ...this.ownEnvironment, ...secrets }, this.props.envVariables),
    ]);
  }

  /** Adds the proxy to a pod, whose requests enter through it from then on. */
  public bind(pod: MultiContainerPod): void {
    const { port: upstreamPort } = resolveUpstream(pod, this.props.upstreamPort);
    pod.addSidecar(this.buildContainer(pod, upstreamPort));
    pod.network._needs.openWithoutRoot(this.name, { port: this.port, metricsPort: this.props.metricsPort });
    pod.network.receiveThrough(pod.network.claim({ container: this.name, port: this.port }));
  }

  private buildContainer(pod: MultiContainerPod, upstreamPort: number): SidecarProps {
    const { mode, image, metricsPort, preStopSleep } = this.props;
    const isClassic = (mode ?? pod.lifecycle.sidecarMode) === SidecarMode.CLASSIC;
    const sleep = preStopSleep ?? findSleep(pod, image === undefined);
    return {
      ...toCompanionContainer(this.props, {
        name: this.name,
        image: isClassic && pod.lifecycle._sleep !== PreStopSleep.ACTION ? OAUTH2_PROXY_ALPINE : OAUTH2_PROXY,
        cpuMillis: 50,
        memoryMebibytes: 64,
      }),
      args: toOptionArguments([...this.buildOptions(upstreamPort), ...Object.entries(this.props.settings ?? {})]),
      envVariables: {
        ...this.ownEnvironment,
        ...toOptionVariables(this.provider._secrets),
        ...this.props.envVariables,
      },
      ports: [
        { number: this.port, name: 'oauth2-proxy' },
        ...(metricsPort === undefined ? [] : [{ number: metricsPort, name: 'oauth2-metrics' }]),
      ],
      readiness: this.buildProbe(READY_PATH, Duration.seconds(5)),
      // It opens its port only when the provider has answered.
      liveness: this.buildProbe(PING_PATH, Duration.seconds(10), 6),
      mode,
      flush: FLUSH,
      preStopSleep: sleep,
    };
  }

  private buildProbe(path: string, periodSeconds: Duration, failureThreshold?: number): kplus.Probe {
    const { port } = this;
    return kplus.Probe.fromHttpGet(path, {
      port,
      periodSeconds,
      timeoutSeconds: Duration.seconds(5),
      failureThreshold,
    });
  }

  /**
   * The options of the companion itself. The paths of its probes are below /oauth2, so that they hide none of the
   * application.
   */
  private buildOptions(upstreamPort: number): Options {
    const { clientId, allowedGroups = [], skipAuthRoutes = [], redirectUrl, redis, metricsPort } = this.props;
    const trusted = this.props.trustedProxies ?? [];
    return [
      ['http-address', `:${this.port}`],
      ['upstream', `http://127.0.0.1:${upstreamPort}`],
      ...this.provider._settings,
      ['client-id', clientId],
      ...(redirectUrl === undefined ? [] : [['redirect-url', redirectUrl] as const]),
      ['email-domain', this.emailDomains],
      ['allowed-group', allowedGroups],
      ['skip-auth-route', skipAuthRoutes],
      ...(redis
        ? ([
            ['session-store-type', 'redis'],
            ['redis-connection-url', redis.url],
          ] as const)
        : []),
      ...(trusted.length > 0
        ? ([
            ['reverse-proxy', 'true'],
            ['trusted-proxy-ip', trusted],
          ] as const)
        : []),
      ...(metricsPort === undefined ? [] : [['metrics-address', `:${metricsPort}`] as const]),
      ['ping-path', PING_PATH],
      ['ready-path', READY_PATH],
      ['silence-ping-logging', 'true'],
    ];
  }

  private get emailDomains(): string[] {
    return this.props.emailDomains ?? [EVERYBODY];
  }

  private get ownEnvironment(): Environment {
    const { clientSecret, cookieSecret, redis } = this.props;
    return toOptionVariables({
      'client-secret': clientSecret,
      'cookie-secret': cookieSecret,
      ...(redis?.password ? { 'redis-password': redis.password } : {}),
    });
  }

  /** Options that the companion or the provider sets already. */
  private validateOptions(): string[] {
    const { settings = {} } = this.props;
    const remedy = 'set its variable, as in `OAUTH2_PROXY_BASIC_AUTH_PASSWORD`, from a Secret by `envVariables`';
    const own = this.buildOptions(0).map(([name]) => name);
    const repeated = findRepeated([...FOREIGN, ...own, ...Object.keys(settings)], (name) => name);
    return [
      ...validateFreeOptions('settings', settings, remedy),
      ...repeated.map(
        (name) => `option "${name}" is set by the companion itself; leave it out of \`settings\` and of the provider`,
      ),
    ];
  }
}

function validateTexts(props: OAuth2ProxyProps): string[] {
  const { clientId, emailDomains, allowedGroups = [], provider, redirectUrl, redis } = props;
  const isRestricted = allowedGroups.length > 0 || provider._restricts;
  return [
    ...(clientId.trim() === ''
      ? ['`clientId` is empty; pass the ID under which the provider knows the application']
      : []),
    ...(emailDomains?.length === 0 || (emailDomains === undefined && !isRestricted)
      ? [
          `nothing says which users of "${provider.name}" may enter; pass \`emailDomains\` or \`allowedGroups\`, or \`emailDomains: ["*"]\` for everybody`,
        ]
      : []),
    ...(redirectUrl === undefined
      ? []
      : validateOptionUrl('redirectUrl', redirectUrl, REDIRECT, 'https://shop.example.com/oauth2/callback')),
    ...(redis && (!/^(rediss?|unix):\/\/[^\s]+$/.test(redis.url) || isSecret('', redis.url))
      ? ['`redis.url` is no URL without a password; write it as in "redis://redis:6379", and pass `redis.password`']
      : []),
  ];
}

function validateRequests({ skipAuthRoutes = [], trustedProxies = [] }: OAuth2ProxyProps): string[] {
  return [
    ...trustedProxies
      .filter((proxy) => !isNetwork(proxy))
      .map((proxy) => `\`trustedProxies\` has "${proxy}", which is no IP address or CIDR; pass one such as 10.0.0.0/8`),
    ...skipAuthRoutes
      .filter((route) => !isGoExpression(route))
      .map((route) => `\`skipAuthRoutes\` has "${route}", which is no regular expression of Go; mend it`),
  ];
}

/** Options by which somebody else would say what the companion says. */
const FOREIGN = ['config', 'alpha-config', 'https-address', 'metrics-secure-address'];

/** The variables in which OAuth2 Proxy finds options. */
function toOptionVariables(secrets: { readonly [option: string]: kplus.SecretValue }): Environment {
  const variables = Object.entries(secrets).map(([option, value]) => [
    `OAUTH2_PROXY_${option.toUpperCase().replace(/-/g, '_')}`,
    kplus.EnvValue.fromSecretValue(value),
  ]);
  return Object.fromEntries(variables);
}
