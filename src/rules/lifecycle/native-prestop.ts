import { Severity } from '../finding';
import { parseWaitSeconds } from '../model/commands';
import { Role } from '../model/container-view';
import type { Rule } from '../rule';

export const NATIVE_PRESTOP: Rule = {
  id: 'native-prestop',
  severity: Severity.WARNING,
  catches: 'A `preStop` hook of a native sidecar that does more than wait.',
  consequence:
    'It runs as soon as the pod is deleted, while the main container still works and needs the sidecar; the stop signal comes later anyway.',
  fix: 'remove the hook, or let it do no more than wait: a native sidecar gets its stop signal when all regular containers have ended and its hook has',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#termination-with-sidecars',
  checkPod: ({ initContainers }) =>
    initContainers
      .filter(({ role }) => role === Role.NATIVE_SIDECAR)
      .flatMap(({ field, name }) => {
        const hook = field.at('lifecycle', 'preStop');
        const command = hook.at('exec', 'command');
        const at = hook.at('httpGet').exists ? hook.at('httpGet') : hook.at('exec');
        const message = `native sidecar "${name}" has a \`preStop\` hook that runs while the main container still does`;
        return at.exists && parseWaitSeconds(command.texts) === undefined ? [{ at, message }] : [];
      }),
};
