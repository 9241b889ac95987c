import type * as kplus from 'cdk8s-plus-28';
import { createError } from '../../../private/errors';
import { showsCredential } from '../../kit/credentials';
import { type LokiEndpoint, OWN_LABELS } from './config';

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PATH = '/loki/api/v1/push';

/** A Grafana Loki. */
export interface AlloyLokiOptions {
  /** URL of Loki, such as `http://loki.logging:3100`. With `https` its certificate and host name are verified. */
  readonly endpoint: string;

  /**
   * Tenant, for a Loki of many.
   *
   * @default - the request names no tenant
   */
  readonly tenantId?: string;

  /**
   * More labels of each stream, beside `namespace`, `pod`, `node`, `container` and `filename`. Keep them few: each
   * combination is a stream of its own.
   *
   * @default - only those
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * User name for HTTP basic authentication. Takes a `password`.
   *
   * @default - no authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password for HTTP basic authentication. Takes a `username`.
   *
   * @default - no authentication
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
 * The destination of the lines that Alloy sends. Credentials come from Secrets and reach the agent as environment
 * variables; none stands in its configuration.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/loki.write/
 */
export class AlloyOutput {
  /** Grafana Loki, or what takes its push requests. */
  public static loki(options: AlloyLokiOptions): AlloyOutput {
    const { username, password, bearerToken } = options;
    const problem = validateLokiOptions(options);
    if (problem) {
      throw createError('AlloyOutput.loki', problem);
    }
    const secrets = Object.entries({ username, password, bearer_token: bearerToken });
    const given = secrets.filter((entry): entry is [string, kplus.SecretValue] => entry[1] !== undefined);
    return new AlloyOutput('loki', { ...options, labels: { ...options.labels } }, Object.fromEntries(given));
  }

  private constructor(
    /** Name of the receiver of the lines. */
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
  public _toEndpoint(toVariable: (secret: string) => string): LokiEndpoint {
    const { endpoint, tenantId, labels = {} } = this.options;
    const variable = (name: string) => (this._secrets[name] ? toVariable(name) : undefined);
    return {
      url: `${endpoint.replace(/\/$/, '')}${PATH}`,
      labels,
      tenantId,
      username: variable('username'),
      password: variable('password'),
      bearerToken: variable('bearer_token'),
    };
  }
}

function validateLokiOptions({
  endpoint,
  labels = {},
  username,
  password,
  bearerToken,
}: AlloyLokiOptions): string | undefined {
  if (!/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(endpoint)) {
    return `\`endpoint\` "${endpoint}" is not the URL of a Loki; pass one such as "http://loki.logging:3100", without the path of the request`;
  }
  if (showsCredential('endpoint', endpoint)) {
    return '`endpoint` holds a credential, which would stand in a ConfigMap for all to read; pass `username` and `password`';
  }
  if (bearerToken && (username || password)) {
    return '`bearerToken` stands beside `username` or `password`; pass one of the two';
  }
  if ((username === undefined) !== (password === undefined)) {
    return 'one of `username` and `password` is missing; pass both or neither';
  }
  return validateLabels(Object.keys(labels));
}

function validateLabels(labels: readonly string[]): string | undefined {
  const odd = labels.find((name) => !LABEL.test(name) || name.startsWith('__'));
  if (odd !== undefined) {
    return `label "${odd}" is not a name that Loki takes; use letters, digits and "_", and not "__" at its beginning`;
  }
  const own = labels.find((name) => OWN_LABELS.includes(name));
  return own === undefined ? undefined : `label "${own}" is set by the agent itself; choose another name`;
}
