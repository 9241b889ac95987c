import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readArgument } from '../../../private/read-props';

/**
 * The users of PgBouncer, with whom it also logs in to PostgreSQL. Passwords stay in Secrets: they reach the
 * container as a mounted file, or as a variable from which it writes that file in memory.
 *
 * @see https://www.pgbouncer.org/config.html#authentication-file-format
 */
export class PgBouncerCredentials {
  /**
   * One user with a password.
   *
   * @param user name of the user
   * @param password the key of a Secret that holds the password
   * @throws where the name is empty or more than one line
   */
  public static ofUser(user: string, password: kplus.SecretValue): PgBouncerCredentials {
    readArgument('string', user, 'PgBouncerCredentials.ofUser', 'user');
    readArgument('SecretValue', password, 'PgBouncerCredentials.ofUser', 'password');
    const isLine = /^[^\r\n]+$/.test(user);
    throwFirst('PgBouncerCredentials', isLine ? [] : [`"${user}" cannot be the name of a user; pass one line`]);
    return new PgBouncerCredentials(password, user);
  }

  /**
   * The users of an authentication file, with their passwords or SCRAM secrets.
   *
   * @param file the key of a Secret that holds the whole file: a line `"user" "password"` for each
   */
  public static fromUserList(file: kplus.SecretValue): PgBouncerCredentials {
    readArgument('SecretValue', file, 'PgBouncerCredentials.fromUserList', 'file');
    return new PgBouncerCredentials(file);
  }

  private constructor(
    /** @internal */
    public readonly _secret: kplus.SecretValue,
    /** @internal */
    public readonly _user?: string,
  ) {}
}
