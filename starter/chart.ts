import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, WebServer, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';
import type { Construct } from 'constructs';

/** A web server, its log agent beside it in each pod, and the Service that leads to it. */
export class WebChart extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const web = new WebWithLogAgentDeployment(this, 'web', {
      metadata: { name: id },
      replicas: 2,
      web: WebServer.nginx({ content: { 'index.html': '<h1>It works</h1>\n' } }),
      // Where the logs go: FluentBitOutput has Loki, Elasticsearch, OpenTelemetry, S3 and others.
      logAgent: new FluentBit({ output: FluentBitOutput.stdout() }),
    });
    web.expose({ port: 80, name: id });
    web.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.absolute(1) });
  }
}
