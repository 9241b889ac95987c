import { matchesPath, matchesPattern } from '../../private/paths';
import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listPodLogs } from './shared/tailed-files';

/** A name that goes on after its ending, as in `access.log*` and `access.log.[0-9]`. */
const OPEN_END = /\.(log|txt|out|err|json)(\*|\.(\*|\?|\d|\[\d-\d\])+)$/;
/** The endings that programs add to the name of a file that they rotate. */
const ADDED = ['.1', '-20260131', '.2026-01-31', '.old'];

const FIXES: Readonly<Record<string, string>> = {
  'Fluent Bit':
    'end the pattern with the ending of the current file, as in `*.log`, exclude the rotated names with `exclude_path`, or set `rotate_wait` to longer than they are kept',
  Fluentd: 'set `follow_inodes true`',
};

export const LOG_ROTATED_NAMES: Rule = {
  id: 'log-rotated-names',
  severity: Severity.WARNING,
  catches:
    'A pattern of Fluent Bit or Fluentd that also matches the names of rotated files, such as `access.log*`, without what lets it know a renamed file again.',
  consequence: 'After a rotation it takes the renamed file for a new one and sends all its lines again.',
  fix: 'end the pattern with the ending of the current file, as in `*.log`, or exclude the rotated names with `exclude_path`',
  source: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#file-rotation',
  checkPod: (pod, set) =>
    listPodLogs(pod, set)
      .filter(({ tail }) => tail.takesRenamedForNew && OPEN_END.test(tail.pattern))
      .filter(({ tail }) => !ADDED.some((added) => isExcluded(`${toExamplePath(tail.pattern)}${added}`, tail.exclude)))
      .map(({ container, config, tail }) => ({
        at: config.source,
        message: `container "${container.name}" reads "${tail.pattern}", which also matches rotated files such as "${toExamplePath(tail.pattern)}.1"`,
        fix: FIXES[config.software],
      })),
};

/** A path that the pattern matches. */
function toExamplePath(pattern: string): string {
  return pattern
    .replace(/(\.(\*|\?|\d|\[\d-\d\])+|\*+)$/, '')
    .replace(/\*+/g, 'app')
    .replace(/\?/g, 'x');
}

function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.some((pattern) => matchesPattern(pattern, path) || matchesPath(pattern, path));
}
