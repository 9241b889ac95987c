import { STDIN_ARGUMENT, type Unusable } from '../../rules/command/files';
import { type Input, listUnreadable } from '../../rules/command/input';
import { SettingsFinder } from '../../rules/command/settings/find-settings';
import {
  readTerminalInput,
  runCall,
  type Terminal,
  UNUSABLE,
  writeComplaints,
  writePieces,
} from '../../rules/command/terminal';
import type { ObjectView } from '../../rules/model/object-view';
import { listOmissions } from '../../rules/omission';
import { buildBudget, isFine } from '../budget';
import { type Request, readBudgetRequest } from './arguments';
import { renderBudget } from './formats/render-budget';
import { BUDGET_USAGE } from './usage';

const FINE = 0;
const EXCEEDED = 1;

const NAME = 'cdk8s-pod-patterns budget';

/** Carries out a call of `cdk8s-pod-patterns budget` and gives its exit code. */
export function runBudget(args: readonly string[], terminal: Terminal): Promise<number> {
  return runCall(NAME, terminal, async () => {
    const request = readBudgetRequest(args);
    if (request && !(request.inputs.length === 0 && terminal.stdin.isTTY)) {
      return runRequest(request, terminal);
    }
    await writePieces(request ? terminal.stderr : terminal.stdout, [BUDGET_USAGE]);
    return request ? UNUSABLE : FINE;
  });
}

async function runRequest(request: Request, terminal: Terminal): Promise<number> {
  const finder = new SettingsFinder(request.config);
  const input = await readManifests(request, terminal, finder);
  const objects = input.objects.map((object) => finder.toVersion(object, request.kubernetes));
  const budget = buildBudget(objects, request.options);
  const unusable = [...input.unusable, ...input.objects.flatMap(listUnreadable), ...checkAnyPod(objects, input)];
  if (budget.pods.length > 0) {
    await writePieces(terminal.stdout, [renderBudget(request.format, budget, listOmissions(input.objects))]);
  }
  await writeComplaints(NAME, terminal, unusable);
  return unusable.length > 0 ? UNUSABLE : isFine(budget) ? FINE : EXCEEDED;
}

function readManifests({ inputs }: Request, terminal: Terminal, finder: SettingsFinder): Promise<Input> {
  const named = inputs.length > 0 ? inputs : [STDIN_ARGUMENT];
  return readTerminalInput(named, terminal, { leavesOut: finder.leavesOut });
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
