/** The repository, and what the site is made of. */
export const ROOT = new URL('../../', import.meta.url);
export const SITE = new URL('../', import.meta.url);
/** Pages as they are written, and as they are built. */
export const OWN_PAGES = new URL('pages/', SITE);
export const PAGES = new URL('src/content/docs/', SITE);
export const GENERATED = new URL('src/generated/', SITE);
export const PUBLIC = new URL('public/', SITE);
export const REPOSITORY = 'https://github.com/cdk8s-pod-patterns/cdk8s-pod-patterns';
export const ORIGIN = 'https://cdk8s-pod-patterns.github.io';
export const BASE = '/cdk8s-pod-patterns';
