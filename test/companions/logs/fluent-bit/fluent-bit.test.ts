import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitFilter,
  FluentBitOutput,
  type FluentBitProps,
  LogFiles,
  LogFormat,
  LogRotation,
  MultiContainerPod,
  Multiline,
  PreStopSleep,
  Sidecar,
  SidecarMode,
} from '../../../../src';
import { fluentBitConfig, fluentBitConfigs, tailedPaths } from '../../../fluent-bit-schema';
import { schemaProblems } from '../../../kubernetes-schema';
import { describeLogAgent } from '../../../log-agent-contract';
import { APP, container, deepFreeze, newChart, newDeployment, podSpec } from '../../../support';

describe('fluent bit classic', () => {
  const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

  /** A Deployment "shop/web" with an agent that ships its logs. */
  function ship(props: Partial<FluentBitProps> = {}, sidecarMode?: SidecarMode) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart), { sidecarMode });
    pod.add(new FluentBit({ logs: LOGS, output: FluentBitOutput.stdout(), ...props }));
    return { chart };
  }

  describe('a Fluent Bit as a classic sidecar', () => {
    test('is the debug image, whose `sleep` lets it outlive the main container', () => {
      const { chart } = ship({}, SidecarMode.CLASSIC);
      expect(container(chart, 'log-agent')).toMatchObject({
        image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.2-debug',
        command: ['/fluent-bit/bin/fluent-bit'],
        lifecycle: { preStop: { exec: { command: ['sleep', String(30 + 2)] } } },
      });
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 2 + 10 + 5);
    });

    test('can be the only classic one of its pod', () => {
      const { chart } = ship({ mode: SidecarMode.CLASSIC });
      expect(podSpec(chart).containers.map(({ name }) => name)).toEqual(['app', 'log-agent']);
      expect(container(chart, 'log-agent').image).toBe('cr.fluentbit.io/fluent/fluent-bit:5.1.2-debug');
    });

    test('waits with the kubelet where its own image cannot', () => {
      const { chart } = ship(
        { image: 'acme/fluent-bit:5.2.0', preStopSleep: PreStopSleep.ACTION },
        SidecarMode.CLASSIC,
      );
      expect(container(chart, 'log-agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 2 } } });
    });

    test('fails with an image of its own that nothing lets wait', () => {
      expect(() => ship({ image: 'acme/fluent-bit:5.2.0' }, SidecarMode.CLASSIC)).toThrow(
        new Error(
          '[shop/web] container "log-agent" must outlive the main container by 10 s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with `preStopSleep` what lets it wait',
        ),
      );
    });

    test('is the production image, with no hook, as a native one', () => {
      const agent = container(ship().chart, 'log-agent');
      expect(agent.image).toBe('cr.fluentbit.io/fluent/fluent-bit:5.1.2');
      expect(agent).not.toHaveProperty('lifecycle');
    });
  });
});

