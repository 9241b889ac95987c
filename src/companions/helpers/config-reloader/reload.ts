import { isProcessName } from '../../../pod/logs/log-rotation';
import { throwFirst } from '../../../private/errors';
import { validatePort } from '../../../private/ports';
import { readProps } from '../../../private/read-props';
import { findQueryCredential } from '../../../software/credentials';

/** Method of the call that makes a process read its files again. */
export enum HttpReloadMethod {
  /** GET */
  GET = 'GET',
  /** POST */
  POST = 'POST',
  /** PUT */
  PUT = 'PUT',
}

/** Signals that processes read their files again on. */
export enum ReloadSignal {
  /** The usual one of servers. */
  HUP = 'HUP',
  /** The first signal that is free for applications. */
  USR1 = 'USR1',
  /** The second signal that is free for applications. */
  USR2 = 'USR2',
}

/** The call that makes a process read its files again. */
export interface HttpReloadOptions {
  /** Port at which it listens on `localhost`. */
  readonly port: number;

  /** Path, such as `/-/reload`. */
  readonly path: string;

  /**
   * Method.
   *
   * @default HttpReloadMethod.POST
   */
  readonly method?: HttpReloadMethod;

  /**
   * Status of the answer that means success.
   *
   * @default 200
   */
  readonly status?: number;
}

/** The signal that makes a process read its files again. */
export interface SignalReloadOptions {
  /** Name of the process, as in `/proc/<pid>/comm`; the oldest one is signalled. */
  readonly process: string;

  /**
   * The signal.
   *
   * @default ReloadSignal.HUP
   */
  readonly signal?: ReloadSignal;
}

/** Numbers of the signals on Linux. */
const NUMBERS: Readonly<Record<ReloadSignal, number>> = { HUP: 1, USR1: 10, USR2: 12 };

/** The way to tell a process that its files changed. */
export class ConfigReload {
  /** By an HTTP call to an endpoint of the pod. */
  public static byHttp(options: HttpReloadOptions): ConfigReload {
    const {
      port,
      path,
      method = HttpReloadMethod.POST,
      status = 200,
    } = readProps('HttpReloadOptions', options, 'ConfigReload.byHttp');
    throwFirst('ConfigReload.byHttp', validateCall(port, path, status));
    return new ConfigReload({ url: `http://localhost:${port}${path}`, method, status }, undefined);
  }

  /**
   * By a signal. The pod then shares one process namespace, and the reloader runs as the user of the container, who alone
   * may signal its processes.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
   */
  public static bySignal(options: SignalReloadOptions): ConfigReload {
    const { process, signal = ReloadSignal.HUP } = readProps('SignalReloadOptions', options, 'ConfigReload.bySignal');
    throwFirst('ConfigReload.bySignal', validateProcess(process));
    return new ConfigReload(undefined, { process, signal, number: NUMBERS[signal] });
  }

  private constructor(
    /** @internal */
    public readonly _http?: { readonly url: string; readonly method: string; readonly status: number },
    /** @internal */
    public readonly _signal?: { readonly process: string; readonly signal: string; readonly number: number },
  ) {}
}

function validateCall(port: number, path: string, status: number): string[] {
  const shown = findQueryCredential(path);
  return [
    ...validatePort(`\`port\` ${port}`, port),
    ...(/^\/\S*$/.test(path) ? [] : [`\`path\` "${path}" is not the path of a URL; begin it with "/"`]),
    ...(shown
      ? [
          `parameter "${shown}" of \`path\` shows a credential to all who may read the manifest; use an endpoint on localhost that takes none, or \`ConfigReload.bySignal\``,
        ]
      : []),
    ...(Number.isInteger(status) && status >= 200 && status <= 399
      ? []
      : [`\`status\` ${status} never means success; pass a number from 200 to 399`]),
  ];
}

function validateProcess(process: string): string[] {
  return isProcessName(process)
    ? []
    : [`\`process\` "${process}" is not a process name; pass 1 to 15 letters, digits, ".", "+", "_" or "-"`];
}
