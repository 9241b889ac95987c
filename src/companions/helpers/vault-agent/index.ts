import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { PodContainerOptions } from '../../../pod/containers/container-options';
import { SidecarMode } from '../../../pod/lifecycle/pod-lifecycle';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { readProps } from '../../../private/read-props';
import { showsCredential } from '../../../software/credentials';
import { VAULT } from '../../../software/images';
import type { CaCertificates } from '../../kit/ca-certificates';
import { omitResizing, type RunningCompanionOptions, toCompanionContainer } from '../../kit/companion-options';
import { mountSecret } from '../../kit/secret-files';
import type { VaultAuth } from './auth';
import { renderVaultAgent, type TemplateFile } from './config';
import { isSharedTemplate, toFileMode, type VaultTemplate, validateTemplates } from './template';

const CONFIG = '/vault/agent';
const SECRETS = '/vault/secrets';
const PLACES = { token: '/vault/identity', secret: '/vault/auth' };
const CA = 'vault';

/** Times of the probe that asks for all files; the agent is started again where they are not there in the end. */
const STARTUP = { periodSeconds: Duration.seconds(2), timeoutSeconds: Duration.seconds(5), failureThreshold: 150 };

/** Settings of Vault Agent. */
export interface VaultAgentProps extends RunningCompanionOptions {
  /** Address of Vault, such as `https://vault.example.com:8200`. */
  readonly address: string;

  /** The method by which the agent logs in to Vault. */
  readonly auth: VaultAuth;

  /** The files. */
  readonly templates: VaultTemplate[];

  /**
   * Absolute directory at which the container sees the files, and nothing else.
   *
   * @default "/vault/secrets"
   */
  readonly directory?: string;

  /**
   * Name of the container that uses the files.
   *
   * @default - the main container
   */
  readonly container?: string;

  /**
   * Namespace of Vault Enterprise.
   *
   * @default - the root namespace
   */
  readonly vaultNamespace?: string;

  /**
   * Authorities that it trusts.
   *
   * @default - those of the image: the public ones
   */
  readonly ca?: CaCertificates;

  /**
   * Whether the files are rendered before the main container starts and never again: for Jobs that end before their secrets
   * expire. Nothing then runs beside the main container; otherwise the agent renews leases and renders changed secrets.
   *
   * @default false
   */
  readonly once?: boolean;

  /**
   * The interval at which secrets without a lease are looked at, such as those of KV.
   *
   * @default Duration.minutes(5)
   */
  readonly refreshInterval?: Duration;

  /**
   * The size that the files may reach. They are kept in memory, which counts against the memory limit of the agent.
   *
   * @default Size.mebibytes(8)
   */
  readonly sizeLimit?: Size;
}

/**
 * Secrets of Vault as files of another container, which Vault Agent renders from templates and keeps current. The files
 * are kept in memory and are gone with the pod; the other container sees them read-only, and learns of a change when it
 * reads them again. `ConfigReloader` with `ConfigReload.bySignal` and the same `directory` tells it.
 *
 * The main container starts once all files are there. The agent itself renders them, as a native sidecar that is ready
 * before the main container, so that it also renews the leases that the main container began with. While Vault is away
 * the pod does not start, and the agent is started again every five minutes; once the files are there it tries on, and
 * neither it nor the main container is restarted or found unready. As a classic sidecar it cannot be waited for: an init
 * container renders the files first, and the agent renders them anew when it starts, so that the main container must
 * read dynamic secrets again.
 *
 * Tokens of the pod's ServiceAccount are made for the agent alone; give the workload a `serviceAccount` of its own, which
 * Vault's role is bound to. The agent has no listener and writes its token nowhere.
 *
 * The container is `vault-agent`, with UID 100 and GID 1000, no port, and requests 50m CPU and 128Mi memory; where an init
 * container renders first, that is `vault-agent-init`.
 *
 * @see https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent
 */
