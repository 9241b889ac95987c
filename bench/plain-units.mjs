// A unit without cdk8s: the final objects that all peers make.

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

export function configuration(index) {
  return `# configuration of unit ${index}\nlisten = 8080\nlog = /var/log/app/access.log\nworkers = 4\n`;
}
