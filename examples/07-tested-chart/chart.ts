import { Chart } from 'cdk8s';
import { WebServer, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';
import type { Construct } from 'constructs';

export class SiteChart extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const site = new WebWithLogAgentDeployment(this, 'site', {
      replicas: 2,
      web: WebServer.nginx({ content: { 'index.html': '<p>Hello' } }),
    });
    site.expose({ port: 80, name: 'site' });
  }
}
