import * as kplus from 'cdk8s-plus-28';
import { isPinned, toDnsLabel, validateImageName } from '../../private/names';

/** Options of a volume whose files are those of an image. */
export interface ImageVolumeOptions {
  /**
   * Name of the volume in the pod: a DNS label. Asking twice for one name gives the same volume, as long as image and options
   * agree.
   *
   * @default - `image-<last part of the name of the image>`
   */
  readonly name?: string;

  /**
   * Policy by which the node pulls the image.
   *
   * @default - `IF_NOT_PRESENT` for an image with a tag or digest, `ALWAYS` for none and for `latest`
   */
  readonly pullPolicy?: kplus.ImagePullPolicy;
}

/** The name of a volume by its image: `registry.example.com/acme/site:1.4.2` is `image-site`. */
export function toImageVolumeName(reference: string): string {
  return toDnsLabel('image', reference.split('@')[0]!.split('/').at(-1)!.split(':')[0]!);
}

/** The source of such a volume. */
export function toImageSource(reference: string, { pullPolicy }: ImageVolumeOptions): { readonly image: unknown } {
  const { ALWAYS, IF_NOT_PRESENT } = kplus.ImagePullPolicy;
  return { image: { reference, pullPolicy: pullPolicy ?? (isPinned(reference) ? IF_NOT_PRESENT : ALWAYS) } };
}

/** Reasons why this names no image. */
export function validateVolumeImage(reference: string): string[] {
  const problem = validateImageName(reference);
  return problem === undefined
    ? []
    : [
        `\`reference\` "${reference}" of an image volume ${problem}; pass one such as "registry.example.com/team/site:1.4"`,
      ];
}
