import { memoizeByObject } from '../../private/memo';
import { findShellScript, isShell } from './commands';
import type { ContainerView } from './container-view';
import type { Field } from './field';
import { findProgram, findStartedWords } from './programs';

/** A setting of a program by its name, as a flag or a variable gives it. */
export interface Setting {
  /** The name in lower case, without the dashes of a flag; empty for a word that stands alone. */
  readonly name: string;
  readonly value: string;
  readonly at: Field;
}

/** Programs that ask, and never listen. */
const CLIENTS =
  /^(psql|pg_\w+|mysql|mysqladmin|mysqldump|mariadb|mariadb-dump|redis-cli|mongo|mongosh|mongodump|curl|wget|nc|ncat|telnet|cqlsh|clickhouse-client|kubectl|nslookup|dig|wait-for-it(\.sh)?|wait-for(\.sh)?|wait-on|dockerize|grpc_health_probe|grpcurl)$/;

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

/** A word of a command line, and its place. */
interface Word {
  readonly text?: string;
  readonly at: Field;
}

/** The flags of a container, and its words that stand alone: a flag without `=` takes the next word, unless that is a flag. */
export const listFlags = memoizeByObject((container: ContainerView): readonly Setting[] =>
  readFlags(
    listWords(container).map((at) => ({ text: at.text, at })),
    container,
  ),
);

/** The flags of the program that runs in the end: those of the container, or of the last command of its script. */
export const listProgramFlags = memoizeByObject((container: ContainerView): readonly Setting[] => {
  const { commandLine } = container;
  const started = findStartedWords(commandLine);
  const script = findShellScript(started);
  const at = script === undefined ? undefined : listWords(container).find(({ text }) => text === script);
  return at
    ? readFlags(
        findProgram(started).map((text) => ({ text, at })),
        container,
      )
    : isShell(started)
      ? []
      : listFlags(container);
});

function readFlags(words: readonly Word[], container: ContainerView): Setting[] {
  return words.flatMap(({ text: word = '', at }, index): Setting[] => {
    const [, name, value] = GLUED_FLAG.exec(word) ?? FLAG.exec(word) ?? [];
    if (name === undefined) {
      return isOpenFlag(words[index - 1]) ? [] : [{ name: '', value: word, at }];
    }
    const next = words[index + 1];
    const isNext = value === undefined && next?.text !== undefined && !next.text.startsWith('-');
    const stated = value ?? (isNext ? next.text : undefined);
    return stated === undefined ? [] : [toSetting(name, expandReferences(stated, container), isNext ? next.at : at)];
  });
}

function toSetting(flag: string, text: string, at: Field): Setting {
  const [, name = flag, value = text] = (flag.length === 1 && ASSIGNMENT.exec(text)) || [];
  return { name: name.toLowerCase(), value, at };
}

/** Whether a word is a flag whose value may be the next word. */
function isOpenFlag(word: Word | undefined): boolean {
  return /^--?[A-Za-z][\w.-]*$/.test(word?.text ?? '') && !GLUED_FLAG.test(word?.text ?? '');
}

/** The names of the settings in words of a command line, those that a short flag brings in without the flag. */
export function listSettingNames(words: readonly string[]): string[] {
  return words.flatMap((word, index) =>
    /^-[A-Za-z]$/.test(word) && ASSIGNMENT.test(words[index + 1] ?? '') ? [] : [word.split('=')[0]!],
  );
}

/** The variables of a container, those from elsewhere with an empty value. */
export const listVariables = memoizeByObject((container: ContainerView): readonly Setting[] =>
  container.field.at('env').items.flatMap((item) => {
    const [name, at] = [item.at('name').text, item.at('value')];
    const value = expandReferences(at.scalar ?? '', container);
    return name === undefined ? [] : [{ name: name.toLowerCase(), value, at }];
  }),
);

/** A text as Kubernetes hands it on: each `$(NAME)` of a variable whose value stands beside it is that value. */
function expandReferences(text: string, container: ContainerView): string {
  return text.includes('$(')
    ? text.replace(/(?<!\$)\$\(([\w.-]+)\)/g, (whole, name) => {
        const value = container.findVariable(name)?.at('value').scalar;
        return value === undefined || value.includes('$(') ? whole : value;
      })
    : text;
}
