import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { type Destination, type DestinationParts, toDestination } from '../../kit/destination';
import { validateReceiverHost, validateReceiverUrl } from '../../kit/receiver';
import { isPlainObject, type SettingPath, type Settings } from '../../kit/settings';
import { OWN_BUFFER_PARAMETERS } from './config';
import { type FluentdValue, type Item, Variable } from './syntax';

/** A name of a parameter or section. */
const NAME = /^@?[A-Za-z_][\w.-]*$/;

/** Long enough for a slow receiver, short enough for the time that a pod has to stop. */
const TIMEOUT_SECONDS = 10;

/** The time of the record, which JSON alone does not carry. */
const TIMESTAMP = { time_key: '@timestamp', time_type: 'string', time_format: '%FT%T.%LZ', utc: true };

/** It would end at its start while a receiver has no name in DNS. */
const FORWARD = { ignore_network_errors_at_startup: true };

/** Answers of a receiver that another try may change. */
const RETRYABLE = [408, 425, 429, 500, 502, 503, 504];

const RESERVED = ['@type', '@id', '@label', 'type', ...OWN_BUFFER_PARAMETERS.map((name) => `buffer.${name}`)];

const RULES = {
  source: 'FluentdOutput',
  called: 'the name of a plugin',
  reserved: Object.fromEntries(RESERVED.map((name) => [name, 'the agent sets it itself'])),
  validate: validateParameter,
  reference: '(?!)',
  style: 'nested',
} as const;

/** Extra settings of an output. */
export interface FluentdOutputOptions {
  /**
   * Further parameters of the plugin, by the names of its documentation. A value is a text, number, boolean or list of
   * texts; an object is a section, a list of objects several sections of one name. Texts are passed as they are: no Ruby
   * code in them is evaluated. Credentials are refused.
   *
   * @default - only the parameters that the other options stand for
   */
  readonly settings?: { readonly [name: string]: any };

  /**
   * Parameters whose values come from Secrets, by the names of the plugin's documentation; those of a section as in
   * `auth.password`.
   *
   * @default - only the credentials that other options stand for
   */
  readonly secrets?: { readonly [name: string]: kplus.SecretValue };
}

/** Another Fluentd, or a Fluent Bit, that takes the forward protocol. */
export interface FluentdForwardOptions extends FluentdOutputOptions {
  /** Host name or address of the receiver, such as `fluentd.logging`. */
  readonly host: string;

  /**
   * Port of the receiver.
   *
   * @default 24224
   */
  readonly port?: number;

  /**
   * Whether the connection is encrypted, with certificate and host name verified.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * Key that both sides share.
   *
   * @default - the receiver takes records without one
   */
  readonly sharedKey?: kplus.SecretValue;

  /**
   * User name.
   *
   * @default - no authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password.
   *
   * @default - no authentication
   */
  readonly password?: kplus.SecretValue;
}

/** Any HTTP server that takes records as JSON. */
export interface FluentdHttpOptions extends FluentdOutputOptions {
  /** URL of the server, such as `https://logs.example.com/in`. */
  readonly endpoint: string;

  /**
   * User name for HTTP basic authentication.
   *
   * @default - no authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password for HTTP basic authentication.
   *
   * @default - no authentication
   */
  readonly password?: kplus.SecretValue;
}

/**
 * The destination of the records that Fluentd sends. Credentials come from Secrets and reach the agent as environment
 * variables; none stands in its configuration.
 *
 * @see https://docs.fluentd.org/output
 * @jsii suppress JSII5018
 */
export class FluentdOutput {
  /** The agent's own standard output, one JSON object a line: `kubectl logs <pod> -c log-agent`. */
  public static stdout(): FluentdOutput {
    return new FluentdOutput('stdout', { own: { format: { '@type': 'json' }, inject: TIMESTAMP } });
  }

  /** The forward protocol, with acknowledgements. */
  public static forward(options: FluentdForwardOptions): FluentdOutput {
    const given = readProps('FluentdForwardOptions', options, 'FluentdOutput.forward');
    const { host, port = 24224, tls, sharedKey, username, password } = given;
    const keyless = '`username` and `password` are sent only along with a `sharedKey`; pass that too';
    throwFirst('FluentdOutput.forward', [
      ...validateReceiverHost(host),
      ...((username || password) && !sharedKey ? [keyless] : []),
    ]);
    const own = {
      require_ack_response: true,
      ack_response_timeout: 60,
      connect_timeout: TIMEOUT_SECONDS,
      send_timeout: TIMEOUT_SECONDS,
      ...(tls ? { transport: 'tls', tls_verify_hostname: true } : {}),
      server: { host, port },
      security: sharedKey ? { self_hostname: new Variable('POD_NAME') } : undefined,
    };
    const credentials = { 'security.shared_key': sharedKey, 'server.username': username, 'server.password': password };
    return new FluentdOutput('forward', { own, defaults: FORWARD, credentials }, given);
  }

  /** HTTP POST of one JSON object a line. What the receiver refuses for good is dropped, which is reported. */
  public static http(options: FluentdHttpOptions): FluentdOutput {
    const given = readProps('FluentdHttpOptions', options, 'FluentdOutput.http');
    const { endpoint, username, password } = given;
    throwFirst('FluentdOutput.http', validateReceiverUrl(endpoint));
    const own = {
      endpoint,
      open_timeout: TIMEOUT_SECONDS,
      read_timeout: TIMEOUT_SECONDS,
      retryable_response_codes: RETRYABLE.join(),
      format: { '@type': 'json' },
      inject: TIMESTAMP,
      auth: username || password ? { method: 'basic' } : undefined,
    };
    return new FluentdOutput(
      'http',
      { own, credentials: { 'auth.username': username, 'auth.password': password } },
      given,
    );
  }

  /**
   * Any output plugin of the image.
   *
   * @param type name of the plugin, as its documentation gives it after `@type`
   * @param settings parameters of the plugin, as in `FluentdOutputOptions.settings`
   * @param secrets parameters whose values come from Secrets
   */
  public static of(
    type: string,
    settings: { readonly [name: string]: any },
    secrets?: { readonly [name: string]: kplus.SecretValue },
  ): FluentdOutput {
    return new FluentdOutput(type, { defaults: type === 'forward' ? FORWARD : {} }, { settings, secrets });
  }

  private constructor(
    /** Name of the plugin. */
    public readonly name: string,
    parts: DestinationParts,
    options?: FluentdOutputOptions,
  ) {
    this._destination = toDestination(RULES, name, parts, options);
  }

  /** @internal */
  public readonly _destination: Destination;
}

/** Settings as parameters and sections; an object is a section, a list of objects several. */
export function toItems(settings: Settings): Item[] {
  return Object.entries(settings).flatMap(([name, value]): Item[] =>
    isSectionValue(value)
      ? [value].flat().map((section) => ({ name, items: toItems(section) }))
      : [[name, value as FluentdValue]],
  );
}

function validateParameter(value: unknown, path: SettingPath): string[] {
  const name = path.at(-1)!;
  if (typeof name === 'string' && !NAME.test(name)) {
    return ['is not the name of a parameter; use letters, digits, "_", "." and "-"'];
  }
  const isValue = (item: unknown) => ['string', 'number', 'boolean'].includes(typeof item) || item instanceof Variable;
  return isSectionValue(value) || [value].flat().every(isValue)
    ? []
    : ['is neither text, number, boolean, list nor section; pass one of these'];
}

function isSectionValue(value: unknown): value is Settings | readonly Settings[] {
  return isPlainObject(value) || (Array.isArray(value) && value.length > 0 && value.every(isPlainObject));
}
