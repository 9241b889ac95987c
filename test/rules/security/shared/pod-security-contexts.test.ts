import { Field } from '../../../../src/rules/model/field';
import type { PodSecurityLevel } from '../../../../src/rules/security/shared/pod-security-checks';
import { contextViolations } from '../../../../src/rules/security/shared/pod-security-contexts';

function violations(securityContext: object, level: PodSecurityLevel, isWindows = false): string[] {
  const field = Field.root({ securityContext });
  const scope = { title: 'container "app"', field, context: field.at('securityContext'), isPod: false };
  return contextViolations(scope, level, isWindows).map(({ message }) => message);
}

test('a setting is named with its value', () => {
  const context = { privileged: true, capabilities: { add: ['NET_RAW'] }, seLinuxOptions: { role: 'system_r' } };
  expect(violations(context, 'baseline')).toEqual([
    'container "app" sets `privileged: true`',
    'container "app" sets `capabilities.add: NET_RAW`',
    'container "app" sets `seLinuxOptions.role: system_r`',
  ]);
});

test('"restricted" wants a container to say what it gives up, except on Windows', () => {
  expect(violations({}, 'baseline')).toEqual([]);
  expect(violations({}, 'restricted')).toEqual([
    'container "app" may gain privileges',
    'container "app" keeps capabilities',
  ]);
  expect(violations({ capabilities: { add: ['NET_RAW'] } }, 'restricted', true)).toEqual([]);
});
