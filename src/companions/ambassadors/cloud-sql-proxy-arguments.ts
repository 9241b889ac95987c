import { credentialIn } from '../../private/credentials';
import { failure } from '../../private/errors';

/** An instance as the proxy takes it. */
export interface Instance {
  readonly connectionName: string;
  readonly port: number;
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
  readonly more: readonly string[];
}

/** Flags that hold a credential, with the letter that stands for each. */
const CREDENTIALS = /^(-[tj]|--(token|login-token|json-credentials)\b)/;

/** The letters of flags that props say. */
const LETTERS: Readonly<Record<string, string>> = {
  '-a': '--address',
  '-p': '--port',
  '-c': '--credentials-file',
  '-i': '--auto-iam-authn',
  '-l': '--structured-logs',
};

/** Flags that cannot be passed, because props or the companion itself say what they say. */
const OWN = [
  '--address',
  '--port',
  '--credentials-file',
  '--auto-iam-authn',
  '--private-ip',
  '--psc',
  '--impersonate-service-account',
  '--max-connections',
  '--max-sigterm-delay',
  '--exit-zero-on-sigterm',
  '--health-check',
  '--http-address',
  '--http-port',
  '--structured-logs',
];

/**
 * The arguments of the Cloud SQL Auth Proxy.
 *
 * @see https://github.com/GoogleCloudPlatform/cloud-sql-proxy/blob/main/docs/cmd/cloud-sql-proxy.md
 */
export function cloudSqlArguments(name: string, proxy: Proxy): string[] {
  assertArguments(name, proxy.more);
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
    ...proxy.more,
    ...proxy.instances.map(instance),
  ];
}

function instance({ connectionName, port, flag, autoIamAuthn }: Instance): string {
  const parameters = [
    `address=127.0.0.1&port=${port}`,
    ...(flag === undefined ? [] : [`${flag}=true`]),
    ...(autoIamAuthn ? ['auto-iam-authn=true'] : []),
  ];
  return `${connectionName}?${parameters.join('&')}`;
}

function assertArguments(name: string, args: readonly string[]): void {
  for (const argument of args) {
    const flag = argument.split('=')[0]!;
    if (CREDENTIALS.test(flag) || credentialIn({ [flag]: argument.slice(flag.length + 1) }) !== undefined) {
      throw failure(
        'CloudSqlProxy',
        `argument "${flag}" of "${name}" would show a credential in the pod; use \`credentialsFile\``,
      );
    }
    if (OWN.includes(LETTERS[flag.slice(0, 2)] ?? flag)) {
      throw failure('CloudSqlProxy', `argument "${flag}" of "${name}" is set by the companion itself; use the prop`);
    }
    if (!flag.startsWith('-')) {
      throw failure(
        'CloudSqlProxy',
        `argument "${argument}" of "${name}" is no flag; write flag and value as one, such as "--quota-project=acme", and pass instances in \`instances\``,
      );
    }
  }
}
