import { sharedUser } from '../../../src/companions/kit/shared-user';
import { MultiContainerPod } from '../../../src/index';
import { APP, newChart, newDeployment } from '../../support';

const userOf = (user?: number, securityContext: { user?: number } = { user: 1000 }) => {
  const deployment = newDeployment(newChart(), { containers: [{ ...APP, securityContext }] });
  return sharedUser(MultiContainerPod.of(deployment), {
    name: 'helper',
    container: 'app',
    user,
    task: 'read its files',
  });
};

test('a companion runs as the user of the container, which may be said again', () => {
  expect([userOf(), userOf(1000)]).toEqual([1000, 1000]);
});

test('fails where the container states no UID', () => {
  expect(() => userOf(undefined, {})).toThrow(
    new Error(
      '[shop/web] container "app" states no UID, and only its own user may read its files; give it `securityContext.user`',
    ),
  );
});

test('fails where the companion is to have another', () => {
  expect(() => userOf(2000)).toThrow(
    new Error(
      '[shop/web] `user` 2000 of "helper" is not user 1000 of container "app", and only that user may read its files; leave `user` out',
    ),
  );
});
