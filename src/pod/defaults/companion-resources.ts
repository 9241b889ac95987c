import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../private/errors';
import { toNanos } from '../../private/quantities';
import { readProps } from '../../private/read-props';
import { toWholeMebibytes } from '../../private/sizes';

/** A share of the main container's requests. Give at least one of the percentages. */
export interface ResourceShareOptions {
  /**
   * CPU request in percent of that of the main container, rounded up to whole millicores.
   *
   * @default - the companion requests the CPU that its own description gives
   */
  readonly cpuPercent?: number;

  /**
   * The least CPU request.
   *
   * @default - the share alone counts
   */
  readonly minCpu?: kplus.Cpu;

  /**
   * Memory request in percent of that of the main container, rounded up to whole mebibytes. The limit equals it.
   *
   * @default - the companion has the memory that its own description gives
   */
  readonly memoryPercent?: number;

  /**
   * The least memory request.
   *
   * @default - the share alone counts
   */
  readonly minMemory?: Size;
}

const NANOS_PER_MILLI = 1_000_000n;

/** CPU and memory of the companions that state none themselves. */
export class CompanionResources {
  /** The same for all of them. */
  public static of(resources: kplus.ContainerResources): CompanionResources {
    return new CompanionResources(readProps('ContainerResources', resources, 'CompanionResources.of'));
  }

  /**
   * A share of what the main container requests: `max(10 % of cpu, 20m)`. What the main container does not request stays as the
   * companion's own description gives it, or is the least.
   */
  public static shareOfMain(options: ResourceShareOptions): CompanionResources {
    const own = readProps('ResourceShareOptions', options, 'CompanionResources.shareOfMain');
    throwFirst('CompanionResources.shareOfMain', validateShare(own));
    return new CompanionResources({}, own);
  }

  private constructor(
    private readonly fixed: kplus.ContainerResources,
    private readonly share?: ResourceShareOptions,
  ) {}

  /**
   * The resources of a companion, with its own ones where nothing else is said.
   *
   * @internal
   */
  public _resolve(main: kplus.ContainerResources, own: kplus.ContainerResources): kplus.ContainerResources {
    return { ...own, ...(this.share ? toShare(main, this.share) : this.fixed) };
  }
}

function toShare(main: kplus.ContainerResources, options: ResourceShareOptions): kplus.ContainerResources {
  const { cpuPercent, minCpu, memoryPercent, minMemory } = options;
  const cpu = toLarger(toPercent(toMillis(main.cpu?.request), cpuPercent), toMillis(minCpu));
  const mebibytes = (size?: Size) => size && toWholeMebibytes(size);
  const memory = toLarger(toPercent(mebibytes(main.memory?.request), memoryPercent), mebibytes(minMemory));
  const size = memory === undefined ? undefined : Size.mebibytes(memory);
  return {
    ...(cpu === undefined ? {} : { cpu: { request: kplus.Cpu.millis(cpu) } }),
    ...(size ? { memory: { request: size, limit: size } } : {}),
  };
}

function toPercent(amount?: number, percent?: number): number | undefined {
  return amount === undefined || percent === undefined ? undefined : Math.max(1, Math.ceil((amount * percent) / 100));
}

function toLarger(share?: number, least?: number): number | undefined {
  return share === undefined ? least : Math.max(share, least ?? 0);
}

function toMillis(cpu?: kplus.Cpu): number | undefined {
  const nanos = toNanos(cpu?.amount);
  return nanos === undefined ? undefined : Number((nanos + NANOS_PER_MILLI - 1n) / NANOS_PER_MILLI);
}

function validateShare({ cpuPercent, minCpu, memoryPercent, minMemory }: ResourceShareOptions): string[] {
  const percentages = Object.entries({ cpuPercent, memoryPercent }).filter(([, percent]) => percent !== undefined);
  const lonely = [
    ...(minCpu && cpuPercent === undefined ? ['`minCpu` is given without `cpuPercent`; pass both'] : []),
    ...(minMemory && memoryPercent === undefined ? ['`minMemory` is given without `memoryPercent`; pass both'] : []),
  ];
  const wrong = percentages
    .filter(([, percent]) => !(percent! > 0 && percent! <= 1000))
    .map(([name, percent]) => `\`${name}\` is ${percent}; pass a percentage above 0 and up to 1000, such as 10`);
  const none = percentages.length === 0 ? ['neither `cpuPercent` nor `memoryPercent` is given; pass one of them'] : [];
  return [...lonely, ...wrong, ...none];
}
