import { memoizeByObject } from '../../private/memo';
import { findKnownImage, type KnownImage } from '../data/known-images';
import { findSoftwareOfProgram } from '../data/known-software';
import type { KnownSoftware } from '../data/software-facts';
import { hasWayOut, isShell } from './commands';
import type { ContainerView } from './container-view';
import { findProgram } from './programs';

/** The software of a container, as far as it is known. */
export interface RunningSoftware {
  /** The software: what its command names, or what its image starts. */
  readonly software?: Partial<KnownSoftware>;
  /** Its image, where that starts what it always starts. */
  readonly image?: KnownImage;
  /** The words of the program: its name, where the manifest has one, and its arguments. */
  readonly words: readonly string[];
}

/** Whether the words of a container begin with a program: `command` does, and the arguments of an image that runs them. */
export function hasOwnProgram({ commandLine: words, field, image }: ContainerView): boolean {
  const isRun = findKnownImage(image)?.runsArguments === true && /^[^-]/.test(words[0] ?? '');
  return isRun || isShell(words) || field.at('command').items.length > 0;
}

/** The software that a container runs: its program decides, and where the manifest names none, its image. */
export const findRunningSoftware = memoizeByObject((container: ContainerView): RunningSoftware => {
  const { commandLine: words } = container;
  const image = findKnownImage(container.image);
  if (!hasOwnProgram(container)) {
    return { software: image, image, words };
  }
  const program = findProgram(words);
  // Nothing is left where an entry point of the image is told nothing.
  return program.length === 0
    ? { software: image, image, words: program }
    : { software: findSoftwareOfProgram(program[0]!), words: program };
});

/** Whether the software of a container is known to run until it is stopped. */
export function isServing(container: ContainerView): boolean {
  const { software, words } = findRunningSoftware(container);
  const { endsBy, endsByVariable, staysBy } = software ?? {};
  if (!endsBy || words.some((word) => endsBy.test(word)) || hasWayOut(container.commandLine)) {
    return false;
  }
  const isStaying = !staysBy || words.length === 0 || words.some((word) => staysBy.test(word));
  return isStaying && !(endsByVariable && hasVariable(container, endsByVariable));
}

/** Whether a variable of this name is set, or may be. */
function hasVariable({ field }: ContainerView, name: RegExp): boolean {
  const names = field.at('env').items.map((item) => item.at('name').text ?? '');
  return names.some((one) => name.test(one)) || field.at('envFrom').items.length > 0;
}
