import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { SidecarProps } from '../../../pod/containers/container-options';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { readProps } from '../../../private/read-props';
import { PGBOUNCER } from '../../../software/images';
import { AmbassadorPorts, buildAmbassadorProbes } from '../../kit/ambassador';
import type { CaCertificates } from '../../kit/ca-certificates';
import {
  type Environment,
  type ResizableCompanionOptions,
  toCompanionContainer,
  validateEnvironment,
} from '../../kit/companion-options';
import { mountSecret } from '../../kit/secret-files';
import { type Database, renderPgBouncer, renderPgBouncerScript, type Settings } from './config';
import type { PgBouncerCredentials } from './credentials';
import { validatePgBouncer } from './validate';

const CONFIG_DIRECTORY = '/etc/pgbouncer';
const CONFIG_FILE = 'pgbouncer.ini';
const SCRIPT_FILE = 'start.sh';
const CONFIG_PATH = `${CONFIG_DIRECTORY}/${CONFIG_FILE}`;
const USER_DIRECTORY = '/run/pgbouncer';
const WRITTEN_USER_LIST = 'userlist.txt';
const CA = 'postgresql';

/** Settings that `settings` may change: drivers of Java send `extra_float_digits`, and probes would fill the log. */
const DEFAULTS: Settings = {
  ignore_startup_parameters: 'extra_float_digits',
  log_connections: 0,
  log_disconnections: 0,
};

/** The moment at which PgBouncer gives the connection of one client to another. */
export enum PgBouncerPoolMode {
  /** Once the client disconnects: everything works as without a pool. */
  SESSION = 'session',

  /** After each transaction. What belongs to a session, such as `SET`, `LISTEN` and advisory locks, does not work. */
  TRANSACTION = 'transaction',

  /** After each statement. Transactions of several statements are refused. */
  STATEMENT = 'statement',
}

/** The authentication of the clients of PgBouncer, which are the containers of its pod. */
export enum PgBouncerAuthentication {
  /** By password, which never crosses the wire. */
  SCRAM_SHA_256 = 'scram-sha-256',

  /** By password; for users of an authentication file with MD5 hashes. */
  MD5 = 'md5',

  /**
   * Not at all: whoever reaches the port, which are the containers of the pod, only names a user of the credentials and
   * needs no password.
   */
  TRUST = 'trust',
}

/** Whether PgBouncer speaks TLS to PostgreSQL, and what it verifies. */
export enum PgBouncerTlsMode {
  /** Without TLS. */
  DISABLE = 'disable',

  /** By TLS where PostgreSQL offers it. The server is not verified. */
  PREFER = 'prefer',

  /** By TLS. The server is not verified. */
  REQUIRE = 'require',

  /** By TLS, with a certificate of one of the authorities. */
  VERIFY_CA = 'verify-ca',

  /** By TLS, with a certificate of one of the authorities for the host. */
  VERIFY_FULL = 'verify-full',
}

/** A database to which PgBouncer keeps connections. */
export interface PgBouncerDatabase {
  /** Name under which clients ask for it: letters, digits, "_", "." and "-", or `*` for all that have no entry. */
  readonly name: string;

  /** Host of PostgreSQL: a name that the pod can look up, or an address. */
  readonly host: string;

  /**
   * Port of PostgreSQL.
   *
   * @default 5432
   */
  readonly port?: number;

  /**
   * Name of the database in PostgreSQL.
   *
   * @default - the name under which clients ask for it
   */
  readonly database?: string;

  /**
   * User that PgBouncer logs in as.
   *
   * @default - the user as whom the client logs in
   */
  readonly user?: string;

  /**
   * The moment at which a connection is given to another client.
   *
   * @default - `poolMode` of PgBouncer
   */
  readonly poolMode?: PgBouncerPoolMode;

  /**
   * The most connections for each user.
   *
   * @default - `poolSize` of PgBouncer
   */
  readonly poolSize?: number;
}

/** Settings of PgBouncer. An `image` of your own has a shell, `pgbouncer` and `pg_isready`. */
export interface PgBouncerProps extends ResizableCompanionOptions {
  /** The databases. */
  readonly databases: PgBouncerDatabase[];

