import { Yaml } from 'cdk8s';
import { memoize } from '../../../private/memo';
import { toFollowedPaths } from '../../../software/rotated-names';
import type { AgentConfig, LogSource } from '../../kit/log-source';
import type { Settings } from '../../kit/settings';
import { toVectorMultiline } from './multiline';
import { renderRecordProgram } from './remap';

/** The smallest disk buffer that Vector takes, in bytes: two data files and its ledger. */
const LEAST_BUFFER = 268_435_488;

/** A transform or sink. */
export interface Component {
  readonly type: string;
  readonly options: Settings;
}

/** A sink. */
export interface Sink extends Component {
  /** Whether unsent records are kept on disk. */
  readonly onDisk: boolean;
}

/** A directory of files that each hold a credential. */
export interface Backend {
  readonly backend: string;
  readonly directory: string;
}

/** The parts of the configuration. */
export interface VectorConfig extends AgentConfig {
  readonly transforms: readonly Component[];
  readonly sinks: readonly Sink[];
  readonly secrets: readonly Backend[];
}

/**
 * The configuration of Vector in its YAML format.
 *
 * @see https://vector.dev/docs/reference/configuration/
 */
export const renderVector = memoize((agent: VectorConfig): string => {
  const records = agent.sources.map(({ id }) => `${toComponentId(id)}_record`);
  const transforms = agent.transforms.map((_, index) => `transform_${index + 1}`);
  const [last] = transforms.slice(-1);
  return Yaml.stringify({
    data_dir: agent.stateDirectory,
    api: { enabled: true, address: `0.0.0.0:${agent.port}` },
    acknowledgements: { enabled: true },
    ...(agent.secrets.length > 0 ? { secret: Object.fromEntries(agent.secrets.map(toSecretBackend)) } : {}),
    sources: Object.fromEntries(agent.sources.map((source) => [toComponentId(source.id), toFileSource(source)])),
    transforms: {
      ...Object.fromEntries(agent.sources.map(toRecordTransform)),
      ...Object.fromEntries(
        agent.transforms.map(({ type, options }, index) => [
          transforms[index],
          { type, inputs: index === 0 ? records : [transforms[index - 1]], ...structuredClone(options) },
        ]),
      ),
    },
    sinks: Object.fromEntries(
      agent.sinks.map((sink, index) => [
        `${sink.type}_${index + 1}`,
        toVectorSink(agent, sink, last ? [last] : [...records]),
      ]),
    ),
  });
});

/** Size of one disk buffer, in bytes. */
export function toBufferBytes(bufferMebibytes: number): number {
  return Math.max(bufferMebibytes * 2 ** 20, LEAST_BUFFER);
}

/** A dot would part the name of a component from that of an output. */
function toComponentId(id: string): string {
  return id.replace('.', '_');
}

function toFileSource(source: LogSource): object {
  const { path, rotation, rotatedPaths, multiline } = source;
  const { include, exclude } = toFollowedPaths(path, rotation, rotatedPaths);
  return {
    type: 'file',
    include,
    ...(exclude.length > 0 ? { exclude } : {}),
    read_from: 'beginning',
    max_line_bytes: 2 ** 20,
    host_key: '',
    ...(multiline ? { multiline: toVectorMultiline(multiline) } : {}),
  };
}

function toRecordTransform({ id, container, format }: LogSource): [string, object] {
  const source = renderRecordProgram(container, format);
  return [`${toComponentId(id)}_record`, { type: 'remap', inputs: [toComponentId(id)], source }];
}

function toSecretBackend({ backend: name, directory }: Backend): [string, object] {
  return [name, { type: 'directory', path: directory, remove_trailing_whitespace: true }];
}

function toVectorSink({ bufferMebibytes }: VectorConfig, { type, options, onDisk }: Sink, inputs: string[]): object {
  const buffer = { type: 'disk', max_size: toBufferBytes(bufferMebibytes), when_full: 'block' };
  return { type, inputs: [...inputs], ...structuredClone(options), ...(onDisk ? { buffer } : {}) };
}
