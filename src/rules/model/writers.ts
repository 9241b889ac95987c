import { posix } from 'node:path';
import { toProgramName } from './commands';

/** The places that a command writes to, by the words after its name: no text is the directory that it runs in. Nothing where that is not known. */
type Writer = (words: readonly string[]) => readonly string[] | undefined;

const HERE = [''];
const NOWHERE: readonly string[] = [];

/** A flag with a place, which may stand behind others in one word, and the place behind it in that word. */
const TARGET = /^(?:-[a-zA-Z]*t|--target-directory(?:=|$))(.*)$/;
const TAR_DIRECTORY = /^(?:-[xzjJvpokmhPUwZa]*C|--directory(?:=|$))(.*)$/;
const ZIP_DIRECTORY = /^-[a-zA-Z]*d(.*)$/;
const WGET_FILE = /^(?:-[bcdFkKLmNnprqSvxEH46]*O|--output-document(?:=|$))(.*)$/;
const WGET_DIRECTORY = /^(?:-[bcdFkKLmNnprqSvxEH46]*P|--directory-prefix(?:=|$))(.*)$/;
const CURL_FILE = /^(?:-[#0-46afgGiIjJklLMnNOpqRsSvVZ]*o|--output(?:=|$))(.*)$/;
const CURL_REMOTE_NAME = /^(?:-[#0-46afgGiIjJklLMnNpqRsSvVZ]*O|--remote-name)/;

/** Commands that write files, and where. */
const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ...['cp', 'mv', 'install', 'ln'].map((name): [string, Writer] => [
    name,
    (words) => pickFilled(listFlagged(words, TARGET), pickLast(words)),
  ]),
  ...['rsync', 'gsutil'].map((name): [string, Writer] => [name, pickLast]),
  ...['touch', 'mkdir', 'tee'].map((name): [string, Writer] => [name, (words) => pickFilled(listPlain(words), HERE)]),
  ...['chown', 'chmod', 'chgrp'].map((name): [string, Writer] => [
    name,
    (words) => pickFilled(listPlain(words).slice(1), HERE),
  ]),
  ['tar', listUnpacked],
  ['unzip', (words) => pickFilled(listFlagged(words, ZIP_DIRECTORY), HERE)],
  ['wget', (words) => pickFilled(listFlagged(words, WGET_FILE), pickFilled(listFlagged(words, WGET_DIRECTORY), HERE))],
  ['curl', (words) => [...listFlagged(words, CURL_FILE), ...(words.some(isRemoteName) ? HERE : NOWHERE)]],
  ['git', (words) => (words[0] === 'clone' ? listCloned(words) : undefined)],
  ['aws', (words) => (words[0] === 's3' ? pickLast(words) : undefined)],
  ['dd', (words) => listFlagged(words, /^of=(.*)$/)],
  ['sed', (words) => (words.some((word) => /^-[nrEsuz]*i|^--in-place/.test(word)) ? undefined : NOWHERE)],
]);

/** Commands that write nothing but what is sent to a file, or what no volume is for. */
const HARMLESS = new Set(
  [
    'echo printf cat true false : set sleep test [ [[ ls export exit trap for grep head tail env date id whoami nc cut sort',
    'awk gawk jq yq envsubst tr base64 uniq wc zcat basename dirname hostname nslookup ping getent pg_isready stat df du ps',
    'which type umask wait return break continue rm rmdir apk apt-get',
  ].flatMap((names) => names.split(' ')),
);

/** The places that a command writes to beside what is sent to files; nothing where that is not known. */
export function listWrittenPlaces(command: readonly string[]): readonly string[] | undefined {
  const name = toProgramName(command);
  const isHarmless = command.length === 0 || HARMLESS.has(name);
  const places = isHarmless ? NOWHERE : WRITERS.get(name)?.(command.slice(1));
  return places?.filter((place) => place !== '-');
}

function pickFilled(places: readonly string[], others: readonly string[]): readonly string[] {
  return places.length > 0 ? places : others;
}

function listPlain(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith('-'));
}

function pickLast(words: readonly string[]): readonly string[] {
  return pickFilled(listPlain(words).slice(1).slice(-1), HERE);
}

/** The values of a flag, each in its word or as the next one. */
function listFlagged(words: readonly string[], flag: RegExp): readonly string[] {
  return words.flatMap((word, index) => {
    const value = flag.exec(word)?.[1];
    return value === undefined ? [] : [value || (words[index + 1] ?? '')];
  });
}

function isRemoteName(word: string): boolean {
  return CURL_REMOTE_NAME.test(word);
}

/** An archive that is unpacked, or sent to the next command. The first word of `tar` may leave its dash out. */
function listUnpacked([first = '', ...rest]: readonly string[]): readonly string[] | undefined {
  const words = [first.replace(/^(?!-)/, '-'), ...rest];
  if (words.some((word) => /^-\w*x|^--(?:extract|get)$/.test(word))) {
    return pickFilled(listFlagged(words, TAR_DIRECTORY), HERE);
  }
  return words.includes('-') ? NOWHERE : undefined;
}

/** The directory of a clone: the last word, or the name of the repository where that is its address. */
function listCloned(words: readonly string[]): readonly string[] {
  const [last = ''] = listPlain(words).slice(-1);
  return [last.includes(':') ? posix.basename(last, '.git') : last];
}
