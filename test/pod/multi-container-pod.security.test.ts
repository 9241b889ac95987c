import { type Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, SidecarMode } from '../../src';
import { restrictedViolations } from '../restricted';
import { APP, container, JOBS, newChart, podSpec, WORKLOADS } from '../support';

const AGENT = { name: 'agent', image: 'acme/agent:1.0.0', user: 2000 };
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function compose(kind: string, securityContext: kplus.ContainerSecurityContextProps = { user: 1000 }) {
  const chart = newChart();
  return { chart, pod: MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [{ ...APP, securityContext }] })) };
}

function securityOf(chart: Chart, name: string) {
  return container(chart, name).securityContext;
}

describe.each(Object.keys(WORKLOADS))('the security of a %s', (kind) => {
  test('is restricted for an existing container that states only its user', () => {
    const { chart } = compose(kind);
    expect(securityOf(chart, 'app')).toEqual({ ...RESTRICTED, runAsUser: 1000 });
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
  });

  test('is restricted for everything that is added', () => {
    const { chart, pod } = compose(kind);
    pod.addSidecar({ ...AGENT, group: 2222 });
    pod.addInitContainer({ ...AGENT, name: 'setup', user: 3000 });
    if (!JOBS.includes(kind)) {
      pod.addSidecar({ ...AGENT, name: 'classic', mode: SidecarMode.CLASSIC });
      expect(securityOf(chart, 'classic')).toEqual({ ...RESTRICTED, runAsUser: 2000 });
    }
    expect(securityOf(chart, 'agent')).toEqual({ ...RESTRICTED, runAsUser: 2000, runAsGroup: 2222 });
    expect(securityOf(chart, 'setup')).toEqual({ ...RESTRICTED, runAsUser: 3000 });
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
  });

  test('is what the user says where the user says something, in existing and added containers', () => {
    const own: kplus.ContainerSecurityContextProps = {
      readOnlyRootFilesystem: false,
      capabilities: { add: [kplus.Capability.NET_BIND_SERVICE] },
      seccompProfile: { type: kplus.SeccompProfileType.LOCALHOST, localhostProfile: 'shop.json' },
    };
    const { chart, pod } = compose(kind, { ...own, user: 1000 });
    pod.addSidecar({ ...AGENT, securityContext: own });
    for (const [name, runAsUser] of [
      ['app', 1000],
      ['agent', 2000],
    ] as const) {
      expect(securityOf(chart, name)).toEqual({
        ...RESTRICTED,
        runAsUser,
        readOnlyRootFilesystem: false,
        capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' },
      });
    }
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
  });

  test('is not strengthened against the word of the user', () => {
    const own: kplus.ContainerSecurityContextProps = {
      ensureNonRoot: false,
      allowPrivilegeEscalation: true,
      capabilities: { drop: [] },
      seccompProfile: { type: kplus.SeccompProfileType.UNCONFINED },
    };
    const { chart, pod } = compose(kind, { ...own, user: 0 });
    pod.addSidecar({ ...AGENT, user: 0, securityContext: { ...own, user: 0 } });
    for (const name of ['app', 'agent']) {
      expect(securityOf(chart, name)).toEqual({
        ...RESTRICTED,
        runAsUser: 0,
        runAsNonRoot: false,
        allowPrivilegeEscalation: true,
        capabilities: { drop: [] },
        seccompProfile: { type: 'Unconfined' },
      });
    }
  });
});

test('a container whose image drops only some capabilities keeps to its list', () => {
  const { chart } = compose('Deployment', { user: 1000, capabilities: { drop: [kplus.Capability.CHOWN] } });
  expect(securityOf(chart, 'app')?.capabilities).toEqual({ drop: ['CHOWN'] });
  expect(restrictedViolations(podSpec(chart))).toEqual(['app: capabilities.drop']);
});

test('a workload without a kernel is left as cdk8s-plus renders it', () => {
  const { chart } = compose('Deployment');
  const bare = new kplus.Deployment(chart, 'bare', { containers: [APP] });
  const manifest = Testing.synth(chart).find(({ metadata }) => metadata.name === bare.name);
  expect(manifest.spec.template.spec.containers[0].securityContext).not.toHaveProperty('seccompProfile');
});
