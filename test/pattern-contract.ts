import { type Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  FluentBit,
  FluentBitOutput,
  type ILogAgent,
  LogFiles,
  MultiContainerPod,
  PodRules,
  type SharedVolume,
  Sidecar,
  SidecarMode,
  WebServer,
  type WebWithLogAgentOptions,
} from '../src';
import { containersOf, podTemplateOf } from '../src/private/manifest';
import { fluentBitConfig } from './fluent-bit-schema';
import { schemaProblems } from './kubernetes-schema';
import { restrictedViolations } from './restricted';
import { container, deepFreeze, newChart, podSpec, podTemplate, WORKLOADS } from './support';

/** What every pattern has. */
export interface Pattern extends Construct {
  readonly workload: kplus.AbstractPod;
  readonly pod: MultiContainerPod;
  readonly web: WebServer;
  readonly logAgent: ILogAgent;
  readonly logs: SharedVolume;
  addLogs(logs: LogFiles): void;
}

/** What every pattern takes. */
export type PatternProps = WebWithLogAgentOptions & kplus.AbstractPodProps & { readonly metadata?: any };

/** Makes a pattern "web" in a chart. */
export type PatternBuild = (scope: Construct, props?: PatternProps) => Pattern;

/** The promises that every pattern of a web server and its log agent keeps. */
export function describePattern(name: string, build: PatternBuild): void {
  const synthesize = (props?: PatternProps): Chart => {
    const chart = newChart();
    build(chart, props);
    return chart;
  };
  const agentTo = (host: string) => new FluentBit({ output: FluentBitOutput.loki({ host }) });

  describe(`${name}, which needs no props,`, () => {
    test('gives manifests that Kubernetes takes, restricted', () => {
      const chart = synthesize();
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
      expect(restrictedViolations(podSpec(chart))).toEqual([]);
      expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
    });

    test('runs the web server as main container and the agent as native sidecar', () => {
      const { spec, metadata } = podTemplate(synthesize());
      expect(spec.containers.map((main) => main.name)).toEqual(['webserver']);
      expect(spec.initContainers?.map((agent) => [agent.name, agent.restartPolicy])).toEqual([['log-agent', 'Always']]);
      expect(metadata?.annotations).toMatchObject({ 'kubectl.kubernetes.io/default-container': 'webserver' });
    });

    test('runs the agent beside the main container in classic mode', () => {
      const chart = synthesize({ sidecarMode: SidecarMode.CLASSIC });
      const { containers, initContainers = [] } = podSpec(chart);
      expect(containers.map((any) => [any.name, any.restartPolicy])).toEqual([
        ['webserver', undefined],
        ['log-agent', undefined],
      ]);
      expect(initContainers).toEqual([]);
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    });

    test('lets the web server write the logs that the agent reads, at the same path', () => {
      const chart = synthesize();
      const mountOf = (owner: string) =>
        container(chart, owner).volumeMounts?.filter((mount) => mount.name === 'webserver-var-log-nginx');
      expect(mountOf('webserver')).toEqual([{ mountPath: '/var/log/nginx', name: 'webserver-var-log-nginx' }]);
      expect(mountOf('log-agent')).toEqual([{ ...mountOf('webserver')![0], readOnly: true }]);
      expect(fluentBitConfig(chart).pipeline.inputs.map(({ path }: any) => path)).toEqual([
        '/var/log/nginx/access.log',
        '/var/log/nginx/error.log',
      ]);
    });

    test('has an agent that is small and never keeps the pod out of its Services', () => {
      const agent = container(synthesize(), 'log-agent') as any;
      expect(agent).not.toHaveProperty('readinessProbe');
      expect(Number(/^(\d+)m$/.exec(agent.resources.requests.cpu)![1])).toBeLessThanOrEqual(100);
      expect(Number(/^(\d+)Mi$/.exec(agent.resources.requests.memory)![1])).toBeLessThanOrEqual(128);
      expect(agent.resources.limits.memory).toBe(agent.resources.requests.memory);
    });

    test('confines every container, with a numeric UID', () => {
      for (const { securityContext } of containersOf(podSpec(synthesize()))) {
        expect(securityContext).toMatchObject({
          runAsUser: expect.any(Number),
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
        });
      }
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

    test('gives equal manifests each time', () => {
      const chart = synthesize();
      const first = Testing.synth(chart);
      expect(Testing.synth(chart)).toEqual(first);
      expect(Testing.synth(synthesize())).toEqual(first);
    });

    test('leaves frozen props as they are', () => {
      const props = deepFreeze<PatternProps>({
        containers: [],
        initContainers: [],
        volumes: [],
        metadata: { labels: { team: 'shop' } },
        securityContext: {},
        sidecarMode: SidecarMode.NATIVE,
      });
      const build = () => Testing.synth(synthesize(props));
      expect(build()).toEqual(build());
    });

    test('has its parts within reach', () => {
      const chart = newChart();
      const pattern = build(chart);
      const { containers, volumes } = podSpec(chart);
      expect(WORKLOADS).toHaveProperty(pattern.workload.constructor.name);
      expect(pattern.pod).toBe(MultiContainerPod.of(pattern.workload));
      expect(pattern.web.name).toBe(containers[0]!.name);
      expect(pattern.logAgent.name).toBe('log-agent');
      expect(volumes?.map((volume) => volume.name)).toContain(pattern.logs.name);
    });

    test('keeps its parts', () => {
      const pattern = build(newChart());
      for (const part of ['pod', 'web', 'logAgent', 'logs'] as const) {
        const before = pattern[part];
        expect(() => Object.assign(pattern, { [part]: undefined })).toThrow(TypeError);
        expect(pattern[part]).toBe(before);
      }
    });

    test('ships the log files of companions, too', () => {
      const chart = newChart();
      const pattern = build(chart);
      pattern.pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
      pattern.addLogs(LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' }));
      expect(fluentBitConfig(chart).pipeline.inputs.map(({ path }: any) => path)).toEqual([
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

    test('passes on what cdk8s-plus takes', () => {
      const chart = newChart();
      const { workload } = build(chart, {
        metadata: { name: 'shop', labels: { team: 'web' }, namespace: 'prod' },
        serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'shop-account'),
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
        terminationGracePeriod: Duration.minutes(2),
        automountServiceAccountToken: true,
        securityContext: { fsGroup: 4711 },
        initContainers: [{ name: 'setup', image: 'acme/setup:1', securityContext: { user: 5 } }],
      });
      const manifest = Testing.synth(chart).find(({ kind }) => kind === workload.constructor.name);
      expect(manifest.metadata).toMatchObject({ name: 'shop', labels: { team: 'web' }, namespace: 'prod' });
      const { spec } = podTemplateOf(manifest);
      expect(spec).toMatchObject({
        serviceAccountName: 'shop-account',
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
        terminationGracePeriodSeconds: 120,
        automountServiceAccountToken: true,
        securityContext: { fsGroup: 4711, fsGroupChangePolicy: 'OnRootMismatch' },
      });
      expect(containersOf(spec).map((any) => any.name)).toEqual(['setup', 'log-agent', 'webserver']);
    });

    test('fails with containers of cdk8s-plus, which would come before the web server', () => {
      expect(() => synthesize({ containers: [{ image: 'acme/app:1' }] })).toThrow(
        new Error(
          '[shop/web] `containers` would be there before the web server, which is the main container; pass `web`, and add others with `pod.add`',
        ),
      );
    });
  });
}
