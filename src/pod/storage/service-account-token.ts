import type { Duration } from 'cdk8s';
import { toWholeSeconds } from '../../private/durations';

/** Name of the file that holds a token, as everywhere in Kubernetes. */
export const TOKEN_FILE = 'token';

/** Kubernetes issues no token for less. */
const MIN_SECONDS = 600;

/** Options of a token: its audience and its lifetime. */
export interface ServiceAccountTokenOptions {
  /**
   * Audience of the token: a receiver refuses a token whose audience it is not.
   *
   * @default - the API server of the cluster
   */
  readonly audience?: string;

  /**
   * Time for which a token is valid, at least ten minutes. The kubelet renews it when 80 % of it has passed.
   *
   * @default - an hour, which is the default of Kubernetes
   */
  readonly expiration?: Duration;

  /**
   * Name of the volume in the pod: a DNS label. Asking twice for one name gives the same token, as long as the options
   * agree.
   *
   * @default - `<container>-token`
   */
  readonly name?: string;
}

/** The source of a volume that holds a token of the pod's ServiceAccount. */
export function toTokenSource({ audience, expiration }: ServiceAccountTokenOptions): { readonly projected: unknown } {
  const expirationSeconds = expiration && toWholeSeconds(expiration);
  return { projected: { sources: [{ serviceAccountToken: { path: TOKEN_FILE, audience, expirationSeconds } }] } };
}

/** Reasons why there is no such token. */
export function validateToken(name: string, { audience, expiration }: ServiceAccountTokenOptions): string[] {
  const seconds = expiration ? toWholeSeconds(expiration) : MIN_SECONDS;
  return [
    ...(audience === '' ? [`\`audience\` of token "${name}" is empty; pass whom it is meant for`] : []),
    ...(seconds < MIN_SECONDS
      ? [
          `\`expiration\` of token "${name}" is ${seconds} s, and Kubernetes issues no token for less than ${MIN_SECONDS} s; pass at least ten minutes`,
        ]
      : []),
  ];
}
