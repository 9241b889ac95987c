import type * as kplus from 'cdk8s-plus-28';
import { copyData } from '../../../private/copies';
import { createError } from '../../../private/errors';
import { findCredential } from '../../kit/credentials';
import { type Output, OWN_BUFFER_PARAMETERS } from './config';
import { type FluentdValue, type Item, Variable } from './syntax';

const PLUGIN = /^[a-z][a-z0-9_]*$/;

/** A name of a parameter or section. */
const NAME = /^@?[A-Za-z_][\w.-]*$/;

/** Long enough for a slow receiver, short enough for the time that a pod has to stop. */
const TIMEOUT_SECONDS = 10;

/** Answers of a receiver that another try may change. */
const RETRYABLE = [408, 425, 429, 500, 502, 503, 504];

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
    return new FluentdOutput('stdout', { format: { '@type': 'json' }, inject: TIMESTAMP });
  }

  /** The forward protocol, with acknowledgements. */
  public static forward(options: FluentdForwardOptions): FluentdOutput {
    const { host, port = 24224, tls, sharedKey, username, password } = options;
    if ((username || password) && !sharedKey) {
      throw createError(
        'FluentdOutput.forward',
        '`username` and `password` are sent only along with a `sharedKey`; pass that too',
      );
    }
    const own = {
      require_ack_response: true,
      ack_response_timeout: 60,
      connect_timeout: TIMEOUT_SECONDS,
      send_timeout: TIMEOUT_SECONDS,
      ...(tls ? { transport: 'tls', tls_verify_hostname: true } : {}),
      server: { host, port },
      ...(sharedKey ? { security: { self_hostname: new Variable('POD_NAME') } } : {}),
    };
    const secrets = { 'security.shared_key': sharedKey, 'server.username': username, 'server.password': password };
    return FluentdOutput.typed('forward', options, own, secrets);
  }

  /** HTTP POST of one JSON object a line. What the receiver refuses for good is dropped, which is reported. */
  public static http(options: FluentdHttpOptions): FluentdOutput {
    const own = {
      endpoint: options.endpoint,
      open_timeout: TIMEOUT_SECONDS,
      read_timeout: TIMEOUT_SECONDS,
      retryable_response_codes: RETRYABLE.join(),
      format: { '@type': 'json' },
      inject: TIMESTAMP,
    };
    const secrets = { 'auth.username': options.username, 'auth.password': options.password };
    const auth = options.username || options.password ? { auth: { method: 'basic' } } : {};
    return FluentdOutput.typed('http', options, { ...own, ...auth }, secrets);
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
    return new FluentdOutput(type, settings, secrets);
  }

  private static typed(
    type: string,
    options: FluentdOutputOptions,
    own: Settings,
    secrets: { readonly [name: string]: kplus.SecretValue | undefined },
  ): FluentdOutput {
    const given = Object.entries(secrets).filter((entry): entry is [string, kplus.SecretValue] => !!entry[1]);
    const settings = mergeOutputSettings(type, own, options.settings ?? {});
    const again = given.find(([name]) => Object.keys(options.secrets ?? {}).includes(name))?.[0];
    if (again) {
      throw createError(
        `FluentdOutput.${type}`,
        `"${again}" stands in \`secrets\` and in an option of its own; pass it once`,
      );
    }
    return new FluentdOutput(type, settings, { ...Object.fromEntries(given), ...options.secrets });
  }

  private constructor(
    /** Name of the plugin. */
    public readonly name: string,
    settings: Settings,
    secrets: { readonly [name: string]: kplus.SecretValue } = {},
  ) {
    if (!PLUGIN.test(name)) {
      throw createError('FluentdOutput', `"${name}" is not the name of a plugin; pass it as its documentation does`);
    }
    this._settings = copyData(settings);
    this._secrets = { ...secrets };
    const problem = validateOutputSettings(this._settings) ?? validateSecretPaths(this._settings, secrets);
    if (problem) {
      throw createError(`FluentdOutput.${name}`, problem);
    }
  }

  /**
   * The plugin with its credentials as references.
   *
   * @internal
   */
  public _toPlugin(toVariable: (secret: string) => string): Output {
    let settings = this._settings;
    for (const secret of Object.keys(this._secrets)) {
      settings = setVariable(settings, secret.split('.'), toVariable(secret));
    }
    return { type: this.name, items: toItems(settings) };
  }

  /** @internal */
  public readonly _secrets: { readonly [name: string]: kplus.SecretValue };

  private readonly _settings: Settings;
}

