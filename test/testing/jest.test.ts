import '../../src/testing/jest';
import { shop } from './shop';

test('jest knows the matchers', () => {
  const pod = shop().pod('shop');
  expect(shop()).toHaveResource('Service', { spec: { selector: { app: 'shop' } } });
  expect(pod.container('web')).toShareVolume('log-agent');
  expect(() => expect(pod).not.toShareVolume('web', 'log-agent')).toThrow(
    'expect(Deployment/acme-shop-c8f1a2b3).not.toShareVolume("web", "log-agent")\n\n"web" and "log-agent" share volume "logs"',
  );
});

test('jest knows the serializer', () => {
  expect(shop().pod('report').container('report')).toMatchInlineSnapshot(`
    name: report
    image: acme/report:1.0
  `);
});

test('without a global `expect` there is a clear error', () => {
  const { expect: kept } = globalThis as { expect?: unknown };
  try {
    (globalThis as { expect?: unknown }).expect = undefined;
    jest.resetModules();
    let message = '';
    try {
      require('../../src/testing/jest');
    } catch (error) {
      message = (error as Error).message;
    }
    (globalThis as { expect?: unknown }).expect = kept;
    expect(message).toMatch(
      /^\[cdk8s-pod-patterns\/testing\/jest\] there is no global `expect`; import this from a test/,
    );
  } finally {
    (globalThis as { expect?: unknown }).expect = kept;
  }
});
