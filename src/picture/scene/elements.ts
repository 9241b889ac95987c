import type { Field } from '../../rules/model/field';
import type { SceneElement } from './pod-scene';

/** The element that shows a field of an object; of a field that is not there, its path all the same. */
export function toElement({ path }: Pick<Field, 'path'>, object: string): SceneElement {
  return { path, object };
}

/** The paths around a path, from the inside out: `a.b[0]` is in `a.b`, in `a`, and in the object as a whole. */
export function listOuterPaths(path: string): string[] {
  const paths = [path];
  for (let end = path.length; end > 0; ) {
    end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1), 0);
    paths.push(path.slice(0, end));
  }
  return [...new Set(paths)];
}
