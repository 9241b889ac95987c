import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { CLOUD_SQL_PROXY } from '../../../software/images';
import { AmbassadorPorts, buildHttpProbes, type NamedPort } from '../../kit/ambassador';
import { type ResizableCompanionOptions, toCompanionContainer, toCompanionPort } from '../../kit/companion-options';
import { mountSecret } from '../../kit/secret-files';
import { toCloudSqlArguments, validateCloudSqlArguments } from './arguments';

const CREDENTIALS_DIRECTORY = '/etc/cloud-sql-proxy';

/** `project:region:instance`; the project of a domain has a colon of its own. */
const CONNECTION_NAME = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]*:[a-z0-9-]+:[a-z][a-z0-9-]*$/;

/** The database software of a Cloud SQL instance. */
export enum CloudSqlEngine {
  /** PostgreSQL: port 5432, `PGHOST` and `PGPORT`. */
  POSTGRESQL = 'postgresql',

  /** MySQL: port 3306, `MYSQL_HOST` and `MYSQL_TCP_PORT`. */
  MYSQL = 'mysql',

  /** SQL Server: port 1433, `MSSQL_HOST` and `MSSQL_PORT`. */
  SQL_SERVER = 'sqlserver',
}

/** The way from the pod to a Cloud SQL instance. */
export enum CloudSqlNetwork {
  /** The public address of the instance. */
  PUBLIC_IP = 'public-ip',

  /** The private address, in a VPC that the nodes are connected to. */
  PRIVATE_IP = 'private-ip',

  /** The endpoint of Private Service Connect. */
  PSC = 'psc',
}

const ENGINES: Readonly<Record<CloudSqlEngine, { readonly port: number; readonly variables: EndpointVariables }>> = {
  [CloudSqlEngine.POSTGRESQL]: { port: 5432, variables: { host: 'PGHOST', port: 'PGPORT' } },
  [CloudSqlEngine.MYSQL]: { port: 3306, variables: { host: 'MYSQL_HOST', port: 'MYSQL_TCP_PORT' } },
  [CloudSqlEngine.SQL_SERVER]: { port: 1433, variables: { host: 'MSSQL_HOST', port: 'MSSQL_PORT' } },
};

/** A Cloud SQL instance. */
export interface CloudSqlInstance {
  /** Its connection name, `project:region:instance`. */
  readonly connectionName: string;

  /** Its database software. */
  readonly engine: CloudSqlEngine;

  /**
   * Port on the loopback interface.
   *
   * @default - the usual port of the engine: 5432, 3306 or 1433
   */
  readonly localPort?: number;

  /**
   * The way to it.
   *
   * @default CloudSqlNetwork.PUBLIC_IP
   */
  readonly network?: CloudSqlNetwork;

  /**
   * Whether the proxy logs in to the database as its own service account, so that clients need no password. Not for SQL
   * Server.
   *
   * @default false
   * @see https://cloud.google.com/sql/docs/postgres/iam-authentication
   */
  readonly autoIamAuthn?: boolean;

  /**
   * Environment variables that say where it is. An empty object sets none.
   *
   * @default - those that the clients of the engine read, of the main container: `PGHOST` and `PGPORT`, `MYSQL_HOST` and
   * `MYSQL_TCP_PORT`, or `MSSQL_HOST` and `MSSQL_PORT`
   */
  readonly variables?: EndpointVariables;
}

/** Settings of the Cloud SQL Auth Proxy. An `image` of your own is a build of version 2. */
export interface CloudSqlProxyProps extends ResizableCompanionOptions {
  /** The instances, each with a port of its own. */
  readonly instances: CloudSqlInstance[];

  /**
   * The key file of a Google service account.
   *
   * @default - the proxy asks the metadata server of the node, as Workload Identity Federation for GKE needs it; the pod then
   * takes a ServiceAccount that may use Cloud SQL, and no token of Kubernetes is mounted for it
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
   */
  readonly credentialsFile?: kplus.SecretValue;

  /**
   * Google service account that the proxy acts for. Several stand for a chain of delegation, separated by commas.
   *
   * @default - the proxy acts for itself
   */
  readonly impersonateServiceAccount?: string;

  /**
   * The most connections of clients to each instance.
   *
   * @default - as many as the database takes
   */
  readonly maxConnections?: number;

  /**
   * More arguments of the proxy, such as `--prometheus`. Those that the other props say cannot be passed here, nor can
   * credentials.
   *
   * @default - the proxy's own defaults
   */
  readonly args?: string[];

  /**
   * Port of its health checks, on all interfaces.
   *
   * @default 9090
   */
  readonly healthPort?: number;

  /**
   * The time it may wait for open connections when the pod stops. Counts into the termination grace period.
   *
   * @default Duration.seconds(5)
   */
  readonly flush?: Duration;
}