type Settings = { readonly [name: string]: any };

/** The time of the record, which JSON alone does not carry. */
const TIMESTAMP = { time_key: '@timestamp', time_type: 'string', time_format: '%FT%T.%LZ', utc: true };

/** Settings of the user beside those of the output, none of which may be set again. */
function mergeOutputSettings(type: string, own: Settings, more: Settings): Settings {
  const twice = Object.keys(more).find((name) => Object.keys(own).includes(name));
  if (twice) {
    throw createError(
      `FluentdOutput.${type}`,
      `setting "${twice}" is set by the output itself; leave it out, or describe the whole output with \`FluentdOutput.of\``,
    );
  }
  return { ...own, ...more };
}

function validateOutputSettings(settings: Settings, path: readonly string[] = []): string | undefined {
  const secret = findCredential(settings, '(?!)');
  if (secret) {
    return `setting "${secret}" is a credential, which would stand in a ConfigMap for all to read; pass it in \`secrets\``;
  }
  for (const [name, value] of Object.entries(settings)) {
    const problem = validateParameter(name, value, path);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function validateParameter(name: string, value: unknown, path: readonly string[]): string | undefined {
  const place = [...path, name].join('.');
  if (!NAME.test(name)) {
    return `"${place}" is not the name of a parameter; use letters, digits, "_", "." and "-"`;
  }
  if (path.length === 0 && ['@type', '@id', '@label', 'type'].includes(name)) {
    return `setting "${place}" is set by the agent itself; leave it out`;
  }
  if (path.join() === 'buffer' && OWN_BUFFER_PARAMETERS.includes(name)) {
    return `setting "${place}" is set by the agent itself; leave it out`;
  }
  if (isSectionValue(value)) {
    return [value]
      .flat()
      .map((each) => validateOutputSettings(each, [...path, name]))
      .find((problem) => problem !== undefined);
  }
  const values = [value].flat();
  return values.every((item) => ['string', 'number', 'boolean'].includes(typeof item) || item instanceof Variable)
    ? undefined
    : `setting "${place}" is neither text, number, boolean, list nor section; pass one of these`;
}

function validateSecretPaths(settings: Settings, secrets: Settings): string | undefined {
  const valueAt = (path: readonly string[]) => path.reduce<any>((value, name) => value?.[name], settings);
  for (const secret of Object.keys(secrets)) {
    const path = secret.split('.');
    if (!path.every((name) => NAME.test(name)) || secret.startsWith('@')) {
      return `secret "${secret}" is not the name of a parameter; pass one such as "password" or "auth.password"`;
    }
    const parents = path.slice(0, -1).map((_, index) => valueAt(path.slice(0, index + 1)));
    if (valueAt(path) !== undefined || parents.some((parent) => parent !== undefined && !isSettings(parent))) {
      return `"${secret}" cannot come from \`secrets\` here, because \`settings\` has another value there; pass it once`;
    }
  }
  return undefined;
}

function isSettings(value: unknown): value is Settings {
  return Object.getPrototypeOf(value ?? 0) === Object.prototype;
}

function isSectionValue(value: unknown): value is Settings | readonly Settings[] {
  return isSettings(value) || (Array.isArray(value) && value.length > 0 && value.every(isSettings));
}

function setVariable(settings: Settings, [name, ...rest]: string[], variable: string): Settings {
  const value = rest.length === 0 ? new Variable(variable) : setVariable(settings[name!] ?? {}, rest, variable);
  return { ...settings, [name!]: value };
}

function toItems(settings: Settings): Item[] {
  return Object.entries(settings).flatMap(([name, value]): Item[] =>
    isSectionValue(value)
      ? [value].flat().map((section) => ({ name, items: toItems(section) }))
      : [[name, value as FluentdValue]],
  );
}