describe('fluent bit logs', () => {
  const DIRECTORY = '/var/log/app';
  const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });
  const MORE = LogFiles.inDirectory('/var/log/audit', { pattern: 'audit.json', format: LogFormat.json() });
  const STDOUT = FluentBitOutput.stdout();

  /** A Deployment "shop/web" with an agent that ships its logs. */
  function ship(props: Partial<FluentBitProps> = {}) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const agent = new FluentBit({ logs: LOGS, output: STDOUT, ...props });
    pod.add(agent);
    return { chart, pod, agent };
  }

  /** The same files, said to be of the main container. */
  function ofApp({ directory, pattern }: LogFiles): LogFiles {
    return LogFiles.inDirectory(directory, { pattern, container: 'app' });
  }

  /** All names that the configuration has for one of its files. */
  function namesOf({ parsers, multiline_parsers, pipeline }: any, index: number, id?: string) {
    const { tag, db, 'multiline.parser': multiline } = pipeline.inputs[index];
    const filters = pipeline.filters.filter(({ match }: any) => match === tag);
    const known = [...parsers, ...multiline_parsers].map(({ name }: any) => name);
    return {
      tag,
      db,
      multiline,
      filters: filters.map(({ name, parser }: any) => [name, parser]),
      known: known.filter((name) => name.startsWith(`${id ?? tag}-`)),
    };
  }

  function namedAfter(tag: string) {
    return {
      tag,
      db: `/fluent-bit/state/${tag}.db`,
      multiline: `${tag}-multiline`,
      filters: [
        ['parser', `${tag}-format`],
        ['record_modifier', undefined],
      ],
      known: [`${tag}-format`, `${tag}-multiline`],
    };
  }

  const paths = (config: any): string[] => config.pipeline.inputs.map(({ path }: any) => path);

  /** The names and tags that the inputs have, and the tags that filters look for. */
  const tagsOf = ({ pipeline: { inputs, filters } }: any) => ({
    inputs: inputs.map(({ path, tag, tag_regex, db }: any) => [path, tag, tag_regex, db.split('/').at(-1)]),
    filters: [...new Set(filters.map(({ match }: any) => match))],
  });

  describe('the log files of a Fluent Bit', () => {
    test('of one directory are read by one input, whose one inotify instance serves them all', () => {
      const files = (pattern: string, directory: string, options = {}) =>
        LogFiles.inDirectory(directory, { pattern, ...options });
      const { chart, agent } = ship({ logs: files('access.log', '/var/log/my-app', { format: LogFormat.json() }) });
      agent.addLogs(files('error.log', '/var/log/my-app'));
      agent.addLogs(files('trace.log', '/var/log/my-app', { multiline: Multiline.java() }));
      agent.addLogs(files('app.log', '/var/log/my/app'));
      agent.addLogs(files('*.json', '/var/log/my-app'));
      expect(tagsOf(fluentBitConfig(chart))).toEqual({
        inputs: [
          [
            '/var/log/my-app/access.log,/var/log/my-app/error.log',
            'app.var-log-my-app-e5aee982.<file>',
            '/(?<file>access\\.log|error\\.log)(?:\\.[0-9]+)?$',
            'app.var-log-my-app-e5aee982.files.db',
          ],
          [
            '/var/log/my-app/trace.log',
            'app.var-log-my-app-e5aee982.trace.log',
            undefined,
            'app.var-log-my-app-e5aee982.files-java.db',
          ],
          [
            '/var/log/my/app/app.log',
            'app.var-log-my-app-97472fb7.app.log',
            undefined,
            'app.var-log-my-app-97472fb7.files.db',
          ],
          ['/var/log/my-app/*.json', 'app.var-log-my-app-json', undefined, 'app.var-log-my-app-json.db'],
        ],
        filters: [
          'app.var-log-my-app-e5aee982.access.log',
          'app.var-log-my-app-e5aee982.error.log',
          'app.var-log-my-app-e5aee982.trace.log',
          'app.var-log-my-app-97472fb7.app.log',
          'app.var-log-my-app-json',
        ],
      });
    });

    test('can be added before and after the agent joins a pod', () => {
      const before = newChart();
      const early = new FluentBit({ logs: LOGS, output: STDOUT });
      early.addLogs(MORE);
      MultiContainerPod.of(newDeployment(before)).add(early);

      const { chart: after, agent: late } = ship();
      late.addLogs(MORE);

      expect(paths(fluentBitConfig(after))).toEqual(['/var/log/app/*.log', '/var/log/audit/audit.json']);
      expect(fluentBitConfig(before)).toEqual(fluentBitConfig(after));
      expect(podSpec(before)).toEqual(podSpec(after));
    });

    test('are shipped once when they are named twice', () => {
      const { chart, agent, pod } = ship();
      agent.addLogs(LOGS);
      agent.collect(pod, LOGS);
      expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
    });

    test.each([
      ['named', [LOGS, ofApp(LOGS)]],
      ['not named', [ofApp(LOGS), LOGS]],
    ])('are the same where the main container was first %s', (_, [first, second]) => {
      const { chart, agent } = ship({ logs: first });
      agent.addLogs(second!);
      expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
      expect(fluentBitConfig(chart)).toEqual(fluentBitConfig(ship().chart));
    });

    test.each([
      ['format', () => ({ format: LogFormat.regex('^(?<a>.*)$', { timeKey: 't' }) })],
      ['multiline', () => ({ multiline: Multiline.startingWith('^\\d') })],
    ])('are the same with an equal %s', (_, options) => {
      const files = () => LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', ...options() });
      const { chart, agent } = ship({ logs: files() });
      agent.addLogs(files());
      expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
    });

    test('are kept apart where one agent is in two pods', () => {
      const chart = newChart();
      const agent = new FluentBit({ output: STDOUT });
      const [a, b] = ['a', 'b'].map((id) => {
        const metadata = { name: id };
        return MultiContainerPod.of(new kplus.Deployment(chart, id, { containers: [APP], metadata }));
      });
      a!.add(agent);
      b!.add(agent);
      agent.collect(a!, LOGS);
      agent.collect(b!, MORE);
      const configs = fluentBitConfigs(chart);
      expect(paths(configs['a/log-agent'])).toEqual(['/var/log/app/*.log']);
      expect(paths(configs['b/log-agent'])).toEqual(['/var/log/audit/audit.json']);
      agent.addLogs(LogFiles.inDirectory('/both', { pattern: 'x' }));
      expect(Object.values(fluentBitConfigs(chart)).map((config) => paths(config).at(-1))).toEqual([
        '/both/x',
        '/both/x',
      ]);
    });

    test('can belong to another container of the pod', () => {
      const { chart, pod, agent } = ship({ logs: undefined });
      pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
      agent.addLogs(LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' }));
      const { pipeline } = fluentBitConfig(chart);
      expect(pipeline.filters[0].record).toContain('container_name proxy');
      expect(pipeline.inputs[0].path).toBe('/logs/proxy/proxy/*.log');
      const mount = { mountPath: '/proxy', name: 'proxy-proxy' };
      expect(container(chart, 'proxy').volumeMounts).toEqual([mount]);
      expect(container(chart, 'log-agent').volumeMounts).toContainEqual({
        ...mount,
        mountPath: '/logs/proxy/proxy',
        readOnly: true,
      });
    });

    test('can be at one path in two containers, each with its own rotated files', () => {
      const { chart, pod, agent } = ship();
      pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
      const logs = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', container: 'proxy' });
      agent.addLogs(logs);
      pod.logs.write(logs, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*' }) });
      const { inputs } = fluentBitConfig(chart).pipeline;
      expect(inputs.map(({ path, exclude_path }: any) => [path, exclude_path])).toEqual([
        ['/var/log/app/*.log', undefined],
        ['/logs/proxy/var/log/app/*.log', '/logs/proxy/var/log/app/old-*'],
      ]);
    });

    test('keep the line that was parsed where OpenTelemetry sends it', () => {
      const parserOf = (...moreOutputs: FluentBitOutput[]) =>
        fluentBitConfig(ship({ logs: MORE, moreOutputs }).chart).pipeline.filters[0];
      expect(parserOf()).not.toHaveProperty('preserve_key');
      expect(parserOf(FluentBitOutput.opentelemetry({ host: 'otel' }))).toEqual({ ...parserOf(), preserve_key: 'on' });
    });

    test.each([
      [
        'json',
        LogFormat.json({ timeKey: 'ts' }),
        { format: 'json', time_key: 'ts', time_format: '%Y-%m-%dT%H:%M:%S.%LZ' },
      ],
      ['regex', LogFormat.regex('^(?<level>\\w+)'), { format: 'regex', regex: '^(?<level>\\w+)' }],
    ])('are parsed as %s', (_, format, parser) => {
      const { parsers } = fluentBitConfig(
        ship({ logs: LogFiles.inDirectory(DIRECTORY, { pattern: 'a', format }) }).chart,
      );
      expect(parsers).toEqual([{ name: expect.any(String), ...parser }]);
    });

    test.each([
      ['java', Multiline.java()],
      ['python', Multiline.python()],
      ['go', Multiline.golang()],
      ['ruby', Multiline.ruby()],
    ])('are joined to the stack traces of %s', (name, multiline) => {
      const { pipeline } = fluentBitConfig(
        ship({ logs: LogFiles.inDirectory(DIRECTORY, { pattern: 'a', multiline }) }).chart,
      );
      expect(pipeline.inputs[0]['multiline.parser']).toBe(name);
    });

    const multiline = Multiline.startingWith('^\\d');
    const parsed = (pattern: string) =>
      LogFiles.inDirectory(DIRECTORY, { pattern, format: LogFormat.json(), multiline });

    test('have tag, position and parsers named after container and path', () => {
      const { chart } = ship({ logs: parsed('a*.log') });
      expect(namesOf(fluentBitConfig(chart), 0)).toEqual(namedAfter('app.var-log-app-a-log'));
    });

    test('of one name have a tag that ends in it, and share their positions with those of their directory', () => {
      const { chart } = ship({ logs: parsed('a.log') });
      expect(namesOf(fluentBitConfig(chart), 0, 'app.var-log-app-a-log')).toEqual({
        ...namedAfter('app.var-log-app-a-log'),
        tag: 'app.var-log-app.a.log',
        db: '/fluent-bit/state/app.var-log-app.files-c7edb59e.db',
      });
    });

    test.each([
      ['first', (files: LogFiles[]) => files],
      ['last', (files: LogFiles[]) => [...files].reverse()],
    ])('whose names make one label are told apart by a hash, with app*.log %s', (_, order) => {
      const { chart, agent } = ship({ logs: undefined });
      order([...['app*.log', 'app?log'].map(parsed), LOGS]).forEach((each) => void agent.addLogs(each));
      const config = fluentBitConfig(chart);
      const tags = Object.fromEntries(config.pipeline.inputs.map(({ path, tag }: any) => [path, tag]));
      expect(tags).toEqual({
        '/var/log/app/app*.log': 'app.var-log-app-app-log-efbbe734',
        '/var/log/app/app?log': 'app.var-log-app-app-log-5aba8cfc',
        '/var/log/app/*.log': 'app.var-log-app-log',
      });
      for (const { path, tag } of config.pipeline.inputs.filter(({ path }: any) => path !== LOGS.path)) {
        expect(namesOf(config, paths(config).indexOf(path))).toEqual(namedAfter(tag));
      }
    });

    test('fails where there are none when the app is synthesized', () => {
      const { chart } = ship({ logs: undefined });
      expect(() => Testing.synth(chart)).toThrow(
        new Error(
          'Validation failed with the following errors:\n  [shop/web] log agent "log-agent" ships nothing; pass `logs` or call `addLogs`',
        ),
      );
    });

    test.each([
      ['format', { format: LogFormat.json() }],
      ['multiline', { multiline: Multiline.java() }],
    ])('fails where the same files are described with another %s', (_, options) => {
      const { agent } = ship();
      expect(() => agent.addLogs(LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', ...options }))).toThrow(
        new Error(
          '[shop/web] log agent "log-agent" already ships "/var/log/app/*.log" with another `format` or `multiline`; describe the files once',
        ),
      );
    });

    test('fails for a pod that the agent is not in', () => {
      const pod = MultiContainerPod.of(newDeployment(newChart()));
      expect(() => new FluentBit({ output: STDOUT }).collect(pod, LOGS)).toThrow(
        new Error('[shop/web] log agent "log-agent" is not in this pod; call `pod.add` with it first'),
      );
    });
  });
});

describe('fluent bit name', () => {
  const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

  /** A Deployment with an agent of this name. */
  function ship(name: string) {
    const chart = newChart();
    const output = FluentBitOutput.stdout();
    MultiContainerPod.of(newDeployment(chart)).add(new FluentBit({ logs: LOGS, output, name }));
    return chart;
  }

  describe('the name of a Fluent Bit', () => {
    test.each(['log-agent', 'fifteen-letters', 'a1'])('%s is the name of its port, too', (name) => {
      expect(container(ship(name), name).ports).toEqual([{ containerPort: 2020, name }]);
    });

    test.each(['log--agent', '2020', 'sixteen-letters1', 'shipping-audit-agent'])(
      '%s, which cannot name a port, leaves it without one',
      (name) => {
        const chart = ship(name);
        expect(container(chart, name).ports).toEqual([{ containerPort: 2020 }]);
        expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
      },
    );

    test.each([1, 57, 58, 59, 62, 63])('may have %d characters', (length) => {
      const name = 'a'.repeat(length);
      const chart = ship(name);
      expect(Object.keys(fluentBitConfigs(chart)).map((id) => id.split('/')[1])).toEqual([name]);
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    });

    test('fails with 64 characters', () => {
      expect(() => ship('a'.repeat(64))).toThrow(
        new Error(
          `[shop/web] container name "${'a'.repeat(64)}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`,
        ),
      );
    });
  });
});

describe('fluent bit', () => {
  const DIRECTORY = '/var/log/app';
  const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });
  const STDOUT = FluentBitOutput.stdout();

  const paths = (config: any): string[] => config.pipeline.inputs.map(({ path }: any) => path);

  describeLogAgent('FluentBit', {
    make: (options) => new FluentBit({ output: STDOUT, ...options }),
    tailed: (chart) => Object.values(fluentBitConfigs(chart)).flatMap(tailedPaths),
  });

  /** A Deployment "shop/web" with an agent that ships its logs. */
  function ship(props: Partial<FluentBitProps> = {}) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const agent = new FluentBit({ logs: LOGS, output: STDOUT, ...props });
    pod.add(agent);
    return { chart, pod, agent };
  }

  const volume = (chart: any, name: string): any =>
    podSpec(chart).volumes?.find((candidate) => candidate.name === name);

  describe('a Fluent Bit', () => {
    test('finds the log files in a volume that the main container mounts further up', () => {
      const chart = newChart();
      const mounted = kplus.Volume.fromEmptyDir(chart, 'data', 'data');
      const deployment = newDeployment(chart, {
        containers: [{ ...APP, volumeMounts: [{ path: '/var', volume: mounted }] }],
      });
      MultiContainerPod.of(deployment).add(new FluentBit({ logs: LOGS, output: STDOUT }));
      expect(container(chart, 'log-agent').volumeMounts).toContainEqual({
        mountPath: '/var',
        name: 'data',
        readOnly: true,
      });
      expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
    });

    test('is restarted when it hangs, whatever its receivers do, and never keeps the pod out of its Services', () => {
      const agent = container(ship().chart, 'log-agent');
      expect(agent.livenessProbe?.httpGet).toEqual({ path: '/api/v1/uptime', port: 2020, scheme: 'HTTP' });
      expect(agent).not.toHaveProperty('readinessProbe');
      expect(agent).not.toHaveProperty('startupProbe');
    });

    test.each(['*.log', 'app?log', 'a?.log'])('passes rotated files over where %s might match them', (pattern) => {
      const logs = LogFiles.inDirectory(DIRECTORY, { pattern });
      const { chart, pod } = ship({ logs });
      pod.logs.write(logs, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*,*.bz2' }) });
      expect(fluentBitConfig(chart).pipeline.inputs[0].exclude_path).toBe('/var/log/app/old-*,/var/log/app/*.bz2');
    });

    test('reads a file of one name, whatever rotated files are called', () => {
      const logs = LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log' });
      const { chart, pod } = ship({ logs });
      pod.logs.write(logs, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*' }) });
      expect(fluentBitConfig(chart).pipeline.inputs[0]).not.toHaveProperty('exclude_path');
    });

    test('filters records in the order given', () => {
      const filters = [FluentBitFilter.exclude('log', 'DEBUG'), FluentBitFilter.keep('log', 'shop')];
      const { pipeline } = fluentBitConfig(ship({ filters }).chart);
      expect(pipeline.filters.slice(-2).map(({ exclude, regex }: any) => exclude ?? regex)).toEqual([
        '$log DEBUG',
        '$log shop',
      ]);
    });

    test('sends the same records to several places', () => {
      const moreOutputs = [FluentBitOutput.forward({ host: 'fluentd.logging' })];
      const { pipeline } = fluentBitConfig(ship({ moreOutputs }).chart);
      expect(pipeline.outputs.map(({ name, match }: any) => [name, match])).toEqual([
        ['stdout', '*'],
        ['forward', '*'],
      ]);
    });

    test('has room for the buffers of all outputs and for its positions', () => {
      expect(volume(ship().chart, 'log-agent-state').emptyDir).toEqual({ sizeLimit: '160Mi' });
      const { chart } = ship({ moreOutputs: [STDOUT, STDOUT], bufferLimit: Size.mebibytes(100) });
      expect(volume(chart, 'log-agent-state').emptyDir).toEqual({ sizeLimit: '332Mi' });
      for (const output of fluentBitConfig(chart).pipeline.outputs) {
        expect(output['storage.total_limit_size']).toBe('100M');
      }
    });

    test('gets the time to deliver what it holds, after the main container has stopped', () => {
      const { chart } = ship({ flush: Duration.seconds(25) });
      expect(fluentBitConfig(chart).service.grace).toBe(25);
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 25 + 5);
    });

    test('gets a whole second where it asks for a part of one', () => {
      const { chart } = ship({ flush: Duration.millis(500) });
      expect(fluentBitConfig(chart).service.grace).toBe(1);
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 1 + 5);
    });

    test('logs of itself what FLB_LOG_LEVEL says', () => {
      const { chart } = ship({ envVariables: { FLB_LOG_LEVEL: kplus.EnvValue.fromValue('debug') } });
      expect(container(chart, 'log-agent').env).toContainEqual({ name: 'FLB_LOG_LEVEL', value: 'debug' });
      expect(fluentBitConfig(chart).service).not.toHaveProperty('log_level');
    });

    test('takes another name, port, user, image, resources and environment', () => {
      const { chart, agent } = ship({
        name: 'shipper',
        port: 2121,
        user: 4711,
        image: 'acme/fluent-bit:5.2.0',
        resources: { memory: { limit: Size.mebibytes(96) } },
        envVariables: { REGION: kplus.EnvValue.fromValue('eu') },
      });
      const { service } = fluentBitConfig(chart);
      expect(agent.name).toBe('shipper');
      expect(service.http_port).toBe(2121);
      expect(container(chart, 'shipper')).toMatchObject({
        image: 'acme/fluent-bit:5.2.0',
        ports: [{ containerPort: 2121, name: 'shipper' }],
        livenessProbe: { httpGet: { port: 2121 } },
        securityContext: { runAsUser: 4711 },
        resources: { limits: { memory: '96Mi' } },
        env: expect.arrayContaining([{ name: 'REGION', value: 'eu' }]),
      });
      expect(volume(chart, 'shipper-state')).toBeDefined();
    });

    test.each(['POD_NAME', 'POD_NAMESPACE', 'NODE_NAME'])(
      'fails with the variable %s, which it sets itself',
      (name) => {
        const envVariables = { [name]: kplus.EnvValue.fromValue('mine') };
        expect(() => new FluentBit({ output: STDOUT, envVariables })).toThrow(
          new Error(
            `[FluentBit] environment variable "${name}" of "log-agent" is set by the companion itself; choose another name`,
          ),
        );
      },
    );

    test('fails with no room to hold anything back', () => {
      expect(() => new FluentBit({ output: STDOUT, name: 'shipper', bufferLimit: Size.kibibytes(0) })).toThrow(
        new Error('[FluentBit] `bufferLimit` of "shipper" is 0; pass how much it may hold back'),
      );
    });

    test('holds back a mebibyte where it may hold back a part of one', () => {
      const { chart } = ship({ bufferLimit: Size.kibibytes(1) });
      expect(fluentBitConfig(chart).pipeline.outputs[0]['storage.total_limit_size']).toBe('1M');
    });

    test('keeps its outputs and filters, whatever becomes of the lists', () => {
      const moreOutputs = [FluentBitOutput.forward({ host: 'fluentd' })];
      const filters = [FluentBitFilter.exclude('log', 'x')];
      const { chart } = ship({ moreOutputs, filters });
      moreOutputs.length = 0;
      filters.length = 0;
      const { pipeline } = fluentBitConfig(chart);
      expect(pipeline.outputs).toHaveLength(2);
      expect(pipeline.filters.at(-1)).toMatchObject({ name: 'grep' });
    });

    test('leaves frozen props as they are', () => {
      const props = deepFreeze({ filters: [], moreOutputs: [], envVariables: { A: kplus.EnvValue.fromValue('a') } });
      expect(() => Testing.synth(ship(props).chart)).not.toThrow();
    });
  });

  describe('two Fluent Bits in a pod', () => {
    const another = (props: Partial<FluentBitProps>) => new FluentBit({ logs: LOGS, output: STDOUT, ...props });

    test('work with a name and port of their own', () => {
      const { chart, pod } = ship();
      pod.add(another({ name: 'audit-agent', port: 2021 }));
      expect(Object.values(fluentBitConfigs(chart)).map(({ service }) => service.http_port)).toEqual([2020, 2021]);
    });

    test('fail with the same name', () => {
      expect(() => ship().pod.add(another({ port: 2021 }))).toThrow(
        new Error(
          '[shop/web] container name "log-agent" is already taken in this pod; pass another `name` (taken: log-agent, app)',
        ),
      );
    });

    test('fail with the same port', () => {
      expect(() => ship().pod.add(another({ name: 'audit-agent' }))).toThrow(
        new Error(
          '[shop/web] port 2020/TCP of container "audit-agent" is already used by container "log-agent", and containers of a pod share localhost; pick a free port',
        ),
      );
    });
  });
});
