/** A host that a command waits for, and the port where it is told. */
export interface AwaitedHost {
  readonly host: string;
  readonly port?: number;
  /** Whether the command gives up at some time, and fails. */
  readonly isBounded?: boolean;
}

/** A command that must succeed before a script goes on. */
interface Condition {
  readonly text: string;
  readonly isBounded?: boolean;
}

/** The parts of a rendered container that say what it runs. */
export interface RunningCommand {
  readonly command?: unknown;
  readonly args?: unknown;
  readonly env?: unknown;
}

const SHELL = /(?:^|\/)(?:ba|da|a)?sh$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/;
const VARIABLE = /\$(?:\{(\w+)\}|\((\w+)\)|(\w+))/g;
/** Scheme, user, host and port of a word, as far as they are there. */
const PLACE = /^(?:(?:\w+:)?\/\/|tcp:|\/dev\/tcp\/)?(?:[^@/]*@)?([\w.-]+|\[?::1\]?)(?:[:/](\d+))?(?![\w.])/;

/** Whether this is a name or address of the pod itself. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * The hosts that a container waits for before it does anything else: those in the condition of a shell loop at the beginning
 * of its script. What a script starts before it may be what it then waits for.
 */
export function listAwaitedHosts({ command, args, env }: RunningCommand): AwaitedHost[] {
  const words = [...listTexts(command), ...listTexts(args)];
  const isTimed = /(?:^|\/)timeout$/.test(words[0] ?? '');
  const shell = isTimed ? words.findIndex((word) => SHELL.test(word)) : 0;
  const script =
    SHELL.test(words[shell] ?? '') && /^-\w*c$/.test(words[shell + 1] ?? '') ? words[shell + 2] : undefined;
  const condition = script === undefined ? undefined : findFirstCondition(script);
  const isBounded = isTimed || condition?.isBounded;
  return condition === undefined
    ? []
    : listPlaces(expandCommand(condition.text, env)).map((place) => (isBounded ? { ...place, isBounded } : place));
}

/** The ports of the pod itself that a command asks; none where it may fail without harm. */
export function listAskedPorts(command: unknown, env: unknown): number[] {
  const words = listTexts(command);
  const script = SHELL.test(words[0] ?? '') ? words.slice(2, 3) : words;
  const text = script.join(' ');
  const condition = findFirstCondition(text)?.text ?? (/[;\n]/.test(text.trim()) ? '' : text);
  return listPlaces(expandCommand(condition, env)).flatMap(({ host, port }) =>
    isLoopbackHost(host) && port !== undefined ? [port] : [],
  );
}

