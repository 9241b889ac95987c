import type { Container } from '../src/pod/manifest/pod-template';
import { containsPath } from '../src/private/paths';

const DOCS = 'https://docs.fluentd.org';

/** A section as Fluentd reads it: each value is the text that the plugin gets, Ruby code is kept as `#{...}`. */
export interface FluentdSection {
  readonly name: string;
  readonly argument: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly sections: readonly FluentdSection[];
}

/** What a plugin takes. */
interface Schema {
  readonly source: string;
  readonly parameters: string;
  readonly sections?: Readonly<Record<string, Schema | 'format'>>;
}

const BUFFER: Schema = {
  source: `${DOCS}/configuration/buffer-section`,
  parameters: `@type path chunk_limit_size total_limit_size flush_mode flush_interval flush_at_shutdown retry_forever
    retry_max_interval overflow_action disable_chunk_backup flush_thread_count compress`,
};
const INJECT: Schema = {
  source: `${DOCS}/configuration/inject-section`,
  parameters: 'time_key time_type time_format utc',
};
const OUTPUT = { buffer: BUFFER, inject: INJECT, format: 'format' } as const;

const PARSERS: Record<string, Schema> = {
  none: { source: `${DOCS}/parser/none`, parameters: 'message_key' },
  json: { source: `${DOCS}/parser/json`, parameters: 'time_key time_type time_format localtime' },
  regexp: { source: `${DOCS}/parser/regexp`, parameters: 'expression time_key time_type time_format localtime types' },
  multiline: { source: `${DOCS}/parser/multiline`, parameters: 'format_firstline format1 time_key' },
};
const FORMATTERS: Record<string, Schema> = { json: { source: `${DOCS}/formatter/json`, parameters: '' } };
const SOURCES: Record<string, Schema> = {
  tail: {
    source: `${DOCS}/input/tail`,
    parameters: `tag path exclude_path path_key pos_file read_from_head follow_inodes glob_policy refresh_interval rotate_wait
      multiline_flush_interval emit_unmatched_lines`,
    sections: { parse: 'format' },
  },
  monitor_agent: { source: `${DOCS}/input/monitor_agent`, parameters: 'bind port include_config' },
};
const FILTERS: Record<string, Schema> = {
  parser: {
    source: `${DOCS}/filter/parser`,
    parameters: 'key_name reserve_data reserve_time remove_key_name_field emit_invalid_record_to_error',
    sections: { parse: 'format' },
  },
  record_transformer: {
    source: `${DOCS}/filter/record_transformer`,
    parameters: '',
    sections: { record: { source: '', parameters: 'pod_name namespace_name node_name container_name' } },
  },
};
const OUTPUTS: Record<string, Schema> = {
  null: { source: `${DOCS}/output/null`, parameters: '' },
  stdout: { source: `${DOCS}/output/stdout`, parameters: '', sections: OUTPUT },
  forward: {
    source: `${DOCS}/output/forward`,
    parameters: `require_ack_response ack_response_timeout ignore_network_errors_at_startup connect_timeout send_timeout
      transport tls_verify_hostname
      tls_cert_path heartbeat_type keepalive`,
    sections: {
      ...OUTPUT,
      server: { source: `${DOCS}/output/forward`, parameters: 'host port shared_key username password weight standby' },
      security: { source: `${DOCS}/output/forward`, parameters: 'self_hostname shared_key' },
    },
  },
  http: {
    source: `${DOCS}/output/http`,
    parameters: `endpoint open_timeout read_timeout retryable_response_codes headers http_method json_array content_type
      tls_ca_cert_path`,
    sections: { ...OUTPUT, auth: { source: `${DOCS}/output/http`, parameters: 'method username password' } },
  },
};
const KINDS: Record<string, Record<string, Schema>> = { source: SOURCES, filter: FILTERS, match: OUTPUTS };

