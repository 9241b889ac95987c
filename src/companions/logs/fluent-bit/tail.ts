import type { Multiline } from '../../../pod/logs/log-files';
import { groupBy } from '../../../private/lists';
import { hashText, toDnsLabel } from '../../../private/names';
import { type AgentConfig, type LogSource, toRenamedPaths } from '../../kit/log-source';

/**
 * Seconds between two looks for new files. A file is found by that alone, and on its stop signal Fluent Bit looks no more: of a pod
 * that ends sooner after it made the file, every line is lost.
 */
export const REFRESH_SECONDS = 1;

/** Seconds after which a renamed file is closed, read or not, where it is not found again: minutes, for a burst. */
const ROTATE_WAIT_SECONDS = 300;

/**
 * The same where a renamed file is found again by its new name: ten years. Fluent Bit forgets its place in a file that it
 * closes for this reason, and would send all of it once more. One that was deleted is closed when it has been read.
 */
const ROTATE_WAIT_FOREVER_SECONDS = 315_360_000;

/** A source, with the tag that its records get. */
export interface TaggedSource extends LogSource {
  readonly tag: string;
}

/**
 * The sources with their tags: a file of one name has a tag made of its container, directory and name, such as
 * `webserver.var-log-nginx.access.log`; a pattern has its id, which has one dot.
 */
export function listTaggedSources(sources: readonly LogSource[]): TaggedSource[] {
  const groups = groupBy(sources.filter(isOneFile), toDirectoryLabel);
  const shared = new Set([...groups].filter(([, files]) => countDirectories(files) > 1).map(([label]) => label));
  return sources.map((source) => {
    const label = toDirectoryLabel(source);
    const unique = shared.has(label) ? `${label}-${hashText(toDirectory(source.path)).slice(0, 8)}` : label;
    return { ...source, tag: isOneFile(source) ? `${unique}.${toFileName(source.path)}` : source.id };
  });
}

/**
 * The inputs: one for each pattern, and one for all files of a directory that have names and whose lines are joined alike,
 * because each input takes an inotify instance, of which a user has 128 on a node.
 */
export function toTailInputs(agent: AgentConfig, sources: readonly TaggedSource[]) {
  return [...groupBy(sources, toInputId)].map(([id, files]) => ({
    name: 'tail',
    ...toTag(files),
    ...toPaths(files),
    path_key: 'file',
    db: `${agent.stateDirectory}/${id}.db`,
    'db.locking': 'on',
    read_from_head: 'on',
    refresh_interval: REFRESH_SECONDS,
    buffer_max_size: '1M',
    skip_long_lines: 'on',
    'storage.type': 'filesystem',
    ...toMultilineParser(files[0]!),
  }));
}

function toFileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function toDirectory(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function countDirectories(files: readonly LogSource[]): number {
  return new Set(files.map(({ path }) => toDirectory(path))).size;
}

function isOneFile({ path }: LogSource): boolean {
  return !/[*?[]/.test(path);
}

/** The directory in which its container writes a file. */
function toDirectoryLabel({ container, path }: LogSource): string {
  const directory = toDirectory(path);
  const prefix = `/logs/${container}/`;
  return `${container}.${toDnsLabel(directory.startsWith(prefix) ? directory.slice(prefix.length) : directory)}`;
}

function toInputId(source: TaggedSource): string {
  const { tag, path, multiline } = source;
  return isOneFile(source)
    ? `${tag.slice(0, -toFileName(path).length)}files${multiline ? `-${toJoiningLabel(multiline)}` : ''}`
    : tag;
}

function toJoiningLabel({ type, firstLine }: Multiline): string {
  return firstLine === undefined ? type : hashText(firstLine).slice(0, 8);
}

/** One tag for one file; for several, the tag of each, whatever number a rotation has added to its name. */
function toTag(files: readonly TaggedSource[]): object {
  const [{ tag, path }] = files as [TaggedSource];
  if (files.length === 1) {
    return { tag };
  }
  const names = files.map((file) => toFileName(file.path).replace(/[^\w-]/g, '\\$&'));
  return {
    tag: `${tag.slice(0, -toFileName(path).length)}<file>`,
    tag_regex: `/(?<file>${names.join('|')})(?:\\.[0-9]+)?$`,
  };
}

/** The files of a directory are rotated alike, so that one wait does for all. */
function toPaths(files: readonly LogSource[]): object {
  const followed = files.map(toRenamedPaths);
  const exclude = followed.flatMap((each) => each.exclude);
  const isFollowed = followed.some(({ include }) => include.length > 1);
  return {
    path: followed.flatMap(({ include }) => include).join(),
    ...(exclude.length > 0 ? { exclude_path: exclude.join() } : {}),
    rotate_wait: isFollowed ? ROTATE_WAIT_FOREVER_SECONDS : ROTATE_WAIT_SECONDS,
  };
}

function toMultilineParser({ id, multiline }: LogSource): object {
  return multiline
    ? { 'multiline.parser': multiline.firstLine === undefined ? multiline.type : `${id}-multiline` }
    : {};
}
