import { toListenOn } from '../../../src/testing/matchers/to-listen-on';
import { shop } from '../shop';
import { said } from './call';

const pod = shop().pod('shop');

test.each([8080, '8080', 'http', '8080/TCP', 8053, '8053/UDP'])('a container lists %s', (port) => {
  expect(toListenOn(pod.container('web'), port).pass).toBe(true);
});

test.each(['8081', '8080/UDP', 'https', 80])('no container lists %s', (port) => {
  expect(toListenOn(pod, port).pass).toBe(false);
});

test('the messages name the containers with their ports', () => {
  expect(said(toListenOn(pod, 6379))).toBe(
    'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toListenOn(6379)\n\ncontainer "cache" lists port 6379',
  );
  expect(said(toListenOn(pod.container('web'), 80))).toBe(
    'fails: expect(container "web" of Deployment/acme-shop-c8f1a2b3).toListenOn(80)\n\n' +
      'no container lists port 80\n  web lists http (8080/TCP), dns (8053/UDP)',
  );
  expect(said(toListenOn(shop().pod('report'), 80))).toMatch(/\n {2}report lists no port$/);
});

test('an init container does not listen while the pod runs, but may be asked itself', () => {
  expect(toListenOn(pod, 7000).pass).toBe(false);
  expect(toListenOn(pod.container('migrate'), 7000).pass).toBe(true);
});
