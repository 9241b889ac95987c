import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listConfiguredContainers } from './shared/tailed-files';

export const AGENT_CONFIG_REFERENCE: Rule = {
  id: 'agent-config-reference',
  severity: Severity.ERROR,
  catches: 'A configuration of an agent in which one part names another that is not there.',
  consequence:
    'The OpenTelemetry Collector, Vector and Fluentd end right after their start; an output of Fluent Bit gets no record.',
  fix: 'define the part, or name one that is defined',
  source: 'https://opentelemetry.io/docs/collector/configuration/#pipelines',
  checkPod: (pod, set) =>
    listConfiguredContainers(pod, set).flatMap(({ container, config }) =>
      config.dangling.map((dangling) => ({
        at: config.source,
        message: `in the configuration of container "${container.name}", ${dangling}`,
      })),
    ),
};
