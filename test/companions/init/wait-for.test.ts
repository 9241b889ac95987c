import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { MultiContainerPod, WaitFor, type WaitForHttpProps, type WaitForTcpProps } from '../../../src';
import { quoteShell } from '../../../src/software/scripts/shell';
import { describeCompanion } from '../../contract';
import { assertAlways } from '../../runs';
import { container, manifests, newChart, newDeployment, podSpec } from '../../support';

describeCompanion('WaitFor.tcp', {
  make: () => WaitFor.tcp({ host: 'db', port: 5432 }),
  containers: ['wait-for-db'],
  classic: false,
  mebibytes: 16,
  copy: {
    props: () => ({ host: 'db', port: 5432, name: 'wait', user: 4000, image: 'acme/busybox:1.0.0' }),
    from: (props) => WaitFor.tcp(props),
  },
});

describeCompanion('WaitFor.http', {
  make: () => WaitFor.http({ url: 'http://api.shop:8080/healthz' }),
  containers: ['wait-for-api-shop'],
  classic: false,
  mebibytes: 16,
});

function scriptOf(companion: WaitFor): string {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart)).add(companion);
  return manifests(chart, 'ConfigMap')[0].data['wait-for.sh'];
}

const tcp = (props: Partial<WaitForTcpProps>) => WaitFor.tcp({ host: 'db', port: 5432, ...props });
const http = (url: string, props: Partial<WaitForHttpProps> = {}) => WaitFor.http({ url, ...props });

describe('what is waited for', () => {
  test('runs to its end before the main container, and before what is added later', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 7 });
    pod.add(tcp({ host: 'localhost' }));
    pod.add(http('http://api/'));
    const { initContainers } = podSpec(chart);
    expect(initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['proxy', 'Always'],
      ['wait-for-localhost', undefined],
      ['wait-for-api', undefined],
    ]);
    expect(container(chart, 'wait-for-api')).toMatchObject({ command: ['sh', '/wait-for/wait-for.sh'] });
  });

  test('is given five minutes, and asked every two seconds', () => {
    expect(scriptOf(tcp({}))).toContain('\nTIMEOUT=300 # seconds in all\nPERIOD=2 ');
    const own = tcp({ timeout: Duration.hours(1), period: Duration.seconds(30) });
    expect(scriptOf(own)).toContain('\nTIMEOUT=3600 # seconds in all\nPERIOD=30 ');
  });

  test.each(['db', 'db.shop.svc.cluster.local.', '10.0.0.1', 'fd00::12', '::1', 'my_db'])(
    'may be host "%s"',
    (host) => {
      expect(scriptOf(tcp({ host }))).toContain(`\nHOST='${host}'\nPORT=5432\n`);
    },
  );

  test.each([
    ['http://api:8080/healthz?deep=1', 'http://api:8080/healthz?deep=1'],
    ['https://api', 'https://api/'],
    ['http://api/a b#top', 'http://api/a%20b'],
    ["http://api/it's", "http://api/it'\\''s"],
  ])('may be URL "%s"', (url, asked) => {
    expect(scriptOf(http(url))).toContain(`\nWHAT='${asked}'\n`);
  });

  test('may be any URL whatever, which no shell takes for more than one word', () => {
    assertAlways(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        fc.pre(![...new URL(url).searchParams].some(([name]) => /token|secret|passw|key/i.test(name)));
        const asked = new URL(url);
        asked.hash = '';
        expect(scriptOf(http(url, { name: 'wait' }))).toContain(`\nWHAT=${quoteShell(asked.href)}\n`);
      }),
      30,
    );
  });
});

test.each<[string, () => WaitFor, string]>([
  [
    'no host',
    () => tcp({ host: '' }),
    '[WaitFor.tcp] `host` "" is no name or address of a host; pass one without port and path',
  ],
  [
    'an option for a host',
    () => tcp({ host: '-e' }),
    '[WaitFor.tcp] `host` "-e" is no name or address of a host; pass one without port and path',
  ],
  [
    'a URL for a host',
    () => tcp({ host: 'http://db' }),
    '[WaitFor.tcp] `host` "http://db" is no name or address of a host; pass one without port and path',
  ],
  [
    'a port beyond all ports',
    () => tcp({ port: 65536 }),
    '[WaitFor.tcp] `port` 65536 is not a port number; pass an integer from 1 to 65535',
  ],
  [
    'half a port',
    () => tcp({ port: 0.5 }),
    '[WaitFor.tcp] `port` 0.5 is not a port number; pass an integer from 1 to 65535',
  ],
  ['no time', () => tcp({ timeout: Duration.seconds(0) }), '[WaitFor.tcp] `timeout` is 0 s; pass at least one second'],
  [
    'no pause',
    () => http('http://api', { period: Duration.seconds(0) }),
    '[WaitFor.http] `period` is 0 s; pass at least one second',
  ],
  [
    'a host for a URL',
    () => http('api:8080'),
    '[WaitFor.http] `url` "api:8080" is no HTTP URL; pass one like "http://api:8080/healthz"',
  ],
  ['no URL', () => http(''), '[WaitFor.http] `url` "" is no HTTP URL; pass one like "http://api:8080/healthz"'],
  [
    'a password',
    () => http('http://me:pass@api/'),
    '[WaitFor.http] `url` of host "api" shows a credential in its user to all who may read the pod; ask a page that needs none',
  ],
  [
    'a token',
    () => http('http://api/?api_token=x'),
    '[WaitFor.http] `url` of host "api" shows a credential in the parameter "api_token" to all who may read the pod; ask a page that needs none',
  ],
])('fails with %s', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});
