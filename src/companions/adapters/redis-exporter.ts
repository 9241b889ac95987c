import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../pod/companion';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { throwFirst } from '../../private/errors';
import { readProps } from '../../private/read-props';
import { isHost } from '../../software/hosts';
import { REDIS_EXPORTER } from '../../software/images';
import type { Environment } from '../kit/companion-options';
import {
  addExporter,
  type ExporterDefaults,
  type ExporterOptions,
  findObservedAddress,
  toExporterContainer,
  validateAddress,
  validateExporter,
} from '../kit/exporter';
import { mountSecret } from '../kit/secret-files';
import type { UpstreamTls } from '../kit/upstream-tls';

const CA = 'redis';
const CLIENT_DIRECTORY = '/redis-exporter/client';

const DEFAULTS: ExporterDefaults = {
  name: 'redis-exporter',
  image: REDIS_EXPORTER,
  cpuMillis: 20,
  memoryMebibytes: 64,
  livenessPath: '/health',
};

/** TLS of the connection to Redis. */
export interface RedisExporterTls extends UpstreamTls {
  /**
   * Secret of the type `kubernetes.io/tls` with the client's certificate, where the server asks for one.
   *
   * @default - no certificate is sent
   */
  readonly client?: kplus.ISecret;
}

/** Settings of the exporter of Redis. */
export interface RedisExporterProps extends ExporterOptions {
  /**
   * Name of the port of the pod at which Redis listens.
   *
   * @default - the one TCP port of the main container
   */
  readonly targetPort?: string;

  /**
   * Host and port of Redis, such as `localhost:6379`.
   *
   * @default - `targetPort` on localhost
   */
  readonly address?: string;

  /**
   * The user of its access control list, Redis 6 or later.
   *
   * @default - the user `default`
   */
  readonly username?: kplus.SecretValue;

  /**
   * The password.
   *
   * @default - Redis asks for none
   */
  readonly password?: kplus.SecretValue;

  /**
   * Connects to Redis by TLS. An empty object will do where its certificate is for `localhost`.
   *
   * @default - without TLS, inside of the pod
   */
  readonly tls?: RedisExporterTls;
}

/**
 * Turns what Redis tells of itself into metrics of Prometheus: memory, clients, commands, keys, replication, and `redis_up`.
 * Valkey and KeyDB tell the same.
 *
 * Its page `/scrape`, which would send the password to any host that a visitor names, is switched off.
 * Its liveness does not depend on Redis, and it never keeps the pod out of its Services.
 *
 * The container is `redis-exporter`, with UID 59000, port 9121 (`metrics`), and requests 20m CPU and 64Mi memory.
 *
 * @see https://github.com/oliver006/redis_exporter
 */
export class RedisExporter implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: RedisExporterProps;

  public constructor(props: RedisExporterProps = {}) {
    this.props = readProps('RedisExporterProps', props, 'RedisExporter');
    this.name = this.props.name ?? DEFAULTS.name;
    const { serverName } = this.props.tls ?? {};
    throwFirst('RedisExporter', [
      ...(serverName === undefined || isHost(serverName)
        ? []
        : [
            `\`tls.serverName\` "${serverName}" of "${this.name}" is no name that a certificate could be for; pass one`,
          ]),
      ...validateAddress(this.name, this.props),
      ...validateExporter(this.props, DEFAULTS, [], this.buildEnvironment('')),
    ]);
  }

  /** Adds the exporter to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { tls } = this.props;
    const env = this.buildEnvironment(findObservedAddress(pod, this.name, this.props));
    addExporter(pod, this.props, toExporterContainer(this.props, DEFAULTS, [], env));
    tls?.ca?._mount(pod, this.name, CA);
    if (tls?.client) {
      const name = [this.name, 'client'] as const;
      mountSecret(pod, [this.name], { secret: tls.client, directory: CLIENT_DIRECTORY, name });
    }
  }

  private buildEnvironment(address: string): Environment {
    const { username, password, tls } = this.props;
    const { fromValue, fromSecretValue } = kplus.EnvValue;
    return {
      REDIS_ADDR: fromValue(`${tls ? 'rediss' : 'redis'}://${address}`),
      REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT: fromValue('true'),
      ...(username ? { REDIS_USER: fromSecretValue(username) } : {}),
      ...(password ? { REDIS_PASSWORD: fromSecretValue(password) } : {}),
      ...toTlsVariables(tls),
    };
  }
}

function toTlsVariables({ ca, client, serverName }: RedisExporterTls = {}): Environment {
  const values = {
    CA_CERT_FILE: ca?._toFilePath(CA),
    CLIENT_CERT_FILE: client && `${CLIENT_DIRECTORY}/tls.crt`,
    CLIENT_KEY_FILE: client && `${CLIENT_DIRECTORY}/tls.key`,
    SERVER_NAME: serverName,
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [`REDIS_EXPORTER_TLS_${name}`, kplus.EnvValue.fromValue(value!)]),
  );
}
