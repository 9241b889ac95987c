import * as kplus from 'cdk8s-plus-28';
import { PgBouncerCredentials } from '../../../../src/index';
import { newChart } from '../../../support';

const password = { secret: kplus.Secret.fromSecretName(newChart(), 'db', 'shop-db'), key: 'password' };

test.each(['', 'a\nb'])('a user cannot be named "%s"', (user) => {
  expect(() => PgBouncerCredentials.ofUser(user, password)).toThrow(
    new Error(`[PgBouncerCredentials] "${user}" cannot be the name of a user; pass one line`),
  );
});
