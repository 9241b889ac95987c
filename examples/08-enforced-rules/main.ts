import { ApiObject, App, Chart } from 'cdk8s';
import { PodRules, Severity } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'cache');

const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

// A manifest that somebody else wrote: from a Helm chart, an `Include` or, as here, by hand.
new ApiObject(chart, 'cache', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'cache',
    annotations: { 'cdk8s-pod-patterns/ignore': 'companion-resources: a webhook of our cluster sizes the exporter' },
  },
  spec: {
    containers: [
      {
        name: 'cache',
        image: 'acme/cache:7.2.1',
        ports: [{ name: 'cache', containerPort: 6379 }],
        securityContext,
      },
      {
        name: 'exporter',
        image: 'acme/cache-exporter:1.4.0',
        ports: [{ name: 'metrics', containerPort: 9121 }],
        securityContext,
      },
    ],
  },
});

PodRules.enforce(app, { failOn: Severity.WARNING, severities: { 'image-tag': Severity.ERROR } });
app.synth();
