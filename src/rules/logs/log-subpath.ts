import { normalizePath } from '../../private/paths';
import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listTailedFiles } from './shared/tailed-files';

export const LOG_SUBPATH: Rule = {
  id: 'log-subpath',
  severity: Severity.WARNING,
  catches: 'A log file that a companion mounts alone, with `subPath`.',
  consequence:
    'The mount stays with the file that was there at the start: after a rotation no new line arrives. In a volume without the file, Kubernetes makes a directory of that name.',
  fix: 'mount the directory of the file',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  checkPod: (pod, set) =>
    listTailedFiles(pod, set)
      .filter(({ mount, tail }) => mount?.subPath && normalizePath(mount.path!) === normalizePath(tail.pattern))
      .map(({ container, mount, tail }) => ({
        at: mount!.field.at(mount!.field.at('subPath').exists ? 'subPath' : 'subPathExpr'),
        message: `container "${container.name}" mounts the log file "${tail.pattern}" alone and does not see its rotation`,
      })),
};
