import { Size } from 'cdk8s';
import { containerOf, environmentOf } from '../../../src/companions/kit/companion-options';
import type { LogSource } from '../../../src/companions/kit/log-source';
import { podIdentity } from '../../../src/companions/kit/pod-identity';
import { LogAgent, type LogAgentOptions, type MultiContainerPod } from '../../../src/index';
import { PreStopSleep } from '../../../src/pod/lifecycle/pod-lifecycle';
import { copyOf } from '../../../src/private/copies';
import { describeLogAgent } from '../../log-agent-contract';
import { manifests } from '../../support';

const IMAGE = { image: 'acme/tail:1.0.0', user: 77 };

/** The least that a log agent can be. */
class Tail extends LogAgent {
  private readonly options: LogAgentOptions;

  public constructor(options: LogAgentOptions) {
    super('Tail', options);
    this.options = copyOf(options);
    this.environment();
  }

  /** @internal */
  protected _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void {
    const { name, options } = this;
    pod.addSidecar({
      ...containerOf(options, { name, image: IMAGE, cpuMillis: 10, memoryMebibytes: 16 }),
      envVariables: this.environment(),
      ports: [{ number: options.port ?? 2020 }],
      mode: options.mode,
      flush: this._flush,
      preStopSleep: PreStopSleep.COMMAND,
    });
    const sizeLimit = Size.mebibytes(this._bufferMebibytes);
    pod.storage.scratch(name, '/state', { name: `${name}-state`, sizeLimit });
    const config = pod.storage.configFiles({ container: name, directory: '/config' });
    config.produce('paths', {
      produce: () =>
        sources()
          .map(({ path }) => path)
          .join('\n'),
    });
  }

  private environment() {
    return environmentOf('Tail', this.name, podIdentity(), this.options.envVariables);
  }
}

describeLogAgent('An agent of three lines', {
  make: (options) => new Tail(options),
  tailed: (chart) => manifests(chart, 'ConfigMap').flatMap(({ data }) => data.paths?.split('\n') ?? []),
});
