import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  MultiContainerPod,
  OAuth2Provider,
  OAuth2Proxy,
  type OAuth2ProxyProps,
  PodRules,
  PreStopSleep,
  SidecarMode,
  WebServer,
} from '../../../src';
import {
  isSecret,
  toOptionArguments,
  validateFreeOptions,
  validateOptionName,
} from '../../../src/companions/ambassadors/oauth2-proxy/options';
import { describeCompanion } from '../../contract';
import { APP, container, manifests, newChart, newDeployment, podSpec } from '../../support';

const SECRET = kplus.Secret.fromSecretName(newChart(), 'secret', 'login');
const PROPS = (): OAuth2ProxyProps => ({
  provider: OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com' }),
  clientId: 'shop',
  clientSecret: { secret: SECRET, key: 'client' },
  cookieSecret: { secret: SECRET, key: 'cookie' },
  emailDomains: ['example.com'],
});

describeCompanion('OAuth2Proxy', {
  make: () => new OAuth2Proxy(PROPS()),
  containers: ['oauth2-proxy'],
  copy: {
    props: () => ({
      ...PROPS(),
      allowedGroups: ['staff'],
      skipAuthRoutes: ['^/public/'],
      trustedProxies: ['10.0.0.0/8'],
      redis: { url: 'redis://redis:6379', password: { secret: SECRET, key: 'redis' } },
      settings: { 'cookie-expire': '12h' },
      envVariables: { TZ: kplus.EnvValue.fromValue('UTC') },
    }),
    from: (props) => new OAuth2Proxy(props),
  },
});

/** A Deployment "shop/web" of the application "app" with a proxy. */
function protect(props: Partial<OAuth2ProxyProps> = {}, sidecarMode?: SidecarMode) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [APP] }), { sidecarMode });
  const proxy = new OAuth2Proxy({ ...PROPS(), ...props });
  pod.add(proxy);
  return { chart, pod, proxy, oauth2: container(chart, proxy.name) as any };
}

const secretRef = (key: string) => ({ valueFrom: { secretKeyRef: { key, name: 'login' } } });

