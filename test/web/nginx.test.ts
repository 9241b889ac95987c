import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, MultiContainerPod, type NginxProps, WebServer } from '../../src';
import { fluentBitConfig } from '../fluent-bit-schema';
import { schemaProblems } from '../kubernetes-schema';
import { restrictedViolations } from '../restricted';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../support';

describe('the access log of nginx', () => {
  /** The fields that the agent finds in a line, with the expression of the generated configuration. */
  function fieldsOf(line: string): Record<string, string> | undefined {
    const chart = newChart();
    const web = WebServer.nginx();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    web.addTo(pod);
    pod.add(new FluentBit({ output: FluentBitOutput.stdout(), logs: web.logs[0] }));
    const [parser] = fluentBitConfig(chart).parsers;
    expect(parser).toMatchObject({ time_key: 'time', types: 'code:integer size:integer' });
    return new RegExp(parser.regex).exec(line)?.groups;
  }
  const TLS = '\\x16\\x03\\x01';
  const NO_REQUEST = { method: undefined, path: undefined, code: '400' };
  const at = '[22/Nov/2026:10:00:00 +0000]';

  test('in its main format names all fields', () => {
    expect(
      fieldsOf(`10.1.2.3 - frank ${at} "GET /a?b=c HTTP/1.1" 200 612 "https://x.io/" "curl/8.5.0" "10.9.9.9"`),
    ).toEqual({
      remote: '10.1.2.3',
      host: '-',
      user: 'frank',
      time: '22/Nov/2026:10:00:00 +0000',
      method: 'GET',
      path: '/a?b=c',
      code: '200',
      size: '612',
      referer: 'https://x.io/',
      agent: 'curl/8.5.0',
    });
  });

  test.each([
    [
      'the combined format',
      `10.1.2.3 - - ${at} "POST / HTTP/2.0" 204 0 "-" "Mozilla/5.0 (X11; Linux)"`,
      { method: 'POST', agent: 'Mozilla/5.0 (X11; Linux)' },
    ],
    ['IPv6', `2001:db8::1 - - ${at} "GET / HTTP/1.1" 200 5 "-" "-" "-"`, { remote: '2001:db8::1', path: '/' }],
    [
      'quotes, which nginx escapes',
      `::1 - - ${at} "GET /?q=\\x22a\\x22 HTTP/1.1" 200 5 "-" "a \\x22b\\x22"`,
      { path: '/?q=\\x22a\\x22', agent: 'a \\x22b\\x22' },
    ],
    ['spaces in the path', `::1 - - ${at} "GET /a b HTTP/1.1" 400 5 "-" "-" "-"`, { path: '/a b', code: '400' }],
    ['no protocol', `::1 - - ${at} "GET /old" 400 5 "-" "-"`, { method: 'GET', path: '/old', code: '400' }],
    ['no path', `::1 - - ${at} "GET" 400 5 "-" "-"`, { method: 'GET', path: undefined, code: '400' }],
    ['no request', `::1 - - ${at} "" 400 0 "-" "-"`, { ...NO_REQUEST, size: '0', agent: '-' }],
    ['no request in the main format', `::1 - - ${at} "" 400 0 "-" "-" "-"`, { ...NO_REQUEST, size: '0', agent: '-' }],
    [
      'TLS on the plain port',
      `::1 - - ${at} "${TLS}" 400 157 "-" "-" "-"`,
      { method: TLS, path: undefined, size: '157' },
    ],
    ['TLS with a space', `::1 - - ${at} "${TLS} \\x00z" 400 157 "-" "-"`, { method: TLS, path: '\\x00z', code: '400' }],
    ['a space before the method', `::1 - - ${at} " GET /a HTTP/1.1" 400 5 "-" "-"`, { method: 'GET', path: '/a' }],
    [
      'spaces in the user',
      `::1 - jane van doe ${at} "GET / HTTP/1.1" 401 5 "-" "-"`,
      { user: 'jane van doe', path: '/' },
    ],
    ['an empty user', `::1 -  ${at} "GET / HTTP/1.1" 401 5 "-" "-"`, { user: '', code: '401' }],
    ['a space after the path', `::1 - - ${at} "GET /a " 400 5 "-" "-"`, { method: 'GET', path: '/a', code: '400' }],
    ['no referer and agent', `::1 - - ${at} "GET / HTTP/1.0" 200 5`, { code: '200', size: '5', agent: undefined }],
  ])('is parsed with %s', (_, line, fields) => {
    expect(fieldsOf(line)).toMatchObject(fields);
  });

  test('keeps a line whole that is not one of its own', () => {
    expect(fieldsOf('2026/11/22 10:00:00 [error] 7#7: *1 open() failed')).toBeUndefined();
  });
});

