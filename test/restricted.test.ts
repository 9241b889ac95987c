import type { Container, PodSpec } from '../src/pod/manifest/pod-template';
import { restrictedViolations } from './restricted';

const SECURE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

function pod(securityContext?: Container['securityContext'], fields: Partial<PodSpec> = {}): PodSpec {
  return { containers: [{ name: 'app', securityContext }], ...fields };
}

test.each<[string, object]>([
  ['everything that is asked for', {}],
  ['a profile of its own', { seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' } }],
  ['the one capability that may be added', { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }],
  ['no privileges, said twice', { privileged: false }],
  ['the usual view of /proc, said twice', { procMount: 'Default' }],
])('a container with %s is restricted', (_, change) => {
  const volumes = [{ name: 'data', emptyDir: {} }];
  expect(restrictedViolations(pod({ ...SECURE, ...change }, { volumes }))).toEqual([]);
});

test.each<[string, object]>([
  ['allowPrivilegeEscalation', { allowPrivilegeEscalation: true }],
  ['allowPrivilegeEscalation', { allowPrivilegeEscalation: undefined }],
  ['privileged', { privileged: true }],
  ['capabilities.drop', { capabilities: { drop: ['CHOWN'] } }],
  ['capabilities.drop', { capabilities: undefined }],
  ['capabilities.add', { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] } }],
  ['seccompProfile', { seccompProfile: { type: 'Unconfined' } }],
  ['seccompProfile', { seccompProfile: undefined }],
  ['runAsNonRoot', { runAsNonRoot: false }],
  ['runAsNonRoot', { runAsNonRoot: undefined }],
  ['runAsUser', { runAsUser: 0 }],
  ['procMount', { procMount: 'Unmasked' }],
])('fails on %s of %j', (field, change) => {
  expect(restrictedViolations(pod({ ...SECURE, ...change }))).toEqual([`app: ${field}`]);
});

test.each(['hostNetwork', 'hostPID', 'hostIPC'])('fails on %s of the pod', (field) => {
  expect(restrictedViolations(pod(SECURE, { [field]: true }))).toEqual([field]);
  expect(restrictedViolations(pod(SECURE, { [field]: false }))).toEqual([]);
});

test('fails on a directory of the node', () => {
  const volumes = [
    { name: 'data', emptyDir: {} },
    { name: 'node', hostPath: { path: '/' } },
  ];
  expect(restrictedViolations(pod(SECURE, { volumes }))).toEqual(['hostPath node']);
});

test.each(['nfs', 'gitRepo'])('fails on a volume from %s', (source) => {
  const volumes = [{ name: 'files', [source]: {} }];
  expect(restrictedViolations(pod(SECURE, { volumes }))).toEqual([`${source} files`]);
});

test.each([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
])('a volume from %s is restricted', (source) => {
  expect(restrictedViolations(pod(SECURE, { volumes: [{ name: 'files', [source]: {} }] }))).toEqual([]);
});

test('fails on a port of the node, of any container', () => {
  const listening = (name: string, ...hostPorts: (number | undefined)[]) => ({
    name,
    securityContext: SECURE,
    ports: hostPorts.map((hostPort, index) => ({ containerPort: 8080 + index, hostPort })),
  });
  const initContainers = [listening('setup', 80)];
  const containers = [listening('app', undefined, 81), listening('agent', undefined, 0)];
  expect(restrictedViolations({ initContainers, containers })).toEqual(['setup: hostPort', 'app: hostPort']);
});

test.each<[string, PodSpec['securityContext']]>([
  ['runAsUser', { runAsUser: 0 }],
  ['runAsNonRoot', { runAsNonRoot: false }],
  ['seccompProfile', { seccompProfile: { type: 'Unconfined' } }],
  ['sysctl kernel.msgmax', { sysctls: [{ name: 'net.ipv4.tcp_syncookies' }, { name: 'kernel.msgmax' }] }],
  ['sysctl net.core.somaxconn', { sysctls: [{ name: 'net.core.somaxconn' }] }],
])('fails on %s of the pod, though its containers say better: %j', (field, securityContext) => {
  expect(restrictedViolations(pod(SECURE, { securityContext }))).toEqual([`pod: ${field}`]);
});

test.each<[string, PodSpec['securityContext']]>([
  ['a user', { runAsUser: 1000, runAsNonRoot: true }],
  ['the profile of the runtime', { seccompProfile: { type: 'RuntimeDefault' } }],
  ['a profile of its own', { seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' } }],
  ['safe sysctls', { sysctls: [{ name: 'kernel.shm_rmid_forced' }, { name: 'net.ipv4.ip_local_port_range' }] }],
])('a pod with %s is restricted', (_, securityContext) => {
  expect(restrictedViolations(pod(SECURE, { securityContext }))).toEqual([]);
});

test('fails on an init container, and on all that is wrong at once', () => {
  const initContainers = [{ name: 'setup', securityContext: { ...SECURE, privileged: true, runAsUser: 0 } }];
  expect(restrictedViolations(pod({ ...SECURE, runAsNonRoot: false }, { initContainers, hostPID: true }))).toEqual([
    'hostPID',
    'setup: privileged',
    'setup: runAsUser',
    'app: runAsNonRoot',
  ]);
});

test('fails on a container without a security context', () => {
  expect(restrictedViolations(pod())).toEqual([
    'app: allowPrivilegeEscalation',
    'app: capabilities.drop',
    'app: seccompProfile',
    'app: runAsNonRoot',
  ]);
});
