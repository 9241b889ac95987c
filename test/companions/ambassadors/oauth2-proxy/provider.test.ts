import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { argumentsOf } from '../../../../src/companions/ambassadors/oauth2-proxy/arguments';
import { OAuth2Provider } from '../../../../src/index';

const args = (provider: OAuth2Provider) => argumentsOf(provider._settings);

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
