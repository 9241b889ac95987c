import { Testing } from 'cdk8s';
import {
  FluentBit,
  FluentBitOutput,
  type ILogAgent,
  LogFiles,
  LogFormat,
  LogRotation,
  type MultiContainerPod,
  Sidecar,
  WebServer,
  WebWithLogAgentDeployment,
  WebWithLogAgentPod,
} from '../../src';
import { fluentBitConfig, fluentBitConfigs, tailedPaths } from '../fluent-bit-schema';
import { schemaProblems } from '../kubernetes-schema';
import { restrictedViolations } from '../restricted';
import { container, newChart, podSpec } from '../support';

/** A pod "shop/web" of a Java server that writes two logs. */
function compose(rotation = LogRotation.byApplication(), logAgent?: ILogAgent) {
  const chart = newChart();
  const web = WebServer.of({
    image: 'acme/shop:1.4.2',
    user: 1000,
    port: 8081,
    logs: LogFiles.inDirectory('/logs', { pattern: 'access.log' }),
    moreLogs: [LogFiles.inDirectory('/logs', { pattern: 'shop.json', format: LogFormat.json() })],
    rotation,
  });
  return { chart, pattern: new WebWithLogAgentPod(chart, 'web', { web, logAgent }) };
}

const names = (chart: any) => podSpec(chart).initContainers?.map(({ name }) => name);

describe('a web server with a log agent', () => {
  test('ships every log of the web server, each in its format', () => {
    const { chart } = compose();
    const config = fluentBitConfig(chart);
    expect(tailedPaths(config)).toEqual(['/logs/access.log', '/logs/shop.json']);
    expect(config.parsers.map(({ format }: any) => format)).toEqual(['json']);
    expect(config.pipeline.outputs[0].name).toBe('stdout');
  });

  test('ships what the agent was made with, too', () => {
    const audit = LogFiles.inDirectory('/audit', { pattern: '*.log' });
    const { chart } = compose(undefined, new FluentBit({ output: FluentBitOutput.stdout(), logs: audit }));
    expect(tailedPaths(fluentBitConfig(chart))).toEqual(['/audit/*.log', '/logs/access.log', '/logs/shop.json']);
  });

  test.each([
    ['itself', LogRotation.byApplication(), ['log-agent'], false],
    ['by copying', LogRotation.copyTruncate(), ['log-agent', 'log-rotator'], false],
    ['by renaming', LogRotation.renameAndSignal({ process: 'java' }), ['log-agent', 'log-rotator'], true],
  ])('rotates the logs %s, with the containers that takes', (_, rotation, companions, sharesProcesses) => {
    const { chart } = compose(rotation);
    expect(names(chart)).toEqual(companions);
    expect(podSpec(chart).shareProcessNamespace === true).toBe(sharesProcesses);
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
    expect(tailedPaths(fluentBitConfig(chart))).toHaveLength(2);
  });

  test('rotates all logs of the web server as its user', () => {
    const { chart } = compose(LogRotation.copyTruncate());
    const config = Testing.synth(chart).find(({ data }) => data?.['rotate-logs.sh']);
    expect(config.data['rotate-logs.sh']).toContain("FILES='/logs/access.log /logs/shop.json'");
    expect(container(chart, 'log-rotator').securityContext).toMatchObject({ runAsUser: 1000 });
  });

  test('takes an agent of your own', () => {
    const collected: [MultiContainerPod, string][] = [];
    const stranger: ILogAgent = {
      name: 'vector',
      bind: (pod) => void pod.addSidecar({ name: 'vector', image: 'acme/vector:1', user: 7 }),
      collect: (pod, logs) => {
        pod.logs.read(logs, 'vector');
        collected.push([pod, logs.path]);
      },
    };
    const { chart, pattern } = compose(undefined, stranger);
    expect(pattern.logAgent).toBe(stranger);
    expect(collected).toEqual([
      [pattern.pod, '/logs/access.log'],
      [pattern.pod, '/logs/shop.json'],
    ]);
    expect(container(chart, 'vector').volumeMounts).toEqual([
      { mountPath: '/logs', name: pattern.logs.name, readOnly: true },
    ]);
    pattern.addLogs(LogFiles.inDirectory('/logs', { pattern: 'gc.log' }));
    expect(collected.slice(2)).toEqual([[pattern.pod, '/logs/gc.log']]);
  });

  test('can be completed with companions of your own', () => {
    const { chart, pattern } = compose();
    pattern.pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 7 }));
    expect(names(chart)).toEqual(['log-agent', 'proxy']);
  });

  test('shares web server and agent with another pod without mixing their logs', () => {
    const chart = newChart();
    const logAgent = new FluentBit({ output: FluentBitOutput.stdout() });
    const web = WebServer.nginx();
    new WebWithLogAgentPod(chart, 'a', { web, logAgent, metadata: { name: 'a' } });
    new WebWithLogAgentDeployment(chart, 'b', { web, logAgent, metadata: { name: 'b' } });
    const alone = newChart();
    new WebWithLogAgentPod(alone, 'a');
    const configs = fluentBitConfigs(chart);
    expect(Object.keys(configs)).toEqual(['a/log-agent', 'b/log-agent']);
    expect(Object.values(configs)).toEqual([fluentBitConfig(alone), fluentBitConfig(alone)]);
  });
});

test('fails with a web server that writes no log files', () => {
  const web = WebServer.of({ image: 'acme/shop:1.4.2', user: 1000, port: 8081 });
  expect(() => new WebWithLogAgentPod(newChart(), 'web', { web })).toThrow(
    new Error(
      '[shop/web] web server "webserver" writes no log files that an agent could ship; pass its `logs`, or leave the agent out',
    ),
  );
});
