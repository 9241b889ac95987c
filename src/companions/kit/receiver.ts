import { validateHost } from '../../software/hosts';

/** Finds what is wrong with the host of a receiver. */
export function validateReceiverHost(host: string): string[] {
  return validateHost(host.replace(/^\[(.*)\]$/, '$1'));
}

/** Finds what is wrong with the URL of a receiver that is reached over HTTP. */
export function validateReceiverUrl(endpoint: string): string[] {
  return /^https?:\/\/[^\s/]\S*$/i.test(endpoint)
    ? []
    : [`\`endpoint\` "${endpoint}" is no URL; pass one such as "https://logs.example.com:8443/in"`];
}
