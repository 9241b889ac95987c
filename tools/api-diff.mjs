// Prints, in Markdown, what a branch changes of the public API: the diff of docs/api.md since the branch left another.
//
//   node tools/api-diff.mjs origin/main
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPORT = 'docs/api.md';
const ROOT = fileURLToPath(new URL('..', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , base, root = ROOT] = process.argv;
  if (base === undefined) {
    console.error('usage: node tools/api-diff.mjs <branch or commit>');
    process.exitCode = 2;
  } else {
    console.log(describeDiff(readDiff(base, root)));
  }
}

/** With so many lines around a change that the type which it belongs to is among them. */
function readDiff(base, cwd) {
  const args = ['diff', '--merge-base', '--unified=1', '--function-context', base, '--', REPORT];
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

/** Where a line is gone, code that uses it may no longer compile; where lines are only new, it does. */
function describeDiff(diff) {
  const hunks = diff
    .slice(diff.search(/^@@/m))
    .replace(/^(@@ .* @@).*/gm, '$1')
    .trimEnd();
  const [gone, added] = ['-', '+'].map((sign) => hunks.split('\n').filter((line) => line.startsWith(sign)).length);
  if (gone + added === 0) {
    return '### API\n\nNo signature changed.';
  }
  const verdict =
    gone === 0
      ? 'none is gone: a minor version.'
      : `gone or changed: ${gone}. A major version, unless each of them only became optional or wider; CONTRIBUTING.md has the list.`;
  return `### API\n\nNew lines: ${added}, ${verdict}\n\n\`\`\`\`diff\n${hunks}\n\`\`\`\``;
}
