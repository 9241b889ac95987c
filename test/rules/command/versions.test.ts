import { UsageError } from '../../../src/private/command-line';
import { readRequest } from '../../../src/rules/command/arguments';
import { call, folderOf } from './support';

/** Refused before 1.35, of an API version that is gone, and with a field of 1.37. */
const MANIFESTS = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: web, image: acme/web:1.4, restartPolicy: OnFailure, prot: 1}
  volumes:
    - {name: data, emptyDir: {mode: 1008}}
---
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: {name: web}
`;

/** The findings of a call: severity, rule and line. */
async function findingsOf(...args: string[]): Promise<string[]> {
  const { out } = await call([...args, '--format', 'json', '-'], MANIFESTS);
  const { findings } = JSON.parse(out);
  return findings
    .filter(({ rule }: any) => !['pod-security', 'volume-unused', 'volume-size'].includes(rule))
    .map(({ severity, rule, line, message }: any) => `${severity} ${rule} ${line}: ${message}`);
}

const MISTYPED = 'error unknown-field 6: Container has no field "prot"';
const POLICY =
  'error restart-policy 6: container "web" has a `restartPolicy`, which only init containers may have before Kubernetes 1.35';
const MODE =
  'error unknown-field 8: EmptyDirVolumeSource has no field "mode" in Kubernetes 1.31, which has it from 1.37 on';
const GONE = 'error api-version 10: Kubernetes has no FlowSchema of flowcontrol.apiserver.k8s.io/v1beta3 since 1.32';

test('manifests are for the newest version, or for the one that is named', async () => {
  expect(await findingsOf()).toEqual([MISTYPED, GONE]);
  expect(await findingsOf('--kubernetes', '1.37')).toEqual([MISTYPED, GONE]);
  expect(await findingsOf('--kubernetes', '1.31')).toEqual([
    MISTYPED,
    POLICY,
    MODE,
    expect.stringContaining('warning api-version 10: FlowSchema of flowcontrol.apiserver.k8s.io/v1beta3 is deprecated'),
  ]);
});

test('an upgrade is told by what it changes', async () => {
  const begun = 'info unknown-field 8: Kubernetes 1.37 knows the field "mode", which was dropped before';
  expect(await findingsOf('--from', '1.31')).toEqual([begun, GONE]);
  expect(await findingsOf('--from', '1.31', '--to', '1.37')).toEqual([begun, GONE]);
  expect(await findingsOf('--from', '1.31', '--to', '1.32')).toEqual([GONE]);
  expect(await findingsOf('--from', '1.35', '--to', '1.36')).toEqual([]);
});

test('the settings name a version, and the call another', async () => {
  const folder = folderOf({ 'pod-rules.yaml': 'kubernetes: 1.30\n', 'web.yaml': MANIFESTS });
  const rules = async (...args: string[]) => {
    const { out } = await call([folder, '--severity', 'error', '--format', 'json', ...args]);
    return JSON.parse(out).findings.map(({ rule }: any) => rule);
  };
  expect(await rules()).toContain('restart-policy');
  expect(await rules('--kubernetes', '1.36')).not.toContain('restart-policy');
  const wrong = folderOf({ 'pod-rules.yaml': 'kubernetes: 1.20\n', 'web.yaml': MANIFESTS });
  const { code, err } = await call([wrong]);
  expect([code, err]).toEqual([2, expect.stringContaining('`kubernetes` cannot be "1.20"; write it as in "1.34"')]);
});

test.each([
  [['--kubernetes', '1.20'], '`--kubernetes` is "1.20", which is no version of Kubernetes that the rules know'],
  [['--from', 'old'], '`--from` is "old", which is no version'],
  [['--to', '1.36'], '`--to` needs `--from <version>`'],
  [['--from', '1.30', '--kubernetes', '1.31'], '`--kubernetes` and `--from` exclude each other'],
])('%j is refused', (args, message) => {
  expect(() => readRequest(args)).toThrow(UsageError);
  expect(() => readRequest(args)).toThrow(message);
});
