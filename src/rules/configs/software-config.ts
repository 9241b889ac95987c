import { findKnownImage } from '../data/known-images';
import type { ContainerView } from '../model/container-view';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { findRunningSoftware } from '../model/software';
import { readCloudSqlProxy } from './cloud-sql-proxy';
import type { Reading, SoftwareConfig } from './config';
import { type ConfigFile, ConfigFiles } from './config-file';
import { type ConfigNaming, readConfigPaths } from './config-path';
import { readEnvoyConfig } from './envoy';
import { FILEBEAT_DEFAULTS, FILEBEAT_HOME, isFilebeatConfig, readFilebeat } from './filebeat';
import {
  collectFluentBitParts,
  FLUENT_BIT_DEFAULTS,
  isFluentBitCommand,
  isFluentBitConfig,
  parseFlagSections,
  readFluentBit,
} from './fluent-bit';
import { FLUENTD_DEFAULTS, isFluentdConfig, readFluentd } from './fluentd';
import { readHaProxyConfig } from './ha-proxy';
import { readNginxConfig } from './nginx';
import { readOAuth2ProxyConfig } from './oauth2-proxy';
import { isOpenTelemetryConfig, OPEN_TELEMETRY_DEFAULTS, readOpenTelemetry } from './open-telemetry';
import { readPgBouncerConfig } from './pg-bouncer';
import { isPromtailConfig, PROMTAIL_DEFAULTS, readPromtail } from './promtail';
import type { ServerConfig } from './server-config';
import { readTailCommand } from './tail-command';
import { isVectorConfig, readVector, VECTOR_DEFAULTS } from './vector';
import { readYamlRoot } from './yaml-text';

/** Software whose configuration is one file. */
interface Software extends ConfigNaming {
  readonly name: string;
  /** The paths at which its image looks for the file. */
  readonly defaults: readonly string[];
  /** Whether its image names the file among the arguments, so that it is not read where the manifest has others. */
  readonly isNamedByArguments?: boolean;
  readonly isMine: (file: ConfigFile) => boolean;
  readonly read: (file: ConfigFile, files: ConfigFiles, container: ContainerView) => Reading;
}

const CLOUD_SQL_PROXY = 'Cloud SQL Auth Proxy';

const FLUENT_BIT: Software = {
  name: 'Fluent Bit',
  defaults: FLUENT_BIT_DEFAULTS,
  isNamedByArguments: true,
  isMine: isFluentBitConfig,
  read: (file, files, container) => {
    const parts = collectFluentBitParts(file, files);
    return readFluentBit({ ...parts, sections: [...parts.sections, ...parseFlagSections(container)] });
  },
};

const SOFTWARE: readonly Software[] = [
  FLUENT_BIT,
  {
    name: 'Vector',
    defaults: VECTOR_DEFAULTS,
    variable: 'VECTOR_CONFIG',
    isMine: ({ text }) => isVectorConfig(readYamlRoot(text)),
    read: ({ text }) => readVector(text),
  },
  {
    name: 'OpenTelemetry Collector',
    defaults: OPEN_TELEMETRY_DEFAULTS,
    isMine: ({ text }) => isOpenTelemetryConfig(readYamlRoot(text)),
    read: ({ text }) => readOpenTelemetry(text),
  },
  {
    name: 'Filebeat',
    defaults: FILEBEAT_DEFAULTS,
    directory: FILEBEAT_HOME,
    isMine: ({ text }) => isFilebeatConfig(readYamlRoot(text)),
    read: ({ text }, _, container) => readFilebeat(text, container),
  },
  {
    name: 'Fluentd',
    defaults: FLUENTD_DEFAULTS,
    variable: 'FLUENTD_CONF',
    variableDirectory: '/fluentd/etc',
    isMine: isFluentdConfig,
    read: readFluentd,
  },
  {
    name: 'Promtail',
    defaults: PROMTAIL_DEFAULTS,
    isNamedByArguments: true,
    isMine: ({ text }) => isPromtailConfig(readYamlRoot(text)),
    read: ({ text }, _, container) => readPromtail(text, container),
  },
];

