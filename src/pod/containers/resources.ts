import { type Size, SizeRoundingBehavior } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { formatSize, toExactKibibytes } from '../../private/sizes';
import type { Container } from '../manifest/pod-template';

/** In kibibytes. */
const MEBIBYTE = 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

const FRACTION = /^(\d+\.\d+)([GM]i)$/;
const UNITS = ['Gi', 'Mi', 'Ki', ''];

/** Resources whose sizes cdk8s-plus writes even where they are no whole mebibytes, or gibibytes of ephemeral storage. */
export function toWritableResources(resources: kplus.ContainerResources): kplus.ContainerResources {
  const memory = resources.memory && toWritableSizes(resources.memory, MEBIBYTE);
  const ephemeralStorage = resources.ephemeralStorage && toWritableSizes(resources.ephemeralStorage, GIBIBYTE);
  const isWritable = memory === resources.memory && ephemeralStorage === resources.ephemeralStorage;
  return isWritable ? resources : { ...resources, memory, ephemeralStorage };
}

/** Sizes of a container made by cdk8s-plus that cannot be written. */
export function validateSizes(container: string, { memory, ephemeralStorage }: kplus.ContainerResources): string[] {
  return [
    ...validateUnit(`\`resources.memory\` of container "${container}"`, memory, 'mebibytes'),
    ...validateUnit(`\`resources.ephemeralStorage\` of container "${container}"`, ephemeralStorage, 'gibibytes'),
  ];
}

/** Writes the amounts of a rendered container in units of which they are whole: `0.5Gi` is `512Mi`. */
export function completeResources({ resources }: Container): void {
  for (const amounts of [resources?.requests, resources?.limits]) {
    for (const name in amounts) {
      const found = FRACTION.exec(String(amounts[name]));
      if (found) {
        amounts[name] = toWholeUnit(Number(found[1]), UNITS.indexOf(found[2]!));
      }
    }
  }
}

function toWholeUnit(amount: number, unit: number): string {
  return Number.isInteger(amount) || unit === UNITS.length - 1
    ? `${Math.ceil(amount)}${UNITS[unit]}`
    : toWholeUnit(amount * 1024, unit + 1);
}

function toWritableSizes(sizes: kplus.MemoryResources, unit: number): kplus.MemoryResources {
  const isOdd = (size?: Size) => size !== undefined && toExactKibibytes(size) % unit !== 0;
  const { request, limit } = sizes;
  return isOdd(request) || isOdd(limit)
    ? { ...(request && { request: toFraction(request) }), ...(limit && { limit: toFraction(limit) }) }
    : sizes;
}

/** The same size, which becomes a fraction where it is no whole number of a unit. */
function toFraction(size: Size): Size {
  const none = { rounding: SizeRoundingBehavior.NONE };
  return Object.create(size, {
    toMebibytes: { value: (options = none) => size.toMebibytes(options) },
    toGibibytes: { value: (options = none) => size.toGibibytes(options) },
  });
}

function validateUnit(subject: string, sizes: kplus.MemoryResources = {}, unit: 'mebibytes' | 'gibibytes'): string[] {
  const odd = [sizes.request, sizes.limit].filter((size) => size !== undefined && !isWhole(size, unit));
  return odd.map(
    (size) =>
      `${subject} has ${formatSize(size!)}, and cdk8s-plus writes whole ${unit} alone; pass those, or add the container through the pod`,
  );
}

function isWhole(size: Size, unit: 'mebibytes' | 'gibibytes'): boolean {
  try {
    return Number.isFinite(unit === 'mebibytes' ? size.toMebibytes() : size.toGibibytes());
  } catch {
    return false;
  }
}
