// Makes the commit of a release ready: the version in every file that names it, and the section of CHANGELOG.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseSection, tryFindSection, validateVersion } from './changelog.mjs';
import { compareVersions, describeStep, NAMED_IN, parseVersion } from './version.mjs';

/** @throws an Error with all that is wrong with the version, before anything is written */
export function prepareRelease(root, version, date = new Date().toISOString().slice(0, 10)) {
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const { version: current } = JSON.parse(read('package.json'));
  const changelog = read('CHANGELOG.md');
  const problems = validateRelease(changelog, current, version);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  writeFileSync(join(root, 'CHANGELOG.md'), releaseSection(changelog, version, date));
  for (const [file, place] of Object.entries(NAMED_IN)) {
    writeFileSync(join(root, file), read(file).replace(place, version));
  }
  for (const file of ['package.json', 'package-lock.json']) {
    writeFileSync(join(root, file), `${JSON.stringify(withVersion(JSON.parse(read(file)), version), null, 2)}\n`);
  }
}

/** The lock file names the version once more, as that of the package at its root. */
function withVersion(description, version) {
  const { packages } = description;
  return {
    ...description,
    version,
    ...(packages && { packages: { ...packages, '': { ...packages[''], version } } }),
  };
}

function validateRelease(changelog, current, version) {
  if (parseVersion(version) === undefined) {
    return [`"${version}" is no version, such as 1.2.3 or 1.2.3-rc.1`];
  }
  const order = compareVersions(version, current);
  // The version of package.json may itself never have been released.
  const isFirst = order === 0 && tryFindSection(changelog, version) === undefined;
  if (order <= 0 && !isFirst) {
    return [`${version} is not after ${current}, which is the version of package.json`];
  }
  return validateVersion(changelog, { current, version, step: isFirst ? 'major' : describeStep(current, version) });
}