describe('OAuth2 Proxy', () => {
  test('forwards to the main container, and is told what it needs in arguments', () => {
    const { oauth2, proxy } = protect();
    expect(oauth2.args).toEqual([
      '--http-address=:4180',
      '--upstream=http://127.0.0.1:8080',
      '--provider=oidc',
      '--oidc-issuer-url=https://id.example.com',
      '--code-challenge-method=S256',
      '--insecure-oidc-skip-nonce=false',
      '--client-id=shop',
      '--email-domain=example.com',
      '--ping-path=/oauth2/ping',
      '--ready-path=/oauth2/ready',
      '--silence-ping-logging=true',
    ]);
    expect(oauth2.ports).toEqual([{ containerPort: 4180, name: 'oauth2-proxy' }]);
    expect([proxy.name, proxy.port]).toEqual(['oauth2-proxy', 4180]);
  });

  test('finds its credentials in the environment alone', () => {
    const { oauth2 } = protect({
      redis: { url: 'rediss://redis:6380', password: { secret: SECRET, key: 'redis' } },
      provider: OAuth2Provider.of('github', {}, { 'github-token': { secret: SECRET, key: 'token' } }),
    });
    expect(oauth2.env).toEqual([
      { name: 'OAUTH2_PROXY_CLIENT_SECRET', ...secretRef('client') },
      { name: 'OAUTH2_PROXY_COOKIE_SECRET', ...secretRef('cookie') },
      { name: 'OAUTH2_PROXY_REDIS_PASSWORD', ...secretRef('redis') },
      { name: 'OAUTH2_PROXY_GITHUB_TOKEN', ...secretRef('token') },
    ]);
  });

  test.each<[string, Partial<OAuth2ProxyProps>, string[]]>([
    ['another port', { port: 4999 }, ['--http-address=:4999']],
    ['another port of the application', { upstreamPort: 9000 }, ['--upstream=http://127.0.0.1:9000']],
    ['groups', { allowedGroups: ['a', 'b'], emailDomains: undefined }, ['--allowed-group=a', '--email-domain=*']],
    ['routes without a login', { skipAuthRoutes: ['GET=^/a{1,2}$'] }, ['--skip-auth-route="GET=^/a{1,2}$"']],
    ['a redirect at the host of the request', { redirectUrl: '/login' }, ['--redirect-url=/login']],
    ['a redirect URL', { redirectUrl: 'https://a/oauth2/callback' }, ['--redirect-url=https://a/oauth2/callback']],
    [
      'sessions in Redis',
      { redis: { url: 'redis://redis:6379' } },
      ['--session-store-type=redis', '--redis-connection-url=redis://redis:6379'],
    ],
    ['proxies in front', { trustedProxies: ['10.0.0.0/8'] }, ['--reverse-proxy=true', '--trusted-proxy-ip=10.0.0.0/8']],
    ['metrics', { metricsPort: 44180 }, ['--metrics-address=:44180']],
    [
      'settings',
      { settings: { 'cookie-expire': '12h', 'pass-access-token': 'true' } },
      ['--cookie-expire=12h', '--pass-access-token=true'],
    ],
  ])('takes %s', (_, props, args) => {
    expect(protect(props).oauth2.args).toEqual(expect.arrayContaining(args));
  });

  test('opens a port for metrics only where it is told to', () => {
    expect(protect().oauth2.args.join()).not.toContain('metrics');
    expect(protect({ metricsPort: 44180 }).oauth2.ports).toContainEqual({
      containerPort: 44180,
      name: 'oauth2-metrics',
    });
  });

  test('believes nobody who says who the client is, unless told to', () => {
    expect(protect().oauth2.args.join()).not.toContain('reverse-proxy');
  });

  test('keeps the pod from being ready, and lives on while its Redis is away', () => {
    const { oauth2 } = protect();
    expect(oauth2.readinessProbe.httpGet).toEqual({ path: '/oauth2/ready', port: 4180, scheme: 'HTTP' });
    expect(oauth2.livenessProbe).toMatchObject({
      httpGet: { path: '/oauth2/ping', port: 4180, scheme: 'HTTP' },
      failureThreshold: 6,
    });
    expect(oauth2).not.toHaveProperty('startupProbe');
  });

  test('outlives the main container', () => {
    const { chart } = protect();
    expect(podSpec(chart).initContainers?.[0]).toMatchObject({ name: 'oauth2-proxy', restartPolicy: 'Always' });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 5 + 5);
  });

  test('waits for the main container as a classic sidecar, with the image that can', () => {
    const { oauth2 } = protect({}, SidecarMode.CLASSIC);
    expect(oauth2.image).toBe('quay.io/oauth2-proxy/oauth2-proxy:v7.15.6-alpine');
    expect(oauth2.securityContext.runAsUser).toBe(65532);
    expect(oauth2.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '32'] } } });
    expect(protect().oauth2.image).toBe('quay.io/oauth2-proxy/oauth2-proxy:v7.15.6');
  });

  test('waits as it can with an image of your own', () => {
    const image = 'registry.example.com/oauth2-proxy:v7.15.3';
    const { oauth2 } = protect({ image, preStopSleep: PreStopSleep.ACTION }, SidecarMode.CLASSIC);
    expect(oauth2.lifecycle).toEqual({ preStop: { sleep: { seconds: 32 } } });
    expect(() => protect({ image }, SidecarMode.CLASSIC)).toThrow(
      new Error(
        '[shop/web] container "oauth2-proxy" must outlive the main container by 5 s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with `preStopSleep` what lets it wait',
      ),
    );
  });

  test.each([SidecarMode.NATIVE, SidecarMode.CLASSIC])('is all that reaches nginx on loopback, %s', (sidecarMode) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }), { sidecarMode });
    WebServer.nginx({ loopback: true }).addTo(pod);
    pod.add(new OAuth2Proxy(PROPS()));
    pod.expose({ port: 80 });
    expect(manifests(chart, 'Service')[0].spec.ports).toEqual([{ name: 'oauth2-proxy', port: 80, targetPort: 4180 }]);
    expect((container(chart, 'oauth2-proxy') as any).args).toContain('--upstream=http://127.0.0.1:8080');
    expect(container(chart, 'webserver').ports).toEqual([{ containerPort: 8081, name: 'health' }]);
    expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
  });

  test('receives the requests of an application that listens everywhere', () => {
    const { chart, pod } = protect();
    pod.expose();
    expect(manifests(chart, 'Service')[0].spec.ports).toEqual([{ name: 'oauth2-proxy', port: 4180, targetPort: 4180 }]);
    expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
  });

  test('fails beside another proxy', () => {
    expect(() => protect().pod.add(new OAuth2Proxy({ ...PROPS(), name: 'second', port: 4181 }))).toThrow(
      'port name "oauth2-proxy" of container "second" is already used by container "oauth2-proxy"',
    );
  });

  test.each<[string, Partial<OAuth2ProxyProps>, string]>([
    [
      'without anybody who may enter',
      { emailDomains: undefined },
      'nothing says which users of "oidc" may enter; pass `emailDomains` or `allowedGroups`, or `emailDomains: ["*"]` for everybody',
    ],
    [
      'with an empty list of those who may enter',
      { emailDomains: [], allowedGroups: ['staff'] },
      'nothing says which users of "oidc" may enter; pass `emailDomains` or `allowedGroups`, or `emailDomains: ["*"]` for everybody',
    ],
    [
      'without a client ID',
      { clientId: ' ' },
      '`clientId` is empty; pass the ID under which the provider knows the application',
    ],
    ['with a port that is none', { port: 65536 }, '`port` 65536 is not a port number; pass an integer from 1 to 65535'],
    ...['https://bob:hunter2@shop.example.com/', 'https://shop.example.com/?token=abc'].map(
      (redirectUrl): [string, Partial<OAuth2ProxyProps>, string] => [
        `with the redirect URL ${redirectUrl}`,
        { redirectUrl },
        '`redirectUrl` shows a credential to all who may read the pod; pass the URL without it',
      ],
    ),
    ...['', 'a b', 'shop.example.com'].map((redirectUrl): [string, Partial<OAuth2ProxyProps>, string] => [
      `with the redirect URL "${redirectUrl}"`,
      { redirectUrl },
      `\`redirectUrl\` "${redirectUrl}" is no URL; pass one as in "https://shop.example.com/oauth2/callback"`,
    ]),
    [
      'with a password in the URL of its Redis',
      { redis: { url: 'redis://:abc@redis:6379' } },
      '`redis.url` is no URL without a password; write it as in "redis://redis:6379", and pass `redis.password`',
    ],
    [
      'with a Redis that is no URL',
      { redis: { url: 'redis:6379' } },
      '`redis.url` is no URL without a password; write it as in "redis://redis:6379", and pass `redis.password`',
    ],
    [
      'with a credential among the settings',
      { settings: { 'basic-auth-password': 'abc' } },
      '`settings` shows a credential in "basic-auth-password", and everybody who may read the pod could read it; set its variable, as in `OAUTH2_PROXY_BASIC_AUTH_PASSWORD`, from a Secret by `envVariables`',
    ],
    [
      'with a setting of its own',
      { settings: { 'http-address': ':80' } },
      'option "http-address" is set by the companion itself; leave it out of `settings` and of the provider',
    ],
    [
      'with a configuration that would say the same',
      { settings: { 'alpha-config': '/a' } },
      'option "alpha-config" is set by the companion itself; leave it out of `settings` and of the provider',
    ],
    [
      'with a provider that says the same',
      { provider: OAuth2Provider.of('gitlab', { 'allowed-group': 'a' }) },
      'option "allowed-group" is set by the companion itself; leave it out of `settings` and of the provider',
    ],
    [
      'with a provider that has another client secret',
      { provider: OAuth2Provider.of('gitlab', {}, { 'client-secret': { secret: SECRET, key: 'other' } }) },
      'environment variable "OAUTH2_PROXY_CLIENT_SECRET" of "oauth2-proxy" is set by the companion itself; choose another name',
    ],
    [
      'with a variable of its own',
      { envVariables: { OAUTH2_PROXY_COOKIE_SECRET: kplus.EnvValue.fromValue('abc') } },
      'environment variable "OAUTH2_PROXY_COOKIE_SECRET" of "oauth2-proxy" is set by the companion itself; choose another name',
    ],
  ])('fails %s', (_, props, message) => {
    expect(() => new OAuth2Proxy({ ...PROPS(), ...props })).toThrow(new Error(`[OAuth2Proxy] ${message}`));
  });

  test.each([OAuth2Provider.github({ organization: 'octo' }), OAuth2Provider.github({ users: ['ann'] })])(
    'lets everybody in whom the provider lets in (%#)',
    (provider) => {
      expect(protect({ provider, emailDomains: undefined }).oauth2.args).toContain('--email-domain=*');
    },
  );
});

