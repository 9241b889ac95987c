import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describeSystemError } from '../../../private/command-line';
import { toKubernetesVersion } from '../../kubernetes-version';
import type { ObjectView } from '../../model/object-view';
import { SETTINGS_FILES } from '../files';
import type * as reader from './read-settings';
import type { Settings } from './settings';
import { SettingsError } from './settings-error';

/** Finds the settings of files: those of the nearest folder above, the one file that a call names, or none. */
export class SettingsFinder {
  private readonly byFolder = new Map<string, Settings | undefined>();
  private readonly named?: Settings;

  /** @throws a `SettingsError` where the file that is named cannot be read */
  public constructor(private readonly config: string | false | undefined) {
    this.named = config ? loadSettings(config) : undefined;
  }

  /** The settings of a file, or of what stands in a folder; `paths` of a folder itself are those of the folder above. */
  public find(path: string): Settings | undefined {
    return this.config === undefined ? this.findAbove(dirname(resolve(path))) : this.named;
  }

  /** Whether the settings leave a file or folder out. */
  public readonly leavesOut = (path: string, isFolder: boolean): boolean =>
    this.find(path)?.leavesOut(path, isFolder) ?? false;

  /** An object for the version that the call names, or else the settings of its file. */
  public toVersion(object: ObjectView, kubernetes: number | undefined): ObjectView {
    return kubernetes === undefined
      ? toKubernetesVersion(object, this.find(object.source.file ?? '')?.kubernetes)
      : object.forKubernetes(kubernetes);
  }

  /** All settings that were found. */
  public get all(): readonly Settings[] {
    const found = [this.named, ...this.byFolder.values()];
    return [...new Set(found)].filter((settings) => settings !== undefined);
  }

  private findAbove(folder: string): Settings | undefined {
    if (!this.byFolder.has(folder)) {
      const file = SETTINGS_FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
      const above = dirname(folder);
      this.byFolder.set(folder, file ? loadSettings(file) : above === folder ? undefined : this.findAbove(above));
    }
    return this.byFolder.get(folder);
  }
}

/** Paths in messages are those that were typed, or as seen from here. */
function loadSettings(file: string): Settings {
  const shown = relative('.', file);
  try {
    const { readSettings } = require('./read-settings') as typeof reader;
    return readSettings(readFileSync(file, 'utf8'), shown, dirname(resolve(file)));
  } catch (error) {
    throw error instanceof SettingsError
      ? error
      : new SettingsError(`${shown}: ${describeSystemError(error as Error)}`);
  }
}
