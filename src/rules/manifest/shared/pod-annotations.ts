import type { Field } from '../../model/field';
import type { Problem } from '../../rule';

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** The values of annotations that Kubernetes itself reads from a pod, by their keys or the beginning of those. */
const VALUES: readonly (readonly [key: string, value: RegExp, fix: string])[] = [
  ['controller.kubernetes.io/pod-deletion-cost', /^(0|[1-9]\d{0,9}|-\d{1,10})$/, 'write a whole number, such as `-10`'],
  [APP_ARMOR, /^(|runtime\/default|unconfined|localhost\/.*)$/s, 'write `runtime/default`, or use `appArmorProfile`'],
  [
    'seccomp.security.alpha.kubernetes.io/pod',
    /^(runtime|docker)\/default$|^unconfined$|^localhost\//,
    'use `seccompProfile`',
  ],
  [
    'container.seccomp.security.alpha.kubernetes.io/',
    /^(runtime|docker)\/default$|^unconfined$|^localhost\//,
    'use `seccompProfile`',
  ],
];

/** Checks an annotation of a pod that is for Kubernetes itself. */
export function checkPodAnnotation(at: Field): Problem[] {
  const { name, text } = at;
  const known = VALUES.find(([key]) => (key.endsWith('/') ? name.startsWith(key) : name === key));
  return !known || text === undefined || known[1].test(text)
    ? []
    : [{ at, message: `annotation "${name}" is "${text}", which is no value of it`, fix: known[2] }];
}
