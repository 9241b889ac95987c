import { objectsOf } from '../../../../src/rules/documents';
import { sysctlProblems } from '../../../../src/rules/security/shared/sysctls';

function problems(name: string, spec: object = {}): string[] {
  const sysctls = [{ name, value: '1' }];
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { ...spec, securityContext: { sysctls } } });
  return sysctlProblems(objectsOf({ text, line: 1 })[0]!.pod!).map(({ at }) => at.path);
}

test('a name may have slashes for its dots', () => {
  expect(problems('net/ipv4/conf/eno2.100/rp_filter')).toEqual([]);
  expect(problems('net/ipv4/tcp_rmem', { hostNetwork: true })).toEqual(['spec.hostNetwork']);
});

test('a shared namespace cannot be changed, another one can', () => {
  expect(problems('fs.mqueue.msg_max', { hostIPC: true })).toEqual(['spec.hostIPC']);
  expect(problems('fs.mqueue.msg_max', { hostNetwork: true })).toEqual([]);
  expect(problems('net.ipv4.tcp_rmem', { hostIPC: true })).toEqual([]);
});

test('a name that is too long is none', () => {
  expect(problems(`net.${'a'.repeat(249)}`)).toEqual([]);
  expect(problems(`net.${'a'.repeat(250)}`)).toEqual(['spec.securityContext.sysctls[0].name']);
});
