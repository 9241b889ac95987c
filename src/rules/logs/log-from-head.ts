import { Severity } from '../finding';
import { Role } from '../model/container-view';
import type { Rule } from '../rule';
import { listPodLogs } from './shared/tailed-files';

const FIXES: Readonly<Record<string, string>> = {
  'Fluent Bit': 'set `read_from_head: true`',
  'OpenTelemetry Collector': 'set `start_at: beginning`',
  Fluentd: 'set `read_from_head true`',
  Vector: 'set `read_from: beginning`',
};

export const LOG_FROM_HEAD: Rule = {
  id: 'log-from-head',
  severity: Severity.WARNING,
  catches: 'A sidecar that starts after the main container and reads only the end of the log files that it finds.',
  consequence: 'What the main container logs before the agent runs, such as why it does not start, is lost.',
  fix: 'let the agent read new files from their first line on, or run it as a native sidecar before the main container',
  source: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail',
  checkPod: (pod, set) =>
    listPodLogs(pod, set)
      .filter(({ container, tail }) => container.role === Role.CLASSIC_SIDECAR && tail.fromHead === false)
      .map(({ container, config, tail }) => ({
        at: config.source,
        message: `container "${container.name}" starts after the main container and reads "${tail.pattern}" from the end`,
        fix: FIXES[config.software],
      })),
};
