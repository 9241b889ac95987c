import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm } from '../model/field-form';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { checkHostProcesses } from './shared/host-processes';
import { listSecurityScopes, type SecurityScope } from './shared/scopes';
import { SECURITY_FORM } from './shared/security-form';
import { checkSysctls } from './shared/sysctls';

/** The largest number of a user or group. */
const MAX_ID = 2_147_483_647;

const MAX_PROFILE_LENGTH = 4_095;

export const SECURITY_CONTEXT: Rule = {
  id: 'security-context',
  severity: Severity.ERROR,
  catches:
    'Settings of a security context that contradict each other or are out of range, such as `privileged: true` beside `allowPrivilegeEscalation: false`.',
  consequence: 'The API server rejects the pod.',
  fix: 'correct or remove the setting',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context-1',
  checkPod: (pod) => [
    ...listSecurityScopes(pod).flatMap((scope) => checkContextSettings(scope, pod)),
    ...checkSysctls(pod),
    ...checkHostProcesses(pod),
  ],
};

function checkContextSettings({ context, title }: SecurityScope, pod: PodView): Problem[] {
  return [
    ...context.fields
      .flatMap((setting) => CHECKS.get(setting.name)?.(setting, context, pod) ?? [])
      .map(([at, what]) => ({ at, message: `${title} ${what}` })),
    ...checkForm(context, SECURITY_FORM),
  ];
}

type Wrong = readonly [at: Field, what: string];

/** The checks of settings by their names. */
const CHECKS = new Map<string, (setting: Field, context: Field, pod: PodView) => readonly Wrong[]>([
  ['runAsUser', findWrongId],
  ['runAsGroup', findWrongId],
  ['fsGroup', findWrongId],
  ['supplementalGroups', (groups) => groups.items.flatMap(findWrongId)],
  [
    'procMount',
    (at, _, pod) => (isUnmasked(at, pod) ? [[at, 'sets `procMount: Unmasked` without `hostUsers: false`']] : []),
  ],
  ['seccompProfile', findWrongSeccomp],
  ['appArmorProfile', findWrongAppArmor],
  ['privileged', findWrongPrivilege],
  ['capabilities', findWrongCapability],
]);

function findWrongId(at: Field): Wrong[] {
  const id = at.number ?? 0;
  const name = /^\d+$/.test(at.name) ? 'supplementalGroups' : at.name;
  return Number.isInteger(id) && id >= 0 && id <= MAX_ID
    ? []
    : [[at, `sets \`${name}\` to ${id}, which is no number of a user or group`]];
}

function isUnmasked(at: Field, { spec }: PodView): boolean {
  return at.text === 'Unmasked' && !spec.at('hostUsers').isFalse;
}

function findWrongSeccomp(profile: Field): Wrong[] {
  const at = profile.at('localhostProfile');
  if (profile.at('type').text !== 'Localhost' || !at.exists) {
    return findWrongProfile(profile);
  }
  const path = at.text ?? '';
  return path.startsWith('/') || path.split('/').includes('..')
    ? [[at, `names seccomp profile "${path}", which must be a path below the directory of the profiles`]]
    : [];
}

function findWrongAppArmor(profile: Field): Wrong[] {
  const at = profile.at('localhostProfile');
  if (profile.at('type').text !== 'Localhost' || !at.text) {
    return findWrongProfile(profile);
  }
  return at.text !== at.text.trim() || at.text.length > MAX_PROFILE_LENGTH
    ? [[at, `names AppArmor profile "${at.text.slice(0, 40)}", which is blank, padded or too long`]]
    : [];
}

/** A profile of the node is named where it is asked for, and only there. */
function findWrongProfile(profile: Field): Wrong[] {
  const type = profile.at('type').text;
  const at = profile.at('localhostProfile');
  if (type === 'Localhost') {
    return [[at, `asks for \`${profile.name}\` "Localhost" without \`localhostProfile\``]];
  }
  return type && at.exists ? [[at, `sets \`localhostProfile\` beside \`${profile.name}\` "${type}"`]] : [];
}

function findWrongPrivilege(at: Field, context: Field): Wrong[] {
  return at.isTrue && context.at('allowPrivilegeEscalation').isFalse
    ? [[at, 'is privileged, but has `allowPrivilegeEscalation: false`']]
    : [];
}

/** The API server looks for this one spelling. */
function findWrongCapability(capabilities: Field, context: Field): Wrong[] {
  return context.at('allowPrivilegeEscalation').isFalse
    ? capabilities
        .at('add')
        .items.filter(({ text }) => text === 'CAP_SYS_ADMIN')
        .map((at) => [at, 'adds capability "CAP_SYS_ADMIN", but has `allowPrivilegeEscalation: false`'])
    : [];
}
