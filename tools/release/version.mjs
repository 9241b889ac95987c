// Versions by SemVer, and the files that name the version of the package.

const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*))?$/i;

/** The files beside package.json and its lock file that name the version, and each place in them. */
export const NAMED_IN = {
  'action.yml': /(?<=cdk8s-pod-patterns@)\d[\w.-]*/g,
  'diff/action.yml': /(?<=cdk8s-pod-patterns@)\d[\w.-]*/g,
  'templates/pod-rules.yml': /(?<=cdk8s-pod-patterns@)\d[\w.-]*/g,
  '.pre-commit-hooks.yaml': /(?<=cdk8s-pod-patterns@)\d[\w.-]*/g,
  'starter/package.json': /(?<="cdk8s-pod-patterns": "\^)\d[^"]*/g,
  'cdk8s.yaml': /(?<=^ +version: )\d\S*/gm,
  'README.md':
    /(?<=cdk8s-pod-patterns(?:\/diff)?@v|pod-rules@|rev: v|^ +version: |<artifactId>cdk8s-pod-patterns(?:-\d+)?<\/artifactId>\s*<version>)\d[\w.-]*/gm,
  'src/rules/validation.ts': /(?<=version: )\d[\w.-]*/g,
  'test/languages/java/pom.xml': /(?<=<pod-patterns\.version>)\d[\w.-]*/g,
  'test/languages/go/go.mod': /(?<=\/podpatterns\d* v)\d[\w.-]*/g,
};

/** The parts of a version; nothing where it is none. */
export function parseVersion(text) {
  const [, major, minor, patch, pre] = SEMVER.exec(text) ?? [];
  return major === undefined ? undefined : { major: +major, minor: +minor, patch: +patch, pre: pre?.split('.') ?? [] };
}

/** Below 0 where one version comes before another, above 0 where it comes after. */
export function compareVersions(one, other) {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  const numbers = ['major', 'minor', 'patch'].map((part) => a[part] - b[part]).find((difference) => difference !== 0);
  return numbers ?? comparePre(a.pre, b.pre);
}

/** A version before a release comes before it; its parts are compared as numbers where they are, which come before words. */
function comparePre(one, other) {
  if (one.length === 0 || other.length === 0) {
    return other.length - one.length;
  }
  for (const [index, part] of one.entries()) {
    const difference = index < other.length ? comparePart(part, other[index]) : 1;
    if (difference !== 0) {
      return difference;
    }
  }
  return one.length - other.length;
}

function comparePart(one, other) {
  const [a, b] = [one, other].map((part) => /^\d+$/.test(part));
  if (a && b) {
    return Number(one) - Number(other);
  }
  return a === b ? (one < other ? -1 : Number(one > other)) : a ? -1 : 1;
}

/** The step from one version to a later one: `major`, `minor`, `patch` or `prerelease`. */
export function describeStep(from, to) {
  const [a, b] = [parseVersion(from), parseVersion(to)];
  return ['major', 'minor', 'patch'].find((part) => a[part] !== b[part]) ?? 'prerelease';
}
