import { hasOwn } from '../../../private/own';
import type { Field } from '../../model/field';
import type { Form, HolderForm, ValueForm } from '../../model/field-form';
import { createRange } from '../../model/value-forms';
import type { Problem } from '../../rule';
import { checkDownwardSource } from './downward-sources';
import { isClimbing } from './mount-paths';

const MAX_MODE = 0o777;

const MIN_EXPIRATION = 600;
const MAX_EXPIRATION = 2 ** 32;

/** The permissions of a file. */
export const FILE_MODE: Form = { check: checkFileMode };

/** A path of a file that the kubelet writes. */
const FILE_PATH: ValueForm = {
  type: 'string',
  accepts: (path: string) => path !== '' && !path.startsWith('/') && !path.startsWith('..') && !isClimbing(path),
  complaint: 'which is no path inside the volume',
  fix: 'write a relative path',
};

const ITEMS: Form = { items: { filled: ['key'], fields: { mode: FILE_MODE, path: FILE_PATH } } };

/** The files of a ConfigMap or Secret. */
export const FILES = { defaultMode: FILE_MODE, items: ITEMS };

/** The files of the downward API. */
export const DOWNWARD_FILES: Form = {
  items: { fields: { mode: FILE_MODE, path: FILE_PATH }, check: checkDownwardSource },
};

/** The sources of a projected volume that all clusters have. */
const PROJECTIONS: Readonly<Record<string, HolderForm>> = {
  configMap: { required: ['name'], fields: { items: ITEMS } },
  secret: { required: ['name'], fields: { items: ITEMS } },
  downwardAPI: { fields: { items: DOWNWARD_FILES } },
  serviceAccountToken: { fields: { expirationSeconds: createRange(MIN_EXPIRATION, MAX_EXPIRATION), path: FILE_PATH } },
};

/** A volume of several sources. */
export const PROJECTED: Form = {
  fields: {
    defaultMode: FILE_MODE,
    sources: { items: { fields: PROJECTIONS, check: checkOneSource } },
  },
  check: checkPathsTwice,
};

function checkFileMode(at: Field): Problem[] {
  const mode = at.number;
  if (mode === undefined || (mode >= 0 && mode <= MAX_MODE)) {
    return [];
  }
  const isOctal = /^[0-7]{3}$/.test(String(mode));
  const message = `\`${at.name}\` is ${mode}, but must be at most ${MAX_MODE}, which is 0777 in octal`;
  return [isOctal ? { at, message, fix: `write 0${mode}` } : { at, message, fix: 'write permissions such as 0644' }];
}

function checkOneSource(source: Field): Problem[] {
  const [first, ...others] = source.fields.filter(({ exists, name }) => exists && hasOwn(PROJECTIONS, name));
  return others.map((at) => ({ at, message: `one projected source is \`${first!.name}\` and \`${at.name}\` at once` }));
}

/** Files of several sources at one path; all files of a source without items have names that nobody knows. */
function checkPathsTwice(projected: Field): Problem[] {
  const seen = new Set<string>();
  const sources = projected.at('sources').items;
  const paths = sources.flatMap((source) =>
    ['secret', 'configMap', 'downwardAPI'].flatMap((name) =>
      source.at(name, 'items').items.map((item) => item.at('path')),
    ),
  );
  return paths
    .filter(({ text }) => {
      const isTwice = text !== undefined && seen.has(text);
      seen.add(text ?? '');
      return isTwice && text !== '';
    })
    .map((at) => ({
      at,
      message: `two sources of the volume write "${at.text}"`,
      fix: 'give each file a path of its own',
    }));
}
