import { Field } from '../../../../src/rules/model/field';
import { containerViolations } from '../../../../src/rules/security/shared/pod-security-containers';

function violations(container: object): string[] {
  const field = Field.root(container);
  const scope = { title: 'container "app"', field, context: field.at('securityContext'), isPod: false };
  return containerViolations(scope).map(({ at, message }) => `${at.path}: ${message}`);
}

test('a port of the node is named', () => {
  const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }, { containerPort: 82, hostPort: 8082 }];
  expect(violations({ ports })).toEqual(['ports[2].hostPort: container "app" takes port 8082 of the node']);
});

test('another host in a probe or hook is named', () => {
  const lifecycle = { postStart: { tcpSocket: { host: 'b', port: 1 } }, preStop: { exec: { command: ['true'] } } };
  expect(violations({ readinessProbe: { httpGet: { host: 'a', port: 1 } }, lifecycle })).toEqual([
    'readinessProbe.httpGet.host: container "app" has its kubelet call host "a"',
    'lifecycle.postStart.tcpSocket.host: container "app" has its kubelet call host "b"',
  ]);
  expect(violations({ livenessProbe: { httpGet: { host: '', port: 1 } } })).toEqual([]);
});
