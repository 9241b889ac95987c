import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Namespace } from '../namespace';
import { EXAMPLES } from '../places';
import { listStatuses } from '../pods';
import { requestInCluster, runClient, startServer } from '../servers';
import { waitFor } from '../wait';
import { describeExample } from './describe-example';
import { request } from './proofs';

/** The kubelet looks for changed ConfigMaps once in so many seconds, at the latest. */
const CONFIG_MAP_SECONDS = 150;

const GIT_LOGIN = { username: 'reader', password: 'git-password' };

for (const [name, path] of [
  ['25-git-sync', '/files/index.html'],
  ['35-web-with-content-sync', '/'],
] as const) {
  describeExample(name, {
    needs: name.startsWith('35') ? ['git-sync', 'nginx'] : ['git-sync'],
    prepare: (namespace) => namespace.applySecret('handbook-git', GIT_LOGIN),
    proofs: {
      'serves the checkout, and what is pushed later': async (namespace) => {
        const text = `${name} at ${Date.now()}`;
        const pods = await namespace.listPods();
        for (const { status } of pods) {
          expect(await request(`http://${status.podIP}:8080${path}`)).not.toContain(text);
        }
        await runClient('post', `https://git.example.com/-/push?text=${encodeURIComponent(text)}`);
        for (const { status } of pods) {
          const url = `http://${status.podIP}:8080${path}`;
          await waitFor(`"${text}" at ${url}`, async () => (await requestInCluster(url))?.includes(text), 120);
        }
      },
    },
  });
}

for (const [name, needs] of [
  ['26-config-reloader', 'busybox'],
  ['37-app-with-config-reloader', 'configmap-reload'],
] as const) {
  describeExample(name, {
    needs: [needs],
    proofs: {
      'changed routes take effect in the same pods': async (namespace) => {
        const before = await namespace.listPods();
        const file = EXAMPLES.find((path) => path.includes(name))!;
        await namespace.apply(readFileSync(file, 'utf8').replace('http://blog', 'http://weblog'));
        for (const { status } of before) {
          const url = `http://${status.podIP}:8080/routes`;
          await waitFor(
            `new routes at ${url}`,
            async () => (await requestInCluster(url))?.includes('weblog'),
            CONFIG_MAP_SECONDS,
          );
        }
        const after = await namespace.listPods();
        expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
        await namespace.apply(readFileSync(file, 'utf8'));
      },
    },
  });
}

describeExample('27-vault-agent', {
  needs: ['vault'],
  proofs: {
    'the secret of Vault is a file before the application starts': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        const file = await request(`http://${status.podIP}:8080/file?path=/vault/secrets/database.env`);
        expect(file).toContain('DB_PASSWORD=');
      }
    },
  },
});

describeExample('28-wait-for', {
  needs: ['busybox'],
  prepare: () => new Namespace('shop').delete(),
  whileStarting: async (namespace) => {
    await sleep(10_000);
    for (const pod of await namespace.listPods()) {
      const [queue] = listStatuses(pod);
      expect(queue).toMatchObject({ name: 'wait-for-queue', state: { running: {} }, restartCount: 0 });
    }
    const shop = await Namespace.create('shop');
    await startServer(
      shop,
      { name: 'queue', args: ['app', '--listen', ':5672'], services: { queue: { 5672: 5672 } } },
      { name: 'stock', args: ['app', '--listen', ':8080'], services: { stock: { 8080: 8080 } } },
    );
  },
});

describeExample('29-run-first', {
  prepare: (namespace) => namespace.applySecret('shop-database', { url: 'postgres://shop@postgres.databases/shop' }),
  proofs: {
    'has migrated before the application started': async (namespace) => {
      for (const pod of await namespace.listPods()) {
        expect(await namespace.readLogs(pod.metadata.name, 'migrate')).toContain('migrated true');
        const [migrate, shop] = listStatuses(pod);
        const ended = migrate!.state.terminated!.finishedAt!;
        expect(ended <= shop!.state.running!.startedAt).toBe(true);
      }
    },
  },
});

describeExample('47-newer-kubernetes', {
  since: 35,
  needs: ['vault'],
  prepare: (namespace) =>
    namespace
      .applyObjects({
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: 'shop' },
        value: 1000,
      })
      .then(() => undefined),
  proofs: {
    'the secret of Vault is a variable, and the files of the image are there': async (namespace) => {
      for (const { status } of await namespace.listPods()) {
        expect(await request(`http://${status.podIP}:8080/env`)).toContain('DB_PASSWORD=vault-password');
        expect(await request(`http://${status.podIP}:8080/file?path=/srv/geo/countries.json`)).toContain('Germany');
      }
    },
  },
});
