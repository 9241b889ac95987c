import { findRepeated } from '../../../private/lists';
import { validatePort } from '../../../private/ports';
import { isNetwork } from '../../../software/hosts';
import { findNginxCredential } from '../../../software/nginx';
import type { NginxReverseProxyProps } from './index';

/** The ports that the proxy has in any case. */
interface OwnPorts {
  readonly port: number;
  readonly healthPort: number;
}

/** Finds what is wrong with the settings of the proxy. */
export function validateReverseProxy(props: NginxReverseProxyProps, own: OwnPorts): string[] {
  return [...validateOwnPorts(props, own), ...validateProxies(props), ...validateDirectives(props)];
}

function validateOwnPorts({ redirectPort, tls }: NginxReverseProxyProps, own: OwnPorts): string[] {
  const ports = Object.entries(redirectPort === undefined ? own : { ...own, redirectPort });
  const twice = findRepeated(ports, ([, port]) => port).map(([prop, port]) => {
    const [earlier] = ports.find(([, other]) => other === port)!;
    return `\`${earlier}\` and \`${prop}\` are both ${port}; pass a port for each`;
  });
  return [
    ...ports.flatMap(([prop, port]) => validatePort(`\`${prop}\` ${port}`, port)),
    ...twice,
    ...(redirectPort !== undefined && !tls
      ? [`\`redirectPort\` ${redirectPort} would redirect to HTTPS, which takes \`tls\`; pass it too`]
      : []),
  ];
}

function validateProxies({ trustedProxies = [] }: NginxReverseProxyProps): string[] {
  return trustedProxies
    .filter((proxy) => !isNetwork(proxy))
    .map((proxy) => `\`trustedProxies\` has "${proxy}", which is no IP address or CIDR; pass one such as 10.0.0.0/8`);
}

function validateDirectives({ serverDirectives = '' }: NginxReverseProxyProps): string[] {
  const credential = findNginxCredential(serverDirectives);
  return credential === undefined
    ? []
    : [
        `\`serverDirectives\` shows a credential in \`${credential}\`, and everybody who may read ConfigMaps could read it; let the main container set it`,
      ];
}
