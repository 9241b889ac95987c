import { type Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  FluentBit,
  FluentBitOutput,
  type ILogAgent,
  LogFiles,
  type SharedVolume,
  Sidecar,
  WebServer,
  type WebWithLogAgentOptions,
} from '../src';
import { fluentBitConfig, tailedPaths } from './fluent-bit-schema';
import { describePattern, type Pattern, type PatternProps } from './pattern-contract';
import { container, newChart, podSpec, podTemplate } from './support';

/** What every web server with a log agent has. */
interface WebPattern extends Pattern {
  readonly web: WebServer;
  readonly logAgent: ILogAgent;
  readonly logs: SharedVolume;
  addLogs(logs: LogFiles): void;
}

/** Makes a pattern "web" in a chart. */
export type WebBuild = (scope: Construct, props?: WebWithLogAgentOptions & PatternProps) => WebPattern;

/** The promises that every pattern of a web server and its log agent keeps. */
export function describeWebWithLogAgent(name: string, build: WebBuild, scales = false): void {
  const synthesize = (props?: WebWithLogAgentOptions): Chart => {
    const chart = newChart();
    build(chart, props);
    return chart;
  };
  const agentTo = (host: string) => new FluentBit({ output: FluentBitOutput.loki({ host }) });

  describePattern(name, {
    build,
    prop: ['web', 'web server'],
    main: 'webserver',
    companions: ['log-agent'],
    parts: ['web', 'logAgent', 'logs'],
    servedPort: 8080,
    scales,
  });

  describe(`${name}, which needs no props,`, () => {
    test('lets the web server write the logs that the agent reads, at the same path', () => {
      const chart = synthesize();
      const mountOf = (owner: string) =>
        container(chart, owner).volumeMounts?.filter((mount) => mount.name === 'webserver-var-log-nginx');
      expect(mountOf('webserver')).toEqual([{ mountPath: '/var/log/nginx', name: 'webserver-var-log-nginx' }]);
      expect(mountOf('log-agent')).toEqual([{ ...mountOf('webserver')![0], readOnly: true }]);
      expect(tailedPaths(fluentBitConfig(chart))).toEqual(['/var/log/nginx/access.log', '/var/log/nginx/error.log']);
    });

    test('has an agent that never keeps the pod out of its Services', () => {
      expect(container(synthesize(), 'log-agent')).not.toHaveProperty('readinessProbe');
    });

    test('gives the log files to a group of both where their UIDs differ', () => {
      const logAgent = new FluentBit({ output: FluentBitOutput.stdout(), user: 101 });
      expect(podSpec(synthesize()).securityContext).toMatchObject({
        fsGroup: 101,
        fsGroupChangePolicy: 'OnRootMismatch',
      });
      expect(podSpec(synthesize({ logAgent })).securityContext).not.toHaveProperty('fsGroup');
    });

    test('gives the pod the time that web server and agent need to stop', () => {
      expect(podSpec(synthesize()).terminationGracePeriodSeconds).toBe(5 + 25 + 10 + 5);
    });

    test('names its parts', () => {
      const chart = newChart();
      const pattern = build(chart);
      expect([pattern.web.name, pattern.logAgent.name]).toEqual(['webserver', 'log-agent']);
      expect(podSpec(chart).volumes?.map((volume) => volume.name)).toContain(pattern.logs.name);
    });

    test('ships the log files of companions, too', () => {
      const chart = newChart();
      const pattern = build(chart);
      pattern.pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
      pattern.addLogs(LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' }));
      expect(tailedPaths(fluentBitConfig(chart))).toEqual([
        '/var/log/nginx/access.log',
        '/var/log/nginx/error.log',
        '/logs/proxy/proxy/*.log',
      ]);
    });

    test('takes another web server and agent', () => {
      const web = WebServer.nginx({ name: 'front', port: 8443 });
      const logAgent = agentTo('loki.logging');
      const chart = newChart();
      const pattern = build(chart, { web, logAgent });
      expect([pattern.web, pattern.logAgent]).toEqual([web, logAgent]);
      expect(container(chart, 'front').ports).toEqual([{ containerPort: 8443, name: 'http' }]);
      expect(fluentBitConfig(chart).pipeline.outputs[0]).toMatchObject({ name: 'loki', host: 'loki.logging' });
    });

    test('rolls its pods where the configuration of the agent has changed', () => {
      const annotations = (host: string) => podTemplate(synthesize({ logAgent: agentTo(host) })).metadata?.annotations;
      expect(annotations('one')).toEqual(annotations('one'));
      expect(annotations('two')).not.toEqual(annotations('one'));
    });

    test('gives the same manifests each time with its parts told', () => {
      const build = () => Testing.synth(synthesize({ web: WebServer.nginx(), logAgent: agentTo('loki') }));
      expect(build()).toEqual(build());
    });
  });
}
