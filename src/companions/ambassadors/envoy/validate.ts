import { isDnsLabel } from '../../../private/names';
import { validatePort } from '../../../private/ports';
import { findCredential, showsCredential } from '../../../software/credentials';
import { isAddress, isHost } from '../../../software/hosts';
import { validateCheckPath } from '../../kit/ambassador';
import { READY } from './config';
import type { EnvoyProps } from './index';
import { EnvoyProtocol, type EnvoyUpstream } from './upstream';

/** A reference of Envoy to a variable of its environment. */
const REFERENCE = String.raw`%ENVIRONMENT\(\w+\)%`;

/** Fields of which a text in the bootstrap would be a credential. */
const SECRET_FIELD = /(private_key|password|secret|token)/i;

/** Props that say something of requests. */
const HTTP_PROPS = ['hostHeader', 'timeout', 'retries', 'retryOn', 'healthCheckPath'] as const;

/** Finds what is wrong with what Envoy is to do: it would not start, never reach an upstream, or show a credential. */
export function validateEnvoy(name: string, props: EnvoyProps): string[] {
  const { upstreams = [], config } = props;
  const others = (['upstreams', 'adminPort', 'accessLog', 'maxConnections'] as const).filter((prop) => prop in props);
  const both = config ? others : [];
  return [
    ...upstreams.flatMap(validateUpstream),
    ...both.map((prop) => `"${name}" has \`config\` and \`${prop}\`; say it in \`config\` alone`),
    ...(config ? validateBootstrap(name, config.bootstrap) : []),
  ];
}

/** A credential that would stand in a ConfigMap, or a listener of the companion's own. */
function validateBootstrap(name: string, bootstrap: { readonly [field: string]: any }): string[] {
  const secret = findCredential(bootstrap, REFERENCE) ?? findInlineSecret(bootstrap, []);
  const listeners: { name?: string }[] = bootstrap.static_resources?.listeners ?? [];
  return [
    ...(secret === undefined
      ? []
      : [
          `"${secret}" in the bootstrap of "${name}" would show a credential in a ConfigMap; mount it as a file, or refer to a variable, "%ENVIRONMENT(NAME)%"`,
        ]),
    ...(listeners.some((listener) => listener.name === READY)
      ? [
          `the bootstrap of "${name}" has a listener "${READY}", which is the one that the companion adds for probes; choose another name`,
        ]
      : []),
  ];
}

/** The path of a text that is a credential by where it stands: inline data of a secret, or the value of a header. */
function findInlineSecret(data: any, path: readonly string[]): string | undefined {
  if (data === null || typeof data !== 'object') {
    const isInline =
      /^inline_(string|bytes)$/.test(path.at(-1) ?? '') && SECRET_FIELD.test(path.slice(0, -1).join('.'));
    return isInline ? path.join('.') : undefined;
  }
  if (
    typeof data.key === 'string' &&
    showsCredential('header', `${data.key}: ${data.value ?? data.raw_value}`, REFERENCE)
  ) {
    return [...path, data.key].join('.');
  }
  const found = Object.entries(data).map(([field, value]) => findInlineSecret(value, [...path, field]));
  return found.find((each) => each !== undefined);
}

function validateUpstream(upstream: EnvoyUpstream): string[] {
  const { name, host, port, protocol, tls, retries = 0, limits } = upstream;
  const server = tls?.serverName ?? host;
  const numbers = Object.entries({ retries, ...limits }).filter(
    ([, value]) => !(Number.isInteger(value) && value! >= 0),
  );
  return [
    ...(isDnsLabel(name) && name !== READY
      ? []
      : [
          `upstream "${name}" has no DNS label as name, or that of the listener for probes; use other lower-case letters, digits and "-"`,
        ]),
    ...(isHost(host) ? [] : [`host "${host}" of upstream "${name}" is neither a name nor an address; pass one`]),
    ...validatePort(`\`port\` ${port} of upstream "${name}"`, port),
    ...numbers.map(
      ([prop, value]) => `\`${prop}\` ${value} of upstream "${name}" is no number of things; pass an integer`,
    ),
    ...validateRequests(upstream),
    ...(tls && (isAddress(server) || !isHost(server))
      ? [`"${server}" of upstream "${name}" is no name that a certificate could be for; pass \`tls.serverName\``]
      : []),
    ...validateCheckPath(`upstream "${name}"`, upstream.healthCheckPath),
    ...(protocol === EnvoyProtocol.TCP
      ? HTTP_PROPS.filter((prop) => upstream[prop] !== undefined).map(
          (prop) => `upstream "${name}" has \`${prop}\`, which EnvoyProtocol.TCP does not know; leave it out`,
        )
      : []),
  ];
}

function validateRequests({
  name,
  connectTimeout,
  hostHeader,
  healthCheckPath,
  retryOn = [],
}: EnvoyUpstream): string[] {
  const condition = retryOn.find((word) => !/^[a-z0-9-]+$/.test(word));
  return [
    ...(connectTimeout?.toMilliseconds({ integral: false }) === 0
      ? [`\`connectTimeout\` of upstream "${name}" is 0, and Envoy takes no such time; pass more, or leave it out`]
      : []),
    ...(hostHeader === undefined || /^[\w.:[\]-]+$/.test(hostHeader)
      ? []
      : [`\`hostHeader\` ${JSON.stringify(hostHeader)} of upstream "${name}" is no host; pass its name, and its port`]),
    ...(healthCheckPath === undefined || /^\/\S*$/.test(healthCheckPath)
      ? []
      : [
          `\`healthCheckPath\` "${healthCheckPath}" of upstream "${name}" is no path; pass one without blanks that begins with "/"`,
        ]),
    ...(condition === undefined
      ? []
      : [
          `\`retryOn\` of upstream "${name}" has "${condition}", which is no condition of Envoy; pass one such as "connect-failure"`,
        ]),
  ];
}
