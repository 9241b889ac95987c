import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../pod/companion';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { throwFirst } from '../../private/errors';
import { readProps } from '../../private/read-props';
import { POSTGRES_EXPORTER } from '../../software/images';
import type { CaCertificates } from '../kit/ca-certificates';
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

const CA = 'postgresql';

const DEFAULTS: ExporterDefaults = {
  name: 'postgres-exporter',
  image: POSTGRES_EXPORTER,
  cpuMillis: 20,
  memoryMebibytes: 64,
  livenessPath: '/',
};

/**
 * Whether an exporter speaks TLS to PostgreSQL, and what it asks of the server's certificate.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export enum PostgresExporterTlsMode {
  /** Without TLS: right inside of the pod. */
  DISABLE = 'disable',
  /** With TLS, and any certificate. */
  REQUIRE = 'require',
  /** With TLS, and a certificate of a trusted authority. */
  VERIFY_CA = 'verify-ca',
  /** With TLS, and a certificate of a trusted authority for the host that is dialled. */
  VERIFY_FULL = 'verify-full',
}

/** Settings of the exporter of PostgreSQL. */
export interface PostgresExporterProps extends ExporterOptions {
  /** The role that it logs in as: a member of `pg_monitor`. */
  readonly username: kplus.SecretValue;

  /** The password of that role. */
  readonly password: kplus.SecretValue;

  /**
   * Name of the port of the pod at which PostgreSQL listens.
   *
   * @default - the one TCP port of the main container
   */
  readonly targetPort?: string;

  /**
   * Host and port of PostgreSQL, such as `localhost:5432`.
   *
   * @default - `targetPort` on localhost
   */
  readonly address?: string;

  /**
   * The database that it connects to.
   *
   * @default "postgres"
   */
  readonly database?: string;

  /**
   * Whether it speaks TLS to PostgreSQL, and what it verifies.
   *
   * @default PostgresExporterTlsMode.DISABLE
   */
  readonly tlsMode?: PostgresExporterTlsMode;

  /**
   * Authorities that it trusts.
   *
   * @default - those of the image: the public ones
   */
  readonly ca?: CaCertificates;

  /**
   * Groups of metrics that are switched on or off, by name: `{ settings: false, stat_statements: true }`.
   *
   * @default - those that the exporter collects by default
   */
  readonly collectors?: { readonly [name: string]: boolean };
}

/**
 * Turns the statistics of PostgreSQL into metrics of Prometheus, and tells with `pg_up` whether it could log in.
 *
 * It logs in for each scrape, as a role of yours. Its liveness does not depend on PostgreSQL, and it never keeps the pod
 * out of its Services.
 *
 * The container is `postgres-exporter`, with UID 65534, port 9187 (`metrics`), and requests 20m CPU and 64Mi memory.
 *
 * @see https://github.com/prometheus-community/postgres_exporter
 */
export class PostgresExporter implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: PostgresExporterProps;

  public constructor(props: PostgresExporterProps) {
    this.props = readProps('PostgresExporterProps', props, 'PostgresExporter');
    this.name = this.props.name ?? DEFAULTS.name;
    throwFirst('PostgresExporter', [
      ...validateAddress(this.name, this.props),
      ...validateTls(this.name, this.props),
      ...validateCollectors(this.name, this.props),
      ...validateExporter(this.props, DEFAULTS, this.collectorFlags, this.buildEnvironment('')),
    ]);
  }

  /** Adds the exporter to a pod. */
  public bind(pod: MultiContainerPod): void {
    const env = this.buildEnvironment(findObservedAddress(pod, this.name, this.props));
    addExporter(pod, this.props, toExporterContainer(this.props, DEFAULTS, this.collectorFlags, env));
    this.props.ca?._mount(pod, this.name, CA);
  }

  private buildEnvironment(address: string): Environment {
    const { username, password, database = 'postgres', tlsMode = PostgresExporterTlsMode.DISABLE, ca } = this.props;
    const rootCertificate = ca ? `&sslrootcert=${ca._toFilePath(CA)}` : '';
    const uri = `${address}/${encodeURIComponent(database)}?sslmode=${tlsMode}${rootCertificate}`;
    return {
      DATA_SOURCE_URI: kplus.EnvValue.fromValue(uri),
      DATA_SOURCE_USER: kplus.EnvValue.fromSecretValue(username),
      DATA_SOURCE_PASS: kplus.EnvValue.fromSecretValue(password),
    };
  }

  private get collectorFlags(): string[] {
    const { collectors = {} } = this.props;
    return Object.entries(collectors).map(([name, isOn]) => `--${isOn ? '' : 'no-'}collector.${name}`);
  }
}

function validateTls(name: string, { ca, tlsMode = PostgresExporterTlsMode.DISABLE }: PostgresExporterProps): string[] {
  return ca && tlsMode === PostgresExporterTlsMode.DISABLE
    ? [`\`ca\` of "${name}" is given, but it speaks without TLS; pass \`tlsMode\` as well, or leave \`ca\` out`]
    : [];
}

function validateCollectors(name: string, { collectors = {} }: PostgresExporterProps): string[] {
  const wrong = Object.keys(collectors).filter((collector) => !/^[a-z][a-z_]*$/.test(collector));
  return wrong.map(
    (collector) =>
      `collector "${collector}" of "${name}" is not the name of one; write it as in \`--collector.<name>\`, such as "stat_statements"`,
  );
}
