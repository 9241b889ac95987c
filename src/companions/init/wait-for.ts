import { Duration } from 'cdk8s';
import type { ICompanion } from '../../pod/companion';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { copyData } from '../../private/copies';
import { toWholeSeconds } from '../../private/durations';
import { createError } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { isPort } from '../../private/ports';
import { isHost } from '../../software/hosts';
import { BUSYBOX } from '../../software/images';
import { renderWaitForHttpScript, renderWaitForTcpScript, type Waiting } from '../../software/scripts/waiting';
import { type CompanionOptions, toCompanionContainer } from '../kit/companion-options';
import { showsCredential } from '../kit/credentials';

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
    const { host, port } = props;
    if (!isHost(host)) {
      throw createError(
        'WaitFor.tcp',
        `\`host\` "${host}" is no name or address of a host; pass one without port and path`,
      );
    }
    if (!isPort(port)) {
      throw createError('WaitFor.tcp', `\`port\` ${port} is not a port number; pass an integer from 1 to 65535`);
    }
    return new WaitFor(props, { host, port }, renderWaitForTcpScript(toWaiting('WaitFor.tcp', props), host, port));
  }

  /**
   * Waits until a server answers a request with 2xx. busybox knows TLS 1.2, with some ciphers: where a server wants more,
   * wait for it with `tcp`.
   */
  public static http(props: WaitForHttpProps): WaitFor {
    const { hostname: host, port, protocol, href } = parseUrl(props.url);
    const place = { host, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
    return new WaitFor(props, place, renderWaitForHttpScript(toWaiting('WaitFor.http', props), href));
  }

  /** Name of the container. */
  public readonly name: string;

  private readonly options: WaitForOptions;

  private constructor(
    options: WaitForOptions,
    private readonly place: { readonly host: string; readonly port: number },
    private readonly script: string,
  ) {
    this.options = copyData(options);
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

function toWaiting(source: string, options: WaitForOptions): Waiting {
  const timeout = toWholeSeconds(options.timeout ?? Duration.minutes(5));
  const period = toWholeSeconds(options.period ?? Duration.seconds(2));
  for (const [prop, seconds] of Object.entries({ timeout, period })) {
    if (seconds < 1) {
      throw createError(source, `\`${prop}\` is ${seconds} s; pass at least one second`);
    }
  }
  return { timeout, period };
}

/** The URL as it is asked for: without the fragment, which no server sees. */
function parseUrl(text: string): URL {
  if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol)) {
    throw createError('WaitFor.http', `\`url\` "${text}" is no HTTP URL; pass one like "http://api:8080/healthz"`);
  }
  const url = new URL(text);
  const secret = [...url.searchParams].find(([name, value]) => showsCredential(name, value))?.[0];
  if (url.username || url.password || secret) {
    const where = secret ? `the parameter "${secret}"` : 'its user';
    throw createError(
      'WaitFor.http',
      `\`url\` of host "${url.hostname}" shows a credential in ${where} to all who may read the pod; ask a page that needs none`,
    );
  }
  url.hash = '';
  return url;
}
