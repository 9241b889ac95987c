import { type Handled, listHooks, listProbes } from '../../lifecycle/shared/handlers';
import type { PodView } from '../../model/pod-view';
import type { Problem } from '../../rule';

/** `$(NAME)` or `${NAME}`. */
const REFERENCE = /\$(?:\((\w+)\)|\{(\w+)\})/g;

/** Checks that no request of a probe or hook refers to a variable of its container: Kubernetes replaces none there. */
export function checkRequestReferences(pod: PodView): Problem[] {
  return [...listProbes(pod), ...listHooks(pod)].flatMap((handled) => (handled.dialled ? checkRequest(handled) : []));
}

function checkRequest({ container, field, title }: Handled): Problem[] {
  const request = field.at('httpGet');
  const texts = [request.at('path'), ...request.at('httpHeaders').items.map((header) => header.at('value'))];
  return texts.flatMap((at) => {
    const names = [...(at.text ?? '').matchAll(REFERENCE)].map(([, one, other]) => one ?? other!);
    const name = names.find((one) => container.findVariable(one));
    return name === undefined
      ? []
      : [
          {
            at,
            message: `${title} refers to environment variable "${name}", which Kubernetes replaces in no \`httpGet\``,
            fix: 'write the value, or let a shell of `exec` send the request',
          },
        ];
  });
}
