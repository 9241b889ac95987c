import { memoizeByText } from '../../private/memo';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import { type ConfiguredListener, NOTHING_READ, type Reading, type Tail, toLiteralValue } from './config';
import { parseListeners, toListeners } from './endpoints';
import { readYamlText } from './yaml-text';

export const PROMTAIL_DEFAULTS = [
  '/etc/promtail/config.yml',
  '/etc/promtail/config.yaml',
  '/etc/promtail/promtail.yaml',
];

const POSITIONS = '/var/log/positions.yaml';

/** Whether these fields are a configuration of Promtail. */
export function isPromtailConfig(root: Field): boolean {
  return root.at('scrape_configs').exists && (root.at('clients').exists || root.at('client').exists);
}

/** Reads a configuration, unless flags beside it say otherwise. */
export function readPromtail(text: string, { commandLine }: ContainerView): Reading {
  const reading = readPromtailText(text);
  const isSet = (flag: RegExp) => commandLine.some((word) => flag.test(word));
  return {
    ...reading,
    states: isSet(/^--?positions\.file\b/) ? [] : reading.states,
    listeners: isSet(/^--?server\./) ? [] : reading.listeners,
  };
}

const readPromtailText = memoizeByText((text: string): Reading => {
  const { root, problem } = readYamlText(text);
  if (problem !== undefined || root.text !== undefined) {
    return { ...NOTHING_READ, problem: problem ?? 'is one text, not fields of YAML' };
  }
  const jobs = root.at('scrape_configs').items;
  const positions = root.at('positions', 'filename');
  const path = positions.exists ? toLiteralValue(positions.text) : POSITIONS;
  const tails = jobs.flatMap(toPromtailTails);
  return {
    ...NOTHING_READ,
    tails,
    states: tails.length > 0 && path?.startsWith('/') ? [{ path, isDirectory: false }] : [],
    listeners: [...toServerListeners(root.at('server'), 'its server'), ...jobs.flatMap(toJobListeners)],
  };
});

function toPromtailTails(job: Field): Tail[] {
  return job
    .at('static_configs')
    .items.map((config) => config.at('labels'))
    .filter((labels) => toLiteralValue(labels.at('__path__').text)?.startsWith('/'))
    .map((labels) => ({
      pattern: labels.at('__path__').text!,
      exclude: labels.at('__path_exclude__').text === undefined ? [] : [labels.at('__path_exclude__').text!],
      fromHead: true,
      keepsPosition: true,
    }));
}

function toServerListeners(server: Field, purpose: string): readonly ConfiguredListener[] {
  const listen = (name: string, port: string) =>
    toListeners(
      toLiteralValue(server.at(`${name}_listen_address`).text),
      server.at(`${name}_listen_port`).exists ? server.at(`${name}_listen_port`).scalar : port,
      purpose,
    );
  return server.at('disable').isTrue ? [] : [...listen('http', '80'), ...listen('grpc', '9095')];
}

function toJobListeners(job: Field): readonly ConfiguredListener[] {
  const purpose = `its job "${job.at('job_name').text ?? ''}"`;
  const push = job.at('loki_push_api', 'server');
  const syslog = job.at('syslog');
  return [
    ...(push.exists ? toServerListeners(push, purpose) : []),
    ...parseListeners(
      syslog.at('listen_address').text,
      purpose,
      syslog.at('listen_protocol').text === 'udp' ? 'UDP' : 'TCP',
    ),
  ];
}
