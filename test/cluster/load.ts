import { Namespace } from './namespace';
import { PROGRAMS_IMAGE, PROGRAMS_NAMESPACE } from './places';
import type { Pod } from './pods';
import { PROGRAMS_USER, RESTRICTED_CONTAINER, RESTRICTED_POD } from './security';
import { requestInCluster } from './servers';
import { waitFor } from './wait';

/** What a load of requests came to. */
export interface LoadResult {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** Requests at a steady rate from a pod of its own, each with a mark that log lines carry to the receiver. */
export class Load {
  public static async start(
    runId: string,
    url: string,
    rate: number,
    report = 'http://receiver.logging:8080',
  ): Promise<Load> {
    // kube-proxy knows a new Service a moment after its pods are ready.
    await waitFor(`answer of ${url}`, async () => (await requestInCluster(url)) !== undefined);
    const namespace = new Namespace(PROGRAMS_NAMESPACE);
    const args = ['load', '--url', url, '--rate', `${rate}`, '--run', runId];
    const name = `load-${runId}`;
    await namespace.run(['delete', 'pod', name, '--ignore-not-found']);
    await namespace.applyObjects({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { load: runId } },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 30,
        automountServiceAccountToken: false,
        securityContext: { ...RESTRICTED_POD, runAsUser: PROGRAMS_USER },
        containers: [
          {
            name: 'load',
            image: PROGRAMS_IMAGE,
            imagePullPolicy: 'IfNotPresent',
            args: [...args, '--report', report],
            securityContext: RESTRICTED_CONTAINER,
          },
        ],
      },
    });
    await namespace.run(['wait', `pod/${name}`, '--for=condition=Ready', '--timeout=60s']);
    return new Load(namespace, name);
  }

  private constructor(
    private readonly namespace: Namespace,
    private readonly name: string,
  ) {}

  /** Stops it, and gives what it counted. */
  public async stop(): Promise<LoadResult> {
    await this.namespace.run(['exec', this.name, '--', '/programs', 'stop']);
    await waitFor('end of the load', async () => {
      const pod = await this.namespace.get<Pod>('pod', this.name);
      return pod.status.phase === 'Succeeded';
    });
    const lines = (await this.namespace.readLogs(this.name, 'load')).trim().split('\n');
    await this.namespace.run(['delete', 'pod', this.name]);
    return JSON.parse(lines.at(-1)!);
  }
}

/** Holds that each request was answered. */
export function expectNoFailures({ failed, errors }: LoadResult): void {
  expect({ failed, errors }).toEqual({ failed: 0, errors: {} });
}