test.each<[string, string | string[], string[]]>([
  ['a text', 'https://id.example.com', ['--o=https://id.example.com']],
  ['a text with a comma', 'a,b', ['--o=a,b']],
  ['a list', ['a', 'b'], ['--o=a', '--o=b']],
  ['an empty list', [], []],
  ['a value of a list with a comma, which would begin another', ['^/a{1,2}$'], ['--o="^/a{1,2}$"']],
  ['a value of a list with quotes', ['^/"q"'], ['--o="^/""q"""']],
  ['what the kubelet would take for a variable', ['^/x$(y)', '$$'], ['--o=^/x$$(y)', '--o=$$$']],
])('gives %s', (_, value, expected) => {
  expect(toOptionArguments([['o', value]])).toEqual(expected);
});

describe('ports below 1024', () => {
  const START = 'net.ipv4.ip_unprivileged_port_start';
  const start = (sysctls: kplus.Sysctl[] = []) => {
    const chart = newChart();
    const deployment = newDeployment(chart, { containers: [APP], securityContext: { sysctls } });
    MultiContainerPod.of(deployment).add(new OAuth2Proxy({ ...PROPS(), port: 80, metricsPort: 81 }));
    return chart;
  };

  test('are opened where the pod says that everybody may', () => {
    const chart = start([{ name: START, value: '80' }]);
    expect(() => Testing.synth(chart)).not.toThrow();
    expect(container(chart, 'oauth2-proxy').args).toContain('--http-address=:80');
  });

  test.each([
    ['port', 80],
    ['metricsPort', 81],
  ])('fail elsewhere as `%s`', (prop, port) => {
    expect(() => Testing.synth(start())).toThrow(
      `[shop/web] \`${prop}\` of container "oauth2-proxy" is ${port}, which no process opens without root; pass an integer from 1024 to 65535, or give the pod \`${START}\` "${port}" in \`securityContext.sysctls\` of the workload`,
    );
  });
});

