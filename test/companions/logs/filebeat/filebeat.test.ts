import { type Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parse } from 'yaml';
import {
  Filebeat,
  FilebeatOutput,
  type FilebeatProps,
  LogFiles,
  LogFormat,
  LogRotation,
  MultiContainerPod,
} from '../../../../src/index';
import { filebeatProblems } from '../../../filebeat-schema';
import { describeLogAgent } from '../../../log-agent-contract';
import { container, manifests, newChart, newDeployment } from '../../../support';

const DIRECTORY = '/var/log/app';
const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });

/** The configuration of the agents of a chart, after the independent check has found nothing. */
function configs(chart: Chart): any[] {
  const texts = manifests(chart, 'ConfigMap').flatMap(({ data }) => data['filebeat.yml'] ?? []);
  for (const text of texts) {
    expect(filebeatProblems(text, container(chart, 'log-agent'))).toEqual([]);
  }
  return texts.map((text) => parse(text));
}

const inputs = (chart: Chart): any[] => configs(chart).flatMap((config) => config['filebeat.inputs']);

describeLogAgent('Filebeat', {
  make: (options) => new Filebeat({ ...options, output: FilebeatOutput.console() }),
  tailed: (chart) => inputs(chart).map(({ paths }) => paths[0]),
  mebibytes: 200,
});

function ship(props: Partial<FilebeatProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const agent = new Filebeat({ logs: LOGS, output: FilebeatOutput.console(), ...props });
  pod.add(agent);
  return { chart, pod, agent };
}

describe('a Filebeat', () => {
  test('runs from a configuration that belongs to root, through the entrypoint of the image', () => {
    const found = container(ship().chart, 'log-agent');
    expect(found).not.toHaveProperty('command');
    expect(found).toMatchObject({
      image: expect.stringContaining('beats/filebeat:9.'),
      args: ['-c', '/usr/share/filebeat/config/filebeat.yml', '--strict.perms=false'],
      securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
      ports: [{ containerPort: 5066, name: 'log-agent' }],
      livenessProbe: { httpGet: { path: '/', port: 5066 } },
    });
  });

  test('reads renamed files on, whose names end in a number', () => {
    const { chart, pod } = ship();
    pod.logs.write(LOGS, { rotation: LogRotation.renameAndSignal({ process: 'app' }) });
    const [input] = inputs(chart);
    expect(input.paths).toEqual([`${DIRECTORY}/*.log`, `${DIRECTORY}/*.log.[0-9]`, `${DIRECTORY}/*.log.[0-9][0-9]`]);
    expect(input['prospector.scanner']).not.toHaveProperty('exclude_files');
  });

  test('does not read copies of files, which would be shipped twice', () => {
    const { chart, pod } = ship();
    pod.logs.write(LOGS, { rotation: LogRotation.copyTruncate() });
    expect(inputs(chart)[0].paths).toEqual([`${DIRECTORY}/*.log`]);
  });

  test('passes compressed files over', () => {
    const { chart, pod } = ship();
    pod.logs.write(LOGS, { rotation: LogRotation.byApplication() });
    expect(inputs(chart)[0]['prospector.scanner'].exclude_files).toEqual([
      '^/var/log/app/[^/]*\\.gz$$',
      '^/var/log/app/[^/]*\\.zip$$',
      '^/var/log/app/[^/]*\\.zst$$',
    ]);
  });

  test('gets credentials as variables from Secrets', () => {
    const secret = kplus.Secret.fromSecretName(newChart(), 'Credentials', 'elastic');
    const { chart } = ship({
      output: FilebeatOutput.elasticsearch({ hosts: ['es:9200'], apiKey: { secret, key: 'api-key' } }),
    });
    expect(container(chart, 'log-agent').env).toContainEqual({
      name: 'ELASTICSEARCH_API_KEY',
      valueFrom: { secretKeyRef: { name: 'elastic', key: 'api-key' } },
    });
    expect(configs(chart)[0]['output.elasticsearch'].api_key).toBe('${ELASTICSEARCH_API_KEY}');
  });

  test('delivers for as long as it is given', () => {
    const [config] = configs(ship({ flush: Duration.seconds(25) }).chart);
    expect(config['filebeat.shutdown_timeout']).toBe('25s');
  });

  test('holds back on disk what it is told', () => {
    const [config] = configs(ship({ diskQueue: true, bufferLimit: Size.mebibytes(64) }).chart);
    expect(config['queue.disk']).toEqual({ max_size: '64MiB' });
  });

  test('puts fields where it is told, and runs processors on them', () => {
    const logs = LogFiles.inDirectory(DIRECTORY, { pattern: '*.json', format: LogFormat.json() });
    const processors = [{ drop_event: { when: { equals: { level: 'debug' } } } }];
    const { chart } = ship({ logs, formatField: '', processors });
    expect(inputs(chart)[0].parsers[0].ndjson.target).toBe('');
    expect(configs(chart)[0].processors).toEqual(processors);
  });

  const BEHIND = LogFormat.regex('(?<a>x)(?<=y)');
  const PROBLEM = `[shop/web] log agent "log-agent" cannot read "${DIRECTORY}/x.log": expression "(?<a>x)(?<=y)" has "(?<=", which Filebeat's JavaScript does not know; write it without`;
  const FILES = LogFiles.inDirectory(DIRECTORY, { pattern: 'x.log', format: BEHIND });

  test.each<[string, () => void, string]>([
    ['a format that it cannot read', () => ship({ logs: FILES }), PROBLEM],
    ['such a format that is added', () => ship().agent.addLogs(FILES), PROBLEM],
    [
      'such a format that is collected',
      () => {
        const { agent, pod } = ship();
        agent.collect(pod, FILES);
      },
      PROBLEM,
    ],
    [
      'a queue on disk that is too small',
      () => ship({ diskQueue: true, bufferLimit: Size.mebibytes(9) }),
      '[Filebeat] `bufferLimit` of "log-agent" is 9 MiB, less than the 10 MiB that its disk queue takes; pass more',
    ],
    [
      'a credential in a processor',
      () => ship({ processors: [{ add_fields: { fields: { token: 'abc' } } }] }),
      '[Filebeat] processor setting "0.add_fields.fields.token" is a credential, which would stand in a ConfigMap for all to read; refer to a variable of the agent\'s environment, as in `${TOKEN}`',
    ],
  ])('fails with %s', (_, act, message) => {
    expect(act).toThrow(new Error(message));
  });
});
