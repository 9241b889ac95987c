import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { listSecurityScopes, type SecurityScope } from './shared/scopes';

/** Settings of a pod that only Linux has. */
const POD = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'resources'];

/** Settings of the security context of a pod that only Linux has. */
const POD_CONTEXT = new Set([
  ...['appArmorProfile', 'fsGroup', 'fsGroupChangePolicy', 'runAsGroup', 'runAsUser', 'seLinuxChangePolicy'],
  ...['seLinuxOptions', 'seccompProfile', 'supplementalGroups', 'supplementalGroupsPolicy', 'sysctls'],
]);

/** Settings of the security context of a container that only Linux has. */
const CONTAINER_CONTEXT = new Set([
  ...['allowPrivilegeEscalation', 'appArmorProfile', 'capabilities', 'privileged', 'procMount'],
  ...['readOnlyRootFilesystem', 'runAsGroup', 'runAsUser', 'seLinuxOptions', 'seccompProfile'],
]);

export const WINDOWS_FIELDS: Rule = {
  id: 'windows-fields',
  severity: Severity.ERROR,
  catches: 'Settings of Linux in a pod for Windows, or settings of Windows in a pod for Linux.',
  consequence: 'The API server rejects the pod.',
  fix: 'remove the setting, or correct `os.name`',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-os',
  checkPod: (pod) => {
    const os = pod.spec.at('os', 'name');
    switch (os.text) {
      case undefined:
        return [];
      case 'windows':
        return [...checkLinuxNamespaces(pod), ...listSecurityScopes(pod).flatMap(checkLinuxSettings)];
      case 'linux':
        return listSecurityScopes(pod).flatMap(checkWindowsOptions);
      default:
        return [{ at: os, message: `\`os.name\` is "${os.text}", but must be "linux" or "windows"` }];
    }
  },
};

function checkLinuxNamespaces({ spec }: PodView): Problem[] {
  return POD.map((name) => spec.at(name))
    .filter((at) => (at.name === 'hostPID' || at.name === 'hostIPC' ? at.isTrue : at.exists))
    .map((at) => ({ at, message: `the pod for Windows sets \`${at.name}\`, which only Linux has` }));
}

function checkLinuxSettings({ context, title, isPod }: SecurityScope): Problem[] {
  const ofLinux = isPod ? POD_CONTEXT : CONTAINER_CONTEXT;
  return context.fields
    .filter((at) => ofLinux.has(at.name) && at.exists && !isEmptyList(at))
    .map((at) => ({ at, message: `${describeInPod(title)} for Windows sets \`${at.name}\`, which only Linux has` }));
}

function checkWindowsOptions({ context, title }: SecurityScope): Problem[] {
  const at = context.at('windowsOptions');
  return at.exists ? [{ at, message: `${describeInPod(title)} for Linux sets \`windowsOptions\`` }] : [];
}

/** `sysctls: []` sets nothing. */
function isEmptyList({ name, items }: Field): boolean {
  return name === 'sysctls' && items.length === 0;
}

function describeInPod(title: string): string {
  return title === 'the pod' ? title : `${title} of the pod`;
}