  /** The users that it lets in and logs in to PostgreSQL with. */
  readonly credentials: PgBouncerCredentials;

  /**
   * The authentication of its clients.
   *
   * @default PgBouncerAuthentication.SCRAM_SHA_256
   */
  readonly authentication?: PgBouncerAuthentication;

  /**
   * The moment at which it gives the connection of one client to another.
   *
   * @default PgBouncerPoolMode.SESSION
   */
  readonly poolMode?: PgBouncerPoolMode;

  /**
   * The most connections to PostgreSQL for each database and user.
   *
   * @default 20
   */
  readonly poolSize?: number;

  /**
   * The most connections of clients.
   *
   * @default 100
   */
  readonly maxClientConnections?: number;

  /**
   * The time that a query waits for a connection before the client is disconnected.
   *
   * @default Duration.seconds(120)
   */
  readonly queryWaitTimeout?: Duration;

  /**
   * Whether it speaks TLS to PostgreSQL, and what it verifies.
   *
   * @default PgBouncerTlsMode.PREFER
   */
  readonly tlsMode?: PgBouncerTlsMode;

  /**
   * Authorities whose certificates PostgreSQL may show, for the modes that verify it.
   *
   * @default - the server is not verified
   */
  readonly ca?: CaCertificates;

  /**
   * More settings of the section `[pgbouncer]`, by name, as its documentation has them. Those that the other props say
   * cannot be set here, nor can credentials.
   *
   * @default - PgBouncer's own defaults
   * @see https://www.pgbouncer.org/config.html
   */
  readonly settings?: { readonly [name: string]: string };

  /**
   * Port on the loopback interface.
   *
   * @default 5432
   */
  readonly localPort?: number;

  /**
   * Environment variables that say where PgBouncer is. An empty object sets none.
   *
   * @default - `PGHOST` and `PGPORT` of the main container, which the clients of PostgreSQL read
   */
  readonly variables?: EndpointVariables;

  /**
   * The time it may wait for the last clients when the pod stops. Counts into the termination grace period.
   *
   * @default Duration.seconds(5)
   */
  readonly flush?: Duration;
}

/**
 * A PgBouncer beside the main container: a pool of connections to PostgreSQL, behind a port that only the containers of
 * the pod reach. It is ready before the main container starts and is stopped after it; it then waits until the last
 * client has left.
 *
 * Its probes ask PgBouncer alone, so that no outage of the database restarts it or takes the pod out of its Services. Each
 * pod has a pool of its own: PostgreSQL sees up to `poolSize` connections for each database, user and pod.
 *
 * The container is `pgbouncer`, with UID 70, and requests 50m CPU and 64Mi memory. It is a native sidecar: the kernel
 * refuses it as a classic one, which cannot be ready first.
 *
 * @see https://www.pgbouncer.org/config.html
 * @see https://github.com/edoburu/docker-pgbouncer
 */
