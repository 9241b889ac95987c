import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { throwFirst } from '../../private/errors';
import type { Inventory } from '../containers/inventory';
import { formatSorted, type PodSpec } from '../manifest/pod-template';
import { validateVolumeName } from './empty-dirs';

type Source = Readonly<Record<string, unknown>>;

/** The pods of the placeholders, which stand for nothing in another pod. */
const OWNERS = new WeakMap<kplus.Volume, SourceVolumes>();

interface Known {
  readonly volume: kplus.Volume;
  readonly source: Source;
}

/**
 * Volumes of sources that cdk8s-plus-28 does not know. What stands in its model is a placeholder, which becomes the real volume in
 * the rendered manifest.
 */
export class SourceVolumes {
  private readonly known = new Map<string, Known>();

  public constructor(
    private readonly scope: Construct,
    private readonly inventory: Inventory,
  ) {}

  /**
   * The volume of this name.
   *
   * @param source its source, as it stands in a manifest: `{ image: { reference: 'acme/site:1.0.0' } }`
   * @param parts the noun of the volume, and the options that two of one name may differ in, in the words of errors
   * @throws where the name stands for another source
   */
  public ensure(name: string, source: Source, [noun, options]: readonly [string, string]): kplus.Volume {
    const known = this.known.get(name);
    const isSame = !known || formatSorted(known.source) === formatSorted(source);
    throwFirst(this.inventory.workload, [
      ...validateVolumeName(name),
      ...(isSame
        ? []
        : [`${noun} "${name}" was asked for with another ${options} before; use the same options or another \`name\``]),
    ]);
    return known?.volume ?? this.make(name, source);
  }

  /** Whether a volume is one of another pod, of which this one would have the placeholder. */
  public validateOwn(volume: kplus.Volume): string[] {
    return (OWNERS.get(volume) ?? this) === this
      ? []
      : [`volume "${volume.name}" was made by the storage of another pod; make it by that of this one`];
  }

  /** Puts the real volumes in the place of their placeholders. */
  public complete({ volumes = [] }: PodSpec): void {
    if (this.known.size === 0) {
      return;
    }
    volumes.forEach(({ name }, index) => {
      const known = this.known.get(name);
      if (known) {
        volumes[index] = { name, ...known.source };
      }
    });
  }

  private make(name: string, source: Source): kplus.Volume {
    const volume = kplus.Volume.fromEmptyDir(this.scope, `source-${name}`, name);
    this.known.set(name, { volume, source });
    OWNERS.set(volume, this);
    return volume;
  }
}
