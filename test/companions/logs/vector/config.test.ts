import { parse } from 'yaml';
import { bufferBytes, renderVector, type VectorAgent } from '../../../../src/companions/logs/vector/config';
import { LogFiles, Multiline } from '../../../../src/index';
import { deepFreeze } from '../../../support';
import { vectorProblems } from '../../../vector-schema';

const FILES = LogFiles.inDirectory('/logs', { pattern: '*.log' });
const SOURCE = { files: FILES, container: 'app', path: '/logs/*.log', id: 'app.logs', rotatedPaths: [] };
const SINK = { type: 'http', options: { uri: 'http://in', method: 'post' }, onDisk: true };
const AGENT: VectorAgent = deepFreeze({
  port: 8686,
  stateDirectory: '/state',
  bufferMebibytes: 256,
  sources: [SOURCE],
  transforms: [],
  sinks: [SINK],
  secrets: [],
});

/** The configuration as Vector reads it, after the independent check has found nothing. */
function render(changes: Partial<VectorAgent> = {}): any {
  const config = parse(renderVector({ ...AGENT, ...changes }));
  expect(vectorProblems(config)).toEqual([]);
  return config;
}

describe('the configuration of Vector', () => {
  test('keeps all state in one directory', () => {
    expect(render().data_dir).toBe('/state');
  });

  test('counts what is read only when each sink has it', () => {
    expect(render().acknowledgements).toEqual({ enabled: true });
  });

  test('reads files from their head, with long lines and without the name of the host', () => {
    expect(render().sources).toEqual({
      app_logs: {
        type: 'file',
        include: ['/logs/*.log'],
        read_from: 'beginning',
        max_line_bytes: 1048576,
        host_key: '',
      },
    });
  });

  test('joins lines in the source', () => {
    const files = LogFiles.inDirectory('/logs', { pattern: '*.log', multiline: Multiline.startingWith('^\\d') });
    expect(render({ sources: [{ ...SOURCE, files }] }).sources.app_logs.multiline).toMatchObject({
      start_pattern: '^\\d',
      mode: 'halt_before',
    });
  });

  test('sends the records of all files to each sink', () => {
    const config = render({
      sources: [SOURCE, { ...SOURCE, id: 'proxy.logs', container: 'proxy' }],
      sinks: [SINK, { ...SINK, type: 'console', options: { target: 'stdout' }, onDisk: false }],
    });
    expect(config.sinks.http_1.inputs).toEqual(['app_logs_record', 'proxy_logs_record']);
    expect(config.sinks.console_2.inputs).toEqual(config.sinks.http_1.inputs);
    expect(config.transforms.proxy_logs_record).toMatchObject({ type: 'remap', inputs: ['proxy_logs'] });
    expect(config.transforms.proxy_logs_record.source).toContain('.container_name = "proxy"');
  });

  test('blocks where a buffer is full, so that the files are the buffer', () => {
    expect(render({ bufferMebibytes: 300 }).sinks.http_1.buffer).toEqual({
      type: 'disk',
      max_size: 300 * 2 ** 20,
      when_full: 'block',
    });
  });

  test('writes what two sinks share twice, not as a YAML alias', () => {
    const options = deepFreeze({ uri: 'http://in', request: { headers: { a: 'b' } } });
    const sink = { ...SINK, options };
    expect(renderVector({ ...AGENT, sinks: [sink, sink] })).not.toMatch(/[&*]\w+$/m);
  });
});

test.each([
  [1, 268435488],
  [256, 268435488],
  [257, 257 * 2 ** 20],
])('a buffer of %i MiB is %i bytes', (mebibytes, bytes) => {
  expect(bufferBytes(mebibytes)).toBe(bytes);
});
