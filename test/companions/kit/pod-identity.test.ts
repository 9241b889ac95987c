import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import { POD_VARIABLES, podIdentity } from '../../../src/companions/kit/pod-identity';

test('a process learns pod, namespace and node from the downward API', () => {
  expect(podIdentity()).toEqual({
    POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
    POD_NAMESPACE: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE),
    NODE_NAME: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME),
  });
  expect(Object.keys(podIdentity())).toEqual([...POD_VARIABLES]);
});
