import { matchesPath, matchesPattern, toFixedDirectory } from '../../private/paths';
import type { StatePath, Tail } from '../configs/config';
import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listConfiguredContainers } from './shared/tailed-files';

export const LOG_STATE_TAILED: Rule = {
  id: 'log-state-tailed',
  severity: Severity.WARNING,
  catches: 'An agent that keeps its positions in a file among those that it reads.',
  consequence: 'Each line that it sends changes the file, which it then sends as log lines, without an end.',
  fix: 'keep the positions in a directory without logs',
  source: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#keep-state',
  checkPod: (pod, set) =>
    listConfiguredContainers(pod, set).flatMap(({ container, config }) =>
      config.states.flatMap((state) => {
        const tail = config.tails.find((candidate) => isTailed(state, candidate));
        return tail
          ? [
              {
                at: config.source,
                message: `container "${container.name}" keeps its state in "${state.path}", which it reads as "${tail.pattern}"`,
              },
            ]
          : [];
      }),
    ),
};

function isTailed({ path, isDirectory }: StatePath, { pattern, exclude }: Tail): boolean {
  const file = isDirectory ? `${path}/state` : path;
  const isNear = file.startsWith(toFixedDirectory(pattern).directory);
  return isNear && matchesPath(pattern, file) && !exclude.some((part) => matchesPattern(part, file));
}
