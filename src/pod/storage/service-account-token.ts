import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { toWholeSeconds } from '../../private/durations';
import type { Inventory } from '../containers/inventory';
import type { PodSpec } from '../manifest/pod-template';

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

interface Token {
  readonly volume: kplus.Volume;
  readonly source: { readonly audience?: string; readonly expirationSeconds?: number };
}

/**
 * Volumes that hold a token of the pod's ServiceAccount. cdk8s-plus-28 has no projected volumes: what stands in its model
 * is a placeholder, which becomes the real volume in the rendered manifest.
 */
export class ServiceAccountTokens {
  private readonly known = new Map<string, Token>();

  public constructor(
    private readonly scope: Construct,
    private readonly inventory: Inventory,
  ) {}

  /** The volume of this name. */
  public ensureVolume(name: string, { audience, expiration }: ServiceAccountTokenOptions): kplus.Volume {
    const source = { audience, expirationSeconds: expiration && toWholeSeconds(expiration) };
    const known = this.known.get(name);
    if (known && JSON.stringify(known.source) !== JSON.stringify(source)) {
      throw this.inventory.createPodError(
        `token "${name}" was asked for with another \`audience\` or \`expiration\` before; use the same options or another \`name\``,
      );
    }
    return known?.volume ?? this.make(name, source);
  }

  /** Puts the real volumes in the place of their placeholders. */
  public complete({ volumes = [] }: PodSpec): void {
    volumes.forEach(({ name }, index) => {
      const token = this.known.get(name);
      if (token) {
        volumes[index] = {
          name,
          projected: { sources: [{ serviceAccountToken: { path: TOKEN_FILE, ...token.source } }] },
        };
      }
    });
  }

  private make(name: string, source: Token['source']): kplus.Volume {
    this.inventory.assertVolumeName(name);
    if (source.audience === '') {
      throw this.inventory.createPodError(`\`audience\` of token "${name}" is empty; pass whom it is meant for`);
    }
    if ((source.expirationSeconds ?? MIN_SECONDS) < MIN_SECONDS) {
      throw this.inventory.createPodError(
        `\`expiration\` of token "${name}" is ${source.expirationSeconds} s, and Kubernetes issues no token for less than ${MIN_SECONDS} s; pass at least ten minutes`,
      );
    }
    const volume = kplus.Volume.fromEmptyDir(this.scope, `token-${name}`, name);
    this.known.set(name, { volume, source });
    return volume;
  }
}
