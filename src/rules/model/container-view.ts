import type { Field } from './field';
import { isUnresolvedImage } from './placeholders';

/** The part of a container in the life of its pod. */
export enum Role {
  MAIN = 'main container',
  CLASSIC_SIDECAR = 'sidecar',
  NATIVE_SIDECAR = 'native sidecar',
  INIT = 'init container',
}

/** One container of a pod. */
export class ContainerView {
  public readonly ports: readonly PortView[];
  public readonly mounts: readonly MountView[];
  private words?: readonly string[];

  public constructor(
    public readonly field: Field,
    public readonly role: Role,
  ) {
    const image = field.at('image').text ?? '';
    this.image = isUnresolvedImage(image) ? '' : image;
    this.ports = field.at('ports').items.map((port) => new PortView(port));
    this.mounts = field.at('volumeMounts').items.map((mount) => new MountView(mount));
  }

  /** Its name, or its place where it has none. */
  public get name(): string {
    return this.field.at('name').text ?? this.field.path;
  }

  /** The image; no text where none is named, or a placeholder stands for it. */
  public readonly image: string;

  /** Whether it runs beside the main container: all but the plain init containers do. */
  public get isRunning(): boolean {
    return this.role !== Role.INIT;
  }

  /** Its probes that are there. */
  public get probes(): Field[] {
    return ['startupProbe', 'livenessProbe', 'readinessProbe']
      .map((name) => this.field.at(name))
      .filter(({ exists }) => exists);
  }

  /** Its hooks that are there. */
  public get hooks(): Field[] {
    return ['postStart', 'preStop'].map((name) => this.field.at('lifecycle', name)).filter(({ exists }) => exists);
  }

  /** The environment variable of this name; of several the last, as in the running container. */
  public findVariable(name: string): Field | undefined {
    return [...this.field.at('env').items].reverse().find((item) => item.at('name').text === name);
  }

  /** The whole command line, as far as the manifest tells. */
  public get commandLine(): readonly string[] {
    this.words ??= [...this.field.at('command').texts, ...this.field.at('args').texts];
    return this.words;
  }

  /** A setting of its security context. */
  public getSecuritySetting(...names: string[]): Field {
    return this.field.at('securityContext', ...names);
  }
}

/** A port that a container lists. */
export class PortView {
  public readonly number?: number;
  public readonly name?: string;
  public readonly protocol: string;

  public constructor(public readonly field: Field) {
    this.number = field.at('containerPort').number;
    this.name = field.at('name').text;
    this.protocol = field.at('protocol').text ?? 'TCP';
  }
}

/** A volume at a path of a container. */
export class MountView {
  public readonly volume?: string;
  public readonly path?: string;

  public constructor(public readonly field: Field) {
    this.volume = field.at('name').text;
    this.path = field.at('mountPath').text;
  }

  public get isReadOnly(): boolean {
    return this.field.at('readOnly').isTrue;
  }

  /** The part of the volume that is mounted, where it is not the whole. */
  public get subPath(): string | undefined {
    return this.readText('subPath') ?? this.readText('subPathExpr');
  }

  /** A text without a cursor to it: most mounts have none of these, and all are asked. */
  private readText(name: string): string | undefined {
    const value = this.field.isObject ? (this.field.value as Readonly<Record<string, unknown>>)[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  }
}
