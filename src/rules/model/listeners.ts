import type { ConfiguredListener } from '../configs/config';
import { findSoftwareConfig } from '../configs/software-config';
import { findKnownImage, type KnownImage, type KnownListener } from '../data/known-images';
import { type ContainerView, Role } from './container-view';
import type { Field } from './field';
import type { ManifestSet } from './manifest-set';
import type { PodView } from './pod-view';

/** A port that a container opens, as far as the manifest tells. */
export interface Listener {
  readonly number: number;
  readonly protocol: string;
  /** The field that says so: the port, or the image that opens it by default. */
  readonly at: Field;
  readonly isListed: boolean;
  /** The software that opens it, where no port is listed. */
  readonly software?: string;
  /** Whether only the containers of the pod reach it, as far as is known. */
  readonly isLoopback?: boolean;
}

/** Flags and environment variables that may set what software listens on. */
const SETTING = /^-{0,2}[\w.-]*(listen|bind|address|socket|config|conf$|[._-]port$|^port$)|^-[cf]$/i;
/** Arguments that start a program of which the image says nothing. */
const OTHER_PROGRAM = /^(?!-).*\/|^(sh|bash|ash|dash)$/;
/** The directory in which images keep the files that set it. */
const SETTINGS_DIRECTORY = /^\/+etc(\/|$)/;

/**
 * The ports that a container opens: those that it lists, those that its configuration says, and those that its known image
 * opens by default. Where anything may set other ports, the defaults do not count.
 */
export function listListeners(container: ContainerView, pod: PodView, set: ManifestSet): readonly Listener[] {
  const found = kept.get(container);
  if (found?.set === set) {
    return found.listeners;
  }
  const listeners = collectListeners(container, pod, set);
  kept.set(container, { set, listeners });
  return listeners;
}

/** Found once for each container, as several rules ask. */
const kept = new WeakMap<ContainerView, { readonly set: ManifestSet; readonly listeners: readonly Listener[] }>();

function collectListeners(container: ContainerView, pod: PodView, set: ManifestSet): Listener[] {
  const configured = readConfiguredListeners(container, pod, set);
  const defaults = findDefaultListeners(container);
  const listed = container.ports.flatMap(({ field, number, protocol }): Listener[] => {
    const setting = configured.find((listener) => listener.number === number && listener.protocol === protocol);
    const isLoopback =
      setting?.isLoopback ??
      defaults.some((listener) => matchesListener(listener, number, protocol) && listener.isLoopback);
    return number === undefined
      ? []
      : [{ number, protocol, at: field.at('containerPort'), isListed: true, isLoopback }];
  });
  const isListed = (listener: Listener) =>
    listed.some(({ number, protocol }) => listener.number === number && listener.protocol === protocol);
  return [
    ...listed,
    ...configured.filter((listener) => !isListed(listener)),
    ...listUnlistedDefaults(container, defaults),
  ];
}

/** The ports that the configuration of a container says, each once. */
function readConfiguredListeners(container: ContainerView, pod: PodView, set: ManifestSet): readonly Listener[] {
  const config = container.role === Role.INIT ? undefined : findSoftwareConfig(container, pod, set);
  if (!config || config.listeners.length === 0) {
    return NO_LISTENERS;
  }
  const byPort = new Map<string, ConfiguredListener>();
  for (const listener of config.listeners) {
    const key = `${listener.protocol} ${listener.number}`;
    const isLoopback = listener.isLoopback && (byPort.get(key)?.isLoopback ?? true);
    byPort.set(key, { ...listener, isLoopback });
  }
  return [...byPort.values()].map(({ number, protocol, isLoopback }) => {
    return { number, protocol, isLoopback, at: config.source, isListed: false, software: config.software };
  });
}

function listUnlistedDefaults(container: ContainerView, defaults: readonly KnownListener[]): Listener[] {
  // A port beside the defaults means that they were changed somewhere.
  const isChanged = container.ports.some(
    (port) => !defaults.some((listener) => matchesListener(listener, port.number, port.protocol)),
  );
  return isChanged || container.role === Role.INIT
    ? []
    : defaults
        .filter((listener) => !container.ports.some((port) => matchesListener(listener, port.number, port.protocol)))
        .map(({ port, protocol = 'TCP', isLoopback }) => ({
          number: port,
          protocol,
          at: container.field.at('image'),
          isListed: false,
          isLoopback,
          software: findKnownImage(container.image)?.software,
        }));
}

function matchesListener(listener: KnownListener, number: number | undefined, protocol: string): boolean {
  return listener.port === number && (listener.protocol ?? 'TCP') === protocol;
}

const NOTHING: readonly KnownListener[] = [];
const NO_LISTENERS: readonly Listener[] = [];

function findDefaultListeners(container: ContainerView): readonly KnownListener[] {
  const image = findKnownImage(container.image);
  return image?.listeners && !canSetPorts(container, image) ? image.listeners : NOTHING;
}

function canSetPorts(container: ContainerView, { software }: KnownImage): boolean {
  const args = container.field.at('args').texts;
  const variables = container.field.at('env').items.map((item) => item.at('name').text ?? '');
  // Without its own file, Envoy listens nowhere else than where its flags say.
  return (
    container.field.at('command').exists ||
    container.field.at('envFrom').exists ||
    OTHER_PROGRAM.test(args[0] ?? '') ||
    [...args, ...variables].some((word) => SETTING.test(word.split('=')[0]!)) ||
    container.mounts.some(({ path }) => SETTINGS_DIRECTORY.test(path ?? '') || path === '/') ||
    (software === 'Envoy' && args.length > 0)
  );
}