const args = (provider: OAuth2Provider) => toOptionArguments(provider._settings);

test.each<[string, OAuth2Provider, string[], boolean]>([
  [
    'OpenID Connect, with PKCE and nonce',
    OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com/realm' }),
    [
      '--provider=oidc',
      '--oidc-issuer-url=https://id.example.com/realm',
      '--code-challenge-method=S256',
      '--insecure-oidc-skip-nonce=false',
    ],
    false,
  ],
  [
    'OpenID Connect of an old provider',
    OAuth2Provider.oidc({
      issuerUrl: 'http://id:8080',
      scope: 'openid email',
      groupsClaim: 'roles',
      emailClaim: 'upn',
      pkce: false,
      verifyNonce: false,
    }),
    [
      '--provider=oidc',
      '--oidc-issuer-url=http://id:8080',
      '--scope=openid email',
      '--oidc-groups-claim=roles',
      '--oidc-email-claim=upn',
    ],
    false,
  ],
  ['GitHub', OAuth2Provider.github(), ['--provider=github'], false],
  [
    'teams of one organization at GitHub',
    OAuth2Provider.github({ organization: 'octo', teams: ['web', 'ops'] }),
    ['--provider=github', '--github-org=octo', '--github-team=web,ops'],
    true,
  ],
  [
    'teams and users at GitHub',
    OAuth2Provider.github({ teams: ['octo:web'], users: ['ann', 'bob'] }),
    ['--provider=github', '--github-team=octo:web', '--github-user=ann', '--github-user=bob'],
    true,
  ],
  ['Google', OAuth2Provider.google(), ['--provider=google'], false],
  [
    'any other',
    OAuth2Provider.of('keycloak-oidc', { 'oidc-issuer-url': 'https://id', 'allowed-role': 'a,b' }),
    ['--provider=keycloak-oidc', '--oidc-issuer-url=https://id', '--allowed-role=a,b'],
    false,
  ],
])('knows %s', (_, provider, expected, restricts) => {
  expect(args(provider)).toEqual(expected);
  expect(provider._restricts).toBe(restricts);
});

