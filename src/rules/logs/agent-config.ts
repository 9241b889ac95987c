import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listConfiguredContainers } from './shared/tailed-files';

export const AGENT_CONFIG: Rule = {
  id: 'agent-config',
  severity: Severity.ERROR,
  catches:
    'A configuration of a log agent, such as Fluent Bit, Fluentd, Filebeat or Vector, that the software cannot read.',
  consequence: 'The agent ends right after its start, again and again.',
  fix: 'correct the text',
  source: 'https://docs.fluentbit.io/manual/administration/configuring-fluent-bit',
  checkPod: (pod, set) =>
    listConfiguredContainers(pod, set).flatMap(({ container, config }) =>
      config.problem === undefined
        ? []
        : [
            {
              at: config.source,
              message: `the configuration of container "${container.name}", ${config.title}, ${config.problem}`,
            },
          ],
    ),
};
