import { createError } from '../../private/errors';
import { normalizePath, validateMountPath } from '../../private/paths';
import { readArgument, readProps } from '../../private/read-props';

/** Both stand in the configuration of agents and in shell scripts, so they keep to what needs no quoting there. */
const PATH = /^[\w./@%+=-]+$/;
const PATTERN = /^[\w.*?@%+=-]+$/;
const ODD = 'characters beside letters, digits and "._-@%+="';

/** A line of nginx's access log. */
const NGINX_ACCESS = [
  String.raw`^(?<remote>[^ ]*) (?<host>[^ ]*) (?<user>.*?) \[(?<time>[^\]]*)\]`,
  '"(?: *(?<method>[^ "]+)(?: +(?<path>[^"]*?)(?: +[^ "]*)?)?)? *"',
  '(?<code>[^ ]*) (?<size>[^ ]*)(?: "(?<referer>[^"]*)" "(?<agent>[^"]*)")?',
].join(' ');

/** Settings of a log format. */
export interface LogFormatOptions {
  /**
   * Field that holds the time of the record.
   *
   * @default - the time at which the agent read the line
   */
  readonly timeKey?: string;

  /**
   * Format of that time, as for `strptime`, with `%L` for fractional seconds.
   *
   * @default "%Y-%m-%dT%H:%M:%S.%LZ" where `timeKey` is given
   */
  readonly timeFormat?: string;
}

/**
 * Format of the lines of a log file.
 *
 * @jsii suppress JSII5018
 */
export class LogFormat {
  /** Each line is a JSON object; its fields become the fields of the record. */
  public static json(options: LogFormatOptions = {}): LogFormat {
    const { timeKey, timeFormat } = readProps('LogFormatOptions', options, 'LogFormat.json');
    return new LogFormat('json', undefined, timeKey, timeFormat);
  }

  /**
   * The access log of nginx in its `combined` or `main` format: `remote`, `host`, `user`, `method`, `path`, `code`, `size`,
   * `referer` and `agent`.
   *
   * @see https://nginx.org/en/docs/http/ngx_http_log_module.html
   */
  public static nginxAccess(): LogFormat {
    return new LogFormat('nginx', NGINX_ACCESS, 'time', '%d/%b/%Y:%H:%M:%S %z');
  }

  /**
   * Each line matches a regular expression; its named groups become the fields of the record. A line that does not match
   * is kept whole, in the agent's own field, such as `log`.
   *
   * @param expression the expression with named groups, such as `^(?<time>\S+) (?<level>\w+) (?<message>.*)$`
   */
  public static regex(expression: string, options: LogFormatOptions = {}): LogFormat {
    const { timeKey, timeFormat } = readProps('LogFormatOptions', options, 'LogFormat.regex');
    if (!/\(\?<[A-Za-z_]/.test(readArgument('string', expression, 'LogFormat.regex', 'expression'))) {
      throw createError(
        'LogFormat.regex',
        `expression "${expression}" has no named group, so no field would be found; write groups as "(?<name>...)"`,
      );
    }
    return new LogFormat('regex', expression, timeKey, timeFormat);
  }

  private constructor(
    /** The type of the format: `json`, `nginx` or `regex`. */
    public readonly type: string,
    /** The regular expression, where the format has one. */
    public readonly expression?: string,
    /** Field that holds the time of the record. */
    public readonly timeKey?: string,
    timeFormat?: string,
  ) {
    this.timeFormat = timeKey ? (timeFormat ?? '%Y-%m-%dT%H:%M:%S.%LZ') : undefined;
  }

  /** Format of the time. */
  public readonly timeFormat?: string;
}

/**
 * Rule by which lines of a log file form one record, such as a stack trace.
 *
 * @jsii suppress JSII5018
 */
export class Multiline {
  /** Stack traces of Java. */
  public static java(): Multiline {
    return new Multiline('java');
  }

  /** Stack traces of Python. */
  public static python(): Multiline {
    return new Multiline('python');
  }

  /** Panics of Go. */
  public static golang(): Multiline {
    return new Multiline('go');
  }

  /** Stack traces of Ruby. */
  public static ruby(): Multiline {
    return new Multiline('ruby');
  }

  /**
   * A record begins at each line that matches, and takes all lines up to the next one.
   *
   * @param firstLine regular expression of a first line, such as `^\d{4}-\d{2}-\d{2}`
   */
  public static startingWith(firstLine: string): Multiline {
    if (readArgument('string', firstLine, 'Multiline.startingWith', 'firstLine').length === 0) {
      throw createError(
        'Multiline.startingWith',
        'the expression "" matches every line; pass what a first line begins with',
      );
    }
    return new Multiline('custom', firstLine);
  }

  private constructor(
    /** The language whose stack traces are joined, or `custom`. */
    public readonly type: string,
    /** Regular expression of a first line, for `custom`. */
    public readonly firstLine?: string,
  ) {}
}

/** Options of the log files in a directory. */
export interface LogFilesOptions {
  /** Names of the files: a shell pattern such as `*.log`. It must not match rotated files. */
  readonly pattern: string;

  /**
   * Format of the lines.
   *
   * @default - a line is text, in the agent's own field, such as `log`
   */
  readonly format?: LogFormat;

  /**
   * Rule by which lines form one record.
   *
   * @default - each line is a record
   */
  readonly multiline?: Multiline;

  /**
   * Name of the container that writes the files.
   *
   * @default - the main container
   */
  readonly container?: string;
}

/**
 * Log files that a container writes into a directory of its own.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogFiles {
  /**
   * Files in one directory.
   *
   * @param directory absolute path of the directory, as the writing container sees it
   */
  public static inDirectory(directory: string, options: LogFilesOptions): LogFiles {
    const own = readProps('LogFilesOptions', options, 'LogFiles.inDirectory');
    readArgument('string', directory, 'LogFiles.inDirectory', 'directory');
    const problem =
      validateMountPath(directory) ?? (PATH.test(directory) ? undefined : `has ${ODD}; choose another directory`);
    if (problem) {
      throw createError('LogFiles.inDirectory', `directory "${directory}" ${problem}`);
    }
    if (!PATTERN.test(own.pattern)) {
      throw createError(
        'LogFiles.inDirectory',
        `pattern "${own.pattern}" is not the name of a file or has ${ODD}; pass a shell pattern such as "*.log"`,
      );
    }
    return new LogFiles(normalizePath(directory), own);
  }

  /** Names of the files: a shell pattern. */
  public readonly pattern: string;
  /** Format of the lines. */
  public readonly format?: LogFormat;
  /** Rule by which lines form one record. */
  public readonly multiline?: Multiline;
  /** Name of the container that writes the files; the main container where it is not given. */
  public readonly container?: string;

  private constructor(
    /** Absolute path of the directory, as the writing container sees it. */
    public readonly directory: string,
    options: LogFilesOptions,
  ) {
    this.pattern = options.pattern;
    this.format = options.format;
    this.multiline = options.multiline;
    this.container = options.container;
  }

  /** @internal */
  public _readsLike(other: LogFiles): boolean {
    return (
      this === other ||
      JSON.stringify([this.format, this.multiline]) === JSON.stringify([other.format, other.multiline])
    );
  }

  /** Directory and pattern together. */
  public get path(): string {
    return `${this.directory}/${this.pattern}`;
  }
}