test('keeps what it was made with', () => {
  const users = ['ann'];
  const settings: Record<string, string> = { 'gitlab-group': 'a' };
  const providers = [OAuth2Provider.github({ users }), OAuth2Provider.of('gitlab', settings)];
  users.push('eve');
  settings['gitlab-group'] = 'b';
  expect(providers.map(args)).toEqual([
    ['--provider=github', '--github-user=ann'],
    ['--provider=gitlab', '--gitlab-group=a'],
  ]);
});

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'secret', 'login');

test.each<[string, () => OAuth2Provider, string]>([
  [
    'an issuer that is no URL',
    () => OAuth2Provider.oidc({ issuerUrl: 'id.example.com' }),
    '[OAuth2Provider.oidc] `issuerUrl` "id.example.com" is no URL; pass one as in "https://id.example.com"',
  ],
  ...['https://bob:hunter2@id.example.com', 'https://ghp_x@id.example.com'].map(
    (issuerUrl): [string, () => OAuth2Provider, string] => [
      issuerUrl,
      () => OAuth2Provider.oidc({ issuerUrl }),
      '[OAuth2Provider.oidc] `issuerUrl` shows a credential to all who may read the pod; pass the URL without it',
    ],
  ),
  [
    'a team of no organization',
    () => OAuth2Provider.github({ teams: ['octo:web', 'ops'] }),
    '[OAuth2Provider.github] team "ops" could be of any organization; pass `organization`, or write "organization:ops"',
  ],
  [
    'a provider without a name',
    () => OAuth2Provider.of('GitLab EE'),
    '[OAuth2Provider.of] "GitLab EE" cannot name a provider; use lower-case letters, digits, "-" and "."',
  ],
  [
    'a credential among the settings',
    () => OAuth2Provider.of('github', { 'github-token': 'abc' }),
    '[OAuth2Provider.of] `settings` shows a credential in "github-token", and everybody who may read the pod could read it; pass it in `secrets`',
  ],
  [
    'a secret that is no option',
    () => OAuth2Provider.of('github', {}, { GITHUB_TOKEN: { secret, key: 'token' } }),
    '[OAuth2Provider.of] `secrets` has "GITHUB_TOKEN", which is no option of OAuth2 Proxy; write its name as in "cookie-expire"',
  ],
])('fails with %s', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});

test.each<[string, string, boolean]>([
  ['client-secret', 'abc', true],
  ['cookie-secret', 'abc', true],
  ['redis-password', 'abc', true],
  ['redis-sentinel-password', 'abc', true],
  ['github-token', 'abc', true],
  ['basic-auth-password', 'abc', true],
  ['signature-key', 'sha256:abc', true],
  ['jwt-key', 'abc', true],
  ['redis-connection-url', 'redis://:abc@redis:6379', true],
  ['redis-connection-url', 'redis://redis:6379', false],
  ['pass-access-token', 'true', false],
  ['cookie-secret-file', '/secrets/cookie', false],
  ['cookie-expire', '12h', false],
])('option %s with %p shows a credential: %p', (option, value, expected) => {
  expect(isSecret(option, value)).toBe(expected);
});

test('fails with a credential, and says where it belongs', () => {
  expect(validateFreeOptions('settings', { 'cookie-expire': '1h', 'jwt-key': 'abc' }, 'put it there')).toEqual([
    '`settings` shows a credential in "jwt-key", and everybody who may read the pod could read it; put it there',
  ]);
});

test.each(['--cookie-expire', 'cookie_expire', 'Cookie', '', 'a b'])('fails with the option %p', (option) => {
  expect(validateOptionName('settings', option)).toEqual([
    `\`settings\` has "${option}", which is no option of OAuth2 Proxy; write its name as in "cookie-expire"`,
  ]);
});
