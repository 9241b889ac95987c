import type { CaCertificates } from './ca-certificates';

/** Options of the TLS connections of a companion. The certificate of the other side is always verified. */
export interface UpstreamTls {
  /**
   * Name that the certificate must be for, which is also asked for (SNI).
   *
   * @default - the host that it connects to
   */
  readonly serverName?: string;

  /**
   * Authorities that it trusts.
   *
   * @default - those of the image: the public ones
   */
  readonly ca?: CaCertificates;
}
