import type * as kplus from 'cdk8s-plus-28';
import { failure } from '../../private/errors';
import { OWN_LABELS, type Receiver } from './alloy-config';

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MAX_PORT = 65535;

/** A Grafana Loki. */
export interface AlloyLokiOptions {
  /** Host name or address of Loki, such as `loki.logging`. */
  readonly host: string;

  /**
   * Port of Loki.
   *
   * @default - 443 with TLS, 3100 without
   */
  readonly port?: number;

  /**
   * Path of the request.
   *
   * @default "/loki/api/v1/push"
   */
  readonly path?: string;

  /**
   * Whether the connection is encrypted, with certificate and host name verified.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * Tenant, for a Loki of many.
   *
   * @default - the request names no tenant
   */
  readonly tenant?: string;

  /**
   * More labels of each stream, beside `namespace`, `pod`, `node`, `container` and `filename`. Keep them few: each
   * combination is a stream of its own.
   *
   * @default - only those
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * User name for HTTP basic authentication.
   *
   * @default - no basic authentication
   */
  readonly user?: kplus.SecretValue;

  /**
   * Password for HTTP basic authentication.
   *
   * @default - no basic authentication
   */
  readonly password?: kplus.SecretValue;

  /**
   * Bearer token.
   *
   * @default - the request has none
   */
  readonly bearerToken?: kplus.SecretValue;
}

/**
 * Where Alloy sends the lines. Credentials come from Secrets and reach the agent as environment variables; none stands in
 * its configuration.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/loki.write/
 */
export class AlloyOutput {
  /** Grafana Loki, or what takes its push requests. */
  public static loki(options: AlloyLokiOptions): AlloyOutput {
    const { user, password, bearerToken } = options;
    const problem = problemOf(options);
    if (problem) {
      throw failure('AlloyOutput.loki', problem);
    }
    const secrets = Object.entries({ username: user, password, bearer_token: bearerToken });
    const given = secrets.filter((entry): entry is [string, kplus.SecretValue] => entry[1] !== undefined);
    return new AlloyOutput('loki', { ...options, labels: { ...options.labels } }, Object.fromEntries(given));
  }

  private constructor(
    /** What receives the lines. */
    public readonly name: string,
    private readonly options: AlloyLokiOptions,
    /** @internal */
    public readonly _secrets: { readonly [name: string]: kplus.SecretValue },
  ) {}

  /**
   * The receiver with its credentials as names of variables.
   *
   * @internal
   */
  public _endpoint(variableOf: (secret: string) => string): Receiver {
    const { host, tls, port = tls ? 443 : 3100, path = '/loki/api/v1/push', tenant, labels = {} } = this.options;
    const variable = (name: string) => (this._secrets[name] ? variableOf(name) : undefined);
    return {
      url: `${tls ? 'https' : 'http'}://${host}:${port}${path}`,
      labels,
      tenant,
      user: variable('username'),
      password: variable('password'),
      bearerToken: variable('bearer_token'),
    };
  }
}

function problemOf({
  host,
  port,
  path,
  labels = {},
  user,
  password,
  bearerToken,
}: AlloyLokiOptions): string | undefined {
  if (!/^[A-Za-z0-9.:[\]-]+$/.test(host)) {
    return `\`host\` "${host}" is not the name or address of a host; pass it without scheme, port and path`;
  }
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port <= MAX_PORT)) {
    return `\`port\` ${port} is not a port; pass a whole number from 1 to ${MAX_PORT}`;
  }
  if (path !== undefined && !/^\/[^\s?#]*$/.test(path)) {
    return `\`path\` "${path}" is not the path of a request; begin it with "/"`;
  }
  if (bearerToken && (user || password)) {
    return '`bearerToken` stands beside `user` or `password`; pass one of the two';
  }
  if ((user === undefined) !== (password === undefined)) {
    return 'one of `user` and `password` is missing; pass both or neither';
  }
  return labelProblem(Object.keys(labels));
}

function labelProblem(labels: readonly string[]): string | undefined {
  const odd = labels.find((name) => !LABEL.test(name) || name.startsWith('__'));
  if (odd !== undefined) {
    return `label "${odd}" is not a name that Loki takes; use letters, digits and "_", and not "__" at its beginning`;
  }
  const own = labels.find((name) => OWN_LABELS.includes(name));
  return own === undefined ? undefined : `label "${own}" is set by the agent itself; choose another name`;
}
