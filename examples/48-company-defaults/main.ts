import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CompanionResources,
  FluentBit,
  FluentBitOutput,
  PodDefaults,
  ServiceMesh,
  WebServer,
  WebWithLogAgentDeployment,
} from 'cdk8s-pod-patterns';
import type { Construct } from 'constructs';

/** A chart as all teams of this company begin it. */
class AcmeChart extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    PodDefaults.of(this).add({
      kubernetes: '1.31',
      mesh: ServiceMesh.istio(),
      images: {
        mirror: 'registry.acme.example',
        registries: { 'docker.io': 'registry.acme.example/docker-hub' },
        pins: { 'cr.fluentbit.io/fluent/fluent-bit': '5.1.0' },
        pullSecrets: ['registry'],
      },
      companions: {
        resources: CompanionResources.shareOfMain({
          cpuPercent: 10,
          minCpu: kplus.Cpu.millis(20),
          memoryPercent: 10,
          minMemory: Size.mebibytes(64),
        }),
      },
      labels: { 'acme.example/team': id },
    });
  }
}

const app = new App();
const chart = new AcmeChart(app, 'boutique');

new WebWithLogAgentDeployment(chart, 'boutique', {
  web: WebServer.nginx(),
  logAgent: new FluentBit({ output: FluentBitOutput.loki({ host: 'loki.logging' }) }),
});

app.synth();
