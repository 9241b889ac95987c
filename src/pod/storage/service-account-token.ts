import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { toWholeSeconds } from '../../private/durations';
import { throwFirst } from '../../private/errors';
import type { Inventory } from '../containers/inventory';
import type { PodSpec } from '../manifest/pod-template';
import { validateVolumeName } from './empty-dirs';

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
    throwFirst(
      this.inventory.workload,
      known ? validateSameToken(name, known.source, source) : validateToken(name, source),
    );
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
    const volume = kplus.Volume.fromEmptyDir(this.scope, `token-${name}`, name);
    this.known.set(name, { volume, source });
    return volume;
  }
}

function validateSameToken(name: string, known: Token['source'], source: Token['source']): string[] {
  return JSON.stringify(known) === JSON.stringify(source)
    ? []
    : [
        `token "${name}" was asked for with another \`audience\` or \`expiration\` before; use the same options or another \`name\``,
      ];
}

function validateToken(name: string, { audience, expirationSeconds = MIN_SECONDS }: Token['source']): string[] {
  const problems = validateVolumeName(name);
  if (audience === '') {
    problems.push(`\`audience\` of token "${name}" is empty; pass whom it is meant for`);
  }
  if (expirationSeconds < MIN_SECONDS) {
    problems.push(
      `\`expiration\` of token "${name}" is ${expirationSeconds} s, and Kubernetes issues no token for less than ${MIN_SECONDS} s; pass at least ten minutes`,
    );
  }
  return problems;
}
