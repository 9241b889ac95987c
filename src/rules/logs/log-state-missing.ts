import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listPodLogs } from './shared/tailed-files';

const FIXES: Readonly<Record<string, string>> = {
  'Fluent Bit': 'set `db` to a file on an `emptyDir` of the agent',
  Fluentd: 'set `pos_file` to a file on an `emptyDir` of the agent',
  'OpenTelemetry Collector':
    'set `storage` to a `file_storage` extension whose directory is an `emptyDir` of the agent',
};

export const LOG_STATE_MISSING: Rule = {
  id: 'log-state-missing',
  severity: Severity.WARNING,
  catches: 'A companion that reads log files and writes down nowhere how far it has come.',
  consequence: 'When it restarts, it sends everything again, or skips what was written meanwhile.',
  fix: 'let the agent keep its positions in a file on an `emptyDir` of its own',
  source: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#keep-state',
  checkPod: (pod, set) =>
    listPodLogs(pod, set)
      .filter(({ tail }) => tail.keepsPosition === false)
      .map(({ container, config, tail }) => ({
        at: config.source,
        message: `container "${container.name}" reads "${tail.pattern}" and forgets at a restart how far it has come`,
        fix: FIXES[config.software],
      })),
};
