import type { Field } from '../../model/field';
import type { ObjectView } from '../../model/object-view';
import { matchesGlob } from '../patterns/glob';
import { PathPatterns } from '../patterns/path-patterns';

/** A place that an exemption may be for. */
export interface Place {
  readonly object: ObjectView;
  /** The file, and the template that it was rendered from, as seen from the folder of the settings. */
  readonly paths: readonly string[];
}

/** A finding as an exemption sees it. */
export interface ExemptionCandidate extends Place {
  readonly rule: string;
  /** The container that it is about. */
  readonly container?: string;
}

/** Findings that are meant to be, as `pod-rules.yaml` names them. */
export class Exemption {
  public readonly rules: readonly string[];
  public readonly reason: string;
  private readonly path?: PathPatterns;
  private readonly containers: readonly string[];
  private readonly object: readonly [read: (object: ObjectView) => string, glob: string][];

  public constructor(
    /** The entry, which must have been checked. */
    public readonly at: Field,
  ) {
    this.rules = readTexts(at.at('rule'));
    this.reason = at.at('reason').text!.trim();
    this.path = at.at('path').exists ? new PathPatterns(readTexts(at.at('path'))) : undefined;
    this.containers = readTexts(at.at('container'));
    this.object = readObjectGlobs(at.at('object'));
  }

  /** Whether it is for this finding. */
  public covers({ rule, container = '', ...place }: ExemptionCandidate): boolean {
    const isOfRule = this.rules.includes(rule) || this.rules.includes('*');
    const isOfContainer =
      this.containers.length === 0 || this.containers.some((glob) => container !== '' && matchesGlob(glob, container));
    return isOfRule && isOfContainer && this.isAbout(place);
  }

  /** Whether it is for findings at this place, if there are any. */
  public concerns(place: Place): boolean {
    const names = place.object.pod?.all.map(({ name }) => name ?? '') ?? [];
    const isOfContainer = this.containers.every((glob) => names.some((name) => matchesGlob(glob, name)));
    return isOfContainer && this.isAbout(place);
  }

  private isAbout({ object, paths }: Place): boolean {
    const isThere = this.path === undefined || paths.some((path) => this.path!.has(path));
    return isThere && this.object.every(([read, glob]) => matchesGlob(glob, read(object)));
  }
}

const READERS: Readonly<Record<string, (object: ObjectView) => string>> = {
  kind: ({ kind }) => kind,
  name: ({ name = '' }) => name,
  namespace: ({ namespace = '' }) => namespace,
};

function readObjectGlobs(field: Field): [read: (object: ObjectView) => string, glob: string][] {
  const [, kind, name] = /^([^/]+)\/(.+)$/.exec(field.text ?? '') ?? [];
  const globs =
    kind === undefined
      ? field.fields.map(({ name: key, text }) => [key, text!])
      : [
          ['kind', kind],
          ['name', name!],
        ];
  return globs.map(([key, glob]) => [READERS[key!]!, glob!]);
}

/** A text or a list of texts. */
export function readTexts(field: Field): string[] {
  return field.text === undefined ? field.texts : [field.text];
}
