import { toTag } from '../data/known-images';
import type { Field } from './field';

/** Labels of nodes that tell their operating system: that of today, and the one that it replaced. */
export const OS_LABELS: readonly string[] = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/** Images of Windows itself, and tags of others that are built on them. */
const WINDOWS_REPOSITORY = /^mcr\.microsoft\.com\/windows\//;
const WINDOWS_TAG = /windowsservercore|nanoserver/;

/** Whether a pod is for nodes of Windows: it says so, chooses no others, or has what exists there alone. */
export function isForWindows(spec: Field): boolean {
  const os = spec.at('os', 'name').text;
  return os === undefined ? choosesWindows(spec) || hasWindowsParts(spec) : os === 'windows';
}

function choosesWindows(spec: Field): boolean {
  const terms = spec.at(
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ).items;
  return (
    OS_LABELS.some((label) => spec.at('nodeSelector', label).text === 'windows') ||
    (terms.length > 0 && terms.every((term) => term.at('matchExpressions').items.some(isWindowsAlone)))
  );
}

function isWindowsAlone(expression: Field): boolean {
  const values = expression.at('values').items;
  return (
    OS_LABELS.includes(expression.at('key').text ?? '') &&
    expression.at('operator').text === 'In' &&
    values.length > 0 &&
    values.every(({ text }) => text === 'windows')
  );
}

function hasWindowsParts(spec: Field): boolean {
  const containers = ['initContainers', 'containers'].flatMap((name) => spec.at(name).items);
  return (
    [spec, ...containers].some((scope) => hasWindowsAlone(scope.at('securityContext', 'windowsOptions'))) ||
    containers.some((container) => isWindowsImage(container.at('image').text ?? ''))
  );
}

/** A user name may stand beside the settings of Linux, for a pod that any node can run; an account of Active Directory may not. */
function hasWindowsAlone(options: Field): boolean {
  return options.names.some((name) => name.startsWith('gmsa'));
}

function isWindowsImage(image: string): boolean {
  return WINDOWS_REPOSITORY.test(image) || WINDOWS_TAG.test(toTag(image));
}