/** Statements before a wait that change nothing. */
const PRELUDE = /^(?:\s|;|&&|#[^\n]*|set\s[^;\n&]*|(?:echo|sleep)\s[^;\n&|]*)*/;
const STRICT = /\bset\s+-\w*e/;
const LOOP = /^(?:until|while)\s+(?!true\b|:\s)([\s\S]+?)\s*(?:[;\n]|&&)\s*do\b/;
/** The way out of a loop: `nc -z db 5432 && break`, `if nc -z db 5432; then break; fi`. */
const LEAVING =
  '\\s*do\\s+(?:echo\\s[^;\\n&|]*[;\\n]\\s*)?(?:if\\s+)?((?:[^;\\n&|]|>&\\d)+?)\\s*(?:&&|[;\\n]\\s*then\\s)\\s*';
const ENDLESS_LOOP = new RegExp(`^while\\s+(?:true|:)\\s*[;\\n]${LEAVING}(?:break|exit(?:\\s+0)?)\\b`);
/** A loop with so many attempts, after which the script fails. */
const COUNTED_LOOP = new RegExp(
  `^for\\s+\\w+\\s+in\\s[^;\\n]+[;\\n]${LEAVING}exit(?:\\s+0)?\\b[\\s\\S]*\\bdone\\s*[;\\n]\\s*(?:echo\\s[^;\\n]*[;\\n]\\s*)*exit\\s+[1-9]`,
);
/** A script that is given so much time. */
const TIMED_SCRIPT =
  /^timeout\s+(?:\S+\s+){1,4}?(?:\/\S*\/)?(?:ba|da|a)?sh\s+-\w*c\s+(["'])([\s\S]*?)\1\s*(&&|$|[;\n])/;

/** The condition of the wait that a script begins with. */
function findFirstCondition(script: string): Condition | undefined {
  const prelude = PRELUDE.exec(script)![0];
  const text = script.slice(prelude.length);
  const endless = ENDLESS_LOOP.exec(text)?.[1];
  const bounded =
    endless === undefined ? (COUNTED_LOOP.exec(text)?.[1] ?? findTimedCondition(text, prelude)) : undefined;
  const condition = endless ?? bounded ?? LOOP.exec(text)?.[1];
  return condition === undefined ? undefined : { text: condition, isBounded: bounded !== undefined };
}

/** The condition of a script that is given so much time, where nothing goes on after that. */
function findTimedCondition(text: string, prelude: string): string | undefined {
  const [, , script, next = ''] = TIMED_SCRIPT.exec(text) ?? [];
  const isNeeded = !/[;\n]/.test(next) || STRICT.test(prelude);
  return script !== undefined && isNeeded ? findFirstCondition(script)?.text : undefined;
}

/** The hosts that a simple command names; none where another command is an alternative. */
function listPlaces(command: string): AwaitedHost[] {
  const plain = command.replace(/\d?>>?\s*(?!\s|\/dev\/tcp)(?:&\d|[^\s&|]+)/g, ' ');
  if (/[|]|(?<!&)&(?!&)/.test(plain)) {
    return [];
  }
  const words = plain.split(/\s+/).map((word) => word.replace(/^[<>"'`]+|["'`]+$/g, ''));
  const flag = /(?:^|\s)(?:-[pP]\s*|--port[= ])(\d+)/.exec(plain)?.[1];
  return words.flatMap((word, index) => {
    const [, host, stated] = PLACE.exec(word.replace(/^(?:-h|--host=)(?=\w)/, '')) ?? [];
    const next = /^\d+$/.test(words[index + 1] ?? '') ? words[index + 1] : flag;
    const port = stated ?? next ?? findUsualPort(word) ?? findProgramPort(words);
    return host === undefined ? [] : [{ host, port: port === undefined ? undefined : Number(port) }];
  });
}

function findUsualPort(word: string): number | undefined {
  return word.startsWith('http://') ? 80 : word.startsWith('https://') ? 443 : undefined;
}

/** Clients of databases that ask their usual port where no other is told. */
const CLIENT_PORTS: ReadonlyMap<string, number> = new Map([
  ['pg_isready', 5432],
  ['psql', 5432],
  ['mysqladmin', 3306],
  ['mysql', 3306],
  ['mariadb-admin', 3306],
  ['redis-cli', 6379],
  ['mongosh', 27017],
]);

function findProgramPort(words: readonly string[]): number | undefined {
  const program = words.find((word) => word !== '' && word !== '!');
  return CLIENT_PORTS.get(program?.slice(program.lastIndexOf('/') + 1) ?? '');
}

/** The text with the values of the variables that a container states. */
export function expandVariables(text: string, env: unknown): string {
  const values = readVariables(env);
  return text.replace(VARIABLE, (whole, ...names) => {
    const value = values.get(names.slice(0, 3).find((name) => name !== undefined));
    return value === undefined || value === null ? whole : String(value);
  });
}

/** A command with the values of variables, those by which clients of PostgreSQL know the server among them. */
function expandCommand(text: string, env: unknown): string {
  const values = readVariables(env);
  const isUnnamed = /^\s*(?:!\s+)?(?:\S*\/)?(?:pg_isready|psql)\b(?!.*(?:\s-h|\s--host|:\/\/|&&))/s.test(text);
  const host = isUnnamed && values.has('PGHOST') ? ` -h $PGHOST -p ${values.get('PGPORT') ?? 5432}` : '';
  return expandVariables(text + host, env);
}

function readVariables(env: unknown): ReadonlyMap<unknown, unknown> {
  return new Map((Array.isArray(env) ? env : []).map((entry) => [entry?.name, toValue(entry)]));
}

/** The value of a variable; the address of the pod is as good as its loopback. */
function toValue(entry: { readonly value?: unknown; readonly [field: string]: any } | null): unknown {
  return entry?.valueFrom?.fieldRef?.fieldPath === 'status.podIP' ? '127.0.0.1' : entry?.value;
}

function listTexts(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).filter((item) => typeof item === 'string');
}
