import { normalizePath } from '../../../private/paths';
import type { Field } from '../../model/field';
import { findReadOnlySource } from '../../model/volumes';

const DEFAULT_MODE = 0o644;

/** The mode of one file of a volume. */
export interface FileMode {
  readonly mode: number;
  /** The field that says it, or that would. */
  readonly at: Field;
}

/** The mode of the file at this place of a volume whose files the kubelet writes; of any of them where no place is told. */
export function findFileMode(volume: Field, place: string | undefined): FileMode | undefined {
  const source = findReadOnlySource(volume);
  if (!source) {
    return undefined;
  }
  const own = place === undefined ? undefined : listItems(source).find((item) => isPlace(item.at('path'), place));
  const at = [own?.at('mode'), source.at('defaultMode')].find((field) => field?.exists) ?? source.at('defaultMode');
  return { mode: at.number ?? DEFAULT_MODE, at };
}

/** Whether any of its files may have another mode than usual. */
export function hasModes(volume: Field): boolean {
  const source = findReadOnlySource(volume);
  return (
    source !== undefined &&
    (source.at('defaultMode').exists || listItems(source).some((item) => item.at('mode').exists))
  );
}

/** A mode as people write it. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** The files that a source names one by one. */
function listItems(source: Field): readonly Field[] {
  const parts = source.at('sources').items.flatMap((part) => part.fields);
  return [source, ...parts].flatMap((part) => part.at('items').items);
}

function isPlace({ text }: Field, place: string): boolean {
  return text !== undefined && normalizePath(`/${text}`) === normalizePath(`/${place}`);
}
