import { memoizeByObject } from '../../private/memo';
import type { ContainerView } from './container-view';
import type { Field } from './field';

/** A setting of a program by its name, as a flag or a variable gives it. */
export interface Setting {
  /** The name in lower case, without the dashes of a flag; empty for a word that stands alone. */
  readonly name: string;
  readonly value: string;
  readonly at: Field;
}

/** Programs that ask, and never listen. */
const CLIENTS =
  /^(psql|pg_\w+|mysql|mysqladmin|mysqldump|mariadb|mariadb-dump|redis-cli|mongo|mongosh|mongodump|curl|wget|nc|ncat|telnet|cqlsh|clickhouse-client|kubectl|nslookup|dig|wait-for-it(\.sh)?|wait-for(\.sh)?|dockerize|grpc_health_probe|grpcurl)$/;

/** Whether a program only asks others. */
export function isClientProgram(name: string): boolean {
  return CLIENTS.test(name);
}

/** The words of the command line of a container, each with its place. */
export function listWords({ field }: ContainerView): Field[] {
  return [...field.at('command').items, ...field.at('args').items];
}

const FLAG = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/;
/** A short flag with a number or address in the same word: `-p11212`, `-l127.0.0.1`. */
const GLUED_FLAG = /^-([A-Za-z])(\d[\d.:]*)$/;
/** A setting that a short flag brings in: `-c listen_addresses=localhost`, `-E http.enabled=true`. */
const ASSIGNMENT = /^([A-Za-z][\w.-]*)=(\S*)$/;

/** The flags of a container, and its words that stand alone: a flag without `=` takes the next word, unless that is a flag. */
export const listFlags = memoizeByObject((container: ContainerView): readonly Setting[] => {
  const words = listWords(container);
  return words.flatMap((at, index): Setting[] => {
    const word = at.text ?? '';
    const [, name, value] = GLUED_FLAG.exec(word) ?? FLAG.exec(word) ?? [];
    if (name === undefined) {
      return isOpenFlag(words[index - 1]) ? [] : [{ name: '', value: word, at }];
    }
    const next = words[index + 1];
    const isNext = value === undefined && next?.text !== undefined && !next.text.startsWith('-');
    return value === undefined && !isNext ? [] : [toSetting(name, value ?? next!.text!, isNext ? next : at)];
  });
});

function toSetting(flag: string, text: string, at: Field): Setting {
  const [, name = flag, value = text] = (flag.length === 1 && ASSIGNMENT.exec(text)) || [];
  return { name: name.toLowerCase(), value, at };
}

/** Whether a word is a flag whose value may be the next word. */
function isOpenFlag(word: Field | undefined): boolean {
  return /^--?[A-Za-z][\w.-]*$/.test(word?.text ?? '') && !GLUED_FLAG.test(word?.text ?? '');
}

/** The names of the settings in words of a command line, those that a short flag brings in without the flag. */
export function listSettingNames(words: readonly string[]): string[] {
  return words.flatMap((word, index) =>
    /^-[A-Za-z]$/.test(word) && ASSIGNMENT.test(words[index + 1] ?? '') ? [] : [word.split('=')[0]!],
  );
}

/** The variables of a container, those from elsewhere with an empty value. */
export const listVariables = memoizeByObject(({ field }: ContainerView): readonly Setting[] =>
  field.at('env').items.flatMap((item) => {
    const [name, at] = [item.at('name').text, item.at('value')];
    return name === undefined ? [] : [{ name: name.toLowerCase(), value: at.scalar ?? '', at }];
  }),
);
