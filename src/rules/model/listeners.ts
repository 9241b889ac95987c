import { listSettingNames } from '../../private/flags';
import type { ConfiguredListener } from '../configs/config';
import { findSoftwareConfig } from '../configs/software-config';
import { DEFAULT_PORTS, type DefaultPorts, type KnownListener } from '../data/default-ports';
import { toTag } from '../data/known-images';
import { isShell } from './commands';
import { type ContainerView, Role } from './container-view';
import type { Field } from './field';
import type { ManifestSet } from './manifest-set';
import type { PodView } from './pod-view';
import { findRunningSoftware, type RunningSoftware } from './software';
import { findStatedReach, findStatedSetting, listStatedPorts, type Reach, type StatedPort } from './stated-ports';

/** A port that a container opens, as far as the manifest tells. */
export interface Listener {
  readonly number: number;
  readonly protocol: string;
  /** The field that says so: the port, the flag or variable, or the image that opens it by default. */
  readonly at: Field;
  readonly isListed: boolean;
  /** Whether the container may list it on behalf of another one, as nothing else says that it opens it. */
  readonly isHearsay?: boolean;
  /** The software that opens it, where its configuration or image says so. */
  readonly software?: string;
  /** Whether only the containers of the pod reach it, as far as is known. */
  readonly isLoopback?: boolean;
  /** Whether it is open at one address of the pod alone, such as `$(POD_IP):8080`. */
  readonly isOneAddress?: boolean;
}

/** Flags and environment variables that may set what software listens on. */
const SETTING = /^-{0,2}[\w.-]*(listen|bind|address|socket|config|conf$|[._-]port$|^port$)|^-[cf]$/i;
/** A file of settings that stands as a word of its own. */
const SETTINGS_FILE = /^[^-].*\.(conf|cnf|cfg|ini|ya?ml|toml|json|hcl)$/i;
/** The directories in which images keep the files that set it. */
const SETTINGS_DIRECTORY = /(^|\/)(etc|conf|config)(\/|$)/;

const NO_LISTENERS: readonly Listener[] = [];

/**
 * The ports that a container opens: those that it lists, those that its configuration, its flags or its variables say, and those
 * that its known image opens by default. Where anything may set other ports, the defaults do not count.
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

/** Whether a container opens no ports but those that are listed above: nothing else could open one. */
export function hasKnownPorts(container: ContainerView, pod: PodView, set: ManifestSet): boolean {
  const config = findSoftwareConfig(container, pod, set);
  const ports = config ? undefined : findDefaultPorts(container);
  return config
    ? COMPLETE.has(config.software) && !config.isPartial
    : ports?.isComplete === true && !canSetPorts(container, ports) && hasKnownNumbers(container, ports);
}

/** Whether each port is where it always is, or at a number that the manifest says. */
function hasKnownNumbers(container: ContainerView, { listeners }: DefaultPorts): boolean {
  const stated = listeners.flatMap(({ settings }) => (settings && findStatedSetting(container, settings)) ?? []);
  return stated.every(({ number }) => number !== undefined);
}

/** Whether the software of a container is known, but not all the ports that it opens: they depend on its version, plugins or files. */
export function canOpenMore(container: ContainerView, pod: PodView, set: ManifestSet): boolean {
  const isKnown = findRunningSoftware(container).software?.software !== undefined;
  return isKnown && findSoftwareConfig(container, pod, set) === undefined && !hasKnownPorts(container, pod, set);
}

/** Software whose configuration names all ports that it opens. */
const COMPLETE: ReadonlySet<string> = new Set([
  'nginx',
  'Cloud SQL Auth Proxy',
  'Envoy',
  'HAProxy',
  'PgBouncer',
  'OAuth2 Proxy',
]);

/** Found once for each container, as several rules ask. */
const kept = new WeakMap<ContainerView, { readonly set: ManifestSet; readonly listeners: readonly Listener[] }>();

function collectListeners(container: ContainerView, pod: PodView, set: ManifestSet): readonly Listener[] {
  const config = container.role === Role.INIT ? undefined : findSoftwareConfig(container, pod, set);
  const configured = config ? readConfiguredListeners(config.listeners, config.source, config.software) : NO_LISTENERS;
  const ports = findDefaultPorts(container);
  // What is read from a configuration already has the flags in it.
  const stated =
    config || container.role === Role.INIT ? NO_LISTENERS : listStatedListeners(container, pod, set, ports);
  const defaults = ports && !canSetPorts(container, ports) ? listDefaultListeners(container, ports) : NO_LISTENERS;
  const others = mergeListeners([...configured, ...stated, ...defaults]);
  if (container.ports.length === 0) {
    return others;
  }
  const listed = listListedPorts(container, others);
  return [
    ...listed,
    ...others.filter(
      (listener) =>
        !listed.some((port) => isSamePort(port, listener)) &&
        !(defaults.includes(listener) && !ports?.isByFlags && isChangedByList(container, defaults)),
    ),
  ];
}

/** The ports of the list, with the reach that flags, configuration or image give them. */
function listListedPorts({ ports }: ContainerView, others: readonly Listener[]): Listener[] {
  return ports.flatMap(({ field, number, protocol }): Listener[] => {
    if (number === undefined) {
      return [];
    }
    const port = { number, protocol };
    const setting = others.find((listener) => isSamePort(listener, port));
    const { isLoopback, isOneAddress } = setting ?? {};
    // Some list the ports of the whole pod in its main container.
    const isHearsay = !setting && ports.length > 1;
    return [{ ...port, at: field.at('containerPort'), isListed: true, isHearsay, isLoopback, isOneAddress }];
  });
}

