import { type Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type Endpoint, type ICompanion, MultiContainerPod, PodRules, SidecarMode } from '../src';
import { describeCompanion } from './contract';
import { APP, container, newChart, newDeployment, podSpec } from './support';

/** An outbound ambassador, as a user sees it. */
export interface Ambassador extends ICompanion {
  readonly name: string;
  endpoint(pod: MultiContainerPod, name?: string): Endpoint;
}

/** What a test needs to know of an ambassador. */
export interface AmbassadorCase {
  /** New props of plain data, with one port. */
  readonly props: () => object;
  /** Makes it of such props. */
  readonly from: (props: any) => Ambassador;
  /** The one port. */
  readonly port: number;
  /** The variables that the main container gets. */
  readonly env: { readonly [name: string]: string };
  /** Whether it takes a `flush`. */
  readonly flushes?: boolean;
  /** The path that its probes ask by HTTP; none where they run a command. */
  readonly probed?: { readonly port: number; readonly path: string };
}

/** The promises that every outbound ambassador keeps. */
export function describeAmbassador(name: string, { props, from, port, env, probed, flushes }: AmbassadorCase): void {
  const make = (more: object = {}) => from({ ...props(), ...more });
  describeCompanion(name, {
    make,
    containers: [make().name],
    classic: false,
    copy: { props, from },
  });

  const place = (...ambassadors: Ambassador[]) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    for (const ambassador of ambassadors) {
      pod.add(ambassador);
    }
    return { chart, pod };
  };
  const added = (chart: Chart): any => container(chart, make().name);

  describe(`${name} as an outbound ambassador`, () => {
    test('is reached on the loopback interface alone, which it tells the main container', () => {
      const ambassador = make();
      const { chart, pod } = place(ambassador);
      expect(ambassador.endpoint(pod)).toMatchObject({ container: ambassador.name, port, loopback: true });
      expect(added(chart).ports ?? []).not.toContainEqual(expect.objectContaining({ containerPort: port }));
      expect(container(chart, 'app').env).toEqual(Object.entries(env).map(([name, value]) => ({ name, value })));
    });

    if (flushes) {
      test.each([
        [5, 6],
        [50, 6],
        [90, 10],
      ])('may fail its liveness probes for longer than a flush of %d s', (seconds, failureThreshold) => {
        const { chart } = place(make({ flush: Duration.seconds(seconds) }));
        expect(added(chart).livenessProbe).toMatchObject({ failureThreshold, periodSeconds: 10 });
      });
    }

    test('is started before the main container, by a probe that reaches it', () => {
      const { startupProbe, readinessProbe, livenessProbe, ports, restartPolicy } = added(place(make()).chart);
      expect(restartPolicy).toBe('Always');
      for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
        if (probed) {
          expect(probe.httpGet.port).toBe(probed.port);
          expect(ports).toEqual([{ containerPort: probed.port, name: expect.any(String) }]);
        } else {
          expect(probe.exec.command).toEqual(expect.arrayContaining(['127.0.0.1', String(port)]));
        }
      }
      if (probed) {
        expect(startupProbe.httpGet.path).toBe(probed.path);
      }
      expect(startupProbe).toMatchObject({ periodSeconds: 1, failureThreshold: 60 });
    });

    test('is refused as a classic sidecar, which cannot be ready first', () => {
      const pod = MultiContainerPod.of(newDeployment(newChart()), { sidecarMode: SidecarMode.CLASSIC });
      expect(() => pod.add(make())).toThrow(
        new Error(
          `[shop/web] container "${make().name}" must be ready before the main container, but Kubernetes starts ordinary containers without waiting for each other; use SidecarMode.NATIVE`,
        ),
      );
    });

    test('needs no token of Kubernetes', () => {
      expect(podSpec(place(make()).chart)).toMatchObject({ automountServiceAccountToken: false });
    });

    test('takes another name, image, user, resources and environment', () => {
      const resources = { memory: { limit: undefined } };
      const more = { name: 'way-out', image: 'acme/way-out:1.2.3', user: 4711, resources };
      const envVariables = { REGION: kplus.EnvValue.fromValue('eu') };
      const ambassador = make({ ...more, envVariables });
      const { chart } = place(ambassador);
      expect(ambassador.name).toBe('way-out');
      expect(container(chart, 'way-out')).toMatchObject({
        image: 'acme/way-out:1.2.3',
        securityContext: { runAsUser: 4711 },
        env: expect.arrayContaining([{ name: 'REGION', value: 'eu' }]),
      });
      expect(container(chart, 'way-out').resources).toBeUndefined();
    });

    test('says nothing to the pods that it was not added to', () => {
      const ambassador = make();
      place(ambassador);
      const other = MultiContainerPod.of(newDeployment(newChart()));
      expect(() => ambassador.endpoint(other)).toThrow(
        new Error(`[shop/web] "${ambassador.name}" is not in this pod; call \`pod.add\` with it first`),
      );
    });

    test('has an endpoint in each of its pods', () => {
      const ambassador = make();
      const pods = [place(ambassador), place(ambassador)].map(({ pod }) => pod);
      expect(pods.map((pod) => ambassador.endpoint(pod).address)).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${port}`]);
    });

    test('lists no port name that Kubernetes would not take', () => {
      const name = 'a-name-that-is-too-long-for-a-port';
      const { ports = [] } = container(place(make({ name })).chart, name);
      expect(ports.filter((port) => port.name !== undefined)).toEqual([]);
    });

    test('fails where the main container has its port', () => {
      const containers = [{ ...APP, ports: [{ number: port }] }];
      const pod = MultiContainerPod.of(newDeployment(newChart(), { containers }));
      expect(() => pod.add(make())).toThrow(
        new Error(
          `[shop/web] port ${port}/TCP of container "${make().name}" is already used by container "app", and containers of a pod share localhost; pick a free port`,
        ),
      );
    });

    test('fails where the main container has another value for a variable', () => {
      const [variable] = Object.keys(env);
      const envVariables = { [variable!]: kplus.EnvValue.fromValue('elsewhere') };
      const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, envVariables }] }));
      expect(() => pod.add(make())).toThrow(
        new Error(
          `[shop/web] environment variable "${variable}" of container "app" already has another value; set it once or choose another name`,
        ),
      );
    });

    test('passes the rules beside a web server and with an autoscaler', () => {
      const { chart, pod } = place(make());
      pod.expose({ port: 80 });
      pod.scaleOnCpu({ minReplicas: 2, maxReplicas: 4, averageUtilization: 60 });
      expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
    });
  });
}
