import type { ImageFacts } from './known-images';

/** The distroless images without a shell: the release of Debian may stand behind each name. */
const DISTROLESS = [
  ...['static', 'base', 'base-nossl', 'cc', 'java', 'java-base', 'java11', 'java17', 'java21', 'java25'],
  ...['nodejs', 'nodejs18', 'nodejs20', 'nodejs22', 'nodejs24'],
].flatMap((name) => ['', '-debian11', '-debian12', '-debian13'].map((release) => `distroless/${name}${release}`));

/** Images of one tool, and those that others are built of: they have nothing but what a program needs. From their image definitions. */
export const BASE_IMAGES: readonly ImageFacts[] = [
  { repositories: ['alpine/git'], entrypoint: 'git', tagsWithShell: /(?:)/ },
  { repositories: ['curlimages/curl'], entrypoint: 'curl', user: 'curl_user', tagsWithShell: /(?:)/ },
  { repositories: DISTROLESS, tagsWithShell: /debug/ },
  { repositories: ['chainguard/static', 'chainguard/glibc-dynamic'], tagsWithShell: /dev/ },
  {
    repositories: ['registry.k8s.io/pause', 'k8s.gcr.io/pause', 'kubernetes/pause', 'rancher/mirrored-pause'],
    tagsWithShell: /(?!)/,
  },
];
