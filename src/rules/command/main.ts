import { formatCount } from '../report';
import { type Check, type Request, readRequest } from './arguments';
import { writeBaseline } from './baseline';
import { checkManifests, failsCheck, type Outcome } from './check';
import { STDIN_ARGUMENT } from './files';
import { loadFormat } from './formats/load-format';
import { SettingsFinder } from './settings/find-settings';
import {
  hasColour,
  readTerminalInput,
  runCall,
  type Terminal,
  UNUSABLE,
  writeComplaints,
  writePieces,
} from './terminal';
import { explainRule, readVersion, renderRuleList } from './texts';
import { USAGE } from './usage';

const CLEAN = 0;
const FINDINGS = 1;
const NAME = 'pod-rules';

/** Carries out a call and gives its exit code. */
export function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  return runCall(NAME, terminal, () => runRequest(args, terminal));
}

async function runRequest(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = readRequest(args);
  if (request.action === 'check') {
    return runCheck(request, terminal);
  }
  await writePieces(terminal.stdout, [renderAnswer(request)]);
  return CLEAN;
}

function renderAnswer(request: Exclude<Request, Check>): string {
  switch (request.action) {
    case 'help':
      return USAGE;
    case 'version':
      return `${readVersion()}\n`;
    case 'list':
      return renderRuleList();
    case 'explain':
      return explainRule(request.rule);
  }
}

async function runCheck(request: Check, terminal: Terminal): Promise<number> {
  const inputs = request.inputs.length > 0 ? request.inputs : [STDIN_ARGUMENT];
  if (request.inputs.length === 0 && terminal.stdin.isTTY) {
    await writePieces(terminal.stderr, [USAGE]);
    return UNUSABLE;
  }
  const outcome = await checkInputs(inputs, request, terminal);
  await writePieces(terminal.stdout, showOutcome(outcome, request, hasColour(terminal)));
  await writeComplaints(NAME, terminal, outcome.unusable);
  return findExitCode(outcome, request);
}

async function checkInputs(inputs: readonly string[], request: Check, terminal: Terminal): Promise<Outcome> {
  const { isPartial } = request;
  const finder = new SettingsFinder(request.config);
  return checkManifests(
    await readTerminalInput(inputs, terminal, { leavesOut: finder.leavesOut, isPartial }),
    { ...request, inputs },
    finder,
  );
}

function showOutcome(outcome: Outcome, request: Check, isColoured: boolean): Iterable<string> {
  const { format, isSummary, baseline, writesBaseline } = request;
  if (baseline !== undefined && writesBaseline) {
    writeBaseline(baseline, outcome.all);
    return [`${formatCount(outcome.all.length, 'finding')} written to ${baseline}\n`];
  }
  return loadFormat(format, isSummary)(outcome, isColoured);
}

function findExitCode({ unusable, all, failOn }: Outcome, { writesBaseline }: Check): number {
  if (unusable.length > 0) {
    return UNUSABLE;
  }
  return !writesBaseline && all.some((verdict) => failsCheck(verdict, failOn)) ? FINDINGS : CLEAN;
}
