import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readArgument, readProps } from '../../../private/read-props';
import { type Options, validateFreeOptions, validateOptionName, validateOptionUrl } from './options';

const ISSUER = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/;

/** An identity provider that speaks OpenID Connect. */
export interface OAuth2OidcOptions {
  /** Its issuer: where `/.well-known/openid-configuration` is found when the proxy starts. */
  readonly issuerUrl: string;

  /**
   * The scopes to ask for, separated by blanks.
   *
   * @default - "openid email profile", and "groups" where groups are allowed
   */
  readonly scope?: string;

  /**
   * The claim that holds the groups of a user.
   *
   * @default "groups"
   */
  readonly groupsClaim?: string;

  /**
   * The claim that holds the email address of a user.
   *
   * @default "email"
   */
  readonly emailClaim?: string;

  /**
   * Whether the proxy proves with PKCE that it is the one that began a login.
   *
   * @default true
   */
  readonly pkce?: boolean;

  /**
   * Whether an ID token must hold the nonce of the login that it is for, as OpenID Connect demands.
   *
   * @default true
   */
  readonly verifyNonce?: boolean;
}

/** The users who may enter, of those who have an account at GitHub. */
export interface OAuth2GitHubOptions {
  /**
   * Only members of this organization.
   *
   * @default - members of any
   */
  readonly organization?: string;

  /**
   * Only members of one of these teams: their slugs, as `organization:team` where no `organization` is given.
   *
   * @default - members of any
   */
  readonly teams?: string[];

  /**
   * Users who may enter whatever their organization; only they, where no `organization` is given.
   *
   * @default - nobody by name
   */
  readonly users?: string[];
}

/**
 * The identity provider at which users log in.
 *
 * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/providers/
 */
export class OAuth2Provider {
  /**
   * Any provider that speaks OpenID Connect: Dex, Okta, Auth0, Keycloak and others.
   *
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/providers/openid_connect
   */
  public static oidc(options: OAuth2OidcOptions): OAuth2Provider {
    const {
      issuerUrl,
      scope,
      groupsClaim,
      emailClaim,
      pkce = true,
      verifyNonce = true,
    } = readProps('OAuth2OidcOptions', options, 'OAuth2Provider.oidc');
    throwFirst('OAuth2Provider.oidc', validateOptionUrl('issuerUrl', issuerUrl, ISSUER, 'https://id.example.com'));
    return new OAuth2Provider('oidc', [
      ['oidc-issuer-url', issuerUrl],
      ...pickGivenOptions({ scope, 'oidc-groups-claim': groupsClaim, 'oidc-email-claim': emailClaim }),
      ...pickGivenOptions({ 'code-challenge-method': pkce ? 'S256' : undefined }),
      ...pickGivenOptions({ 'insecure-oidc-skip-nonce': verifyNonce ? 'false' : undefined }),
    ]);
  }

  /**
   * GitHub.
   *
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/providers/github
   */
  public static github(options: OAuth2GitHubOptions = {}): OAuth2Provider {
    const { organization, teams = [], users = [] } = readProps('OAuth2GitHubOptions', options, 'OAuth2Provider.github');
    const bare = organization === undefined ? teams.filter((team) => !team.includes(':')) : [];
    throwFirst(
      'OAuth2Provider.github',
      bare.map(
        (team) => `team "${team}" could be of any organization; pass \`organization\`, or write "organization:${team}"`,
      ),
    );
    const settings: Options = [
      ...pickGivenOptions({ 'github-org': organization, 'github-team': teams.length > 0 ? teams.join() : undefined }),
      ['github-user', [...users]],
    ];
    return new OAuth2Provider('github', settings, organization !== undefined || teams.length > 0 || users.length > 0);
  }

  /**
   * Google, for accounts of the `emailDomains`.
   *
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/providers/google
   */
  public static google(): OAuth2Provider {
    return new OAuth2Provider('google', []);
  }

  /**
   * Any other provider that OAuth2 Proxy knows, such as `keycloak-oidc`, `gitlab` or `entra-id`.
   *
   * @param name its name for `--provider`
   * @param settings its options by name, without the dashes before it, such as `{ 'oidc-issuer-url': '...' }`
   * @param secrets options that are credentials, by name
   */
  public static of(
    name: string,
    settings: { readonly [option: string]: string } = {},
    secrets: { readonly [option: string]: kplus.SecretValue } = {},
  ): OAuth2Provider {
    readArgument('string', name, 'OAuth2Provider.of', 'name');
    const options = readArgument('string{}', settings, 'OAuth2Provider.of', 'settings');
    const variables = readArgument('SecretValue{}', secrets, 'OAuth2Provider.of', 'secrets');
    throwFirst('OAuth2Provider.of', [
      ...(/^[a-z][a-z0-9.-]*$/.test(name)
        ? []
        : [`"${name}" cannot name a provider; use lower-case letters, digits, "-" and "."`]),
      ...validateFreeOptions('settings', options, 'pass it in `secrets`'),
      ...Object.keys(variables).flatMap((option) => validateOptionName('secrets', option)),
    ]);
    return new OAuth2Provider(name, Object.entries(options), false, variables);
  }

  private constructor(
    /** Its name for OAuth2 Proxy. */
    public readonly name: string,
    private readonly settings: Options,
    private readonly restricts = false,
    private readonly secrets: { readonly [option: string]: kplus.SecretValue } = {},
  ) {}

  /** @internal */
  public get _settings(): Options {
    return [['provider', this.name], ...this.settings];
  }

  /** @internal */
  public get _secrets(): { readonly [option: string]: kplus.SecretValue } {
    return this.secrets;
  }

  /**
   * Whether it lets only some of its users in by itself.
   *
   * @internal
   */
  public get _restricts(): boolean {
    return this.restricts;
  }
}

/** The options that are given, in this order. */
function pickGivenOptions(options: { readonly [name: string]: string | undefined }): Options {
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
