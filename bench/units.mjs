// What is measured: a unit is a Deployment of two containers that share a volume, a ConfigMap and a Service.
import { createRequire } from 'node:module';
import { configuration, objectsOfUnit } from './plain-units.mjs';

const require = createRequire(import.meta.url);
const { ApiObject, Chart } = require('cdk8s');
const { Construct } = require('constructs');
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
  const unit = new Construct(chart, `unit-${index}`);
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

/** A unit as raw objects of cdk8s. */
export function addRawUnit(chart, index) {
  const unit = new Construct(chart, `unit-${index}`);
  for (const object of objectsOfUnit(index)) {
    new ApiObject(unit, object.kind, object);
  }
  return unit;
}