export class VaultAgent implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  /** Directory at which the other container sees the files. */
  public readonly directory: string;

  private readonly props: VaultAgentProps;

  public constructor(props: VaultAgentProps) {
    this.props = readProps('VaultAgentProps', props, 'VaultAgent');
    this.name = this.props.name ?? 'vault-agent';
    this.directory = this.props.directory ?? SECRETS;
    throwFirst('VaultAgent', [
      ...validateAddress(this.name, this.props),
      ...validateTemplates(this.props.templates),
      ...(this.refreshSeconds < 1 ? [`\`refreshInterval\` of "${this.name}" is 0 s; pass at least one second`] : []),
    ]);
  }

  /** Adds the agent to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { once = false, mode = pod.lifecycle.sidecarMode, container = pod.main.name } = this.props;
    throwFirst(pod.workload, this.validateReader(pod, container));
    const first = !once && mode === SidecarMode.NATIVE ? undefined : `${this.name}-init`;
    if (first) {
      pod.addInitContainer({ ...this.buildContainer(first, ['-exit-after-auth']), name: first });
    }
    if (!once) {
      pod.addSidecar({
        ...this.buildContainer(this.name),
        ...this.toStartOptions(first === undefined),
        name: this.name,
        mode,
      });
    }
    this.addVolumes(pod, [...(first ? [first] : []), ...(once ? [] : [this.name])], container);
  }

  private buildContainer(name: string, args: readonly string[] = []): PodContainerOptions {
    const options = name === this.name ? this.props : omitResizing(this.props);
    return {
      ...toCompanionContainer(options, { name, image: VAULT, cpuMillis: 50, memoryMebibytes: 128 }),
      command: ['vault', 'agent', `-config=${CONFIG}/${toConfigFileName(name)}`, ...args],
    };
  }

  /** Waits until all files are there. They outlive a restart of the agent, as the volume does. */
  private toStartOptions(readyBeforeMain: boolean) {
    const files = this.props.templates.map(({ file }) => `${SECRETS}/${file}`);
    return readyBeforeMain ? { readyBeforeMain, startup: kplus.Probe.fromCommand(['ls', ...files], STARTUP) } : {};
  }

  private addVolumes(pod: MultiContainerPod, agents: readonly string[], container: string): void {
    const { sizeLimit = Size.mebibytes(8) } = this.props;
    const medium = kplus.EmptyDirMedium.MEMORY;
    const secrets = pod.storage.share(toDnsLabel(this.name, 'secrets'), { medium, sizeLimit });
    for (const agent of agents) {
      secrets.writtenBy(agent, SECRETS);
    }
    secrets.readBy(container, this.directory);
    for (const { file, variables = [] } of this.props.templates) {
      for (const variable of variables) {
        pod.addEnv(container, variable, secrets.envValue(file, variable));
      }
    }
    this.addConfig(pod, agents);
    this.addIdentity(pod, agents);
  }

  private addConfig(pod: MultiContainerPod, agents: readonly string[]): void {
    const [first, ...others] = agents;
    const name = toDnsLabel(this.name, 'config');
    const config = pod.storage.configFiles({ container: first!, directory: CONFIG, name });
    for (const agent of agents) {
      config.write(toConfigFileName(agent), this.renderConfig(agent !== this.name));
    }
    for (const { file, content } of this.props.templates) {
      config.write(toTemplateFileName(file), content);
    }
    const { volume } = pod.storage.shareMounted(first!, CONFIG);
    for (const agent of others) {
      pod.storage.mount(agent, CONFIG, volume, { readOnly: true });
    }
  }

  private addIdentity(pod: MultiContainerPod, agents: readonly string[]): void {
    const { token, secret } = this.props.auth._needs;
    if (secret) {
      mountSecret(pod, agents, { ...secret, directory: PLACES.secret, name: [this.name, 'auth'] });
    }
    for (const agent of agents) {
      if (token) {
        pod.storage.serviceAccountToken(agent, PLACES.token, { ...token, name: toDnsLabel(this.name, 'token') });
      }
      this.props.ca?._mount(pod, agent, CA);
    }
  }

  private renderConfig(exitOnFailure: boolean): string {
    const { address, vaultNamespace: namespace, ca, auth, templates } = this.props;
    return renderVaultAgent({
      ...{ address, namespace, exitOnFailure, refreshSeconds: this.refreshSeconds },
      caFile: ca?._toFilePath(CA),
      method: auth._toSettings({ token: `${PLACES.token}/token`, secret: PLACES.secret }),
      templates: templates.map(toTemplateFile),
    });
  }

  private get refreshSeconds(): number {
    return toWholeSeconds(this.props.refreshInterval ?? Duration.minutes(5));
  }

  /** Files that only the agent itself could read. */
  private validateReader(pod: MultiContainerPod, container: string): string[] {
    const { user = VAULT.user, templates } = this.props;
    const isSame = pod.container(container).securityContext.user === user;
    const hidden = isSame ? [] : templates.filter((template) => !isSharedTemplate(template));
    return hidden.map(
      (template) =>
        `file "${template.file}" has \`permissions\` "${toFileMode(template)}", so only user ${user} of "${this.name}" may read it and not container "${container}"; let the group read it, or run both as one user`,
    );
  }
}

function validateAddress(name: string, { address }: VaultAgentProps): string[] {
  return [
    ...(/^https?:\/\/[^\s/]+(\/\S*)?$/.test(address)
      ? []
      : [`\`address\` "${address}" is not the address of a Vault; use https://host:port`]),
    ...(showsCredential('address', address)
      ? [`\`address\` of "${name}" holds a credential, which everybody could read in the ConfigMap; pass \`auth\``]
      : []),
  ];
}

function toConfigFileName(container: string): string {
  return `${container}.json`;
}

function toTemplateFileName(file: string): string {
  return `${file}.ctmpl`;
}

function toTemplateFile(template: VaultTemplate): TemplateFile {
  const { file } = template;
  return {
    source: `${CONFIG}/${toTemplateFileName(file)}`,
    destination: `${SECRETS}/${file}`,
    permissions: toFileMode(template),
  };
}
