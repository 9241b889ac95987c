import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { type SecurityScope, scopesOf } from './shared/scopes';

/** Settings of a pod that only Linux has. */
const POD = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'];

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
  pod: (pod) => {
    const os = pod.spec.at('os', 'name');
    switch (os.text) {
      case undefined:
        return [];
      case 'windows':
        return [...namespaceProblems(pod), ...scopesOf(pod).flatMap(linuxProblems)];
      case 'linux':
        return scopesOf(pod).flatMap(windowsProblems);
      default:
        return [{ at: os, message: `\`os.name\` is "${os.text}", but must be "linux" or "windows"` }];
    }
  },
};

function namespaceProblems({ spec }: PodView): Problem[] {
  return POD.map((name) => spec.at(name))
    .filter((at) => (at.name === 'hostPID' || at.name === 'hostIPC' ? at.isTrue : at.exists))
    .map((at) => ({ at, message: `the pod for Windows sets \`${at.name}\`, which only Linux has` }));
}

function linuxProblems({ context, title, isPod }: SecurityScope): Problem[] {
  const ofLinux = isPod ? POD_CONTEXT : CONTAINER_CONTEXT;
  return context.fields
    .filter((at) => ofLinux.has(at.name) && at.exists && !isEmptyList(at))
    .map((at) => ({ at, message: `${inPod(title)} for Windows sets \`${at.name}\`, which only Linux has` }));
}

function windowsProblems({ context, title }: SecurityScope): Problem[] {
  const at = context.at('windowsOptions');
  return at.exists ? [{ at, message: `${inPod(title)} for Linux sets \`windowsOptions\`` }] : [];
}

/** `sysctls: []` sets nothing. */
function isEmptyList({ name, items }: Field): boolean {
  return name === 'sysctls' && items.length === 0;
}

function inPod(title: string): string {
  return title === 'the pod' ? title : `${title} of the pod`;
}
