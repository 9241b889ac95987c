import { Duration } from 'cdk8s';
import type { ICompanion } from '../../pod/companion';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { toWholeSeconds } from '../../private/durations';
import { throwFirst } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { validatePort } from '../../private/ports';
import { readProps } from '../../private/read-props';
import { findQueryCredential, showsCredential } from '../../software/credentials';
import { validateHost } from '../../software/hosts';
import { BUSYBOX } from '../../software/images';
import { renderWaitForHttpScript, renderWaitForTcpScript, type Waiting } from '../../software/scripts/waiting';
import { type CompanionOptions, toCompanionContainer } from '../kit/companion-options';

const SCRIPT_DIRECTORY = '/wait-for';
const SCRIPT_FILE = 'wait-for.sh';

/** Limits of the wait. An `image` of your own has the tools of busybox: `sh`, `nc`, `wget`, `timeout`. */
export interface WaitForOptions extends CompanionOptions {
  /**
   * The time it waits in all. It then says what there was no answer from and ends with an error, and the kubelet
   * starts it again, after a pause that grows up to five minutes; in a pod that is never restarted, the pod has
   * failed.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * The pause between two attempts. One attempt takes five seconds at most.
   *
   * @default Duration.seconds(2)
   */
  readonly period?: Duration;
}

/** A server that takes connections. */
export interface WaitForTcpProps extends WaitForOptions {
  /** Name or IP address of the host; `localhost` is the pod itself, with the native sidecars that were added before. */
  readonly host: string;

  /** Port it listens on. */
  readonly port: number;
}

/** A server that answers requests. */
export interface WaitForHttpProps extends WaitForOptions {
  /**
   * URL that answers a GET with 2xx, in the end where it redirects. As in a probe of the kubelet, the certificate of an
   * `https` URL is not verified: busybox does not know how.
   */
  readonly url: string;
}

/**
 * Holds the main container, and all that is added after it, back until a server answers. Most applications need no such
 * thing: one that tries again by itself starts sooner, and does not depend on the order of a whole cluster. It waits each
 * time a pod starts, and no longer: when the server goes away later, nothing happens. It cannot wait for the pod's own Service,
 * nor for a container that starts after it; `synth` reports both.
 *
 * The container is `wait-for-<host>`, an init container with UID 10001, and requests 10m CPU and 16Mi memory. `kubectl logs`
 * and the status of the pod show what it waits for and the last error. It stops at once when the pod does.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#examples
 */
export class WaitFor implements ICompanion {
  /** Waits until a server takes a TCP connection, which says no more than that it listens. */
  public static tcp(props: WaitForTcpProps): WaitFor {
    const own = readProps('WaitForTcpProps', props, 'WaitFor.tcp');
    const { host, port } = own;
    const waiting = toWaiting(own);
    throwFirst('WaitFor.tcp', [
      ...validateHost(host),
      ...validatePort(`\`port\` ${port}`, port),
      ...validateWaiting(waiting),
    ]);
    return new WaitFor(own, { host, port }, renderWaitForTcpScript(waiting, host, port));
  }

  /**
   * Waits until a server answers a request with 2xx. busybox knows TLS 1.2, with some ciphers: where a server wants more,
   * wait for it with `tcp`.
   */
  public static http(props: WaitForHttpProps): WaitFor {
    const own = readProps('WaitForHttpProps', props, 'WaitFor.http');
    const waiting = toWaiting(own);
    throwFirst('WaitFor.http', [...validateUrl(own.url), ...validateWaiting(waiting)]);
    const url = new URL(own.url);
    url.hash = ''; // no server sees it
    const place = { host: url.hostname, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) };
    return new WaitFor(own, place, renderWaitForHttpScript(waiting, url.href));
  }

  /** Name of the container. */
  public readonly name: string;

  private constructor(
    private readonly options: WaitForOptions,
    private readonly place: { readonly host: string; readonly port: number },
    private readonly script: string,
  ) {
    this.name = options.name ?? toDnsLabel('wait-for', place.host);
  }

  /** Adds the init container to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addInitContainer({
      ...toCompanionContainer(this.options, { name: this.name, image: BUSYBOX, cpuMillis: 10, memoryMebibytes: 16 }),
      command: ['sh', `${SCRIPT_DIRECTORY}/${SCRIPT_FILE}`],
    });
    pod.network._needs.await(this.name, this.place);
    pod.storage.configFiles({
      container: this.name,
      directory: SCRIPT_DIRECTORY,
      files: { [SCRIPT_FILE]: this.script },
    });
  }
}

function toWaiting(options: WaitForOptions): Waiting {
  return {
    timeout: toWholeSeconds(options.timeout ?? Duration.minutes(5)),
    period: toWholeSeconds(options.period ?? Duration.seconds(2)),
  };
}

function validateWaiting(waiting: Waiting): string[] {
  return Object.entries(waiting).flatMap(([prop, seconds]) =>
    seconds < 1 ? [`\`${prop}\` is ${seconds} s; pass at least one second`] : [],
  );
}

function validateUrl(text: string): string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return [`\`url\` "${text}" is no HTTP URL; pass one like "http://api:8080/healthz"`];
  }
  const secret = findQueryCredential(text);
  const place = url.username || url.password ? 'its user' : 'its path';
  const where = secret ? `the parameter "${secret}"` : place;
  return showsCredential('url', text, '(?!)')
    ? [
        `\`url\` of host "${url.hostname}" shows a credential in ${where} to all who may read the pod; ask a page that needs none`,
      ]
    : [];
}
