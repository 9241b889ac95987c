import { type Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Fluentd,
  FluentdOutput,
  type FluentdProps,
  LogFiles,
  LogFormat,
  MultiContainerPod,
} from '../../../../src/index';
import { fluentdProblems, readFluentd } from '../../../fluentd-schema';
import { describeLogAgent } from '../../../log-agent-contract';
import { container, manifests, newChart, newDeployment, podSpec } from '../../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log', format: LogFormat.json() });

/** The configuration of each agent of a chart, after the independent check has found nothing. */
function configs(chart: Chart, name = 'log-agent') {
  const texts = manifests(chart, 'ConfigMap').flatMap(({ data }) => data['fluent.conf'] ?? []);
  for (const text of texts) {
    expect(fluentdProblems(text, container(chart, name))).toEqual([]);
  }
  return texts.map(readFluentd);
}

describeLogAgent('Fluentd', {
  make: (options) => new Fluentd({ ...options, output: FluentdOutput.stdout() }),
  tailed: (chart) =>
    configs(chart).flatMap((sections) => sections.flatMap(({ parameters: { path = '' } }) => path.split(',')[0] || [])),
});

function ship(props: Partial<FluentdProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.add(new Fluentd({ logs: LOGS, output: FluentdOutput.stdout(), ...props }));
  return { chart, pod };
}

const credentials = (chart: Chart) => kplus.Secret.fromSecretName(chart, 'Credentials', 'logs');

describe('a Fluentd', () => {
  test('runs as one process, from a configuration of its own, through the entrypoint of the image', () => {
    const found = container(ship().chart, 'log-agent');
    expect(found).not.toHaveProperty('command');
    expect(found).toMatchObject({
      image: expect.stringContaining('fluent/fluentd:v1.19.3-debian'),
      args: ['fluentd', '--no-supervisor', '--config', '/fluentd/config/fluent.conf'],
      securityContext: { runAsUser: 999, readOnlyRootFilesystem: true },
      ports: [{ containerPort: 24220, name: 'log-agent' }],
      livenessProbe: { httpGet: { path: '/api/plugins.json', port: 24220 } },
    });
    expect(
      found
        .volumeMounts!.filter((mount) => !mount.readOnly)
        .map((mount) => mount.mountPath)
        .sort(),
    ).toEqual(['/fluentd/state', '/tmp']);
  });

  test('has room on its state volume for the buffer of each output', () => {
    const { chart } = ship({ moreOutputs: [FluentdOutput.http({ endpoint: 'http://logs' })] });
    const { volumes = [] } = podSpec(chart);
    expect(volumes.find(({ name }) => name === 'log-agent-state')?.emptyDir?.sizeLimit).toBe('288Mi');
    expect(configs(chart)).toHaveLength(1);
  });

  test('gets credentials as variables from Secrets, one for each output', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const secret = credentials(chart);
    pod.add(
      new Fluentd({
        logs: LOGS,
        output: FluentdOutput.forward({ host: 'fluentd', tls: true, sharedKey: { secret, key: 'a' } }),
        moreOutputs: [FluentdOutput.http({ endpoint: 'http://logs', password: { secret, key: 'b' } })],
      }),
    );
    const env = container(chart, 'log-agent').env!;
    expect(env.map(({ name }) => name)).toEqual([
      'POD_NAME',
      'POD_NAMESPACE',
      'NODE_NAME',
      'FORWARD_SECURITY_SHARED_KEY',
      'OUTPUT_2_AUTH_PASSWORD',
    ]);
    expect(env[4]).toEqual({
      name: 'OUTPUT_2_AUTH_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'logs', key: 'b' } },
    });
    expect(configs(chart)).toHaveLength(1);
  });

  test('takes a plugin that the image has', () => {
    const { chart } = ship({ image: 'acme/fluentd:1.19.3', output: FluentdOutput.of('loki', { url: 'http://loki' }) });
    const [text] = manifests(chart, 'ConfigMap').flatMap(({ data }) => data['fluent.conf'] ?? []);
    expect(text).toContain('@type loki');
  });

  test('fails with a plugin that the base image has not', () => {
    expect(() => new Fluentd({ output: FluentdOutput.of('elasticsearch', {}) })).toThrow(
      new Error(
        '[Fluentd] the base image has no output "elasticsearch"; pass an `image` that has its plugin (outputs: exec, exec_filter, file, forward, http, null, stdout)',
      ),
    );
  });

  test('fails with a variable that holds a credential', () => {
    const { secret, key } = { secret: credentials(newChart()), key: 'a' };
    const output = FluentdOutput.http({ endpoint: 'http://logs', password: { secret, key } });
    const envVariables = { HTTP_AUTH_PASSWORD: kplus.EnvValue.fromValue('x') };
    expect(() => new Fluentd({ output, envVariables })).toThrow(
      '[Fluentd] environment variable "HTTP_AUTH_PASSWORD" of "log-agent" is set by the companion itself; choose another name',
    );
  });

  test('names its port only where Kubernetes takes the name', () => {
    const { chart } = ship({ name: 'the-agent-that-ships' });
    expect(container(chart, 'the-agent-that-ships').ports).toEqual([{ containerPort: 24220 }]);
    expect(Testing.synth(chart)).toBeDefined();
  });
});
