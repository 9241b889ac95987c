import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, SidecarMode } from '../../src';
import { podOf, workloadProps } from '../../src/patterns/pod-pattern';
import { deepFreeze, newChart } from '../support';

const job = () => new kplus.Deployment(newChart(), 'web');

test('the props of a pattern go to cdk8s-plus without containers and spread, and unchanged otherwise', () => {
  const props = deepFreeze({ spread: true, containers: [], restartPolicy: kplus.RestartPolicy.ALWAYS });
  expect(workloadProps(props)).toEqual({
    restartPolicy: 'Always',
    securityContext: { fsGroupChangePolicy: 'OnRootMismatch' },
  });
});

test('a security context that is given goes to cdk8s-plus whole', () => {
  const securityContext = { fsGroup: 7, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ALWAYS };
  expect(workloadProps({ securityContext })).toEqual({ securityContext });
});

test('the pod of a pattern has the mode of its sidecars', () => {
  const workload = job();
  const pod = podOf(workload, 'web', { sidecarMode: SidecarMode.CLASSIC });
  expect(pod).toBe(MultiContainerPod.of(workload));
  expect(pod.lifecycle.sidecarMode).toBe(SidecarMode.CLASSIC);
});

test.each([
  ['web', 'web server'],
  ['app', 'application'],
  ['job', 'job'],
] as const)('the pod of a pattern takes its main container from `%s`', (main, called) => {
  expect(() => podOf(job(), main, { containers: [{ image: 'acme/app:1' }] })).toThrow(
    new Error(
      `[shop/web] \`containers\` would be there before the ${called}, which is the main container; pass \`${main}\`, and add others with \`pod.add\``,
    ),
  );
});
