import { Severity } from '../finding';
import { findRunningSoftware } from '../model/software';
import type { Rule } from '../rule';

/** Pages that also say whether the backend works, and those that do not. */
const PAGES: Readonly<Record<string, { readonly page: RegExp; readonly better: string }>> = {
  'Fluent Bit': { page: /^\/api\/v1\/health\/?$/, better: '/api/v1/uptime' },
  'Grafana Alloy': { page: /^\/-\/healthy\/?$/, better: '/-/ready' },
};

export const COMPANION_LIVENESS: Rule = {
  id: 'companion-liveness',
  severity: Severity.WARNING,
  catches: 'A `livenessProbe` of a log agent that asks whether its backend works.',
  consequence:
    'While the backend is away, the kubelet restarts the agent again and again, which loses what it has buffered.',
  fix: 'ask a page that tells of the agent alone',
  source: 'https://docs.fluentbit.io/manual/administration/monitoring#health-check-for-fluent-bit',
  checkPod: ({ companions }) =>
    companions.flatMap((container) => {
      const at = container.field.at('livenessProbe', 'httpGet', 'path');
      const software = at.text === undefined ? undefined : findRunningSoftware(container).software?.software;
      const advice = software === undefined ? undefined : PAGES[software];
      if (!advice?.page.test(at.text!)) {
        return [];
      }
      const message = `\`livenessProbe\` of container "${container.name}" asks "${at.text}", where ${software} also tells of its backend`;
      return [{ at, message, fix: `ask "${advice.better}"` }];
    }),
};
