import { GitSync, type GitSyncProps, WebServer, WebWithContentSyncDeployment } from '../../src';
import { describePattern } from '../pattern-contract';
import { container, manifests, newChart, podSpec } from '../support';

const handbook = (props: Partial<GitSyncProps> = {}) =>
  new GitSync({
    repository: 'https://git.example.com/handbook.git',
    directory: '/content',
    subdirectory: 'public',
    ...props,
  });

describePattern('WebWithContentSyncDeployment', {
  build: (scope, props) => new WebWithContentSyncDeployment(scope, 'web', { contentSync: handbook(), ...props }),
  prop: ['web', 'web server'],
  main: 'webserver',
  companions: ['git-sync-init', 'git-sync'],
  inits: ['git-sync-init'],
  parts: ['web', 'contentSync'],
  servedPort: 8080,
  scales: true,
});

/** A Deployment "shop/web" of this content. */
function serve(contentSync: GitSync, web?: WebServer) {
  const chart = newChart();
  return { chart, pattern: new WebWithContentSyncDeployment(chart, 'web', { contentSync, web }) };
}

test('nginx serves the current checkout, through the link in the volume that it mounts whole', () => {
  const { chart } = serve(handbook());
  expect(manifests(chart, 'ConfigMap')[0].data['default.conf']).toContain('root /content/current/public;');
  expect(container(chart, 'webserver').volumeMounts).toContainEqual({
    mountPath: '/content',
    name: 'git-sync-content',
    readOnly: true,
  });
  expect(podSpec(chart).securityContext).toMatchObject({ fsGroup: 101 });
});

test('nginx prints its logs, which nobody in the pod ships', () => {
  const { chart, pattern } = serve(handbook());
  expect(pattern.web.logs).toEqual([]);
  expect(container(chart, 'webserver').volumeMounts?.map(({ mountPath }) => mountPath)).not.toContain('/var/log/nginx');
});

test('the first checkout is there before nginx starts, and one may be all', () => {
  const { chart } = serve(handbook({ once: true }));
  expect(podSpec(chart).initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
    ['git-sync-init', undefined],
  ]);
  expect(container(chart, 'git-sync-init').args).toContain('--one-time');
});

test.each<[string, (content: GitSync) => WebServer]>([
  ['nginx with other settings', ({ contentPath }) => WebServer.nginx({ contentDirectory: contentPath, port: 8443 })],
  ['nginx with a part of it', ({ contentPath }) => WebServer.nginx({ contentDirectory: `${contentPath}/en` })],
  ['nginx that you configure', () => WebServer.nginx({ serverConfig: 'server { listen 8080; }' })],
  ['another web server', () => WebServer.of({ image: 'acme/caddy:2.8.4', user: 1000, port: 8080 })],
])('the content may be served by %s', (_, make) => {
  const contentSync = handbook();
  const web = make(contentSync);
  const { chart, pattern } = serve(contentSync, web);
  expect([pattern.web, pattern.contentSync]).toEqual([web, contentSync]);
  expect(container(chart, 'webserver').volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/content' }));
});

test('fails with nginx that serves something else', () => {
  expect(() => serve(handbook(), WebServer.nginx({ port: 8081 }))).toThrow(
    new Error(
      '[shop/web] web server "webserver" serves "/usr/share/nginx/html", not the content, which is at "/content/current/public"; pass that as its `contentDirectory`',
    ),
  );
});
