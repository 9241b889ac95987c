// What must be true of the sources before they are released.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryFindSection } from './changelog.mjs';
import { NAMED_IN, parseVersion } from './version.mjs';

/**
 * The state of the sources: the version, the tag, the notes of the release, and what is wrong with them. Without a tag it is a
 * rehearsal of what is not yet released.
 */
export function readState(root, env = process.env) {
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const { version } = JSON.parse(read('package.json'));
  const tag = findTag(root, env);
  const changelog = read('CHANGELOG.md');
  const section = tryFindSection(changelog, version);
  const notes = section ?? (tag === undefined ? tryFindSection(changelog, 'Unreleased') : undefined);
  return {
    version,
    tag,
    notes: notes?.text ?? '',
    isPrerelease: parseVersion(version)?.pre.length > 0,
    problems: [
      ...validateTag(version, tag),
      ...(notes?.text
        ? []
        : [`CHANGELOG.md has no section "## ${version} (<date>)"; \`npm run release -- prepare\` writes it`]),
      ...listOtherVersions(read, version),
      ...listChanges(root),
    ],
  };
}

/** The tag that the workflow runs for, or else the one of the commit that is checked out. */
function findTag(root, env) {
  if (env.GITHUB_REF_TYPE === 'tag') {
    return env.GITHUB_REF_NAME;
  }
  const tags = execFileSync('git', ['tag', '--points-at', 'HEAD', '--list', 'v*'], { cwd: root, encoding: 'utf8' });
  return tags.split('\n').find(Boolean);
}

function validateTag(version, tag) {
  return tag === undefined || tag === `v${version}` ? [] : [`the tag is ${tag}, and package.json has ${version}`];
}

function listOtherVersions(read, version) {
  const lock = JSON.parse(read('package-lock.json'));
  const places = [
    ['package-lock.json', lock.version],
    ...Object.entries(NAMED_IN).flatMap(([file, place]) =>
      (read(file).match(place) ?? []).map((other) => [file, other]),
    ),
  ];
  return places
    .filter(([, other]) => other !== version)
    .map(([file, other]) => `${file} names ${other}, and package.json ${version}`);
}

function listChanges(root) {
  const changes = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).trimEnd();
  return changes === '' ? [] : [`the tree is not clean:\n${changes}`];
}
