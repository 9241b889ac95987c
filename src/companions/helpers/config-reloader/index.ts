import type * as kplus from 'cdk8s-plus-28';
import type { ICompanion } from '../../../pod/companion';
import type { RunningContainerOptions } from '../../../pod/containers/container-options';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { throwFirst } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { normalizePath } from '../../../private/paths';
import { readProps } from '../../../private/read-props';
import { BUSYBOX, CONFIGMAP_RELOAD } from '../../../software/images';
import { renderSignalOnChangeScript } from '../../../software/scripts/reload';
import { type RunningCompanionOptions, toCompanionContainer, toCompanionPort } from '../../kit/companion-options';
import { resolveSharedUser } from '../../kit/shared-user';
import type { ConfigReload } from './reload';

const WATCHED = '/watched';
const SCRIPT_DIRECTORY = '/config-reloader';
const SCRIPT_FILE = 'signal-on-change.sh';

/** The number of times that a call that fails is tried again, ten seconds apart: for a day. */
const RETRIES = 8640;

/** Settings of the config reloader. An `image` of your own is configmap-reload or, for signals, has a shell. */
export interface ConfigReloaderProps extends RunningCompanionOptions {
  /** The way to tell the container: `ConfigReload.byHttp` or `ConfigReload.bySignal`. */
  readonly reload: ConfigReload;

  /** Absolute directory at which the container sees the files, and nothing else. */
  readonly directory: string;

  /**
   * Contents of the files, by name. They become a ConfigMap, of which a change rolls no pods.
   *
   * @default - the container mounts a ConfigMap or Secret at `directory` already
   */
  readonly files?: { readonly [name: string]: string };

  /**
   * Name of the container that reads the files and is told.
   *
   * @default - the main container
   */
  readonly container?: string;
}

/**
 * Tells a container that its configuration files changed, so that a change of a ConfigMap or Secret takes effect without
 * new pods. The kubelet brings it into the running containers within a minute or two; the reloader notices that within
 * seconds.
 *
 * By HTTP it is configmap-reload, in a container `config-reloader` with UID 65534, which shows on port 9533, at
 * `/metrics`, whether the last call failed. A call that fails is tried again every ten seconds for a day. It waits for
 * its answer without end, and notices only what the kubelet changes.
 *
 * By signal it is a script in busybox, in a container `config-reloader` with the UID of the container that it signals, and
 * without a port. A process that does not handle the signal, because it is still starting or never does, is not signalled,
 * which would end it. A process that is not there is not waited for: it reads the files when it starts. What was done
 * and what failed is in its log. It also notices what a companion writes to a shared volume, such as the secrets of
 * `VaultAgent`: add that first.
 *
 * It never restarts the container that it tells, and has no probe that could keep the pod out of its Services. It requests
 * 10m CPU and 32Mi memory by HTTP, 16Mi by signal.
 *
 * @see https://github.com/jimmidyson/configmap-reload
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
 */
export class ConfigReloader implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: ConfigReloaderProps;

  public constructor(props: ConfigReloaderProps) {
    this.props = readProps('ConfigReloaderProps', props, 'ConfigReloader');
    this.name = this.props.name ?? 'config-reloader';
    const { files } = this.props;
    const isEmpty = files && Object.keys(files).length === 0;
    throwFirst(
      'ConfigReloader',
      isEmpty ? ['`files` is empty; pass the files, or leave it out where they are mounted already'] : [],
    );
  }

  /** Adds the reloader to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { container: target = pod.main.name, mode } = this.props;
    const watched = this.resolveWatchedVolume(pod, target);
    pod.addSidecar({ ...this.buildContainer(pod, target), name: this.name, mode });
    pod.storage.mount(this.name, WATCHED, watched, { readOnly: true });
    this.addScript(pod);
  }

  /** The volume of the files, which the container sees at the directory. */
  private resolveWatchedVolume(pod: MultiContainerPod, target: string): kplus.Volume {
    const { directory, files } = this.props;
    if (files) {
      const name = toDnsLabel(this.name, 'files');
      pod.storage.configFiles({ container: target, directory, files, name, rollsPods: false });
    }
    const mount = pod.storage._findCovering(target, directory)?.mount;
    throwFirst(
      pod.workload,
      this.validateWatched(target, mount, mount !== undefined && pod.storage._isEmptyDir(mount.volume)),
    );
    return mount!.volume;
  }

  private validateWatched(target: string, mount: kplus.VolumeMount | undefined, isEmptyDir: boolean): string[] {
    const { directory, reload } = this.props;
    if (!mount || normalizePath(mount.path) !== normalizePath(directory)) {
      return [
        `"${this.name}" watches "${directory}", where container "${target}" mounts no volume; pass \`files\`, or mount a ConfigMap or Secret there first`,
      ];
    }
    return [
      ...(mount.subPath === undefined && mount.subPathExpr === undefined
        ? []
        : [
            `"${this.name}" watches "${directory}" of container "${target}", which is mounted by \`subPath\` and never changes in a running container; mount the whole volume`,
          ]),
      ...(reload._http && isEmptyDir
        ? [
            `"${this.name}" watches "${directory}" of container "${target}", which is no ConfigMap or Secret, and by HTTP only those are noticed; use \`ConfigReload.bySignal\``,
          ]
        : []),
    ];
  }

  private buildContainer(pod: MultiContainerPod, target: string): RunningContainerOptions {
    const { _http: http } = this.props.reload;
    const image = http ? CONFIGMAP_RELOAD : BUSYBOX;
    const { name } = this;
    const asTarget = () =>
      resolveSharedUser(pod, { ...this.props, name, container: target, task: 'signal its processes' });
    const options = http ? this.props : { ...this.props, user: asTarget() };
    const container = toCompanionContainer(options, {
      name: this.name,
      image,
      cpuMillis: 10,
      memoryMebibytes: http ? 32 : 16,
    });
    if (!http) {
      return { ...container, command: ['sh', `${SCRIPT_DIRECTORY}/${SCRIPT_FILE}`] };
    }
    const { url, method, status } = http;
    return {
      ...container,
      args: [
        `-volume-dir=${WATCHED}`,
        `-webhook-url=${url}`,
        `-webhook-method=${method}`,
        `-webhook-status-code=${status}`,
        `-webhook-retries=${RETRIES}`,
      ],
      ports: [toCompanionPort(this.name, CONFIGMAP_RELOAD.port!)],
    };
  }

  private addScript(pod: MultiContainerPod): void {
    const { _signal: signal } = this.props.reload;
    if (signal) {
      const script = renderSignalOnChangeScript({ ...signal, directory: WATCHED });
      pod.storage.configFiles({
        container: this.name,
        directory: SCRIPT_DIRECTORY,
        files: { [SCRIPT_FILE]: script },
      });
      pod.lifecycle.shareProcesses();
    }
  }
}