/** A Deployment "shop/web" whose main container is nginx. */
function serve(props?: NginxProps) {
  const chart = newChart();
  const web = WebServer.nginx(props);
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
  web.addTo(pod);
  const files: Record<string, string> = Object.assign({}, ...manifests(chart, 'ConfigMap').map(({ data }) => data));
  return { chart, web, pod, files, nginx: container(chart, web.name) };
}

describe('nginx', () => {
  test('runs unprivileged on port 8080, with its own UID and a writable /tmp', () => {
    const { chart, web, nginx } = serve();
    expect(nginx).toMatchObject({
      name: 'webserver',
      image: 'docker.io/nginxinc/nginx-unprivileged:1.30.5',
      imagePullPolicy: 'IfNotPresent',
      ports: [{ containerPort: 8080, name: 'http' }],
      securityContext: { runAsUser: 101, readOnlyRootFilesystem: true },
    });
    expect(nginx.volumeMounts).toContainEqual({ mountPath: '/tmp', name: 'webserver-tmp' });
    expect([web.name, web.port]).toEqual(['webserver', 8080]);
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
  });

  test('is healthy while it answers, without filling its access log', () => {
    const { nginx, files } = serve();
    const httpGet = { path: '/healthz', port: 8080, scheme: 'HTTP' };
    const probes: any[] = [nginx.startupProbe, nginx.readinessProbe, nginx.livenessProbe];
    expect(probes.map((probe) => probe.httpGet)).toEqual([httpGet, httpGet, httpGet]);
    expect(files['default.conf']).toMatch(/location = \/healthz \{\n {4}access_log off;/);
  });

  test('answers its probes at another path and port', () => {
    const { nginx, files } = serve({ port: 8443, healthPath: '/up' });
    expect(nginx.readinessProbe?.httpGet).toEqual({ path: '/up', port: 8443, scheme: 'HTTP' });
    expect(files['default.conf']).toContain('listen 8443;');
    expect(files['default.conf']).toContain('location = /up {');
  });

  test('answers a health path with a query at the path alone, which is all that a location knows', () => {
    const { nginx, files } = serve({ healthPath: '/up?full=1' });
    expect(nginx.readinessProbe?.httpGet).toMatchObject({ path: '/up?full=1' });
    expect(files['default.conf']).toContain('location = /up {');
  });

  test('is configured as you like, and is then probed at its port or at your path', () => {
    const serverConfig = 'server { listen 8080; }';
    const { nginx, files } = serve({ serverConfig });
    expect(files['default.conf']).toBe(serverConfig);
    expect(nginx.readinessProbe?.tcpSocket).toEqual({ port: 8080 });
    expect(nginx).not.toHaveProperty('livenessProbe');
    const withPath = serve({ serverConfig, healthPath: '/ok' });
    expect(withPath.nginx.livenessProbe?.httpGet).toMatchObject({ path: '/ok' });
    expect(withPath.files['default.conf']).toBe(serverConfig);
  });

  test('serves the content it is given in place of that of the image', () => {
    const { nginx, files } = serve({ content: { 'index.html': '<h1>shop</h1>' } });
    expect(files['index.html']).toBe('<h1>shop</h1>');
    expect(nginx.volumeMounts).toContainEqual({
      mountPath: '/usr/share/nginx/html',
      name: 'webserver-content',
      readOnly: true,
    });
    expect(serve().nginx.volumeMounts?.map(({ mountPath }) => mountPath)).not.toContain('/usr/share/nginx/html');
  });

  test('serves the content of another directory, without its hidden files', () => {
    const { nginx, files } = serve({ contentDirectory: '/content/current/public' });
    expect(files['default.conf']).toContain('root /content/current/public;');
    expect(files['default.conf']).toContain('location ~ /\\.(?!well-known/) { return 404; }');
    expect(nginx.volumeMounts).toEqual(serve().nginx.volumeMounts);
    expect(serve().files['default.conf']).not.toContain('well-known');
  });

  test.each(['content', '/', '/a b', '/content/', '/a;b', '/a$b'])(
    'fails with the content directory "%s"',
    (contentDirectory) => {
      expect(() => WebServer.nginx({ contentDirectory })).toThrow(
        new Error(
          `[WebServer.nginx] \`contentDirectory\` "${contentDirectory}" is no absolute path; begin it with "/", and use letters, digits and "-_.@+"`,
        ),
      );
    },
  );

  test.each<[string, NginxProps]>([
    ['content', { content: { 'index.html': '' } }],
    ['serverConfig', { serverConfig: 'server { listen 8080; }' }],
  ])('fails with a content directory and `%s`', (prop, props) => {
    expect(() => WebServer.nginx({ contentDirectory: '/content', ...props })).toThrow(
      new Error(`[WebServer.nginx] \`contentDirectory\` "/content" and \`${prop}\` are both given; pass one of them`),
    );
  });

  test('prints its logs where nobody ships files, as the image does', () => {
    const { chart, web, nginx, files } = serve({ logsToStdout: true });
    expect([web.logs, web.rotation]).toEqual([[], undefined]);
    expect(nginx.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(['/tmp', '/etc/nginx/conf.d/default.conf']);
    expect(Object.keys(files)).toEqual(['default.conf']);
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
  });

  test('fails with a rotation of log files that are not there', () => {
    expect(() => WebServer.nginx({ logsToStdout: true, rotation: {} })).toThrow(
      new Error(
        '[WebServer.nginx] `rotation` is given, but with `logsToStdout` there are no log files; pass one of them',
      ),
    );
  });

  test('sends clients from a directory to its page by the host and port that they know', () => {
    expect(serve().files['default.conf']).toContain('absolute_redirect off;');
  });

  test('sees its configuration among the files of the image, and can execute the script', () => {
    const { chart, nginx } = serve();
    const config = { name: 'webserver-config', readOnly: true };
    expect(nginx.volumeMounts).toContainEqual({
      ...config,
      mountPath: '/etc/nginx/conf.d/default.conf',
      subPath: 'default.conf',
    });
    expect(nginx.volumeMounts).toContainEqual({
      ...config,
      mountPath: '/docker-entrypoint.d/90-rotate-logs.sh',
      subPath: 'rotate-logs.sh',
    });
    expect(podSpec(chart).volumes?.find(({ name }) => name === 'webserver-config')?.configMap).toMatchObject({
      defaultMode: 0o555,
    });
  });

  test('tells its status to the containers of its pod on request, with any configuration', () => {
    const { nginx, files, pod } = serve({ statusPort: 8081, serverConfig: 'server { listen 8080; }' });
    expect(files['status.conf']).toContain('listen 127.0.0.1:8081;');
    expect(nginx.volumeMounts).toContainEqual({
      mountPath: '/etc/nginx/conf.d/status.conf',
      name: 'webserver-status',
      readOnly: true,
      subPath: 'status.conf',
    });
    expect(nginx.ports).toEqual([{ containerPort: 8080, name: 'http' }]);
    const status = pod.network.endpoints.find(({ name }) => name === 'nginx-status');
    expect(status).toMatchObject({ container: 'webserver', port: 8081, loopback: true });
  });

  test('tells its status nowhere unless asked', () => {
    const { files, pod } = serve();
    expect(Object.keys(files)).not.toContain('status.conf');
    expect(pod.network.endpoints.map(({ port }) => port)).toEqual([8080]);
  });

  test.each([
    [65536, '`statusPort` 65536 is not a port number; pass an integer from 1 to 65535'],
    [8080, '`statusPort` is 8080, where nginx serves the world; pass another port, which stays inside of the pod'],
  ])('fails with %d as the port of its status', (statusPort, text) => {
    expect(() => WebServer.nginx({ statusPort })).toThrow(new Error(`[WebServer.nginx] ${text}`));
  });

  test('rotates its log files at 32 MiB and keeps 3, with room for two logs on their volume', () => {
    const { chart, files, web } = serve();
    expect(web.logs.map(({ path }) => path)).toEqual(['/var/log/nginx/access.log', '/var/log/nginx/error.log']);
    expect(files['rotate-logs.sh']).toContain(
      `FILES='/var/log/nginx/access.log /var/log/nginx/error.log'\nMAX_BYTES=${32 * 1024 * 1024}\nKEEP=3\n`,
    );
    const logs = podSpec(chart).volumes?.find(({ name }) => name === 'webserver-var-log-nginx');
    expect(logs?.emptyDir).toEqual({ sizeLimit: `${2 * 32 * (3 + 1) * 2}Mi` });
  });

  test('rotates as it is told', () => {
    const { chart, files } = serve({ rotation: { maxFileSize: Size.kibibytes(512), keep: 9 } });
    expect(files['rotate-logs.sh']).toContain(`MAX_BYTES=${512 * 1024}\nKEEP=9\n`);
    const logs = podSpec(chart).volumes?.find(({ name }) => name === 'webserver-var-log-nginx');
    expect(logs?.emptyDir).toEqual({ sizeLimit: '20Mi' });
    expect(serve({ rotation: { keep: 9 } }).files['rotate-logs.sh']).toContain(
      `MAX_BYTES=${32 * 1024 * 1024}\nKEEP=9\n`,
    );
  });

  test('serves on for 5 seconds after the stop signal of the pod, then drains and lets the agent flush', () => {
    const { chart, web, pod, nginx } = serve();
    expect(nginx.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30);
    pod.add(new FluentBit({ logs: web.logs[0], output: FluentBitOutput.stdout() }));
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(5 + 25 + 10 + 5);
  });

  test.each([
    [undefined, 25],
    [Duration.minutes(1), 60],
    [Duration.millis(1500), 2],
  ])('closes the connections that outlast its drain, in the foreground (%#)', (drain, seconds) => {
    expect(serve({ drain }).nginx.args).toEqual(['nginx', '-g', `daemon off; worker_shutdown_timeout ${seconds}s;`]);
  });

  test('has no wait where its pause is zero', () => {
    const { chart, nginx } = serve({ preStopPause: Duration.seconds(0), drain: Duration.minutes(1) });
    expect(nginx).not.toHaveProperty('lifecycle');
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(60);
  });

  test('stops as it is told', () => {
    const { chart, nginx } = serve({ preStopPause: Duration.seconds(15), drain: Duration.minutes(1) });
    expect(nginx.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '15'] } } });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(75);
  });

  test('takes another name, image and resources', () => {
    const resources = { cpu: { request: kplus.Cpu.units(1) }, memory: { limit: Size.mebibytes(256) } };
    const props = deepFreeze({ name: 'front', image: 'acme/nginx:1.2.3', content: { 'a.txt': 'a' } });
    const { nginx } = serve({ ...props, resources });
    expect(nginx).toMatchObject({
      name: 'front',
      image: 'acme/nginx:1.2.3',
      resources: { requests: { cpu: '1' }, limits: { memory: '256Mi' } },
    });
    expect(nginx.volumeMounts?.map(({ name }) => name)).toContain('front-content');
  });

  test('keeps its content on a volume whose name Kubernetes takes, however long its own is', () => {
    const name = 'a'.repeat(63);
    const { chart, nginx } = serve({ name, content: { 'a.txt': 'a' } });
    const mount = nginx.volumeMounts?.find(({ mountPath }) => mountPath === '/usr/share/nginx/html');
    expect(mount?.name).toMatch(/^a{54}-[0-9a-f]{8}$/);
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
  });

  test.each([0, 65536, 8080.5])('fails with the port %p', (port) => {
    expect(() => WebServer.nginx({ port })).toThrow(
      new Error(`[WebServer.nginx] \`port\` ${port} is not a port number; pass an integer from 1 to 65535`),
    );
  });

  describe('opens ports below 1024', () => {
    const LOW: NginxProps = { port: 80, loopback: true, healthPort: 81, statusPort: 82 };
    const START = 'net.ipv4.ip_unprivileged_port_start';
    const start = (value?: string) => {
      const chart = newChart();
      const sysctls = value === undefined ? [] : [{ name: START, value }];
      const deployment = newDeployment(chart, { containers: [], securityContext: { sysctls } });
      WebServer.nginx(LOW).addTo(MultiContainerPod.of(deployment));
      return chart;
    };

    test('where the pod says that everybody may', () => {
      const chart = start('80');
      expect(() => Testing.synth(chart)).not.toThrow();
      expect((podSpec(chart) as any).securityContext.sysctls).toEqual([{ name: START, value: '80' }]);
    });

    test.each(['port', 'healthPort', 'statusPort'] as const)('and fails elsewhere with its `%s`', (prop) => {
      expect(() => Testing.synth(start())).toThrow(
        `[shop/web] \`${prop}\` of container "webserver" is ${LOW[prop]}, which no process opens without root; pass an integer from 1024 to 65535, or give the pod \`${START}\` "${LOW[prop]}" in \`securityContext.sysctls\` of the workload`,
      );
    });
  });

  test('fails with a health path that is none', () => {
    expect(() => WebServer.nginx({ healthPath: 'up' })).toThrow(
      new Error(
        '[WebServer.nginx] `healthPath` "up" is not a path; begin it with "/", and use no blanks, quotes or braces',
      ),
    );
  });

  test('keeps its content, whatever becomes of the props', () => {
    const content: Record<string, string> = { 'index.html': 'a' };
    const web = WebServer.nginx({ content });
    content['index.html'] = 'b';
    const chart = newChart();
    web.addTo(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
    expect(manifests(chart, 'ConfigMap').map(({ data }) => data['index.html'])).toContain('a');
  });

  test('fails with content that is no file name', () => {
    expect(() => serve({ content: { 'css/site.css': '' } })).toThrow(
      new Error(
        '[shop/web/webserver-content] file name "css/site.css" cannot be a key of a ConfigMap; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning',
      ),
    );
  });
});
