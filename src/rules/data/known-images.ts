import { memoizeByText } from '../../private/memo';
import { BASE_IMAGES } from './base-images';
import { COMPANION_IMAGES } from './companion-images';
import type { KnownListener } from './default-ports';
import { KNOWN_SOFTWARE, type SoftwareName } from './known-software';
import { OFFICIAL_IMAGES } from './official-images';
import { SERVING_IMAGES } from './serving-images';
import type { KnownSoftware } from './software-facts';

/** Facts from the documentation of an image; what is not certain of all its tags is left out. */
export interface ImageFacts {
  /** The software that it starts; nothing for images of a system or language, which start what they are told. */
  readonly software?: SoftwareName;
  /** Names of the image without registry, `library/` and tag: one part for an official image of Docker Hub, or the last two, of which one may be the registry. */
  readonly repositories: readonly string[];
  /** User that the image says it runs as: a UID, or a name, which the kubelet cannot tell from root. */
  readonly user?: number | string;
  /** The tags that have a shell, `sleep` and the like. */
  readonly tagsWithShell?: RegExp;
  /** Whether the first argument is the program that it runs, unless that is a flag. */
  readonly runsArguments?: boolean;
  /** The program that its arguments are given to, where that is of no software that is known. */
  readonly entrypoint?: string;
  /** Directories that it writes to. */
  readonly writableDirectories?: readonly string[];
  /** Directory among them that keeps its state unless its configuration names another. */
  readonly stateDirectory?: string;
  /** Ports that it opens unless told otherwise, where they are others than those of its software. */
  readonly listeners?: readonly KnownListener[];
}

/** The facts about an image and those about the software in it. */
export type KnownImage = Omit<ImageFacts, 'software'> & Partial<KnownSoftware>;

export const KNOWN_IMAGES: readonly KnownImage[] = [
  ...COMPANION_IMAGES,
  ...SERVING_IMAGES,
  ...OFFICIAL_IMAGES,
  ...BASE_IMAGES,
].map(({ software, ...facts }) => ({ ...facts, ...(software && KNOWN_SOFTWARE[software]) }));

const BY_REPOSITORY = new Map(KNOWN_IMAGES.flatMap((image) => image.repositories.map((name) => [name, image])));

/** As many names are remembered as any app has images. */
const MAX_IMAGES = 1_000;

/** The documented facts about the image of this name, from wherever it is pulled; nothing where it is not known. */
export const findKnownImage = memoizeByText(
  (image): KnownImage | undefined => BY_REPOSITORY.get(toRepository(image)),
  MAX_IMAGES,
);

/** Whether containers of this image have a shell, as far as is known. */
export function hasShell(image: string): boolean | undefined {
  return findKnownImage(image)?.tagsWithShell?.test(toTag(image));
}

/**
 * The last two parts of the name, whatever mirror stands before them. An official image of Docker Hub has one part, which is
 * that of anybody's image anywhere else, unless it stands after `library`; an image right in another registry has the name of that.
 */
function toRepository(image: string): string {
  const parts = image
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .split('/');
  const [owner = '', name = ''] = parts.slice(-2);
  if (parts.length === 1 || owner === 'library') {
    return parts[parts.length - 1]!;
  }
  return /^(index\.)?docker\.io$/.test(parts.slice(0, -1).join('/')) ? name : `${owner}/${name}`;
}

/** The tag of an image; empty where it has none. */
export function toTag(image: string): string {
  return /:([^/:@]*)(?:@.*)?$/.exec(image)?.[1] ?? '';
}
