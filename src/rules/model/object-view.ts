import { dirname } from 'node:path';
import { splitPath, tryFindPodPath } from '../../private/pod-places';
import { NEWEST } from '../data/kubernetes-fields';
import { Field, type Key } from './field';
import { PodView } from './pod-view';

/** The origin of a document. */
export interface Source {
  /** The file that holds it. */
  readonly file?: string;
  /** The minor version of Kubernetes that it is for. */
  readonly kubernetes?: number;
  /** Path of the construct that made it. */
  readonly construct?: string;
  /** Whether kustomize makes something of it first, and may add labels and selectors. */
  readonly isKustomized?: boolean;
  /** Whether a patch beside it changes it first, and may add what others refer to. */
  readonly isPatched?: boolean;
  /** Why it could not be read. */
  readonly error?: string;
  /** The line of a field, from 1, where the document came from text. */
  findLine?(keys: readonly Key[]): number | undefined;
}

/** A group of others than Kubernetes itself, which has a domain of its own. */
const FOREIGN = /^[^/]+\.[^/]+(?<!\.k8s\.io)\//;

/** One object of Kubernetes, read from data that may be anything. */
export class ObjectView {
  public readonly kind: string;
  public readonly name?: string;
  public readonly namespace?: string;
  /** The pod that the object is or makes. */
  public readonly pod?: PodView;

  public constructor(
    public readonly root: Field,
    public readonly source: Source,
    /** Why it is no finished manifest, and no rule looks at it. */
    public readonly unfinished?: string,
  ) {
    this.kind = root.at('kind').text ?? '';
    this.name = root.at('metadata', 'name').text ?? root.at('metadata', 'generateName').text;
    this.namespace = root.at('metadata', 'namespace').text;
    const template = this.findTemplate();
    if (template) {
      this.pod = new PodView(this, template);
    }
  }

  /** Whether it is of Kubernetes itself, and not of an operator such as Argo Rollouts. */
  public get isBuiltIn(): boolean {
    return !FOREIGN.test(this.apiVersion);
  }

  /** The same object as one that no rule looks at. */
  public asUnfinished(reason: string): ObjectView {
    return new ObjectView(this.root, this.source, reason);
  }

  /** The same object for another minor version of Kubernetes. */
  public forKubernetes(kubernetes: number): ObjectView {
    return this.withSource('kubernetes', kubernetes);
  }

  /** The same object in a file of another name. */
  public inFile(file: string): ObjectView {
    return this.withSource('file', file);
  }

  /** The same object as one that kustomize makes something of first. */
  public asKustomized(): ObjectView {
    return this.withSource('isKustomized', true);
  }

  /** The same object as one that a patch beside it changes first. */
  public asPatched(): ObjectView {
    return this.withSource('isPatched', true);
  }

  private withSource(name: keyof Source, value: unknown): ObjectView {
    const source: Source = Object.create(this.source, { [name]: { value, enumerable: true } });
    return new ObjectView(this.root, source, this.unfinished);
  }

  /** The minor version of Kubernetes that it is for. */
  public get kubernetes(): number {
    return this.source.kubernetes ?? NEWEST;
  }

  public get apiVersion(): string {
    return this.root.at('apiVersion').text ?? '';
  }

  public get spec(): Field {
    return this.root.at('spec');
  }

  /** The template of its pod: of kinds that nobody here knows it is where all workloads have it, if containers stand there. */
  private findTemplate(): Field | undefined {
    const { kind, apiVersion } = this;
    const path = apiVersion === '' ? undefined : tryFindPodPath(apiVersion, kind);
    if (this.isBuiltIn) {
      return path === undefined ? undefined : this.root.at(...splitPath(path));
    }
    const template = this.root.at(...splitPath(path ?? 'spec.template'));
    return template.at('spec', 'containers').items.length > 0 ? template : undefined;
  }

  /** Whether one file holds both. */
  public isInFileOf({ source }: ObjectView): boolean {
    return this.source.file === source.file;
  }

  /** Whether the files of both lie in one folder. */
  public isInFolderOf({ source }: ObjectView): boolean {
    return dirname(this.source.file ?? '') === dirname(source.file ?? '');
  }

  /** Whether its pods are meant to end. */
  public get isJob(): boolean {
    return this.kind === 'Job' || this.kind === 'CronJob';
  }

  /** Kind and name, as kubectl writes them: `Deployment/web`. */
  public get title(): string {
    return `${this.kind}/${this.name ?? '(no name)'}`;
  }
}

/** The objects in a document: itself, or the items of a List. */
export function listObjectViews(data: unknown, source: Source): ObjectView[] {
  return expandList(Field.root(data), source);
}

/** Lists in lists are followed this far; nothing real goes deeper than one. */
const MAX_LISTS = 3;

function expandList(field: Field, source: Source, depth = 0): ObjectView[] {
  const [, itemKind] = /^(\w*)List$/.exec(field.at('kind').text ?? '') ?? [];
  if (itemKind === undefined || !Array.isArray(field.at('items').value) || depth === MAX_LISTS) {
    return [new ObjectView(field, source)];
  }
  // As in the answers of the API: the items of a `DeploymentList` say no kind, and kubectl takes it from the list.
  const typeMeta = itemKind === '' ? {} : { apiVersion: field.at('apiVersion').value, kind: itemKind };
  return field.at('items').items.flatMap((item) => expandList(item.withDefaults(typeMeta), source, depth + 1));
}
