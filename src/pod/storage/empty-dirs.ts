import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { throwFirst } from '../../private/errors';
import { hashText, isDnsLabel, toDnsLabel } from '../../private/names';
import { toWholeMebibytes } from '../../private/sizes';
import type { Inventory } from '../containers/inventory';

/** Options of an `emptyDir` volume of the pod. */
export interface VolumeOptions {
  /**
   * Size that the volume may reach before the kubelet evicts the pod. Rendered in whole mebibytes.
   *
   * @default - no limit, required for `EmptyDirMedium.MEMORY`
   */
  readonly sizeLimit?: Size;

  /**
   * Medium of the files. Files in memory count against the memory limit of the container that wrote them.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: kplus.EmptyDirMedium;
}

interface EmptyDir {
  readonly volume: kplus.Volume;
  readonly owner: string;
  readonly options: VolumeOptions;
}

/** The volumes that the kernel made itself, each for one purpose. */
export class EmptyDirs {
  private readonly known = new Map<string, EmptyDir>();

  public constructor(
    private readonly scope: Construct,
    private readonly inventory: Inventory,
  ) {}

  /** The volume of this name, which its owner may ask for again with the same options. */
  public ensureNamed(owner: string, name: string, options: VolumeOptions): kplus.Volume {
    const known = this.known.get(name);
    throwFirst(
      this.inventory.workload,
      known ? validateReuse(name, known, owner, options) : validateVolume(name, options),
    );
    return known?.volume ?? this.make(owner, name, options);
  }

  /** A volume with a generated name: where that is taken, a hash tells the two apart. */
  public ensureGenerated(owner: string, name: string, options: VolumeOptions): kplus.Volume {
    const taken = this.known.has(name) && this.known.get(name)?.owner !== owner;
    return this.ensureNamed(owner, taken ? toDnsLabel(name, hashText(owner).slice(0, 8)) : name, options);
  }

  /** Whether the kernel made this volume. */
  public has(volume: kplus.Volume): boolean {
    return this.known.get(volume.name)?.volume === volume;
  }

  /** Whether the kernel made this volume and was told no size for it. */
  public isUnlimited(volume: kplus.Volume): boolean {
    return this.has(volume) && this.known.get(volume.name)?.options.sizeLimit === undefined;
  }

  private make(owner: string, name: string, options: VolumeOptions): kplus.Volume {
    const volume = kplus.Volume.fromEmptyDir(this.scope, `volume-${name}`, name, {
      medium: options.medium,
      sizeLimit: options.sizeLimit && Size.mebibytes(toWholeMebibytes(options.sizeLimit)),
    });
    this.known.set(name, { volume, owner, options });
    return volume;
  }
}

/** Reasons why Kubernetes would not take this as the name of a volume. */
export function validateVolumeName(name: string): string[] {
  return isDnsLabel(name)
    ? []
    : [`volume name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`];
}

/** Reasons why a volume that exists is not what it is asked for again. */
function validateReuse(name: string, known: EmptyDir, owner: string, options: VolumeOptions): string[] {
  const [before, now] = [describeVolumeOptions(known.options), describeVolumeOptions(options)];
  if (known.owner !== owner) {
    return [`volume name "${name}" of ${owner} is already taken by ${known.owner}; pass another name`];
  }
  return before === now
    ? []
    : [
        `volume "${name}" was asked for ${before} before and is now asked for ${now}; use the same options or another name`,
      ];
}

function validateVolume(name: string, { sizeLimit, medium }: VolumeOptions): string[] {
  const problems = validateVolumeName(name);
  if (sizeLimit && toWholeMebibytes(sizeLimit) === 0) {
    problems.push(`\`sizeLimit\` of volume "${name}" is 0; pass how much it may hold`);
  }
  if (medium === kplus.EmptyDirMedium.MEMORY && !sizeLimit) {
    problems.push(
      `volume "${name}" is kept in memory without a \`sizeLimit\`, so its files could fill the memory limit of whoever writes them; pass \`sizeLimit\``,
    );
  }
  return problems;
}

function describeVolumeOptions({ sizeLimit, medium }: VolumeOptions): string {
  const limit = sizeLimit ? `with a \`sizeLimit\` of ${toWholeMebibytes(sizeLimit)}Mi` : 'without a `sizeLimit`';
  return medium ? `${limit} in medium ${medium}` : limit;
}
