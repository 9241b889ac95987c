import type { Construct } from 'constructs';
import { DeploymentPattern, type DeploymentPatternProps, type MainContainerProps, Sidecar } from '../../src';
import { describePattern } from '../pattern-contract';

const APP: MainContainerProps = {
  name: 'app',
  image: 'acme/app:1.0.0',
  user: 1000,
  ports: [{ number: 8080, name: 'http' }],
};

/** A pattern as this library writes them: a main container, and a companion beside it. */
class AppWithProxy extends DeploymentPattern {
  public constructor(scope: Construct, id: string, props: DeploymentPatternProps = {}) {
    super(scope, id, props, 'app');
    this.pod.addMainContainer(APP);
    this.pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 2000 }));
  }
}

describePattern('DeploymentPattern', {
  build: (scope, props) => new AppWithProxy(scope, 'web', props),
  prop: ['app', 'application'],
  main: 'app',
  companions: ['proxy'],
  parts: [],
  servedPort: 8080,
  scales: true,
});
