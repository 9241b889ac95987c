import { shop } from './shop';

const pod = shop().pod('shop');

test.each([
  ['web', 'main container'],
  ['cache', 'sidecar'],
  ['log-agent', 'native sidecar'],
  ['migrate', 'init container'],
])('%s is a %s', (name, role) => {
  expect(pod.container(name).role).toBe(role);
});

test('tells its ports, mounts and variables', () => {
  const web = pod.container('web');
  expect(web.ports).toEqual([
    { number: 8080, name: 'http', protocol: 'TCP' },
    { number: 8053, name: 'dns', protocol: 'UDP' },
  ]);
  expect(web.mounts).toEqual([{ volume: 'logs', path: '/var/log/web', subPath: 'web', readOnly: false }]);
  expect(pod.container('log-agent').mounts[0]).toEqual({ volume: 'logs', path: '/logs', readOnly: true });
  expect([web.env('MODE'), web.env('OTHER')]).toEqual(['production', undefined]);
  expect(web.pod).toBe(pod);
  expect(`${web}`).toBe('container "web" of Deployment/acme-shop-c8f1a2b3');
});

test('gives copies', () => {
  pod.container('web').manifest.image = 'other';
  expect(pod.container('web').manifest.image).toBe('acme/web:1.4');
});
