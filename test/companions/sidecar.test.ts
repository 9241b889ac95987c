import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, Sidecar, SidecarMode, type SidecarProps } from '../../src';
import { describeCompanion } from '../contract';
import { container, deepFreeze, newChart, newDeployment, podSpec } from '../support';

const ECHO: SidecarProps = deepFreeze({
  name: 'echo',
  image: 'acme/echo:1.0.0',
  user: 1001,
  ports: [{ number: 7007, name: 'echo' }],
});

describeCompanion('Sidecar', {
  make: () => new Sidecar(ECHO),
  containers: ['echo'],
  copy: {
    props: () => ({
      ...ECHO,
      ports: [{ number: 7007, name: 'echo' }],
      args: ['--verbose'],
      envVariables: { MODE: kplus.EnvValue.fromValue('loud') },
      resources: { memory: { limit: Size.mebibytes(32) } },
      securityContext: { readOnlyRootFilesystem: false },
    }),
    from: (props) => new Sidecar(props),
  },
});

describe('a sidecar', () => {
  function added(props: Partial<SidecarProps> = {}) {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(new Sidecar({ ...ECHO, ...props }));
    return { chart, echo: container(chart, 'echo') };
  }

  test('is native and small unless told otherwise', () => {
    expect(added().echo).toMatchObject({
      restartPolicy: 'Always',
      ports: [{ containerPort: 7007, name: 'echo' }],
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
    });
  });

  test('is an ordinary container where it says so', () => {
    const { chart, echo } = added({ mode: SidecarMode.CLASSIC });
    expect(podSpec(chart).containers.map(({ name }) => name)).toEqual(['app', 'echo']);
    expect(echo).not.toHaveProperty('restartPolicy');
  });

  test('runs as it was told', () => {
    const { echo } = added({
      args: ['--verbose'],
      envVariables: { MODE: kplus.EnvValue.fromValue('loud') },
      resources: { cpu: { request: kplus.Cpu.millis(20) }, memory: { limit: Size.mebibytes(32) } },
      liveness: kplus.Probe.fromTcpSocket({ port: 7007 }),
    });
    expect(echo).toMatchObject({
      args: ['--verbose'],
      env: [{ name: 'MODE', value: 'loud' }],
      resources: { requests: { cpu: '20m' }, limits: { memory: '32Mi' } },
      livenessProbe: { tcpSocket: { port: 7007 } },
    });
  });

  test('fails on a port of another container', () => {
    expect(() => added({ ports: [{ number: 8080 }] })).toThrow(
      new Error(
        '[shop/web] port 8080/TCP of container "echo" is already used by container "app", and containers of a pod share localhost; pick a free port',
      ),
    );
  });
});
