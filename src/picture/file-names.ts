import type { PodScene } from './scene/pod-scene';

/** Longer names are none that every file system takes. */
const MAX_NAME = 180;

/** A name for the picture of each pod, without its ending: kind and name, with the namespace or a number where these are not enough. */
export function listFileNames(scenes: readonly PodScene[]): string[] {
  const short = scenes.map(({ kind, name }) => toPictureName(kind, name));
  const long = scenes.map(({ kind, name, namespace = '' }) => toPictureName(kind, namespace, name));
  const names = short.map((name, index) => (isRepeated(name, short) ? long[index]! : name));
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), count);
    return count === 1 ? name : `${name}.${count}`;
  });
}

/** Some file systems tell no capital letters apart. */
function isRepeated(name: string, names: readonly string[]): boolean {
  return names.filter((other) => other.toLowerCase() === name.toLowerCase()).length > 1;
}

function toPictureName(...parts: readonly string[]): string {
  const name = parts.filter((part) => part !== '').join('.');
  return name.replace(/[^0-9A-Za-z-_.]/g, '').slice(0, MAX_NAME) || 'pod';
}
