import { validatePort } from '../../private/ports';
import { findNginxCredential } from '../../software/nginx';
import { validateHealthPath } from '../health';
import type { NginxProps } from './props';
import { toHealthPort } from './server-config';

/** Finds what is wrong with the settings of nginx. */
export function validateNginx(props: NginxProps, port: number): string[] {
  return [
    ...validateListenPorts(props, port),
    ...validateContent(props),
    ...(props.logsToStdout && props.rotation
      ? ['`rotation` is given, but with `logsToStdout` there are no log files; pass one of them']
      : []),
    ...validateHealthPath(props.healthPath),
    ...validateStatusPort(props, port),
    ...validateCredentials(props),
  ];
}

function validateListenPorts(props: NginxProps, port: number): string[] {
  const { loopback, healthPort, statusPort, serverConfig = '' } = props;
  const open = loopback && findOpenListen(serverConfig, port);
  return [
    ...Object.entries({ port, healthPort, statusPort }).flatMap(([prop, number]) =>
      number === undefined ? [] : validatePort(`\`${prop}\` ${number}`, number),
    ),
    ...(healthPort !== undefined && !loopback
      ? [`\`healthPort\` is ${healthPort}, but without \`loopback\` the probes ask \`port\` ${port}; leave it out`]
      : []),
    ...(toHealthPort(props) === port
      ? [
          `\`port\` and \`healthPort\` are both ${port}, but only one of them is on the loopback interface; pass another \`healthPort\``,
        ]
      : []),
    ...(open
      ? [
          `\`serverConfig\` has \`listen ${open}\`, which other pods reach in spite of \`loopback\`; write \`listen 127.0.0.1:${port}\``,
        ]
      : []),
  ];
}

/** Content that would have no effect, or a path that nginx cannot read. */
function validateContent({ content, contentDirectory, serverConfig }: NginxProps): string[] {
  if (contentDirectory === undefined) {
    return [];
  }
  const others = Object.entries({ content, serverConfig }).filter(([, value]) => value !== undefined);
  return [
    ...others.map(
      ([other]) => `\`contentDirectory\` "${contentDirectory}" and \`${other}\` are both given; pass one of them`,
    ),
    ...(/^(\/[\w.@+-]+)+$/.test(contentDirectory)
      ? []
      : [
          `\`contentDirectory\` "${contentDirectory}" is no absolute path; begin it with "/", and use letters, digits and "-_.@+"`,
        ]),
  ];
}

function validateCredentials({ serverConfig = '' }: NginxProps): string[] {
  const shown = findNginxCredential(serverConfig);
  return shown === undefined
    ? []
    : [
        `\`serverConfig\` shows a credential in \`${shown}\`, and everybody who may read ConfigMaps could read it; include a file that a Secret is mounted as`,
      ];
}

function validateStatusPort({ statusPort }: NginxProps, port: number): string[] {
  return statusPort === port
    ? [
        `\`statusPort\` is ${statusPort}, where nginx serves the world; pass another port, which stays inside of the pod`,
      ]
    : [];
}

/** The address of a `listen` that opens the port on more than the loopback interface. */
function findOpenListen(text: string, port: number): string | undefined {
  const directives = text.replace(/#.*/g, '').matchAll(/(?<=^|[\s;{}])listen\s+([^\s;]+)/g);
  const addresses = [...directives].map(([, address]) => address!);
  return addresses.find(
    (address) => new RegExp(`(^|:)${port}$`).test(address) && !/^(127\.|localhost:|\[::1\]:)/.test(address),
  );
}
