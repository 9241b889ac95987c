import { isShell } from '../../model/commands';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import type { Problem } from '../../rule';
import { type CommandLine, listCommandLines, listHandlerLines } from './command-lines';
import { checkRequestReferences } from './request-references';
import { checkShellReferences, isHook } from './shell-references';

const REFERENCE = /\$\$|\$\((\w+)\)/g;
/** Names as people give them to environment variables. */
const NAME = /^[A-Z_][A-Z0-9_]*$/;

const NOTHING: readonly Problem[] = [];

/** References in the form of a shell, where no shell runs, and references in hooks and probes, which are not replaced. */
export function checkUnexpandedReferences(pod: PodView, set: ManifestSet): readonly Problem[] {
  const own = listCommandLines(pod).filter(hasSign);
  const handled = listHandlerLines(pod).filter(hasSign);
  const requests = checkRequestReferences(pod);
  return own.length + handled.length + requests.length === 0
    ? NOTHING
    : [
        ...[...own, ...handled].flatMap((line) => checkShellReferences(line, pod, set)),
        ...handled.flatMap(checkHandlerReferences),
        ...requests,
      ];
}

function hasSign(line: CommandLine): boolean {
  return line.has('$');
}

/** In a probe, Kubernetes replaces `$(NAME)` where the value stands in the manifest; in a hook, nowhere. */
function checkHandlerReferences({ container, title, items, handler }: CommandLine): Problem[] {
  const isInHook = isHook(handler!.field);
  const isScript = items.some(({ text }) => isShell([text ?? '']));
  return items.flatMap((at) => {
    const names = [...(at.text ?? '').matchAll(REFERENCE)].flatMap((match) => match[1] ?? []);
    const name = names.find((one) => {
      const variable = container.findVariable(one);
      return isInHook ? variable !== undefined || (!isScript && NAME.test(one)) : variable?.at('valueFrom').exists;
    });
    return name === undefined ? [] : [toHandlerProblem(at, name, title, isInHook, isScript)];
  });
}

function toHandlerProblem(at: Field, name: string, title: string, isInHook: boolean, isScript: boolean): Problem {
  const why = isInHook
    ? 'which Kubernetes replaces in no hook'
    : 'which Kubernetes replaces in a probe only where its value stands in the manifest';
  return {
    at,
    message: `${title} refers to environment variable "${name}", ${why}`,
    fix: `${isScript ? '' : 'let a shell run the command, and '}write \`$${name}\``,
  };
}
