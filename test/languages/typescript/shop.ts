import { App, Chart } from 'cdk8s';
import {
  FluentBit,
  FluentBitOutput,
  type ICompanion,
  type MultiContainerPod,
  WebWithLogAgentDeployment,
} from 'cdk8s-pod-patterns';

class Echo implements ICompanion {
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar({ name: 'echo', image: 'acme/echo:1.0.0', user: 1000, ports: [{ name: 'echo', number: 7007 }] });
  }
}

const app = new App();
const shop = new WebWithLogAgentDeployment(new Chart(app, 'shop'), 'shop', {
  logAgent: new FluentBit({ output: FluentBitOutput.loki({ host: 'loki.logging', labels: { app: 'shop' } }) }),
});
shop.pod.add(new Echo());
shop.expose({ port: 80 });
app.synth();
