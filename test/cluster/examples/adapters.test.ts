import type { Namespace } from '../namespace';
import { waitFor } from '../wait';
import { describeExample } from './describe-example';
import { expectMetric, request } from './proofs';

describeExample('21-nginx-exporter', {
  needs: ['nginx', 'nginx-exporter'],
  proofs: {
    'tells that nginx is up': (namespace) => expectMetric(namespace, 9113, 'nginx_up 1'),
  },
});

describeExample('22-redis-exporter', {
  needs: ['redis', 'redis-exporter'],
  prepare: (namespace) => namespace.applySecret('redis-credentials', { password: 'redis-password' }),
  proofs: {
    'tells that Redis is up, with its password': (namespace) => expectMetric(namespace, 9121, 'redis_up 1'),
  },
});

describeExample('23-postgres-exporter', {
  needs: ['postgres', 'postgres-exporter'],
  prepare: async (namespace) => {
    await namespace.applySecret('orders-db-admin', { password: 'admin-password' });
    await namespace.applySecret('orders-db-monitor', { username: 'monitor', password: 'monitor-password' });
  },
  proofs: {
    'tells that PostgreSQL is up, and its statements': async (namespace) => {
      await createMonitor(namespace, 'monitor', 'monitor-password');
      await expectMetric(namespace, 9187, 'pg_up 1');
      await expectMetric(namespace, 9187, /^pg_stat_statements_/m);
    },
  },
});

describeExample('43-exporter-for-a-stateful-set', {
  needs: ['postgres', 'postgres-exporter'],
  podSecurity: 'baseline', // the chart's own containers are as their makers wrote them
  patchedAgain: ['statefulset.apps/orders-db'], // kubectl compares claim templates as a whole, with what the API server adds
  prepare: async (namespace) => {
    await namespace.applySecret('orders-db', { password: 'admin-password' });
    await namespace.applySecret('orders-db-exporter', { username: 'monitor', password: 'monitor-password' });
  },
  proofs: {
    'tells that PostgreSQL is up': async (namespace) => {
      await createMonitor(namespace, 'monitor', 'monitor-password');
      await expectMetric(namespace, 9187, 'pg_up 1');
    },
  },
});

for (const name of ['24-statsd-exporter', '36-app-with-metrics-adapter']) {
  describeExample(name, {
    needs: ['statsd-exporter'],
    proofs: {
      'shows what the application sent as StatsD': async (namespace) => {
        for (const { status } of await namespace.listPods()) {
          await request(`http://${status.podIP}:8080/statsd?metric=checkout.paid.visa:1%7Cc`);
        }
        await expectMetric(namespace, 9102, 'checkout_paid_total{card="visa"} 1');
      },
    },
  });
}

/** Makes the role that an exporter logs in with, as a database's owner does once. */
async function createMonitor(namespace: Namespace, user: string, password: string): Promise<void> {
  const statements = [
    `CREATE ROLE ${user} LOGIN PASSWORD '${password}' IN ROLE pg_monitor`,
    'CREATE EXTENSION IF NOT EXISTS pg_stat_statements',
  ];
  const [pod] = await namespace.listPods();
  for (const statement of statements) {
    const psql = ['psql', '-U', 'postgres', '-c', statement];
    await waitFor(
      `"${statement}"`,
      async () => (await namespace.exec(pod!.metadata.name, 'postgres', ...psql)).code === 0,
    );
  }
}
