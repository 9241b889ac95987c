import { parse } from 'yaml';
import type { Container } from '../src/pod/manifest/pod-template';
import { containsPath } from '../src/private/paths';

const DOCS = 'https://www.elastic.co/docs/reference/beats/filebeat';

/** Settings by name with dots, each with the page that documents it. `*` stands for settings that are not looked into. */
const SCHEMA: readonly (readonly [source: string, settings: string])[] = [
  [
    `${DOCS}/filebeat-input-filestream`,
    `filebeat.inputs.type filebeat.inputs.id filebeat.inputs.paths filebeat.inputs.file_identity.native
    filebeat.inputs.prospector.scanner.fingerprint.enabled filebeat.inputs.prospector.scanner.check_interval
    filebeat.inputs.prospector.scanner.exclude_files filebeat.inputs.close.on_state_change.removed
    filebeat.inputs.clean_removed filebeat.inputs.backoff.init filebeat.inputs.backoff.max
    filebeat.inputs.read_until_eof.enabled filebeat.inputs.read_until_eof.timeout
    filebeat.inputs.parsers.ndjson.target filebeat.inputs.parsers.ndjson.add_error_key`,
  ],
  [
    `${DOCS}/multiline-examples`,
    `filebeat.inputs.parsers.multiline.type filebeat.inputs.parsers.multiline.pattern
    filebeat.inputs.parsers.multiline.negate filebeat.inputs.parsers.multiline.match
    filebeat.inputs.parsers.multiline.max_lines filebeat.inputs.parsers.multiline.timeout`,
  ],
  [`${DOCS}/processor-script`, 'filebeat.inputs.processors.script.lang filebeat.inputs.processors.script.source'],
  [
    `${DOCS}/processor-timestamp`,
    `filebeat.inputs.processors.timestamp.field filebeat.inputs.processors.timestamp.layouts
    filebeat.inputs.processors.timestamp.ignore_missing filebeat.inputs.processors.timestamp.ignore_failure`,
  ],
  [`${DOCS}/add-fields`, 'filebeat.inputs.processors.add_fields.target filebeat.inputs.processors.add_fields.fields.*'],
  [`${DOCS}/configuration-general-options`, 'filebeat.shutdown_timeout processors.*'],
  [`${DOCS}/configuring-internal-queue`, 'queue.mem.flush.timeout queue.disk.max_size'],
  [`${DOCS}/configuration-path`, 'path.data path.logs'],
  [`${DOCS}/configuration-logging`, 'logging.to_stderr logging.metrics.enabled'],
  [`${DOCS}/http-endpoint`, 'http.enabled http.host http.port'],
  [`${DOCS}/ilm`, 'setup.ilm.enabled'],
  [`${DOCS}/configuration-template`, 'setup.template.enabled'],
  [`${DOCS}/console-output`, 'output.console.codec.json.pretty'],
  [
    `${DOCS}/elasticsearch-output`,
    `output.elasticsearch.hosts output.elasticsearch.protocol output.elasticsearch.index output.elasticsearch.api_key
    output.elasticsearch.username output.elasticsearch.password output.elasticsearch.pipeline`,
  ],
  [`${DOCS}/logstash-output`, 'output.logstash.hosts output.logstash.loadbalance output.logstash.ssl.*'],
  [
    `${DOCS}/kafka-output`,
    `output.kafka.hosts output.kafka.topic output.kafka.required_acks output.kafka.compression output.kafka.username
    output.kafka.password output.kafka.ssl.*`,
  ],
  [
    `${DOCS}/redis-output`,
    'output.redis.hosts output.redis.key output.redis.datatype output.redis.password output.redis.ssl.*',
  ],
  [`${DOCS}/file-output`, 'output.file.path output.file.filename'],
];
const KNOWN = SCHEMA.flatMap(([, settings]) => settings.split(/\s+/));

/** What Filebeat, or the container it runs in, has against a configuration. Knows nothing of how it was generated. */
export function filebeatProblems(text: string, container: Container): string[] {
  const settings = flat(parse(text)).map(([name, value]): [string, unknown] => [
    name.replace(/\.\d+(?=\.|$)/g, ''),
    value,
  ]);
  const all = (name: string) => settings.filter(([setting]) => setting === name).map(([, value]) => String(value));
  const variables = [...text.matchAll(/(?<!\$)(?:\$\$)*\$\{(\w+)\}/g)].map(([, name]) => name!);
  const known = (container.env ?? []).map(({ name }) => name);
  const mounts = container.volumeMounts ?? [];
  const isOn = (path: string, readOnly: boolean) =>
    mounts.some((mount) => !!mount.readOnly === readOnly && containsPath(mount.mountPath, path));
  const ids = all('filebeat.inputs.id');
  return [
    ...new Set(settings.filter(([name]) => !KNOWN.some((each) => isOf(each, name))).map(([name]) => `unknown ${name}`)),
    ...variables.filter((name) => !known.includes(name)).map((name) => `${name} is not in the environment`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two inputs ${id}`),
    ...['path.data', 'path.logs']
      .flatMap(all)
      .filter((path) => !isOn(path, false))
      .map((path) => `${path} is not writable`),
    ...all('filebeat.inputs.paths')
      .filter((path) => !isOn(path, true))
      .map((path) => `${path} is on no read-only volume`),
    ...(new Set(settings.map(([name]) => /^output\.\w+/.exec(name)?.[0]).filter(Boolean)).size === 1
      ? []
      : ['not one output']),
  ];
}

function isOf(known: string, name: string): boolean {
  return known === name || (known.endsWith('.*') && name.startsWith(known.slice(0, -1)));
}

function flat(value: any, path = ''): [string, unknown][] {
  return value === null || typeof value !== 'object'
    ? [[path, value]]
    : Object.entries(value).flatMap(([name, inner]) => flat(inner, path === '' ? name : `${path}.${name}`));
}