/** Servers and proxies, each of which finds its files in a way of its own. */
const SERVERS: Readonly<
  Record<string, ((container: ContainerView, files: ConfigFiles) => ServerConfig | undefined) | undefined>
> = {
  nginx: readNginxConfig,
  Envoy: readEnvoyConfig,
  HAProxy: readHaProxyConfig,
  PgBouncer: readPgBouncerConfig,
  'OAuth2 Proxy': readOAuth2ProxyConfig,
};

const kept = new WeakMap<ContainerView, { readonly set: ManifestSet; readonly config?: SoftwareConfig }>();

/** The configuration of a container as the manifests have it; nothing where they hold none that can be read. */
export function findSoftwareConfig(
  container: ContainerView,
  pod: PodView,
  set: ManifestSet,
): SoftwareConfig | undefined {
  const found = kept.get(container);
  if (found?.set === set) {
    return found.config;
  }
  const config = readSoftwareConfig(container, pod, set);
  kept.set(container, { set, config });
  return config;
}

function readSoftwareConfig(container: ContainerView, pod: PodView, set: ManifestSet): SoftwareConfig | undefined {
  const image = findRunningSoftware(container).software?.software;
  const files = mountsConfigFiles(container, pod) ? new ConfigFiles(container, pod, set) : undefined;
  const server = image ?? findKnownImage(container.image)?.software; // a script may start it
  const readServer = server === undefined ? undefined : SERVERS[server];
  const found = files && readServer?.(container, files);
  if (found) {
    return { ...found.reading, software: server!, source: found.file.mount, title: found.file.title };
  }
  if (image === CLOUD_SQL_PROXY) {
    const reading = readCloudSqlProxy(container);
    return reading && { ...reading, software: image, source: container.field.at('args'), title: 'its arguments' };
  }
  const software = SOFTWARE.find(({ name }) => name === image);
  if (image !== undefined && !software) {
    return undefined;
  }
  return (files && readFileConfig(container, files, software)) ?? readCommandConfig(container, software);
}

/** Whether any ConfigMap may bring a file into a container: most have none. */
function mountsConfigFiles({ mounts }: ContainerView, pod: PodView): boolean {
  return mounts.some(({ volume: name }) => {
    const volume = pod.findVolume(name);
    return volume !== undefined && (volume.at('configMap').exists || volume.at('projected').exists);
  });
}

function readFileConfig(
  container: ContainerView,
  files: ConfigFiles,
  software: Software | undefined,
): SoftwareConfig | undefined {
  const { paths, isUnclear } = readConfigPaths(container, software);
  if (container.mounts.length === 0 || isUnclear || paths.length > 1) {
    return undefined;
  }
  for (const candidate of software ? [software] : SOFTWARE) {
    const places = paths.length > 0 ? paths : listDefaultPaths(candidate, container);
    const file = places.map((path) => files.findFile(path)).find((found) => found !== undefined);
    if (file && !file.path.endsWith('.toml') && (software || candidate.isMine(file))) {
      const reading = candidate.read(file, files, container);
      return { ...reading, software: candidate.name, source: file.mount, title: file.title };
    }
  }
  return undefined;
}

/** Arguments replace those of the image, which may name the file. */
function listDefaultPaths({ defaults, isNamedByArguments }: Software, { field }: ContainerView): readonly string[] {
  return isNamedByArguments && field.at('args').exists ? [] : defaults;
}

/** Software that is told everything in its arguments. */
function readCommandConfig(container: ContainerView, software: Software | undefined): SoftwareConfig | undefined {
  const source = container.field.at(container.field.at('args').exists ? 'args' : 'command');
  const sections = software === FLUENT_BIT || isFluentBitCommand(container) ? parseFlagSections(container) : [];
  if (sections.length > 0) {
    const { isUnclear, paths } = readConfigPaths(container);
    const reading = readFluentBit({ sections, isPartial: isUnclear || paths.length > 0 });
    return { ...reading, software: FLUENT_BIT.name, source, title: 'its arguments' };
  }
  const reading = software ? undefined : readTailCommand(container);
  return reading && { ...reading, software: 'tail', source, title: 'its arguments' };
}