/**
 * A Cloud SQL Auth Proxy beside the main container: a port for each Cloud SQL instance that only the containers of the pod
 * reach, and encrypted connections to it that need no certificates. It is ready before the main container starts and is
 * stopped after it, with exit code 0, so that Jobs succeed.
 *
 * Its probes ask the proxy alone, not its instances: no outage of a database restarts it or takes the pod out of its
 * Services. It starts without a word from Google's API, because the engine of each instance is known.
 *
 * The container is `cloud-sql-proxy`, with UID 65532, port 9090 for health checks, and requests 50m CPU and 64Mi memory. It
 * is a native sidecar: the kernel refuses it as a classic one, which cannot be ready first.
 *
 * @see https://github.com/GoogleCloudPlatform/cloud-sql-proxy
 */
export class CloudSqlProxy implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: CloudSqlProxyProps;
  private readonly ports: AmbassadorPorts;

  public constructor(props: CloudSqlProxyProps) {
    this.props = readProps('CloudSqlProxyProps', props, 'CloudSqlProxy');
    this.name = this.props.name ?? 'cloud-sql-proxy';
    throwFirst('CloudSqlProxy', [
      ...this.props.instances.flatMap(validateInstance),
      ...validateCloudSqlArguments(this.name, this.props.args),
    ]);
    const words = { source: 'CloudSqlProxy', container: this.name, prop: 'instances', one: 'instance' };
    this.ports = new AmbassadorPorts(words, this.props.instances.map(toInstancePort), [this.healthPort]);
  }

  /** Adds the proxy to a pod. */
  public bind(pod: MultiContainerPod): void {
    const defaults = { name: this.name, image: CLOUD_SQL_PROXY, cpuMillis: 50, memoryMebibytes: 64 };
    pod.addSidecar({
      ...toCompanionContainer(this.props, defaults),
      args: this.buildArguments(),
      ports: [toCompanionPort(this.name, this.healthPort)],
      ...buildHttpProbes('/startup', this.healthPort),
      liveness: buildHttpProbes('/liveness', this.healthPort, this.flush).liveness,
      readyBeforeMain: true,
      flush: this.flush,
    });
    this.ports.claim(pod);
    this.mountCredentials(pod);
  }

  /**
   * The endpoint of an instance in a pod that the proxy was added to.
   *
   * @param connectionName the instance; may be left out where there is one
   * @throws where the proxy was not added to this pod, or has no such instance
   */
  public endpoint(pod: MultiContainerPod, connectionName?: string): Endpoint {
    return this.ports.endpoint(pod, connectionName);
  }

  private buildArguments(): string[] {
    const { instances, credentialsFile, impersonateServiceAccount, maxConnections, args } = this.props;
    return toCloudSqlArguments({
      instances: instances.map(({ connectionName, engine, localPort, network, autoIamAuthn }) => ({
        connectionName,
        localPort: localPort ?? ENGINES[engine].port,
        flag: network === undefined || network === CloudSqlNetwork.PUBLIC_IP ? undefined : network,
        autoIamAuthn: autoIamAuthn ?? false,
      })),
      healthPort: this.healthPort,
      sigtermSeconds: toWholeSeconds(this.flush),
      credentialsFile: credentialsFile && `${CREDENTIALS_DIRECTORY}/${credentialsFile.key}`,
      impersonateServiceAccount,
      maxConnections,
      args: args ?? [],
    });
  }

  private mountCredentials(pod: MultiContainerPod): void {
    const { credentialsFile } = this.props;
    if (credentialsFile) {
      const { secret, key } = credentialsFile;
      const name = [this.name, 'credentials'] as const;
      mountSecret(pod, [this.name], { secret, directory: CREDENTIALS_DIRECTORY, name, files: { [key]: key } });
    }
  }

  private get healthPort(): number {
    return this.props.healthPort ?? CLOUD_SQL_PROXY.port!;
  }

  private get flush(): Duration {
    return this.props.flush ?? Duration.seconds(5);
  }
}

function validateInstance({ connectionName, engine, autoIamAuthn }: CloudSqlInstance): string[] {
  return [
    ...(CONNECTION_NAME.test(connectionName)
      ? []
      : [
          `"${connectionName}" is not a connection name; pass "project:region:instance", as the Cloud SQL instance shows it`,
        ]),
    ...(autoIamAuthn && engine === CloudSqlEngine.SQL_SERVER
      ? [`instance "${connectionName}" has \`autoIamAuthn\`, which SQL Server does not know; leave it out`]
      : []),
  ];
}

function toInstancePort({ connectionName, engine, localPort, variables }: CloudSqlInstance): NamedPort {
  const defaults = ENGINES[engine];
  return { name: connectionName, localPort: localPort ?? defaults.port, variables: variables ?? defaults.variables };
}
