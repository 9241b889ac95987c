import type { Finding } from '../finding';

/** A finding as a call of the command sees it. */
export interface Verdict extends Finding {
  /** The origin of the suppression. */
  readonly suppressedBy?: 'annotation' | 'exemption' | 'baseline';
  /** The template of Helm that its object was rendered from. */
  readonly template?: string;
  /** Its field by the names of items, not by their places, where it is compared with a baseline. */
  readonly stablePath?: string;
}
