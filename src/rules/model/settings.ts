import { readFlags, type Word } from '../../private/flags';
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

/** A word of a command line, and its place. */
interface PlacedWord extends Word {
  readonly at: Field;
}

/** The flags of a container, and its words that stand alone: a flag without `=` takes the next word, unless that is a flag. */
export const listFlags = memoizeByObject((container: ContainerView): readonly Setting[] =>
  listSettings(
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
    ? listSettings(
        findProgram(started).map((text) => ({ text, at })),
        container,
      )
    : isShell(started)
      ? []
      : listFlags(container);
});

function listSettings(words: readonly PlacedWord[], container: ContainerView): Setting[] {
  const flags = readFlags(words, (text) => expandReferences(text, container));
  return flags.map(({ name, value, word: { at } }) => ({ name, value, at }));
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
