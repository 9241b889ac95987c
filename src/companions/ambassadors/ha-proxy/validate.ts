import { isDnsLabel } from '../../../private/names';
import { validatePort } from '../../../private/ports';
import { showsCredential } from '../../../software/credentials';
import { isAddress, isHost } from '../../../software/hosts';
import { validateCheckPath } from '../../kit/ambassador';
import { type HaProxyBackend, HaProxyMode, type HaProxyServer } from './backend';
import { OWN_SECTIONS } from './config';

/** Words of a configuration before a credential. */
const CREDENTIAL = /\b(?:(?:insecure-)?password|stats\s+auth)\s+(\S+)/;
const HEADER = /\b(?:set|add)-header\s+(\S+)\s+(.+)$/;
const CREDENTIAL_HEADER = /auth|cookie|token|secret|key/i;

/** A reference of a configuration to a variable of the environment. */
const REFERENCE = /\$\{\w+\}|\benv\(/;

/** A line of the text that would show a credential in a ConfigMap. */
export function validateText(container: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      showsSecret(line)
        ? [
            `line ${index + 1} of \`config.text\` of "${container}" would show a credential in a ConfigMap; refer to a variable, "\${NAME}", and set it with \`envVariables\``,
          ]
        : [],
    );
}

function showsSecret(line: string): boolean {
  const [, password = ''] = CREDENTIAL.exec(line) ?? [];
  const [, header = '', value = ''] = HEADER.exec(line) ?? [];
  const secret = password || (CREDENTIAL_HEADER.test(header) ? value : '');
  return (secret !== '' && !REFERENCE.test(secret)) || showsCredential('', line);
}

/** Finds what is wrong with a backend, which HAProxy would not start with or never reach. */
export function validateBackend(container: string, backend: HaProxyBackend): string[] {
  const { name, servers, mode = HaProxyMode.HTTP, healthCheckPath, hostHeader } = backend;
  const isTaken = OWN_SECTIONS.includes(name);
  const onlyHttp = Object.entries({ healthCheckPath, hostHeader }).filter(([, value]) => value !== undefined);
  return [
    ...(isDnsLabel(name) && !isTaken
      ? []
      : [
          `backend "${name}" of "${container}" ${isTaken ? 'has the name of a section of the companion' : 'has no DNS label as name'}; use other lower-case letters, digits and "-"`,
        ]),
    ...(servers.length === 0 ? [`backend "${name}" of "${container}" has no \`servers\`; pass at least one`] : []),
    ...(mode === HaProxyMode.HTTP
      ? []
      : onlyHttp.map(([prop]) => `backend "${name}" has \`${prop}\`, which takes HaProxyMode.HTTP; leave it out`)),
    ...onlyHttp
      .filter(([prop, value]) => !(prop === 'hostHeader' ? /^[\w.:[\]-]+$/ : /^\/[\w./?&=%~-]*$/).test(value!))
      .map(
        ([prop, value]) => `\`${prop}\` "${value}" of backend "${name}" cannot stand in the configuration; check it`,
      ),
    ...validateCheckPath(`backend "${name}"`, healthCheckPath),
    ...servers.flatMap((server) => validateServer(backend, server)),
  ];
}

function validateServer(
  { name, tls }: HaProxyBackend,
  { host, port, addresses = 1, weight = 1 }: HaProxyServer,
): string[] {
  const whose = `of backend "${name}"`;
  if (!isHost(host)) {
    return [`host "${host}" ${whose} is neither a name nor an address; pass one`];
  }
  if (!isAddress(host) && (!host.includes('.') || /\.svc$/.test(host))) {
    return [
      `host "${host}" ${whose} is not a whole name, and HAProxy looks names up without the search path of the pod; pass one such as "api.shop.svc.cluster.local"`,
    ];
  }
  const server = tls?.serverName ?? host;
  const range =
    Number.isInteger(addresses) && addresses >= 1 && Number.isInteger(weight) && weight >= 0 && weight <= 256;
  return [
    ...validatePort(`\`port\` ${port} ${whose}`, port),
    ...(range
      ? []
      : [
          `\`addresses\` ${addresses} or \`weight\` ${weight} ${whose} is out of range; pass whole numbers, a weight of at most 256`,
        ]),
    ...(tls && (isAddress(server) || !isHost(server))
      ? [`"${server}" ${whose} is no name that a certificate could be for; pass \`tls.serverName\``]
      : []),
  ];
}
