// The sections of CHANGELOG.md: `## Unreleased`, and `## 1.2.3 (2026-11-30)` for each version.

const HEADING = /^## (\S+)(?: \((\d{4}-\d\d-\d\d)\))?$/gm;

/** What users must change for. A section has it where a version breaks something. */
const BREAKING = /^### Breaking$/m;

/** The sections in their order, each with its name, its date where it has one, and its text. */
export function listSections(changelog) {
  const headings = [...changelog.matchAll(HEADING)];
  return headings.map((heading, index) => ({
    name: heading[1],
    date: heading[2],
    start: heading.index,
    text: changelog.slice(heading.index + heading[0].length, headings[index + 1]?.index).trim(),
  }));
}

export function tryFindSection(changelog, name) {
  return listSections(changelog).find((section) => section.name === name);
}

/** Whether a section names a change that breaks something. */
export function isBreaking({ text }) {
  return BREAKING.test(text);
}

/** The changelog in which what is unreleased is that of a version, and nothing is unreleased any more. */
export function releaseSection(changelog, version, date) {
  const { start } = tryFindSection(changelog, 'Unreleased');
  const end = start + '## Unreleased'.length;
  return `${changelog.slice(0, start)}## Unreleased\n\n## ${version} (${date})${changelog.slice(end)}`;
}

/** The problems of a release of this version, as sentences. */
export function validateVersion(changelog, { current, version, step }) {
  const unreleased = tryFindSection(changelog, 'Unreleased');
  const needsMajor = unreleased !== undefined && isBreaking(unreleased) && !['major', 'prerelease'].includes(step);
  return [
    !unreleased?.text && 'CHANGELOG.md has nothing under "## Unreleased"',
    tryFindSection(changelog, version) && `CHANGELOG.md has a section ${version} already`,
    // Below 1.0.0 a minor version may break what it says.
    needsMajor &&
      !(current.startsWith('0.') && step === 'minor') &&
      `what is unreleased has "### Breaking", and ${current} to ${version} is a ${step} version`,
  ].filter(Boolean);
}