export class PgBouncer implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: PgBouncerProps;
  private readonly ports: AmbassadorPorts;

  public constructor(props: PgBouncerProps) {
    this.props = readProps('PgBouncerProps', props, 'PgBouncer');
    this.name = this.props.name ?? 'pgbouncer';
    throwFirst('PgBouncer', [
      ...validatePgBouncer(this.name, this.props, Object.keys(this.ownSettings)),
      ...validateEnvironment(this.name, this.ownEnvironment, this.props.envVariables),
    ]);
    const words = { source: 'PgBouncer', container: this.name, prop: 'databases', one: 'database' };
    const variables = this.props.variables ?? { host: 'PGHOST', port: 'PGPORT' };
    this.ports = new AmbassadorPorts(words, [{ name: this.name, localPort: this.localPort, variables }], []);
  }

  /** Adds PgBouncer to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar(this.buildContainer());
    this.ports.claim(pod);
    this.mountUserList(pod);
    this.props.ca?._mount(pod, this.name, CA);
    const files = { [CONFIG_FILE]: this.config, ...(this.user ? { [SCRIPT_FILE]: this.script } : {}) };
    pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY, files });
  }

  /**
   * The endpoint at which it listens in a pod that it was added to.
   *
   * @throws where it was not added to this pod
   */
  public endpoint(pod: MultiContainerPod): Endpoint {
    return this.ports.endpoint(pod);
  }

  private buildContainer(): SidecarProps {
    const flush = this.props.flush ?? Duration.seconds(5);
    // A user that may see statistics is let into the database of PgBouncer itself, which writes no line to the log.
    const probe = ['pg_isready', '-q', '-h', '127.0.0.1', '-p', `${this.localPort}`, '-d', 'pgbouncer', '-U'];
    return {
      ...toCompanionContainer(this.props, { name: this.name, image: PGBOUNCER, cpuMillis: 50, memoryMebibytes: 64 }),
      command: this.user ? ['sh', `${CONFIG_DIRECTORY}/${SCRIPT_FILE}`] : ['pgbouncer', CONFIG_PATH],
      envVariables: { ...this.ownEnvironment, ...this.props.envVariables },
      ...buildAmbassadorProbes((options) => kplus.Probe.fromCommand([...probe, this.user ?? 'probe'], options), flush),
      readyBeforeMain: true,
      flush,
    };
  }

  /** Mounts the user list; a directory that it is written into is writable, and never reaches a disk. */
  private mountUserList(pod: MultiContainerPod): void {
    if (this.user) {
      const name = toDnsLabel(this.name, 'users');
      const medium = kplus.EmptyDirMedium.MEMORY;
      pod.storage.scratch(this.name, USER_DIRECTORY, { name, medium, sizeLimit: Size.mebibytes(1) });
    } else {
      const { secret, key } = this.props.credentials._secret;
      const files = { [key]: key };
      mountSecret(pod, [this.name], { secret, directory: USER_DIRECTORY, name: [this.name, 'users'], files });
    }
  }

  private get ownEnvironment(): Environment {
    return this.user
      ? {
          PGBOUNCER_USER: kplus.EnvValue.fromValue(this.user),
          PGBOUNCER_PASSWORD: kplus.EnvValue.fromSecretValue(this.props.credentials._secret),
        }
      : {};
  }

  private get config(): string {
    return renderPgBouncer(this.databases, {
      ...DEFAULTS,
      stats_users: this.user,
      ...this.ownSettings,
      ...this.props.settings,
    });
  }

  private get script(): string {
    return renderPgBouncerScript(this.userList, CONFIG_PATH);
  }

  private get databases(): Database[] {
    return this.props.databases.map(({ name, host, port, database, user, poolMode, poolSize }) => ({
      name,
      connection: {
        host,
        port: port ?? 5432,
        dbname: database,
        user,
        pool_mode: poolMode,
        pool_size: poolSize,
      },
    }));
  }

  private get ownSettings(): Settings {
    const { authentication, poolMode, poolSize, maxClientConnections, queryWaitTimeout, tlsMode, ca } = this.props;
    return {
      listen_addr: '127.0.0.1',
      listen_port: this.localPort,
      unix_socket_dir: '',
      auth_type: authentication ?? PgBouncerAuthentication.SCRAM_SHA_256,
      auth_file: this.userList,
      pool_mode: poolMode ?? PgBouncerPoolMode.SESSION,
      default_pool_size: poolSize ?? 20,
      max_client_conn: maxClientConnections ?? 100,
      query_wait_timeout: toWholeSeconds(queryWaitTimeout ?? Duration.seconds(120)),
      server_tls_sslmode: tlsMode ?? PgBouncerTlsMode.PREFER,
      server_tls_ca_file: ca?._toFilePath(CA),
    };
  }

  private get userList(): string {
    return `${USER_DIRECTORY}/${this.user ? WRITTEN_USER_LIST : this.props.credentials._secret.key}`;
  }

  private get user(): string | undefined {
    return this.props.credentials._user;
  }

  private get localPort(): number {
    return this.props.localPort ?? PGBOUNCER.port!;
  }
}
