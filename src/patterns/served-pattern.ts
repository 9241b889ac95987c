import type * as kplus from 'cdk8s-plus-28';
import type { ExposeOptions } from '../pod/network/exposure';
import { PodPattern } from './pod-pattern';

/** A ready-made pod that answers requests. Made by the patterns of this library, not for extension. */
export abstract class ServedPattern extends PodPattern {
  /** Puts a Service in front of the main container. */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return this.pod.expose(options);
  }
}
