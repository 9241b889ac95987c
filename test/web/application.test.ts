import { Testing } from 'cdk8s';
import { type ApplicationProps, MultiContainerPod, PodRules } from '../../src';
import { addApplication } from '../../src/web/application';
import { container, deepFreeze, newChart, newDeployment } from '../support';

const SHOP: ApplicationProps = deepFreeze({
  name: 'shop',
  image: 'acme/shop:1.0.0',
  user: 1000,
  port: 8080,
  healthPath: '/healthz',
});

function run(props: Partial<ApplicationProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
  addApplication(pod, { ...SHOP, ...props });
  return { chart, pod };
}

test('an application is the main container, probed at its port', () => {
  const { chart, pod } = run();
  expect(pod.main.name).toBe('shop');
  expect(container(chart, 'shop')).toMatchObject({
    ports: [{ containerPort: 8080, name: 'http' }],
    readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
    resources: { requests: { cpu: '250m', memory: '512Mi' } },
  });
  expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
});

test('fails with what is wrong with an application, at the place of its pod', () => {
  expect(() => run({ healthPath: 'up' })).toThrow(
    new Error('[shop/web] `healthPath` "up" is not a path; begin it with "/", and use no blanks, quotes or braces'),
  );
});
