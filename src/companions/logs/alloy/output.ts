import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { type Destination, toDestination } from '../../kit/destination';
import { OWN_LABELS } from './config';

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

const RULES = {
  source: 'AlloyOutput',
  called: 'the name of an output',
  remedy: 'pass `username` and `password`',
  style: 'plain',
} as const;

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
    const given = readProps('AlloyLokiOptions', options, 'AlloyOutput.loki');
    const { endpoint, labels = {}, tenantId, username, password, bearerToken } = given;
    throwFirst('AlloyOutput.loki', validateLokiOptions(given));
    return new AlloyOutput(
      toDestination(RULES, 'loki', {
        own: { endpoint, labels, tenant_id: tenantId },
        credentials: { username, password, bearer_token: bearerToken },
        pair: { username, password },
      }),
    );
  }

  /** Name of the receiver of the lines. */
  public readonly name: string;

  private constructor(
    /** @internal */
    public readonly _destination: Destination,
  ) {
    this.name = _destination.name;
  }
}

function validateLokiOptions({ endpoint, labels = {}, username, password, bearerToken }: AlloyLokiOptions): string[] {
  const names = Object.keys(labels);
  const odd = names.filter((name) => !LABEL.test(name) || name.startsWith('__'));
  const own = names.filter((name) => OWN_LABELS.includes(name));
  return [
    ...(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(endpoint)
      ? []
      : [
          `\`endpoint\` "${endpoint}" is not the URL of a Loki; pass one such as "http://loki.logging:3100", without the path of the request`,
        ]),
    ...(bearerToken && (username || password)
      ? ['`bearerToken` stands beside `username` or `password`; pass one of the two']
      : []),
    ...odd.map(
      (name) =>
        `label "${name}" is not a name that Loki takes; use letters, digits and "_", and not "__" at its beginning`,
    ),
    ...own.map((name) => `label "${name}" is set by the agent itself; choose another name`),
  ];
}
