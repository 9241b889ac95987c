import { isPort } from '../../private/ports';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { findRunningSoftware } from '../model/software';
import { ConfigFiles } from './config-file';
import { isLoopbackHost } from './endpoints';
import { readYamlText } from './yaml-text';

/** A port of the pod to which a configuration leads requests or data. */
export interface Upstream {
  readonly port: number;
  /** The mount that holds the configuration. */
  readonly at: Field;
  /** The file in messages, as in `key "default.conf" of ConfigMap "site"`. */
  readonly title: string;
  readonly text: string;
}

const HOST = '(?:localhost|127\\.\\d+\\.\\d+\\.\\d+)';

/** The ports of the pod in texts of software, line by line without comments. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  nginx: new RegExp(`(?:\\w+_pass\\s+(?:\\w+:\\/\\/)?|\\bserver\\s+)${HOST}:(\\d+)`, 'g'),
  HAProxy: new RegExp(`\\bserver\\s+\\S+\\s+${HOST}:(\\d+)`, 'g'),
  Caddy: new RegExp(`\\breverse_proxy\\s.*?${HOST}:(\\d+)`, 'g'),
  Traefik: new RegExp(`\\burl["']?\\s*[:=]\\s*["']?\\w+:\\/\\/${HOST}:(\\d+)`, 'g'),
};

/** The ports of the pod in YAML of software. */
const READERS: Readonly<Record<string, (root: Field) => number[]>> = {
  Envoy: (root) => root.at('static_resources', 'clusters').items.flatMap(listEnvoyPorts),
  'OpenTelemetry Collector': (root) =>
    root.at('exporters').fields.flatMap((exporter) => toLocalPort(exporter.at('endpoint').text)),
};

/** The ports of the pod to which the configuration of a container leads. */
export function listUpstreams(container: ContainerView, pod: PodView, set: ManifestSet): Upstream[] {
  const software = container.mounts.length > 0 ? findRunningSoftware(container).software?.software : undefined;
  const pattern = software === undefined ? undefined : PATTERNS[software];
  const read = software === undefined ? undefined : READERS[software];
  if (!pattern && !read) {
    return [];
  }
  return new ConfigFiles(container, pod, set).listFiles().flatMap(({ text, mount: at, title }) => {
    const ports = pattern ? matchPorts(text, pattern) : read!(readYamlText(text).root);
    return ports.filter(isPort).map((port) => ({ port, at, title, text }));
  });
}

function matchPorts(text: string, pattern: RegExp): number[] {
  const plain = text.replace(/(^|\s)#.*$/gm, '');
  return [...plain.matchAll(pattern)].map((match) => Number(match[1]));
}

function listEnvoyPorts(cluster: Field): number[] {
  return cluster.at('load_assignment', 'endpoints').items.flatMap((locality) =>
    locality.at('lb_endpoints').items.flatMap((endpoint) => {
      const address = endpoint.at('endpoint', 'address', 'socket_address');
      const port = address.at('port_value').number;
      return port !== undefined && isLoopbackHost(address.at('address').text ?? '') ? [port] : [];
    }),
  );
}

function toLocalPort(endpoint: string | undefined): number[] {
  const [, host = '', port] = /^(?:\w+:\/\/)?([^/]*):(\d+)/.exec(endpoint ?? '') ?? [];
  return isLoopbackHost(host) ? [Number(port)] : [];
}
