/** A host that a command waits for, and the port where it is told. */
export interface AwaitedHost {
  readonly host: string;
  readonly port?: number;
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
const PLACE = /^(?:(?:\w+:)?\/\/|\/dev\/tcp\/)?(?:[^@/]*@)?([\w.-]+|\[::1\])(?:[:/](\d+))?(?![\w.])/;

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
  const script = SHELL.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '') ? words[2] : undefined;
  const condition = script === undefined ? undefined : findFirstCondition(script);
  return condition === undefined ? [] : listPlaces(expandVariables(condition, env));
}

/** The ports of the pod itself that a command asks; none where it may fail without harm. */
export function listAskedPorts(command: unknown, env: unknown): number[] {
  const words = listTexts(command);
  const script = SHELL.test(words[0] ?? '') ? words.slice(2, 3) : words;
  const text = script.join(' ');
  const condition = findFirstCondition(text) ?? (/[;\n]/.test(text.trim()) ? '' : text);
  return listPlaces(expandVariables(condition, env)).flatMap(({ host, port }) =>
    isLoopbackHost(host) && port !== undefined ? [port] : [],
  );
}

/** The condition of the loop that a script begins with. */
function findFirstCondition(script: string): string | undefined {
  const statements = script.split(/;|\n|&&/).map((statement) => statement.trim());
  const first = statements.findIndex((statement) => !/^(?:$|#|set\s|echo\s)/.test(statement));
  const body = statements.findIndex((statement, index) => index > first && /^do\b/.test(statement));
  const loop = /^(?:until|while)\s/.test(statements[first] ?? '') && body > 0;
  return loop
    ? statements
        .slice(first, body)
        .join(' && ')
        .replace(/^\w+\s+/, '')
    : undefined;
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
  const values = new Map((Array.isArray(env) ? env : []).map((entry) => [entry?.name, entry?.value]));
  return text.replace(VARIABLE, (whole, ...names) => {
    const value = values.get(names.slice(0, 3).find((name) => name !== undefined));
    return value === undefined || value === null ? whole : String(value);
  });
}

function listTexts(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).filter((item) => typeof item === 'string');
}
