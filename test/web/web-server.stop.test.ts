import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogRotation, MultiContainerPod, PreStopSleep, WebServer, type WebServerProps } from '../../src';
import { container, deepFreeze, newChart, newDeployment, podSpec } from '../support';

const CADDY: WebServerProps = deepFreeze({
  image: 'acme/caddy:2.8.4',
  user: 1000,
  port: 8081,
  logs: LogFiles.inDirectory('/var/log/caddy', { pattern: 'access.log' }),
  rotation: LogRotation.byApplication(),
});

/** A Deployment "shop/web" whose main container is this web server. */
function serve(props: Partial<WebServerProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
  WebServer.of({ ...CADDY, ...props }).bind(pod);
  return { chart };
}

describe('the stop of a web server', () => {
  test('takes as long as its open requests, unless the workload gives it longer', () => {
    const grace = (drain?: Duration) => podSpec(serve({ drain }).chart).terminationGracePeriodSeconds;
    expect(grace()).toBe(30);
    expect(grace(Duration.seconds(60))).toBe(60);
    expect(container(serve().chart, 'webserver')).not.toHaveProperty('lifecycle');
  });

  test.each([
    [PreStopSleep.COMMAND, { exec: { command: ['sleep', '5'] } }],
    [PreStopSleep.ACTION, { sleep: { seconds: 5 } }],
  ])('waits for other nodes with %s before it drains', (preStopSleep, preStop) => {
    const { chart } = serve({ preStopSleep, drain: Duration.seconds(40) });
    expect(container(chart, 'webserver').lifecycle).toEqual({ preStop });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(45);
  });

  test('waits for as long as it is told', () => {
    const { chart } = serve({ preStopSleep: PreStopSleep.COMMAND, preStopPause: Duration.seconds(12) });
    expect(container(chart, 'webserver').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '12'] } } });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(37);
  });

  test('has no wait where its pause is zero', () => {
    const { chart } = serve({
      preStopSleep: PreStopSleep.COMMAND,
      preStopPause: Duration.seconds(0),
      drain: Duration.seconds(70),
    });
    expect(container(chart, 'webserver')).not.toHaveProperty('lifecycle');
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(70);
  });

  test('runs a hook of its own where it does not wait', () => {
    const lifecycle = { preStop: kplus.Handler.fromCommand(['deregister']) };
    expect(container(serve({ lifecycle }).chart, 'webserver').lifecycle).toEqual({
      preStop: { exec: { command: ['deregister'] } },
    });
  });

  test('waits for a whole second where it asks for a part of one', () => {
    const times = { preStopPause: Duration.millis(200), drain: Duration.millis(60_100) };
    const { chart } = serve({ preStopSleep: PreStopSleep.COMMAND, ...times });
    expect(container(chart, 'webserver').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '1'] } } });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(1 + 61);
  });

  test('fails with a hook of its own where it should wait', () => {
    const lifecycle = { preStop: kplus.Handler.fromCommand(['deregister']) };
    expect(() => WebServer.of({ ...CADDY, preStopSleep: PreStopSleep.COMMAND, lifecycle })).toThrow(
      new Error(
        '[WebServer.of] both `preStopSleep` and `lifecycle.preStop` are given, and a container has one hook; pass one of them',
      ),
    );
  });

  test('fails where nothing lets the image wait', () => {
    expect(() => WebServer.of({ ...CADDY, preStopPause: Duration.seconds(12) })).toThrow(
      new Error(
        '[WebServer.of] `preStopPause` is 12 s, but nothing lets the image "acme/caddy:2.8.4" wait; pass `preStopSleep`',
      ),
    );
  });
});
