import { describeSystemError, UsageError } from '../../private/command-line';
import { STDIN_ARGUMENT, type Unusable } from '../../rules/command/files';
import { type Input, readInput } from '../../rules/command/input';
import { type Terminal, writePieces } from '../../rules/command/main';
import { SettingsFinder } from '../../rules/command/settings/find-settings';
import { SettingsError } from '../../rules/command/settings/settings-error';
import { toKubernetesVersion } from '../../rules/kubernetes-version';
import type { ObjectView } from '../../rules/model/object-view';
import { listOmissions } from '../../rules/omission';
import { buildBudget, isFine } from '../budget';
import { type Request, readBudgetRequest } from './arguments';
import { renderBudget } from './formats/render-budget';
import { BUDGET_USAGE } from './usage';

const FINE = 0;
const EXCEEDED = 1;
const UNUSABLE = 2;

/** Carries out a call of `cdk8s-pod-patterns budget` and gives its exit code. */
export async function runBudget(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const request = readBudgetRequest(args);
    if (request && !(request.inputs.length === 0 && terminal.stdin.isTTY)) {
      return await runRequest(request, terminal);
    }
    await writePieces(request ? terminal.stderr : terminal.stdout, [BUDGET_USAGE]);
    return request ? UNUSABLE : FINE;
  } catch (error) {
    await writePieces(terminal.stderr, [`cdk8s-pod-patterns budget: ${describeFailure(error as Error)}\n`]);
    return UNUSABLE;
  }
}

function describeFailure(error: Error): string {
  if (error instanceof UsageError) {
    return `${error.message}\nTry "cdk8s-pod-patterns budget --help".`;
  }
  if (error instanceof SettingsError) {
    return error.message;
  }
  return 'syscall' in error
    ? `cannot write: ${describeSystemError(error)}`
    : `this is a fault of cdk8s-pod-patterns itself, please report it: ${error.stack}`;
}

async function runRequest(request: Request, terminal: Terminal): Promise<number> {
  const finder = new SettingsFinder(request.config);
  const input = await readManifests(request, terminal, finder);
  const objects = input.objects.map((object) => toVersion(object, request, finder));
  const budget = buildBudget(objects, request.options);
  const unusable = [...input.unusable, ...input.objects.flatMap(listUnreadableInputs), ...checkAnyPod(objects, input)];
  if (budget.pods.length > 0) {
    await writePieces(terminal.stdout, [renderBudget(request.format, budget, listOmissions(input.objects))]);
  }
  await writePieces(
    terminal.stderr,
    unusable.map(({ file, message }) => `cdk8s-pod-patterns budget: ${file}: ${message}\n`),
  );
  return unusable.length > 0 ? UNUSABLE : isFine(budget) ? FINE : EXCEEDED;
}

function readManifests({ inputs }: Request, { stdin }: Terminal, finder: SettingsFinder): Promise<Input> {
  const named = inputs.length > 0 ? inputs : [STDIN_ARGUMENT];
  const leavesOut = (path: string, isFolder: boolean) => finder.find(path)?.leavesOut(path, isFolder) ?? false;
  return readInput(named, named.includes(STDIN_ARGUMENT) ? stdin : [], { leavesOut });
}

function toVersion(object: ObjectView, { kubernetes }: Request, finder: SettingsFinder): ObjectView {
  return kubernetes === undefined
    ? toKubernetesVersion(object, finder.find(object.source.file ?? '')?.kubernetes)
    : object.forKubernetes(kubernetes);
}

function listUnreadableInputs({ source, root, unfinished }: ObjectView): Unusable[] {
  const { file = '', error } = source;
  return error === undefined || unfinished !== undefined
    ? []
    : [{ file, message: `line ${source.findLine?.(root.keys)}: ${error}` }];
}

/** A call that sums up nothing must not look like one of manifests that cost nothing. */
function checkAnyPod(objects: readonly ObjectView[], { unusable }: Input): Unusable[] {
  const [first] = objects;
  const [left] = objects.filter(({ unfinished }) => unfinished !== undefined);
  const reason = left ? `; ${left.title} is passed over: ${left.unfinished}` : '';
  const isAnyPod = objects.some(({ pod, unfinished }) => pod !== undefined && unfinished === undefined);
  return isAnyPod || unusable.length > 0 || objects.some(({ source }) => source.error !== undefined)
    ? []
    : [{ file: first?.source.file ?? 'the inputs', message: `no pod among the manifests${reason}` }];
}
