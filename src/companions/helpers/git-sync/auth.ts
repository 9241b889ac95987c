import * as kplus from 'cdk8s-plus-28';
import { readArgument, readProps } from '../../../private/read-props';

/** The keys of a Secret that hold user name and password. */
export interface GitPasswordOptions {
  /**
   * Key of the user name. Servers that take a token as password want any name here.
   *
   * @default "username", as in Secrets of type `kubernetes.io/basic-auth`
   */
  readonly usernameKey?: string;

  /**
   * Key of the password or access token.
   *
   * @default "password", as in Secrets of type `kubernetes.io/basic-auth`
   */
  readonly passwordKey?: string;
}

/** The keys of a Secret that hold the files of SSH. */
export interface GitSshOptions {
  /**
   * Key of the private key, which has no passphrase.
   *
   * @default "ssh-privatekey", as in Secrets of type `kubernetes.io/ssh-auth`
   */
  readonly privateKeyKey?: string;

  /**
   * Key of the host keys of the git server, as `ssh-keyscan` prints them. A server with another key is not trusted.
   *
   * @default "known_hosts"
   */
  readonly knownHostsKey?: string;
}

/**
 * The credentials of a private repository. They come from a Secret and are seen by git-sync alone.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
 */
export class GitAuth {
  /**
   * User name and password, or access token, over HTTPS.
   *
   * @param secret the Secret that holds both
   */
  public static password(secret: kplus.ISecret, options: GitPasswordOptions = {}): GitAuth {
    readArgument('ISecret', secret, 'GitAuth.password', 'secret');
    const { usernameKey = 'username', passwordKey = 'password' } = readProps(
      'GitPasswordOptions',
      options,
      'GitAuth.password',
    );
    return new GitAuth(secret, false, { password: passwordKey }, usernameKey);
  }

  /**
   * A private key over SSH. The server is known by its host keys.
   *
   * @param secret the Secret that holds the private key and the host keys
   */
  public static sshKey(secret: kplus.ISecret, options: GitSshOptions = {}): GitAuth {
    readArgument('ISecret', secret, 'GitAuth.sshKey', 'secret');
    const { privateKeyKey = 'ssh-privatekey', knownHostsKey = 'known_hosts' } = readProps(
      'GitSshOptions',
      options,
      'GitAuth.sshKey',
    );
    return new GitAuth(secret, true, { ssh: privateKeyKey, known_hosts: knownHostsKey });
  }

  private constructor(
    /** The Secret. */
    public readonly secret: kplus.ISecret,
    /** Whether git speaks SSH. */
    public readonly ssh: boolean,
    private readonly files: { readonly [file: string]: string },
    private readonly usernameKey?: string,
  ) {}

  /**
   * The variables of the environment of git-sync.
   *
   * @internal
   */
  public get _environment(): { [name: string]: kplus.EnvValue } {
    const { secret, usernameKey: key } = this;
    return key === undefined ? {} : { GITSYNC_USERNAME: kplus.EnvValue.fromSecretValue({ secret, key }) };
  }

  /**
   * The files in the directory of secrets of git-sync: the keys of the Secret, by file.
   *
   * @internal
   */
  public get _files(): { readonly [key: string]: string } {
    return Object.fromEntries(Object.entries(this.files).map(([file, key]) => [key, file]));
  }

  /**
   * Flags that name those files.
   *
   * @internal
   */
  public _toFlags(directory: string): { [flag: string]: string } {
    return this.ssh
      ? { 'ssh-key-file': `${directory}/ssh`, 'ssh-known-hosts-file': `${directory}/known_hosts` }
      : { 'password-file': `${directory}/password` };
  }
}
