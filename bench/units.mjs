// What is measured: a unit is a Deployment of two containers that share a volume, a ConfigMap and a Service.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ApiObject, Chart } = require('cdk8s');
const kplus = require('cdk8s-plus-28');

/** How units are divided among charts: the charts to make, and the chart of each unit. */
export const LAYOUTS = {
  'one chart': (app, count, add) => {
    const chart = new Chart(app, 'all');
    return Array.from({ length: count }, (_, index) => add(chart, index));
  },
  'a chart each': (app, count, add) =>
    Array.from({ length: count }, (_, index) => add(new Chart(app, `chart-${index}`), index)),
  'a chain': (app, count, add) => {
    const chart = new Chart(app, 'all');
    return Array.from({ length: count }, (_, index) => add(chart, index)).map((unit, index, units) => {
      units[index + 1]?.node.addDependency(unit);
      return unit;
    });
  },
};

/** A unit as users of cdk8s-plus write it. */
export function addUnit(chart, index) {
  const unit = new (require('constructs').Construct)(chart, `unit-${index}`);
  const config = new kplus.ConfigMap(unit, 'config', { data: { 'app.conf': configuration(index) } });
  const logs = kplus.Volume.fromEmptyDir(unit, 'logs', 'logs');
  const deployment = new kplus.Deployment(unit, 'web', {
    replicas: 2,
    containers: [
      {
        ...{
          name: 'web',
          image: `acme/web:1.${index}`,
          portNumber: 8080,
          volumeMounts: [{ path: '/var/log/app', volume: logs }],
        },
        envVariables: { MODE: kplus.EnvValue.fromConfigMap(config, 'app.conf') },
      },
      {
        name: 'agent',
        image: 'acme/agent:2.0',
        args: ['--tail'],
        volumeMounts: [{ path: '/var/log/app', volume: logs }],
      },
    ],
  });
  deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  return unit;
}

/** A unit as plain objects of Kubernetes, as long as the other one. */
export function objectsOfUnit(index) {
  const name = `unit-${index}`;
  const labels = { app: name };
  const volumeMounts = [{ mountPath: '/var/log/app', name: 'logs' }];
  const limits = { resources: { limits: { cpu: '500m', memory: '128Mi' }, requests: { cpu: '100m', memory: '64Mi' } } };
  const securityContext = {
    ...{ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
  };
  const common = { imagePullPolicy: 'IfNotPresent', ...limits, securityContext, volumeMounts };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { 'app.conf': configuration(index) } },
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, labels } },
      spec: {
        ...{ replicas: 2, selector: { matchLabels: labels } },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              { name: 'web', image: `acme/web:1.${index}`, ports: [{ containerPort: 8080 }], ...common },
              { name: 'agent', image: 'acme/agent:2.0', args: ['--tail'], ...common },
            ],
            volumes: [{ name: 'logs', emptyDir: {} }],
          },
        },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name } },
      spec: { ports: [{ port: 80, targetPort: 8080 }], selector: labels, type: 'ClusterIP' },
    },
  ].map((object) => JSON.parse(JSON.stringify(object)));
}

/** A unit as raw objects of cdk8s. */
export function addRawUnit(chart, index) {
  const unit = new (require('constructs').Construct)(chart, `unit-${index}`);
  for (const object of objectsOfUnit(index)) {
    new ApiObject(unit, object.kind, object);
  }
  return unit;
}

function configuration(index) {
  return `# configuration of unit ${index}\nlisten = 8080\nlog = /var/log/app/access.log\nworkers = 4\n`;
}
