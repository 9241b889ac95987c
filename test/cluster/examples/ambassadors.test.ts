import { setTimeout as sleep } from 'node:timers/promises';
import { Namespace } from '../namespace';
import { requestInCluster, runClient, startServer } from '../servers';
import { waitFor } from '../wait';
import { describeExample } from './describe-example';
import { expectMetric, expectReceivedOnce, makeWord, request } from './proofs';

const COOKIE_SECRET = '0123456789abcdef0123456789abcdef';

for (const name of ['15-cloud-sql-proxy', '34-app-with-database-proxy']) {
  describeExample(name, {
    needs: ['cloud-sql-proxy'],
    proofs: {
      'listens on localhost before the application starts': async (namespace) => {
        for (const { status } of await namespace.listPods()) {
          const answer = await request(`http://${status.podIP}:8080/dial?address=127.0.0.1:5432`);
          expect(answer).toContain('connected');
        }
      },
    },
  });
}

describeExample('16-pg-bouncer', {
  needs: ['pgbouncer', 'postgres'],
  prepare: async (namespace) => {
    await namespace.applySecret('shop-database', { password: 'shop-password' });
    await startDatabase();
  },
  proofs: {
    'a query without a password goes through the pool to the database, over TLS': async (namespace) => {
      const connection = 'host=127.0.0.1 port=5432 user=shop dbname=shop';
      const query = 'SELECT 6 * 7, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
      for (const { metadata } of await namespace.listPods()) {
        const answer = await namespace.exec(metadata.name, 'pgbouncer', 'psql', '-At', connection, '-c', query);
        expect(answer).toEqual({ stdout: '42|t\n', stderr: '', code: 0 });
      }
    },
  },
});

describeExample('17-envoy', {
  needs: ['envoy'],
  proofs: {
    'both upstreams answer on localhost': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        for (const port of [10001, 10002]) {
          const url = encodeURIComponent(`http://127.0.0.1:${port}/`);
          expect(await request(`http://${status.podIP}:8080/fetch?url=${url}`)).toMatch(/^200 /);
        }
      }
    },
  },
});

describeExample('18-ha-proxy', {
  needs: ['haproxy'],
  prepare: async () => {
    const search = await Namespace.create('search');
    await startServer(
      search,
      { name: 'index', args: ['app', '--listen', ':9200'], services: { index: { 9200: 9200 } }, headless: true },
      { name: 'mysql', args: ['app', '--listen', ':3306'], services: { 'mysql-read': { 3306: 3306 } }, headless: true },
    );
  },
  proofs: {
    'both backends answer on localhost': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        const url = encodeURIComponent('http://127.0.0.1:9200/some-index');
        await waitFor('answer of the index', async () =>
          (await requestInCluster(`http://${status.podIP}:8080/fetch?url=${url}`))?.startsWith('200 /some-index'),
        );
        const answer = await request(`http://${status.podIP}:8080/dial?address=127.0.0.1:3306`);
        expect(answer).toContain('connected');
      }
    },
  },
});

for (const [name, secret, page] of [
  ['19-oauth2-proxy', 'wiki-login', 'wiki'],
  ['33-web-with-auth-proxy', 'reports-login', '/'],
  ['42-login-for-a-chart', 'dashboard-login', '/'],
] as const) {
  describeExample(name, {
    needs: ['oauth2-proxy'],
    ...(name.startsWith('42') ? { podSecurity: 'baseline' as const } : {}),
    prepare: (namespace) =>
      namespace.applySecret(secret, { 'client-secret': 'client-secret', 'cookie-secret': COOKIE_SECRET }),
    proofs: { 'asks for a login, and shows the page after it': (namespace) => expectLogin(namespace, page) },
  });
}

describeExample('20-nginx-reverse-proxy', {
  needs: ['nginx'],
  prepare: async (namespace) => {
    const internet = new Namespace('internet');
    const { data } = await internet.get<{ data: Record<string, string> }>('secret', 'server-tls');
    const decode = (key: string) => Buffer.from(data[key]!, 'base64').toString();
    await namespace.applySecret('upload-tls', { 'tls.crt': decode('tls.crt'), 'tls.key': decode('tls.key') });
  },
  proofs: {
    'speaks TLS, and sends plain HTTP there': async (namespace) => {
      const { spec } = await namespace.get<{ spec: { clusterIP: string } }>('service', 'upload-service');
      const resolve = ['--resolve', `upload.example.com=${spec.clusterIP}`];
      const { stdout } = await runClient('login', ...resolve, 'http://upload.example.com/some/page');
      expect(stdout).toContain('308 http://upload.example.com/some/page');
      expect(stdout).toContain('200 https://upload.example.com/some/page');
    },
  },
});

describeExample('38-four-containers', {
  needs: ['nginx', 'fluent-bit', 'oauth2-proxy', 'nginx-exporter'],
  prepare: (namespace) =>
    namespace.applySecret('wiki-login', { 'client-secret': 'client-secret', 'cookie-secret': COOKIE_SECRET }),
  proofs: {
    'asks for a login, and shows the page after it': (namespace) => expectLogin(namespace, 'wiki'),
    'tells that nginx is up': (namespace) => expectMetric(namespace, 9113, 'nginx_up 1'),
    'a request after the login reaches Loki once': async (namespace) => {
      const word = makeWord();
      await logIn(namespace, `/?${word}`);
      await expectReceivedOnce(`?${word}`);
    },
  },
});

describeExample('45-rollout', { withoutPods: true });

/** Without a login the Service shows no page; after one at the issuer it does. */
async function expectLogin(namespace: Namespace, page: string): Promise<void> {
  const { name } = await findService(namespace);
  expect(await requestInCluster(`http://${name}.${namespace.name}/`)).toBeUndefined();
  expect(await logIn(namespace, '/')).toContain(page);
}

/** Follows the login from the Service to the issuer and back, as a browser does behind an ingress that ends TLS. */
async function logIn(namespace: Namespace, path: string): Promise<string> {
  const { ip, host } = await findService(namespace);
  for (let attempt = 0; attempt < 5; attempt++) {
    const { stdout, code } = await runClient('login', '--resolve', `${host}=http://${ip}`, `https://${host}${path}`);
    if (code === 0) {
      return stdout;
    }
    await sleep(2000);
  }
  throw new Error(`no login at ${host}`);
}

async function findService(namespace: Namespace): Promise<{ name: string; ip: string; host: string }> {
  const services = await namespace.get<{ items: { metadata: { name: string }; spec: { clusterIP: string } }[] }>(
    'services',
  );
  const { metadata, spec } = services.items[0]!;
  return { name: metadata.name, ip: spec.clusterIP, host: `${metadata.name.replace('-service', '')}.example.com` };
}

async function startDatabase(): Promise<void> {
  const databases = await Namespace.create('databases');
  await startServer(databases, {
    name: 'postgres',
    image: 'docker.io/library/postgres:18.1',
    user: 999,
    args: ['ssl=on', 'ssl_cert_file=/tls/tls.crt', 'ssl_key_file=/tls/tls.key', 'listen_addresses=*'].flatMap(
      (setting) => ['-c', setting],
    ),
    writableDirectories: ['/var/run/postgresql'],
    env: {
      POSTGRES_USER: 'shop',
      POSTGRES_DB: 'shop',
      POSTGRES_PASSWORD: 'shop-password',
      PGDATA: '/tmp/data',
    },
    services: { postgres: { 5432: 5432 } },
  });
}
