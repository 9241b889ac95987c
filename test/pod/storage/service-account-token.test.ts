import { Chart, Duration } from 'cdk8s';
import { MultiContainerPod, type ServiceAccountTokenOptions } from '../../../src/index';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, container, manifests, newChart, newDeployment, podSpec } from '../../support';

/** A pod of "app" and "agent". */
function newPod(): MultiContainerPod {
  const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: 2000 } };
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, agent] }));
}

const ask = (options?: ServiceAccountTokenOptions, pod = newPod()) => {
  pod.storage.serviceAccountToken('agent', '/var/run/secrets/vault/', options);
  return pod;
};

describe('a ServiceAccount token', () => {
  test('is a projected volume, mounted read-only in one container', () => {
    const pod = ask({ audience: 'vault', expiration: Duration.minutes(20) });
    const chart = Chart.of(pod);
    const serviceAccountToken = { audience: 'vault', expirationSeconds: 1200, path: 'token' };
    expect(podSpec(chart).volumes).toEqual([
      { name: 'agent-token', projected: { sources: [{ serviceAccountToken }] } },
    ]);
    expect(container(chart, 'agent').volumeMounts).toEqual([
      { name: 'agent-token', mountPath: '/var/run/secrets/vault', readOnly: true },
    ]);
    expect(container(chart, 'app').volumeMounts).toBeUndefined();
    expect(podSpec(chart).automountServiceAccountToken).toBe(false);
    expect(manifests(chart, 'Deployment').flatMap(schemaProblems)).toEqual([]);
  });

  test('is for the API server, and for as long as Kubernetes says, unless it is said', () => {
    const [volume] = podSpec(Chart.of(ask())).volumes!;
    expect(volume).toEqual({
      name: 'agent-token',
      projected: { sources: [{ serviceAccountToken: { path: 'token' } }] },
    });
  });

  test('is in the file that is given back', () => {
    expect(newPod().storage.serviceAccountToken('agent', '/tokens/')).toBe('/tokens/token');
  });

  test('may be given to two containers by its name', () => {
    const pod = newPod();
    for (const name of ['agent', 'app']) {
      pod.storage.serviceAccountToken(name, '/token', { name: 'identity' });
    }
    expect(podSpec(Chart.of(pod)).volumes).toHaveLength(1);
  });

  test('leaves the other volumes as they are', () => {
    const pod = ask();
    pod.storage.scratch('app', '/tmp');
    expect(podSpec(Chart.of(pod)).volumes).toContainEqual({ name: 'app-tmp', emptyDir: {} });
  });

  test.each<[string, () => unknown, string]>([
    [
      'without the container',
      () => newPod().storage.serviceAccountToken('web', '/token'),
      'there is no container "web" in this pod (containers: app, agent); pass one of them',
    ],
    [
      'for too short a time',
      () => ask({ expiration: Duration.minutes(5) }),
      '`expiration` of token "agent-token" is 300 s, and Kubernetes issues no token for less than 600 s; pass at least ten minutes',
    ],
    [
      'for nobody',
      () => ask({ audience: '' }),
      '`audience` of token "agent-token" is empty; pass whom it is meant for',
    ],
    [
      'with a name that is none',
      () => ask({ name: 'Token' }),
      'volume name "Token" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
    ],
    [
      'with other options under the same name',
      () => ask({ audience: 'vault' }, ask()),
      'token "agent-token" was asked for with another `audience` or `expiration` before; use the same options or another `name`',
    ],
  ])('fails %s', (_, act, message) => {
    expect(act).toThrow(new Error(`[shop/web] ${message}`));
  });

  test('fails where another volume has its name', () => {
    const pod = newPod();
    pod.storage.share('agent-token').writtenBy('app', '/own');
    expect(() => ask({}, pod)).toThrow(
      new Error(
        '[shop/web] volume name "agent-token" is already taken in this pod; pass another name, or share the one that is mounted with `shareMounted`',
      ),
    );
  });
});
