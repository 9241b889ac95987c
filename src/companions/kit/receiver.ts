import { isHost } from '../../software/hosts';

/** Finds what is wrong with the host of a receiver. */
export function validateReceiverHost(host: string): string[] {
  return isHost(host.replace(/^\[(.*)\]$/, '$1'))
    ? []
    : [`\`host\` "${host}" is neither a name nor an address; pass one, without protocol, port and path`];
}

/** Finds what is wrong with the URL of a receiver that is reached over HTTP. */
export function validateReceiverUrl(endpoint: string): string[] {
  return /^https?:\/\/[^\s/]\S*$/i.test(endpoint)
    ? []
    : [`\`endpoint\` "${endpoint}" is no URL; pass one such as "https://logs.example.com:8443/in"`];
}
