import { isShell, toProgramName } from '../../model/commands';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import { findRunningSoftware } from '../../model/software';
import type { Problem } from '../../rule';
import { type CommandLine, readWords } from './command-lines';

/** `${NAME}`, also with what is taken where it is not set, or `$NAME`; a doubled sign stands for itself. */
const SHELL_REFERENCE = /(?<!\$)\$(?:\{(\w+)(?::?[-+=?][^{}]*)?\}|(\w+))/g;

/** Programs that know what to do with a variable, or have a shell do it, and scripts, which may. */
const EXPANDING = new Set(
  'env envsubst gomplate confd make awk gawk mawk perl ruby node php java logstash npm npx yarn pnpm pwsh powershell cmd su runuser flock sg script watch parallel ssh'.split(
    ' ',
  ),
);
const SCRIPT = /^(python[\d.]*|\w*sh|.*entry-?point.*|.*\.(sh|bash|py|pl|rb|js|jar))$/;
/** A setting of Spring Boot, which replaces such references. */
const SPRING = /^--(spring|server|management|logging)\./;
/** Software that expands variables in its arguments. */
const EXPANDING_SOFTWARE = new Set<string | undefined>([
  'Fluent Bit',
  'OpenTelemetry Collector',
  'Filebeat',
  'Grafana Alloy',
]);

/** Checks that a command that no shell runs has no references in the form of a shell to variables of its container. */
export function checkShellReferences(line: CommandLine, pod: PodView, set: ManifestSet): Problem[] {
  const { container, title, items, handler } = line;
  if (isExpanding(line)) {
    return [];
  }
  return items.flatMap((at) => {
    const found = [...(at.text ?? '').matchAll(SHELL_REFERENCE)];
    const isSet = (name: string) => container.findVariable(name) !== undefined || isListed(name, container, pod, set);
    const [whole, braced, plain] = found.find(([, one, other]) => isSet(one ?? other!)) ?? [];
    const name = braced ?? plain;
    return name === undefined
      ? []
      : [
          {
            at,
            message: `${title} passes "${whole}" on as it stands, as no shell runs the command`,
            fix: isReplaced(name, container, handler?.field) ? `write \`$(${name})\`` : 'let a shell run the command',
          },
        ];
  });
}

/** Whether a ConfigMap or Secret beside the pod, all of whose keys are variables of the container, gives it one of this name. */
function isListed(name: string, { field }: ContainerView, { owner }: PodView, set: ManifestSet): boolean {
  return field.at('envFrom').items.some((from) => {
    const prefix = from.at('prefix').text ?? '';
    const key = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    const texts = set.find('ConfigMap', from.at('configMapRef', 'name').text, owner);
    const secrets = set.find('Secret', from.at('secretRef', 'name').text, owner);
    return [texts?.root.at('data'), secrets?.root.at('data'), secrets?.root.at('stringData')].some(
      (data) => data?.at(key).exists,
    );
  });
}

/** Whether Kubernetes replaces `$(NAME)` here: in a hook nowhere, in a probe where the value stands in the manifest. */
function isReplaced(name: string, container: ContainerView, handler: Field | undefined): boolean {
  const variable = container.findVariable(name);
  return handler === undefined || (!isHook(handler) && variable !== undefined && !variable.at('valueFrom').exists);
}

/** Whether a handler is a hook, and no probe. */
export function isHook(handler: Field): boolean {
  return !handler.name.endsWith('Probe');
}

function isExpanding({ items, started, container, handler }: CommandLine): boolean {
  const words = readWords(items);
  const software = handler ? undefined : findRunningSoftware(container).software?.software;
  const isScript = [words, readWords(started)]
    .map(toProgramName)
    .some((name) => EXPANDING.has(name) || SCRIPT.test(name));
  const isInner = words.some((word) => isShell([word]) || SPRING.test(word));
  return isScript || isInner || EXPANDING_SOFTWARE.has(software);
}
