import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from 'cdk8s-pod-patterns';

const pod = MultiContainerPod.of(new kplus.Pod(new Chart(new App(), 'my-app'), 'my-app'));
pod.addMainContainer({
  name: 'webserver',
  image: 'docker.io/nginxinc/nginx-unprivileged:1.30.4',
  user: 101,
  // @ts-expect-error Object literal may only specify known properties, but 'port' does not exist in type
  // 'MainContainerProps'. Did you mean to write 'ports'?
  port: [{ number: 8080 }],
});
