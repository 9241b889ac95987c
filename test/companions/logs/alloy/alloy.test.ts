import { type Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Alloy,
  AlloyOutput,
  type AlloyProps,
  LogFiles,
  LogFormat,
  LogRotation,
  MultiContainerPod,
  Multiline,
} from '../../../../src/index';
import { type AlloyBlock, alloyProblems, readAlloy, tailedPaths } from '../../../alloy-schema';
import { describeLogAgent } from '../../../log-agent-contract';
import { container, manifests, newChart, newDeployment } from '../../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const LOKI = AlloyOutput.loki({ endpoint: 'http://loki.logging:3100' });

/** The configuration of the agents of a chart, after the independent check has found nothing. */
function blocks(chart: Chart): AlloyBlock[] {
  const texts: string[] = manifests(chart, 'ConfigMap').flatMap(({ data }) => data['config.alloy'] ?? []);
  for (const text of texts) {
    expect(alloyProblems(text, container(chart, 'log-agent'))).toEqual([]);
  }
  return texts.flatMap(readAlloy);
}

describeLogAgent('Alloy', {
  make: (options) => new Alloy({ ...options, output: LOKI }),
  tailed: (chart) => tailedPaths(blocks(chart)),
  mebibytes: 192,
});

function ship(props: Partial<AlloyProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const agent = new Alloy({ logs: LOGS, output: LOKI, ...props });
  pod.add(agent);
  return { chart, pod, agent };
}

describe('an Alloy', () => {
  test('serves its health to the kubelet, reports no usage and ends in time', () => {
    const found = container(ship({ port: 1234, flush: Duration.seconds(25) }).chart, 'log-agent');
    expect(found).toMatchObject({
      image: expect.stringContaining('grafana/alloy:v1.'),
      args: [
        'run',
        '--server.http.listen-addr=0.0.0.0:1234',
        '--server.http.enable-pprof=false',
        '--storage.path=/var/lib/alloy/data',
        '--disable-reporting',
        '--server.http.disable-support-bundle',
        '--feature.component-shutdown-deadline=25s',
        '/etc/alloy-config/config.alloy',
      ],
      securityContext: { runAsUser: 473, runAsGroup: 473, readOnlyRootFilesystem: true },
      ports: [{ containerPort: 1234, name: 'log-agent' }],
      livenessProbe: { httpGet: { path: '/-/ready', port: 1234 } },
    });
    expect(found).not.toHaveProperty('command');
  });

  test('keeps its positions on the state volume', () => {
    const mounts = container(ship().chart, 'log-agent').volumeMounts!;
    expect(mounts.find(({ name }) => name === 'log-agent-state')).toMatchObject({ mountPath: '/var/lib/alloy/data' });
  });

  test('passes rotated files over', () => {
    const { chart, pod } = ship();
    pod.logs.write(LOGS, { rotation: LogRotation.byApplication({ rotatedFiles: '*.old' }) });
    const [{ attributes }] = blocks(chart) as [AlloyBlock];
    expect(attributes.path_targets[0].__path_exclude__).toBe('/var/log/app/*.old');
  });

  test('gets credentials as variables from Secrets, one for each output', () => {
    const secret = kplus.Secret.fromSecretName(newChart(), 'Credentials', 'loki');
    const { chart } = ship({
      output: AlloyOutput.loki({
        endpoint: 'http://a',
        username: { secret, key: 'u' },
        password: { secret, key: 'p' },
      }),
      moreOutputs: [AlloyOutput.loki({ endpoint: 'http://b', bearerToken: { secret, key: 't' } })],
    });
    const env = container(chart, 'log-agent').env!;
    expect(env.slice(3).map(({ name }) => name)).toEqual(['LOKI_USERNAME', 'LOKI_PASSWORD', 'OUTPUT_2_BEARER_TOKEN']);
    expect(env[5]).toMatchObject({ valueFrom: { secretKeyRef: { name: 'loki', key: 't' } } });
    expect(blocks(chart).filter(({ name }) => name === 'loki.write')).toHaveLength(2);
  });

  const JAVA = LogFiles.inDirectory('/var/log/app', { pattern: 'x.log', multiline: Multiline.java() });
  const PROBLEM =
    'cannot read "/var/log/app/x.log": lines of a stack trace cannot be joined by how they go on, because Alloy knows a record by its first line alone; use `Multiline.startingWith`';
  const FORMAT = LogFormat.json({ timeKey: 'ts', timeFormat: '%j' });

  test.each<[string, () => void, string]>([
    ['lines that it cannot join', () => ship({ logs: JAVA }), PROBLEM],
    ['such lines that are added', () => ship().agent.addLogs(JAVA), PROBLEM],
    [
      'such lines that are collected',
      () => {
        const { agent, pod } = ship();
        agent.collect(pod, JAVA);
      },
      PROBLEM,
    ],
    [
      'a time that it cannot read',
      () => ship({ logs: LogFiles.inDirectory('/var/log/app', { pattern: 'x.log', format: FORMAT }) }),
      'cannot read "/var/log/app/x.log": `timeFormat` "%j" cannot be told to Alloy; use "%s", or conversions of date and time with signs between them',
    ],
  ])('fails with %s', (_, act, message) => {
    expect(act).toThrow(new Error(`[shop/web] log agent "log-agent" ${message}`));
  });
});
