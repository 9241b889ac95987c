import type * as kplus from 'cdk8s-plus-28';
import { findRepeated } from '../../private/lists';
import { memoizeByText } from '../../private/memo';
import { validateDnsSubdomain } from '../../private/names';

/** The registry of images that name none. */
const DOCKER_HUB = 'docker.io';

const HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(?::\d+)?$/;
const PATH = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Sources of images and the way in which nodes pull them. */
export interface ImageDefaultsOptions {
  /**
   * Mirror of all registries that `registries` does not name, such as `registry.example.com/mirror`. It takes the place of the
   * registry in the name of each image. An image whose name begins with it already stays as it is.
   *
   * @default - images come from the registries that they name
   */
  readonly mirror?: string;

  /**
   * Mirrors by registry: `{ 'docker.io': 'registry.example.com/docker-hub' }`.
   *
   * @default - all registries have the `mirror`
   */
  readonly registries?: { readonly [registry: string]: string };

  /**
   * Versions by name of image, without the mirror. A name such as `docker.io/library/busybox` has a tag, a digest or both
   * (`1.37.0@sha256:...`), and holds where the library chose the image; an image that is named in your code stays. A name with
   * a tag has a digest, which is added to that image wherever it is used.
   *
   * @default - images have the tags or digests that they name
   */
  readonly pins?: { readonly [image: string]: string };

  /**
   * Policy by which nodes pull the images of containers that state none and are added through the pod.
   *
   * @default - `IF_NOT_PRESENT` for an image with a tag or digest, `ALWAYS` for none and for `latest`
   */
  readonly pullPolicy?: kplus.ImagePullPolicy;

  /**
   * Names of Secrets with which nodes pull the images, in the namespace of the pods, beside those that the pod has.
   *
   * @default - the pod has those of its workload and its ServiceAccount
   */
  readonly pullSecrets?: string[];
}

/** As many names are remembered as any app has images and pins. */
const MAX_IMAGES = 1_000;

/** The parts of the name of an image. */
interface ImageName {
  readonly registry: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

const parseImage = memoizeByText((image: string): ImageName | undefined => {
  const [named = '', digest] = image.split('@');
  const [, whole = '', tag] = /^(.*?)(?::([^/:]+))?$/.exec(named) ?? [];
  const [first = '', ...others] = whole.split('/');
  const hasRegistry = others.length > 0 && HOST.test(first);
  const path = hasRegistry ? others.join('/') : whole;
  const registry = hasRegistry ? first : DOCKER_HUB;
  return PATH.test(path)
    ? { registry, path: registry === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path, tag, digest }
    : undefined;
}, MAX_IMAGES);

/** Reasons why these options cannot be used. */
export function validateImages({
  mirror,
  registries = {},
  pins = {},
  pullSecrets = [],
}: ImageDefaultsOptions): string[] {
  return [
    ...(mirror === undefined ? [] : validateMirror('`images.mirror`', mirror)),
    ...Object.entries(registries).flatMap(([registry, target]) => [
      ...(HOST.test(registry)
        ? []
        : [`\`images.registries\` names "${registry}", which is no registry; pass its host, such as "docker.io"`]),
      ...validateMirror(`\`images.registries\` of "${registry}"`, target),
    ]),
    ...Object.entries(pins).flatMap(([image, version]) => validatePin(image, version)),
    ...findRepeated(Object.keys(pins), normalizeName).map(
      (image) => `\`images.pins\` names "${image}" twice, in two ways; name it once`,
    ),
    ...pullSecrets.flatMap((name) => {
      const problem = validateDnsSubdomain(name);
      return problem ? [`\`images.pullSecrets\` has "${name}", which ${problem}; pass the name of a Secret`] : [];
    }),
  ];
}

/** The options with the names of pinned images written out, so that each has one. */
export function normalizeImages(options: ImageDefaultsOptions): ImageDefaultsOptions {
  const { pins } = options;
  const entries = Object.entries(pins ?? {}).map(([image, version]) => [normalizeName(image), version]);
  return pins ? { ...options, pins: Object.fromEntries(entries) } : options;
}

/** An image that the library chose, in the version that is pinned. */
export function applyPin(image: string, { pins = {} }: ImageDefaultsOptions = {}): string {
  const name = parseImage(image);
  const version = name && pins[formatImage({ registry: name.registry, path: name.path })];
  if (!name || version === undefined) {
    return image;
  }
  const [whole, digest] = version.startsWith('sha256:') ? ['', version] : version.split('@');
  return formatImage({ ...name, tag: whole || name.tag, digest });
}

/** The image as the cluster pulls it: with the digest of its tag, and from the mirror. */
export function resolveImage(image: string, { mirror, registries = {}, pins = {} }: ImageDefaultsOptions): string {
  const name = parseImage(image);
  const targets = [...Object.values(registries), ...(mirror === undefined ? [] : [mirror])];
  if (!name || targets.some((target) => image.startsWith(`${target}/`))) {
    return image;
  }
  const digest = name.digest ?? (name.tag === undefined ? undefined : pins[formatImage(name)]);
  const target = registries[name.registry] ?? mirror;
  if (target === undefined && digest === name.digest) {
    return image;
  }
  return formatImage({ ...name, digest, registry: target ?? name.registry });
}

function normalizeName(image: string): string {
  const name = parseImage(image);
  return name ? formatImage(name) : image;
}

function formatImage({ registry, path, tag, digest }: ImageName): string {
  return `${registry}/${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

function validateMirror(subject: string, mirror: string): string[] {
  const [host = '', ...path] = mirror.split('/');
  return HOST.test(host) && (path.length === 0 || PATH.test(path.join('/')))
    ? []
    : [`${subject} is "${mirror}"; pass a registry and its path, such as "registry.example.com/mirror"`];
}

function validatePin(image: string, version: string): string[] {
  const name = parseImage(image);
  if (!name || name.digest !== undefined) {
    return [
      `\`images.pins\` names "${image}"; pass the name of an image without its digest, such as "docker.io/library/busybox"`,
    ];
  }
  const [tag = '', digest] = version.startsWith('sha256:') ? [undefined, version] : version.split('@');
  const isVersion = (tag === '' || TAG.test(tag)) && (digest === undefined || DIGEST.test(digest));
  if (name.tag !== undefined) {
    return DIGEST.test(version)
      ? []
      : [
          `\`images.pins\` gives "${image}" the version "${version}", but the name has its tag; pass the digest of that, "sha256:" and 64 digits`,
        ];
  }
  return isVersion && version !== ''
    ? []
    : [
        `\`images.pins\` gives "${image}" the version "${version}"; pass a tag, a digest such as "sha256:" and 64 digits, or both with "@"`,
      ];
}
