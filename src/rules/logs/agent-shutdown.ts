import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listConfiguredContainers } from './shared/tailed-files';

export const AGENT_SHUTDOWN: Rule = {
  id: 'agent-shutdown',
  severity: Severity.WARNING,
  catches: 'An agent whose configuration lets it take at least as long to end as the whole pod has.',
  consequence: 'Kubernetes kills it while it still sends, and what it holds in memory is lost.',
  fix: 'make `grace` of Fluent Bit shorter, or `terminationGracePeriodSeconds` of the pod longer',
  source: 'https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml/service-section',
  checkPod: (pod, set) =>
    listConfiguredContainers(pod, set)
      .filter(({ config }) => (config.graceSeconds ?? 0) >= Math.max(pod.graceSeconds, 1))
      .map(({ container, config }) => ({
        at: config.source,
        message: `container "${container.name}" takes up to ${config.graceSeconds} s to end, but the pod has ${pod.graceSeconds} s`,
      })),
};
