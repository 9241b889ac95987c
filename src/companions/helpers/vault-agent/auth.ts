import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readArgument, readProps } from '../../../private/read-props';
import { findCredential } from '../../../software/credentials';

/** The directories of the token of the pod's ServiceAccount, and of the files of a Secret. */
export interface VaultAuthPlaces {
  readonly token: string;
  readonly secret: string;
}

/** The login of a pod by its ServiceAccount. */
export interface VaultServiceAccountOptions {
  /** Role in Vault. It is bound to the ServiceAccount of the workload, which is best one of its own. */
  readonly role: string;

  /**
   * Path at which the method is mounted in Vault.
   *
   * @default - `auth/` and the name of the method
   */
  readonly mountPath?: string;

  /**
   * Audience of the token. The role in Vault must ask for the same; nothing else, such as the API server of the
   * cluster, takes the token then.
   *
   * @default "vault"
   */
  readonly audience?: string;

  /**
   * The time that a token is valid; the kubelet renews it before.
   *
   * @default Duration.hours(1)
   */
  readonly expiration?: Duration;
}

/** The keys and the mount path of a role of AppRole. */
export interface VaultAppRoleOptions {
  /**
   * Key of the RoleID in the Secret.
   *
   * @default "role-id"
   */
  readonly roleIdKey?: string;

  /**
   * Key of the SecretID in the Secret. It must be good for more than one use.
   *
   * @default "secret-id"
   */
  readonly secretIdKey?: string;

  /**
   * Path at which the method is mounted in Vault.
   *
   * @default "auth/approle"
   */
  readonly mountPath?: string;
}

/** Settings of any other method. */
export interface VaultAuthOptions {
  /**
   * Settings of the method, as its documentation names them. Files of `secret` are in `/vault/auth`.
   *
   * @default - the method needs none
   */
  readonly settings?: { readonly [setting: string]: any };

  /**
   * Secret of which the agent sees each key as a file in `/vault/auth`.
   *
   * @default - the agent sees none
   */
  readonly secret?: kplus.ISecret;

  /**
   * Path at which the method is mounted in Vault.
   *
   * @default - `auth/` and the name of the method
   */
  readonly mountPath?: string;
}

/** The needs of a method that the pod meets. */
interface Needs {
  readonly token?: { readonly audience: string; readonly expiration: Duration };
  readonly secret?: { readonly secret: kplus.ISecret; readonly files?: { readonly [key: string]: string } };
}

/**
 * The method by which the agent logs in to Vault.
 *
 * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/autoauth/methods
 */
export class VaultAuth {
  /**
   * By the token of the pod's ServiceAccount, which Vault shows to the cluster.
   *
   * @see https://developer.hashicorp.com/vault/docs/auth/kubernetes
   */
  public static kubernetes(options: VaultServiceAccountOptions): VaultAuth {
    const own = readProps('VaultServiceAccountOptions', options, 'VaultAuth.kubernetes');
    const { role } = own;
    return VaultAuth.byServiceAccount('kubernetes', own, ({ token }) => ({ role, token_path: token }));
  }

  /**
   * By the token of the pod's ServiceAccount, which Vault checks itself by the keys of the cluster.
   *
   * @see https://developer.hashicorp.com/vault/docs/auth/jwt/oidc-providers/kubernetes
   */
  public static jwt(options: VaultServiceAccountOptions): VaultAuth {
    const own = readProps('VaultServiceAccountOptions', options, 'VaultAuth.jwt');
    const { role } = own;
    return VaultAuth.byServiceAccount('jwt', own, ({ token }) => ({
      role,
      path: token,
      remove_jwt_after_reading: false,
    }));
  }

  /**
   * By RoleID and SecretID from a Secret.
   *
   * @param secret the Secret that holds both
   * @see https://developer.hashicorp.com/vault/docs/auth/approle
   */
  public static appRole(secret: kplus.ISecret, options: VaultAppRoleOptions = {}): VaultAuth {
    readArgument('ISecret', secret, 'VaultAuth.appRole', 'secret');
    const {
      roleIdKey = 'role-id',
      secretIdKey = 'secret-id',
      mountPath,
    } = readProps('VaultAppRoleOptions', options, 'VaultAuth.appRole');
    const files = { [roleIdKey]: 'role-id', [secretIdKey]: 'secret-id' };
    return new VaultAuth('approle', mountPath, { secret: { secret, files } }, ({ secret: directory }) => ({
      role_id_file_path: `${directory}/role-id`,
      secret_id_file_path: `${directory}/secret-id`,
      remove_secret_id_file_after_reading: false,
    }));
  }

  /**
   * By any other method.
   *
   * @param method name of the method, such as `cert`
   */
  public static of(method: string, options: VaultAuthOptions = {}): VaultAuth {
    readArgument('string', method, 'VaultAuth.of', 'method');
    const { secret, mountPath, settings = {} } = readProps('VaultAuthOptions', options, 'VaultAuth.of');
    const shown = findCredential(settings);
    throwFirst(
      'VaultAuth.of',
      shown
        ? [
            `setting "${shown}" of method "${method}" shows a credential to all who may read the ConfigMap; pass \`secret\` and name its file`,
          ]
        : [],
    );
    return new VaultAuth(method, mountPath, { secret: secret && { secret } }, () => settings);
  }

  private static byServiceAccount(
    method: string,
    { role, mountPath, audience = 'vault', expiration = Duration.hours(1) }: VaultServiceAccountOptions,
    config: (places: VaultAuthPlaces) => { [setting: string]: unknown },
  ): VaultAuth {
    const isEmpty = role.trim() === '';
    throwFirst(`VaultAuth.${method}`, isEmpty ? ['`role` is empty; pass the name of the role in Vault'] : []);
    return new VaultAuth(method, mountPath, { token: { audience, expiration } }, config);
  }

  private constructor(
    /** Name of the method. */
    public readonly method: string,
    private readonly mountPath: string | undefined,
    /** @internal */
    public readonly _needs: Needs,
    private readonly toConfig: (places: VaultAuthPlaces) => { [setting: string]: unknown },
  ) {}

  /**
   * The method as the configuration of the agent has it.
   *
   * @internal
   */
  public _toSettings(places: VaultAuthPlaces): { [setting: string]: unknown } {
    return { type: this.method, mount_path: this.mountPath ?? `auth/${this.method}`, config: this.toConfig(places) };
  }
}
