import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Severity } from '../../finding';
import type { Field } from '../../model/field';
import { PathPatterns } from '../patterns/path-patterns';
import { Exemption, readTexts } from './exemption';

/** The settings of one `pod-rules.yaml`. */
export class Settings {
  /** The version of Kubernetes. */
  public readonly kubernetes?: string;
  public readonly severities: Readonly<Record<string, Severity>>;
  public readonly exemptions: readonly Exemption[];
  private readonly included: PathPatterns;
  private readonly excluded: PathPatterns;

  public constructor(
    /** The file that they stand in. */
    public readonly file: string,
    /** The folder that their paths are seen from. */
    public readonly folder: string,
    root: Field,
    /** The line of each of their fields. */
    public readonly findLine: (at: Field) => number,
  ) {
    this.kubernetes = root.at('kubernetes').text;
    this.severities = Object.fromEntries(
      root.at('severities').fields.map(({ name, text }) => [name, text as Severity]),
    );
    this.exemptions = root.at('exemptions').items.map((item) => new Exemption(item));
    this.included = new PathPatterns(readTexts(root.at('paths', 'include')));
    this.excluded = new PathPatterns(readTexts(root.at('paths', 'exclude')));
  }

  /** Whether a file is not to be checked, or nothing in a folder. */
  public leavesOut(file: string, isFolder = false): boolean {
    const path = this.toInnerPath(file);
    return path !== undefined && this.leavesOutInside(path, isFolder);
  }

  /** The same of a path as patterns see it, such as that of a template. */
  public leavesOutInside(path: string, isFolder = false): boolean {
    return this.excluded.has(path, isFolder) || !(isFolder || this.included.isEmpty || this.included.has(path));
  }

  /** A file as patterns see it; nothing where it does not stand in the folder of these settings. */
  public toInnerPath(file: string): string | undefined {
    const path = relative(this.folder, resolve(file));
    return path === '' || path.split(sep)[0] === '..' || isAbsolute(path) ? undefined : path.split(sep).join('/');
  }
}
