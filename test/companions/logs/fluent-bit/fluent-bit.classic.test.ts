import {
  FluentBit,
  FluentBitOutput,
  type FluentBitProps,
  LogFiles,
  MultiContainerPod,
  PreStopSleep,
  SidecarMode,
} from '../../../../src/index';
import { container, newChart, newDeployment, podSpec } from '../../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

/** A Deployment "shop/web" with an agent that ships its logs. */
function ship(props: Partial<FluentBitProps> = {}, sidecarMode?: SidecarMode) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart), { sidecarMode });
  pod.add(new FluentBit({ logs: LOGS, output: FluentBitOutput.stdout(), ...props }));
  return { chart };
}

describe('a Fluent Bit as a classic sidecar', () => {
  test('is the debug image, whose `sleep` lets it outlive the main container', () => {
    const { chart } = ship({}, SidecarMode.CLASSIC);
    expect(container(chart, 'log-agent')).toMatchObject({
      image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.1-debug',
      command: ['/fluent-bit/bin/fluent-bit'],
      lifecycle: { preStop: { exec: { command: ['sleep', String(30 + 2)] } } },
    });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 2 + 10 + 5);
  });

  test('can be the only classic one of its pod', () => {
    const { chart } = ship({ mode: SidecarMode.CLASSIC });
    expect(podSpec(chart).containers.map(({ name }) => name)).toEqual(['app', 'log-agent']);
    expect(container(chart, 'log-agent').image).toBe('cr.fluentbit.io/fluent/fluent-bit:5.1.1-debug');
  });

  test('waits with the kubelet where its own image cannot', () => {
    const { chart } = ship({ image: 'acme/fluent-bit:5.2.0', preStopSleep: PreStopSleep.ACTION }, SidecarMode.CLASSIC);
    expect(container(chart, 'log-agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 2 } } });
  });

  test('fails with an image of its own that nothing lets wait', () => {
    expect(() => ship({ image: 'acme/fluent-bit:5.2.0' }, SidecarMode.CLASSIC)).toThrow(
      new Error(
        '[shop/web] container "log-agent" must outlive the main container by 10 s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with `preStopSleep` what lets it wait',
      ),
    );
  });

  test('is the production image, with no hook, as a native one', () => {
    const agent = container(ship().chart, 'log-agent');
    expect(agent.image).toBe('cr.fluentbit.io/fluent/fluent-bit:5.1.1');
    expect(agent).not.toHaveProperty('lifecycle');
  });
});
