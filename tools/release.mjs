// Releases: makes the commit, and does everything but the uploads, which the workflow does on a tag: docs/decisions/0032.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUILDERS } from './release/packages.mjs';
import { prepareRelease } from './release/prepare.mjs';
import { rehearseRelease } from './release/rehearse.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `Usage: npm run release -- prepare <version>   writes the version and its section of CHANGELOG.md
       npm run release -- --dry-run [options]  does everything but the uploads, and lists them

Options of --dry-run:
  --languages <list>   what is made beside npm's packages (default: ${Object.keys(BUILDERS).join(',')})
  --code-only <list>   the languages of which only the sources are written, as their libraries cannot be had
  --no-tests           the tarballs are not tested
`;

process.exitCode = runRelease(process.argv.slice(2));

function runRelease(args) {
  try {
    return carryOut(readArguments(args));
  } catch (error) {
    console.error(`release: ${error.message}`);
    return 1;
  }
}

function readArguments(args) {
  const string = { type: 'string' };
  const options = {
    'dry-run': { type: 'boolean' },
    'no-tests': { type: 'boolean' },
    languages: string,
    'code-only': string,
  };
  return parseArgs({ args, allowPositionals: true, options });
}

function carryOut({ values, positionals: [verb, version, ...others] }) {
  if (verb === 'prepare' && version !== undefined && others.length === 0) {
    prepareRelease(ROOT, version);
    console.log(
      `Now read the diff, then: git commit -am "Release ${version}" && git tag v${version} && git push --atomic origin HEAD v${version}`,
    );
    return 0;
  }
  if (verb !== undefined || !values['dry-run']) {
    console.error(`${USAGE}\nThe uploads are made by .github/workflows/release.yml alone, when a tag v* is pushed.`);
    return 2;
  }
  const languages = parseLanguages(values.languages) ?? Object.keys(BUILDERS);
  const codeOnly = parseLanguages(values['code-only']) ?? [];
  return rehearseRelease(ROOT, { languages, codeOnly, tests: !values['no-tests'] }) ? 0 : 1;
}

function parseLanguages(list) {
  const languages = list?.split(',').filter(Boolean);
  const unknown = languages?.find((language) => !(language in BUILDERS));
  if (unknown !== undefined) {
    throw new Error(`"${unknown}" is no language that is built (known: ${Object.keys(BUILDERS).join(', ')})`);
  }
  return languages;
}
