import { isShell, toProgramName } from '../../model/commands';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { findRunningSoftware } from '../../model/software';
import type { Problem } from '../../rule';
import { type CommandLine, listCommandLines, listHandlerLines, readWords } from './command-lines';

/** `${NAME}` or `$NAME`; a doubled sign stands for itself. */
const SHELL_REFERENCE = /(?<!\$)\$(?:\{(\w+)\}|(\w+))/g;
const REFERENCE = /\$\$|\$\((\w+)\)/g;
/** Names as people give them to environment variables. */
const NAME = /^[A-Z_][A-Z0-9_]*$/;

/** Programs that know what to do with a variable, and scripts, which may. */
const EXPANDING = new Set(
  'env envsubst gomplate confd make awk gawk mawk perl ruby node php java logstash npm npx yarn pnpm pwsh powershell cmd'.split(
    ' ',
  ),
);
const SCRIPT = /^(python[\d.]*|\w*sh|.*\.(sh|bash|py|pl|rb|js|jar))$/;
/** A setting of Spring Boot, which replaces such references. */
const SPRING = /^--(spring|server|management|logging)\./;
/** Software that expands variables in its arguments. */
const EXPANDING_SOFTWARE = new Set<string | undefined>([
  'Fluent Bit',
  'OpenTelemetry Collector',
  'Filebeat',
  'Grafana Alloy',
]);

const NOTHING: readonly Problem[] = [];

/** References in the form of a shell, where no shell runs, and references in hooks and probes, which are not replaced. */
export function checkUnexpandedReferences(pod: PodView): readonly Problem[] {
  const own = listCommandLines(pod).filter(hasSign);
  const handled = listHandlerLines(pod).filter(hasSign);
  return own.length + handled.length === 0
    ? NOTHING
    : [
        ...own.flatMap(checkShellReferences),
        ...handled.flatMap((line) => [...checkShellReferences(line), ...checkHandlerReferences(line)]),
      ];
}

function hasSign(line: CommandLine): boolean {
  return line.has('$');
}

function checkShellReferences(line: CommandLine): Problem[] {
  const { container, title, items, handler } = line;
  if (isExpanding(line)) {
    return [];
  }
  return items.flatMap((at) => {
    const found = [...(at.text ?? '').matchAll(SHELL_REFERENCE)];
    const [whole, braced, plain] = found.find(([, one, other]) => container.findVariable(one ?? other!)) ?? [];
    const name = braced ?? plain;
    const fix = handler && isHook(handler.field) ? 'let a shell run the command' : `write \`$(${name})\``;
    return name === undefined
      ? []
      : [{ at, message: `${title} passes "${whole}" on as it stands, as no shell runs the command`, fix }];
  });
}

function isHook(handler: Field): boolean {
  return !handler.name.endsWith('Probe');
}

function isExpanding({ items, container, handler }: CommandLine): boolean {
  const words = readWords(items);
  const software = handler ? undefined : findRunningSoftware(container).software?.software;
  const name = toProgramName(words);
  const isScript =
    EXPANDING.has(name) || SCRIPT.test(name) || words.some((word) => isShell([word]) || SPRING.test(word));
  return isScript || EXPANDING_SOFTWARE.has(software);
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
