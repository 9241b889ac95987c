import { readObjectViews } from '../../src/rules/documents';
import { Field } from '../../src/rules/model/field';
import {
  checkContainerSecurity,
  checkPodSecurity,
  type PodSecurityLevel,
} from '../../src/rules/security/shared/pod-security-checks';
import { checkContextLevel } from '../../src/rules/security/shared/pod-security-contexts';
import { checkSysctls } from '../../src/rules/security/shared/sysctls';

describe('pod security checks', () => {
  const RESTRICTED = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };

  /** Where Pod Security has something against a pod. */
  function violations(level: PodSecurityLevel, spec: object): string[] {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
    const [object] = readObjectViews({ text, line: 1 });
    return checkPodSecurity(object!.pod!, level).map(({ at }) => at.path.replace(/^spec\./, ''));
  }

  /** A pod of one container, which is restricted but for what is given. */
  function pod(securityContext: object, container: object = {}, spec: object = {}): object {
    const sound = { name: 'app', image: 'acme/app:1.4', securityContext: { ...RESTRICTED, ...securityContext } };
    return { containers: [{ ...sound, ...container }], ...spec };
  }

  const FORBIDDEN_BY_BOTH: [string, object][] = [
    ['hostNetwork', pod({}, {}, { hostNetwork: true })],
    ['volumes[0].hostPath', pod({}, {}, { volumes: [{ name: 'node', hostPath: { path: '/' } }] })],
    [
      'securityContext.sysctls[0].name',
      pod({}, {}, { securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } }),
    ],
    ['containers[0].ports[0].hostPort', pod({}, { ports: [{ containerPort: 80, hostPort: 80 }] })],
    [
      'containers[0].livenessProbe.httpGet.host',
      pod({}, { livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } }),
    ],
    ['containers[0].startupProbe.tcpSocket.host', pod({}, { startupProbe: { tcpSocket: { host: 'db', port: 80 } } })],
    [
      'containers[0].lifecycle.preStop.httpGet.host',
      pod({}, { lifecycle: { preStop: { httpGet: { host: 'db', port: 80 } } } }),
    ],
    ['containers[0].securityContext.privileged', pod({ privileged: true })],
    ['containers[0].securityContext.procMount', pod({ procMount: 'Unmasked' }, {}, { hostUsers: false })],
    ['containers[0].securityContext.windowsOptions.hostProcess', pod({ windowsOptions: { hostProcess: true } })],
    ['containers[0].securityContext.seLinuxOptions.type', pod({ seLinuxOptions: { type: 'spc_t' } })],
    ['containers[0].securityContext.appArmorProfile.type', pod({ appArmorProfile: { type: 'Unconfined' } })],
    ['containers[0].securityContext.seccompProfile.type', pod({ seccompProfile: { type: 'Unconfined' } })],
    [
      'containers[0].securityContext.capabilities.add[0]',
      pod({ capabilities: { drop: ['ALL'], add: ['NET_RAW', 'NET_BIND_SERVICE'] } }),
    ],
    [
      'ephemeralContainers[0].securityContext.privileged',
      pod({}, {}, { ephemeralContainers: [{ name: 'debug', securityContext: { ...RESTRICTED, privileged: true } }] }),
    ],
  ];

  test.each(FORBIDDEN_BY_BOTH)('both profiles forbid %s', (path, spec) => {
    expect(violations('baseline', spec)).toEqual([path]);
    expect(violations('restricted', spec)).toEqual([path]);
  });

  const FORBIDDEN_BY_RESTRICTED: [string, object][] = [
    ['volumes[0].nfs', pod({}, {}, { volumes: [{ name: 'share', nfs: { server: 'a', path: '/' } }] })],
    ['containers[0].securityContext.allowPrivilegeEscalation', pod({ allowPrivilegeEscalation: null })],
    ['containers[0].securityContext.capabilities.drop', pod({ capabilities: null })],
    ['containers[0].securityContext.capabilities.add[0]', pod({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } })],
    ['containers[0].securityContext.runAsNonRoot', pod({ runAsNonRoot: false })],
    ['containers[0].securityContext.runAsUser', pod({ runAsUser: 0 })],
    ['securityContext.runAsUser', pod({ runAsUser: 1 }, {}, { securityContext: { runAsUser: 0 } })],
    ['securityContext.runAsNonRoot', pod({ runAsNonRoot: null })],
    ['securityContext.seccompProfile.type', pod({ seccompProfile: null })],
  ];

  test.each(FORBIDDEN_BY_RESTRICTED)('only "restricted" forbids %s', (path, spec) => {
    expect(violations('baseline', spec)).toEqual([]);
    expect(violations('restricted', spec)).toEqual([path]);
  });

  test('what the pod says counts for containers that say nothing', () => {
    const { runAsNonRoot, seccompProfile } = RESTRICTED;
    const spec = pod(
      { runAsNonRoot: null, seccompProfile: null },
      {},
      { securityContext: { runAsNonRoot, seccompProfile } },
    );
    expect(violations('restricted', spec)).toEqual([]);
  });

  test('a pod for Windows need not say what Windows does not have', () => {
    const securityContext = { runAsNonRoot: true };
    const spec = { os: { name: 'windows' }, containers: [{ name: 'app', securityContext }] };
    expect(violations('restricted', spec)).toEqual([]);
  });

  test('data of any shape is read', () => {
    for (const value of [null, 1, 'text', [], [null], { containers: 1 }, { containers: [1, null, []], volumes: [1] }]) {
      expect(Array.isArray(violations('restricted', value as object))).toBe(true);
    }
  });
});

describe('pod security containers', () => {
  function violations(container: object): string[] {
    const field = Field.root(container);
    const scope = { title: 'container "app"', field, context: field.at('securityContext'), isPod: false };
    return checkContainerSecurity(scope).map(({ at, message }) => `${at.path}: ${message}`);
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
});

describe('pod security contexts', () => {
  function violations(securityContext: object, level: PodSecurityLevel, isWindows = false): string[] {
    const field = Field.root({ securityContext });
    const scope = { title: 'container "app"', field, context: field.at('securityContext'), isPod: false };
    return checkContextLevel(scope, level, isWindows).map(({ message }) => message);
  }

  test('a setting is named with its value', () => {
    const context = { runAsUser: 0, capabilities: { add: ['NET_RAW'] }, seLinuxOptions: { role: 'system_r' } };
    expect(violations(context, 'baseline')).toEqual([
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
});

function problems(name: string, spec: object = {}): string[] {
  const sysctls = [{ name, value: '1' }];
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { ...spec, securityContext: { sysctls } } });
  return checkSysctls(readObjectViews({ text, line: 1 })[0]!.pod!).map(({ at }) => at.path);
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
