import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type ICompanion, MultiContainerPod } from 'cdk8s-pod-patterns';

class Echo implements ICompanion {
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar({ name: 'echo', image: 'acme/echo:1.0.0', user: 1000, ports: [{ name: 'echo', number: 7007 }] });
  }
}

const app = new App();
const chart = new Chart(app, 'api');
const deployment = new kplus.Deployment(chart, 'api', {
  containers: [
    {
      name: 'api',
      image: 'acme/api:1.4.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
    },
  ],
});
MultiContainerPod.of(deployment).add(new Echo());

app.synth();
