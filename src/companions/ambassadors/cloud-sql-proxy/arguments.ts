import { validateArguments } from '../../kit/arguments';

/** An instance as the proxy takes it. */
export interface Instance {
  readonly connectionName: string;
  readonly localPort: number;
  /** The parameter that says the way to it, where that is not the public address. */
  readonly flag?: string;
  readonly autoIamAuthn: boolean;
}

/** A whole proxy. */
export interface Proxy {
  readonly instances: readonly Instance[];
  readonly healthPort: number;
  readonly sigtermSeconds: number;
  readonly credentialsFile?: string;
  readonly impersonateServiceAccount?: string;
  readonly maxConnections?: number;
  /** Arguments of the user. */
  readonly args: readonly string[];
}

/** Flags that are the companion's own, and flags that would show a credential. */
const RULES = {
  own: [
    ...['address', 'port', 'credentials-file', 'auto-iam-authn', 'private-ip', 'psc', 'impersonate-service-account'],
    ...['max-connections', 'max-sigterm-delay', 'exit-zero-on-sigterm', 'health-check', 'http-address', 'http-port'],
    'structured-logs',
  ],
  letters: {
    ...{ a: 'address', p: 'port', c: 'credentials-file', i: 'auto-iam-authn', l: 'structured-logs' },
    ...{ t: 'token', j: 'json-credentials' },
  },
  remedy: 'use `credentialsFile`',
};

/**
 * The arguments of the Cloud SQL Auth Proxy.
 *
 * @see https://github.com/GoogleCloudPlatform/cloud-sql-proxy/blob/main/docs/cmd/cloud-sql-proxy.md
 */
export function toCloudSqlArguments(proxy: Proxy): string[] {
  const { credentialsFile, impersonateServiceAccount, maxConnections } = proxy;
  return [
    '--structured-logs',
    '--health-check',
    '--http-address=0.0.0.0',
    `--http-port=${proxy.healthPort}`,
    '--exit-zero-on-sigterm',
    `--max-sigterm-delay=${proxy.sigtermSeconds}s`,
    ...(credentialsFile === undefined ? [] : [`--credentials-file=${credentialsFile}`]),
    ...(impersonateServiceAccount === undefined ? [] : [`--impersonate-service-account=${impersonateServiceAccount}`]),
    ...(maxConnections === undefined ? [] : [`--max-connections=${maxConnections}`]),
    ...proxy.args,
    ...proxy.instances.map(toInstanceArgument),
  ];
}

/** Finds what is wrong with the arguments that a user adds. */
export function validateCloudSqlArguments(name: string, args?: readonly string[]): string[] {
  return validateArguments({ ...RULES, name }, args);
}

function toInstanceArgument({ connectionName, localPort, flag, autoIamAuthn }: Instance): string {
  const parameters = [
    `address=127.0.0.1&port=${localPort}`,
    ...(flag === undefined ? [] : [`${flag}=true`]),
    ...(autoIamAuthn ? ['auto-iam-authn=true'] : []),
  ];
  return `${connectionName}?${parameters.join('&')}`;
}
