import { type Size, SizeRoundingBehavior } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { formatSize } from '../../private/sizes';
import type { Container } from '../manifest/pod-template';

const UNITS = ['Gi', 'Mi', 'Ki', ''];

/** Resources whose sizes cdk8s-plus writes even where they are no whole mebibytes, or gibibytes of ephemeral storage. */
export function toWritableResources({
  memory,
  ephemeralStorage,
  ...others
}: kplus.ContainerResources): kplus.ContainerResources {
  return {
    ...others,
    ...(memory && { memory: toWritableSizes(memory) }),
    ...(ephemeralStorage && { ephemeralStorage: toWritableSizes(ephemeralStorage) }),
  };
}

/** Sizes of a container made by cdk8s-plus that cannot be written. */
export function validateSizes(container: string, { memory, ephemeralStorage }: kplus.ContainerResources): string[] {
  const isWhole = (size: Size, prop: string) =>
    canConvert(() => (prop === 'memory' ? size.toMebibytes() : size.toGibibytes()));
  return Object.entries({ memory, ephemeralStorage }).flatMap(([prop, sizes = {}]) =>
    Object.entries(sizes as { readonly [name: string]: Size })
      .filter(([, size]) => size !== undefined && !isWhole(size, prop))
      .map(
        ([name, size]) =>
          `\`resources.${prop}.${name}\` of container "${container}" is ${formatSize(size)}, and cdk8s-plus writes whole ${prop === 'memory' ? 'mebibytes' : 'gibibytes'} alone; pass those, or add the container through the pod`,
      ),
  );
}

/** Writes the amounts of a rendered container in units of which they are whole: `0.5Gi` is `512Mi`. */
export function completeResources({ resources }: Container): void {
  for (const amounts of Object.values(resources ?? {})) {
    for (const [name, amount] of Object.entries(amounts)) {
      const [, number, unit] =
        /^(\d+\.\d+)([GM]i)$/.exec(String((amount as { value?: unknown }).value ?? amount)) ?? [];
      if (number !== undefined) {
        (amounts as Record<string, unknown>)[name] = toWholeUnit(Number(number), UNITS.indexOf(unit!));
      }
    }
  }
}

function toWholeUnit(amount: number, unit: number): string {
  return Number.isInteger(amount) || unit === UNITS.length - 1
    ? `${Math.ceil(amount)}${UNITS[unit]}`
    : toWholeUnit(amount * 1024, unit + 1);
}

function toWritableSizes<T extends { readonly request?: Size; readonly limit?: Size }>(sizes: T): T {
  return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, toWritableSize(size)])) as T;
}

/** The same size, which becomes a fraction where it is no whole number of a unit. */
function toWritableSize(size: Size): Size {
  const none = { rounding: SizeRoundingBehavior.NONE };
  return Object.create(size, {
    toMebibytes: { value: (options = none) => size.toMebibytes(options) },
    toGibibytes: { value: (options = none) => size.toGibibytes(options) },
  });
}

function canConvert(convert: () => number): boolean {
  try {
    convert();
    return true;
  } catch {
    return false;
  }
}