/** Each port once, with the widest reach that something gives it. */
function mergeListeners(listeners: readonly Listener[]): Listener[] {
  const byPort = new Map<string, Listener>();
  for (const listener of listeners) {
    const key = `${listener.protocol} ${listener.number}`;
    const other = byPort.get(key);
    byPort.set(key, other === undefined || (other.isLoopback && !listener.isLoopback) ? listener : other);
  }
  return byPort.size === listeners.length ? [...listeners] : [...byPort.values()];
}

function readConfiguredListeners(
  listeners: readonly ConfiguredListener[],
  at: Field,
  software: string,
): readonly Listener[] {
  return listeners.map(({ number, protocol, isLoopback }) => {
    return { number, protocol, isLoopback, at, isListed: false, software };
  });
}

/** The ports that flags and variables say, those of the image by its own names for them. */
function listStatedListeners(
  container: ContainerView,
  pod: PodView,
  set: ManifestSet,
  ports: ContainerPorts | undefined,
): readonly Listener[] {
  const moved = (ports?.listeners ?? []).flatMap((listener) => {
    const setting = listener.settings && findStatedSetting(container, listener.settings);
    return setting?.number ? [toOwnListener(container, listener, { ...setting, number: setting.number })] : [];
  });
  const stated = listStatedPorts(container, pod, set)
    .filter((port) => !moved.some((listener) => isSamePort(listener, port)))
    .map(({ number, protocol, reach, at }) => ({ number, protocol, at, isListed: false, ...toReachFields(reach) }));
  return moved.length + stated.length > 0 ? [...moved, ...stated] : NO_LISTENERS;
}

/** The settings of a port of the software. */
type OwnSetting = Pick<Listener, 'at'> & Partial<Pick<StatedPort, 'number' | 'reach'>>;

/** A port of the software at the number and host that are set, or else at its own. */
function toOwnListener(
  container: ContainerView,
  { port, protocol, isLoopback, hosts }: KnownListener,
  { number = port, reach = hosts && findStatedReach(container, hosts), at }: OwnSetting,
): Listener {
  const fields = { number, protocol: protocol ?? 'TCP', at, isListed: false };
  return { ...fields, ...(reach ? toReachFields(reach) : { isLoopback }) };
}

function toReachFields(reach: Reach): Pick<Listener, 'isLoopback' | 'isOneAddress'> {
  return { isLoopback: reach === 'loopback', isOneAddress: reach === 'address' };
}

/** The ports of software that no setting moves. */
function listDefaultListeners(
  container: ContainerView,
  { listeners, running: { software, image } }: ContainerPorts,
): readonly Listener[] {
  const at = container.field.at(image ? 'image' : container.field.at('command').exists ? 'command' : 'args');
  return container.role === Role.INIT
    ? NO_LISTENERS
    : listeners
        .filter(({ settings }) => !settings || !findStatedSetting(container, settings))
        .map((listener) => ({ ...toOwnListener(container, listener, { at }), software: software?.software }));
}

/** A port beside the defaults means that they were changed somewhere. */
function isChangedByList({ ports }: ContainerView, defaults: readonly Listener[]): boolean {
  return ports.some(
    ({ number, protocol }) =>
      !defaults.some((listener) => listener.number === number && listener.protocol === protocol),
  );
}

function isSamePort(a: Pick<Listener, 'number' | 'protocol'>, b: Pick<Listener, 'number' | 'protocol'>): boolean {
  return a.number === b.number && a.protocol === b.protocol;
}

/** The ports that the software of a container opens by default. */
interface ContainerPorts extends DefaultPorts {
  readonly running: RunningSoftware;
}

/** The ports by default of what a container runs: those of its image, or of its software. */
function findDefaultPorts(container: ContainerView): ContainerPorts | undefined {
  const running = findRunningSoftware(container);
  const { software, image, words } = running;
  const { staysBy } = software ?? {};
  const ports = software?.software === undefined ? undefined : DEFAULT_PORTS[software.software];
  const listeners = (image?.listeners ?? ports?.listeners)?.filter(
    ({ tags }) => !tags || (image && tags.test(toTag(container.image))),
  );
  const isServer = !ports?.isByFlags || !staysBy || words.some((word) => staysBy.test(word));
  return listeners && listeners.length > 0 && isServer ? { ...ports, listeners, running } : undefined;
}

function canSetPorts(
  { field, mounts, commandLine }: ContainerView,
  { listeners, isByFlags, running: { software, image, words } }: ContainerPorts,
): boolean {
  // What a script says of them is not read here.
  const own = isShell(commandLine) ? [] : listeners.flatMap(({ settings = [], hosts = [] }) => [...settings, ...hosts]);
  const args = image ? words : words.slice(1);
  const names = [...listSettingNames(args), ...field.at('env').items.map((item) => item.at('name').text ?? '')];
  // Without its own file, Envoy listens nowhere else than where its flags say.
  return (
    field.at('envFrom').exists ||
    (!isByFlags &&
      (names.some((name) => isOtherSetting(name, own)) ||
        args.some((word) => SETTINGS_FILE.test(word)) ||
        mounts.some(({ path }) => SETTINGS_DIRECTORY.test(path ?? '') || path === '/') ||
        (software?.software === 'Envoy' && args.length > 0)))
  );
}

function isOtherSetting(name: string, own: readonly string[]): boolean {
  return SETTING.test(name) && !own.includes(name.replace(/^-+/, '').toLowerCase());
}
