import { Field, type Key } from './field';
import { PodView } from './pod-view';

/** The origin of a document. */
export interface Source {
  /** The file that holds it. */
  readonly file?: string;
  /** Path of the construct that made it. */
  readonly construct?: string;
  /** Why it could not be read. */
  readonly error?: string;
  /** The line of a field, from 1, where the document came from text. */
  findLine?(keys: readonly Key[]): number | undefined;
}

/** The path of the pod template in each kind. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['PodTemplate', ['template']],
  ['ReplicationController', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** The groups that the kinds above belong to; the same kind of another group is another thing. */
const GROUPS = /^(v1|(apps|batch)\/v\w+)$/;

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
  ) {
    this.kind = root.at('kind').text ?? '';
    this.name = root.at('metadata', 'name').text ?? root.at('metadata', 'generateName').text;
    this.namespace = root.at('metadata', 'namespace').text;
    const template = TEMPLATES.get(this.kind);
    if (template && GROUPS.test(this.apiVersion)) {
      this.pod = new PodView(this, root.at(...template));
    }
  }

  public get apiVersion(): string {
    return this.root.at('apiVersion').text ?? '';
  }

  public get spec(): Field {
    return this.root.at('spec');
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
  const isList = /List$/.test(field.at('kind').text ?? '') && Array.isArray(field.at('items').value);
  return isList && depth < MAX_LISTS
    ? field.at('items').items.flatMap((item) => expandList(item, source, depth + 1))
    : [new ObjectView(field, source)];
}