/** What Fluentd, or the container it runs in, has against a configuration. Knows nothing of how it was generated. */
export function fluentdProblems(text: string, container: Container): string[] {
  const sections = readFluentd(text);
  const variables = [...text.matchAll(/#\{ENV\['(\w+)'\]\}/g)].map(([, name]) => name!);
  const known = (container.env ?? []).map(({ name }) => name);
  const writable = (container.volumeMounts ?? []).filter((mount) => !mount.readOnly).map((mount) => mount.mountPath);
  const readOnly = (container.volumeMounts ?? []).filter((mount) => mount.readOnly).map((mount) => mount.mountPath);
  const all = sections.flatMap(withInner);
  const values = (name: string) => all.flatMap(({ parameters }) => parameters[name] ?? []);
  const states = [...values('pos_file'), ...all.filter(({ name }) => name === 'buffer').map((b) => b.parameters.path!)];
  return [
    ...sections.flatMap(topProblems),
    ...variables.filter((name) => !known.includes(name)).map((name) => `${name} is not in the environment`),
    ...states
      .filter((path) => !writable.some((mount) => containsPath(mount, path)))
      .map((path) => `${path} is not writable`),
    ...states.filter((path, index) => states.indexOf(path) !== index).map((path) => `two times ${path}`),
    ...all
      .filter(({ parameters }) => parameters['@type'] === 'tail')
      .filter(({ parameters }) => !readOnly.some((mount) => containsPath(mount, parameters.path!)))
      .map(({ parameters }) => `${parameters.path} is on no read-only volume`),
  ];
}

function withInner(section: FluentdSection): FluentdSection[] {
  return [section, ...section.sections.flatMap(withInner)];
}

function topProblems(section: FluentdSection): string[] {
  if (section.name === 'label') {
    return section.sections.flatMap(topProblems);
  }
  const plugins = KINDS[section.name];
  if (!plugins) {
    return [`unknown section ${section.name}`];
  }
  if (section.parameters['@type'] === 'copy') {
    return section.sections.flatMap((store) => pluginProblems(store, plugins));
  }
  return pluginProblems(section, plugins);
}

function pluginProblems(section: FluentdSection, plugins: Record<string, Schema>): string[] {
  const type = section.parameters['@type'] ?? '';
  const schema = plugins[type];
  return schema ? schemaProblems(section, type, schema, ['@type', '@id', '@label']) : [`unknown plugin ${type}`];
}

function schemaProblems(section: FluentdSection, type: string, schema: Schema, common: string[]): string[] {
  const known = [...common, ...schema.parameters.split(/\s+/)];
  const unknown = Object.keys(section.parameters).filter((name) => !known.includes(name));
  const inner = section.sections.flatMap((each) => {
    const found = schema.sections?.[each.name];
    if (found === 'format') {
      return pluginProblems(each, each.name === 'parse' ? PARSERS : FORMATTERS);
    }
    return found
      ? schemaProblems(each, `${type} ${each.name}`, found, [])
      : [`unknown section ${each.name} of ${type}`];
  });
  return [...unknown.map((name) => `unknown parameter ${name} of ${type}`), ...inner];
}

/**
 * Reads a configuration by the rules of its documentation.
 *
 * @see https://docs.fluentd.org/configuration/config-file
 */
export function readFluentd(text: string): FluentdSection[] {
  const lines = text.split('\n').map((line) => line.trim());
  const root: FluentdSection = { name: '', argument: '', parameters: {}, sections: [] };
  const open = [root];
  for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
    const [, close, begin, argument = ''] = /^<(?:\/(\w+)|(\w+)(?: ([^ >]+))?)>$/.exec(line) ?? [];
    const current = open.at(-1)!;
    if (close !== undefined) {
      if (open.pop()!.name !== close) {
        throw new Error(`unmatched end tag ${close}`);
      }
    } else if (begin !== undefined) {
      const section = { name: begin, argument, parameters: {}, sections: [] };
      (current.sections as FluentdSection[]).push(section);
      open.push(section);
    } else {
      const [, name, value] = /^(\S+) (.*)$/s.exec(line) ?? [];
      if (name === undefined || name in current.parameters) {
        throw new Error(`not a new parameter: ${line}`);
      }
      (current.parameters as Record<string, string>)[name] = readLiteral(value!);
    }
  }
  if (open.length > 1) {
    throw new Error(`no end of ${open.at(-1)!.name}`);
  }
  return [...root.sections];
}

const DOUBLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b' };

/** The text that Fluentd makes of a value; it fails on Ruby code other than a variable of the environment. */
export function readLiteral(value: string): string {
  const single = /^'((?:[^\\']|\\.)*)'$/su.exec(value)?.[1];
  if (single !== undefined) {
    return single.replace(/\\([\\'])/g, '$1');
  }
  const double = /^"((?:[^\\"]|\\.)*)"$/su.exec(value)?.[1];
  if (double !== undefined) {
    if (/^#\{ENV\['\w+'\]\}$/.test(double)) {
      return double;
    }
    return double.replace(/\\(.)|#\{/gsu, (token, sign) => {
      if (sign === undefined || (/[a-zA-Z0-9]/.test(sign) && !(sign in DOUBLE_ESCAPES))) {
        throw new Error(`would be evaluated or is no escape: ${token} in ${value}`);
      }
      return DOUBLE_ESCAPES[sign] ?? sign;
    });
  }
  if (/^["'[{]|\s#|\s$/.test(value)) {
    throw new Error(`not a value: ${value}`);
  }
  return value;
}
