import * as kplus from 'cdk8s-plus-28';
import { mountSecret } from '../../../src/companions/kit/secret-files';
import { MultiContainerPod } from '../../../src/index';
import { container, newChart, newDeployment, podSpec } from '../../support';

/** A Deployment "shop/web" whose containers see a Secret. */
function mounted(files?: { readonly [key: string]: string }) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'helper', image: 'acme/helper:1', user: 1000 });
  const secret = kplus.Secret.fromSecretName(chart, 'secret', 'login');
  mountSecret(pod, ['app', 'helper'], { secret, directory: '/etc/login', name: ['helper', 'login'], files });
  return chart;
}

test('the keys of a Secret are files that containers read, on one volume', () => {
  const chart = mounted({ 'pass-word': 'password' });
  for (const name of ['app', 'helper']) {
    expect(container(chart, name).volumeMounts).toEqual([
      { name: 'helper-login', mountPath: '/etc/login', readOnly: true },
    ]);
  }
  expect(podSpec(chart).volumes).toEqual([
    { name: 'helper-login', secret: { secretName: 'login', items: [{ key: 'pass-word', path: 'password' }] } },
  ]);
});

test('all keys are files where none is named', () => {
  expect(podSpec(mounted()).volumes).toEqual([{ name: 'helper-login', secret: { secretName: 'login' } }]);
});
