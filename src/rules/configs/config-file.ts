import { normalizePath } from '../../private/paths';
import type { ContainerView, MountView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';

/** A text with more characters is not read: no ConfigMap takes it. */
const MAX_CHARACTERS = 1024 * 1024;

/** A file that a ConfigMap brings into a container. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  /** The mount that holds it. */
  readonly mount: Field;
  /** Its name in messages, as in `key "fluent-bit.yaml" of ConfigMap "agent"`. */
  readonly title: string;
}

/** The files of one container. */
export class ConfigFiles {
  public constructor(
    private readonly container: ContainerView,
    private readonly pod: PodView,
    private readonly set: ManifestSet,
  ) {}

  /** The mount that holds a path. */
  public findMount(path: string): MountView | undefined {
    return this.pod.findMount(this.container, path);
  }

  /** The file at this path, if a ConfigMap of the set brings it there. */
  public findFile(path: string): ConfigFile | undefined {
    // Most paths are asked for in vain, so the cheap question comes first.
    const isMounted = this.container.mounts.some((mount) => mount.path && path.startsWith(mount.path));
    const mount = isMounted ? this.findMount(path) : undefined;
    return mount && this.listMountFiles(mount).find((file) => file.path === normalizePath(path));
  }

  /** All files that ConfigMaps of the set bring. */
  public listFiles(): ConfigFile[] {
    return this.container.mounts.flatMap((mount) => this.listMountFiles(mount));
  }

  /** The files that lie in this directory itself, whichever mounts bring them there. */
  public listDirectory(directory: string): ConfigFile[] {
    const prefix = `${normalizePath(directory)}/`;
    return this.listFiles().filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'));
  }

  private listMountFiles(mount: MountView): ConfigFile[] {
    const volume = this.pod.findVolume(mount.volume);
    const configMaps = [
      volume?.at('configMap'),
      ...(volume?.at('projected', 'sources').items ?? []).map((source) => source.at('configMap')),
    ];
    const subPath = mount.subPath === undefined ? '' : normalizePath(mount.subPath);
    return configMaps
      .flatMap((source) => (source?.exists ? this.listConfigMapFiles(source) : []))
      .filter(({ place }) => subPath === '' || place === subPath || place.startsWith(`${subPath}/`))
      .map(({ place, text, title }) => {
        const path = normalizePath(`${mount.path}/${place.slice(subPath.length)}`);
        return { path, text, title, mount: mount.field };
      });
  }

  /** The files of a ConfigMap by their place in the volume. */
  private listConfigMapFiles(source: Field): { place: string; text: string; title: string }[] {
    const name = source.at('name').text;
    const data = this.set.find('ConfigMap', name, this.pod.owner)?.root.at('data');
    const items = source.at('items');
    const places: (readonly [key?: string, place?: string])[] = items.exists
      ? items.items.map((item) => [item.at('key').text, item.at('path').text] as const)
      : (data?.names ?? []).map((key) => [key, key] as const);
    return places.flatMap(([key, place]) => {
      const text = key === undefined ? undefined : data?.at(key).text;
      return text === undefined || place === undefined || !isSmall(text)
        ? []
        : [{ place: normalizePath(place), text, title: `key "${key}" of ConfigMap "${name}"` }];
    });
  }
}

/** Whether a text is small enough to be read at all. */
export function isSmall(text: string): boolean {
  return text.length <= MAX_CHARACTERS;
}
