import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../private/command-line';
import { describeChoices } from '../../private/errors';
import { findNearest } from '../../private/nearest';
import { checkManifests } from '../../rules/command/check';
import { STDIN_ARGUMENT } from '../../rules/command/files';
import { escapeControls } from '../../rules/command/formats/text';
import type { Input } from '../../rules/command/input';
import { SettingsFinder } from '../../rules/command/settings/find-settings';
import { readTerminalInput, runCall, type Terminal, UNUSABLE, writePieces } from '../../rules/command/terminal';
import { Severity } from '../../rules/finding';
import { listOmissions } from '../../rules/omission';
import { formatCount } from '../../rules/report';
import { listFileNames } from '../file-names';
import { renderMermaid } from '../render-mermaid';
import { createScenes } from '../scene/create-scenes';
import type { PodScene } from '../scene/pod-scene';
import { renderSvg } from '../svg/render-svg';
import { renderText } from '../text/render-text';
import { type DrawRequest, type PictureFormat, readDrawRequest } from './arguments';
import { USAGE } from './usage';

/** The terminal of a call, which may know its width. */
type DrawTerminal = Terminal & { readonly stdout: { readonly columns?: number } };

const NAME = 'cdk8s-pod-patterns draw';
const DRAWN = 0;
const ENDINGS: Readonly<Record<PictureFormat, string>> = { text: 'txt', svg: 'svg', mermaid: 'mmd' };

/** Carries out a call of `draw` and gives its exit code. */
export function runDraw(args: readonly string[], terminal: DrawTerminal): Promise<number> {
  return runCall(NAME, terminal, () => runDrawRequest(readDrawRequest(args), terminal));
}

async function runDrawRequest(request: ReturnType<typeof readDrawRequest>, terminal: DrawTerminal): Promise<number> {
  if (request.action === 'help') {
    await writePieces(terminal.stdout, [USAGE]);
    return DRAWN;
  }
  const inputs = request.inputs.length > 0 ? request.inputs : [STDIN_ARGUMENT];
  if (request.inputs.length === 0 && terminal.stdin.isTTY) {
    await writePieces(terminal.stderr, [USAGE]);
    return UNUSABLE;
  }
  const finder = new SettingsFinder(undefined);
  const input = await readTerminalInput(inputs, terminal, { leavesOut: finder.leavesOut });
  const { scenes, complaints } = createPictures(input, request, finder);
  const wanted = pickPods(scenes, request);
  await writePieces(terminal.stdout, wanted.length === 0 ? [] : showPictures(wanted, request, terminal));
  await writePieces(
    terminal.stderr,
    complaints.map((line) => `${NAME}: ${escapeControls(line)}\n`),
  );
  return wanted.length === 0 || input.unusable.length > 0 ? UNUSABLE : DRAWN;
}

/** The pods of the inputs, and in words what of them could not be drawn. */
function createPictures(input: Input, { hasFindings }: DrawRequest, finder: SettingsFinder) {
  const options = { limit: Severity.INFO, severities: {}, isPartial: true };
  const { findings, unusable, omissions } = hasFindings
    ? checkManifests(input, options, finder)
    : { findings: [], unusable: input.unusable, omissions: listOmissions(input.objects) };
  const scenes = createScenes(input.objects, findings);
  const unfinished = new Set(input.objects.flatMap((object) => object.unfinished ?? []));
  const left = omissions
    .filter(({ reason }) => unfinished.has(reason))
    .map(({ kind, name, file, line, reason }) => {
      const title = [kind, name].filter((part) => part !== undefined).join('/');
      return `not drawn: ${[title, file && `${file}:${line}`].filter(Boolean).join(' of ')}: ${reason}`;
    });
  const none = scenes.length === 0 && unusable.length === 0 ? ['no pod to draw'] : [];
  return { scenes, complaints: [...left, ...unusable.map(({ file, message }) => `${file}: ${message}`), ...none] };
}

function pickPods(scenes: readonly PodScene[], { pods, format, out }: DrawRequest): readonly PodScene[] {
  const names = [...new Set(scenes.map(({ object }) => object))];
  const unknown = scenes.length === 0 ? undefined : pods.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = findNearest(unknown, names);
    const hint = meant === undefined ? describeChoices('pods', names) : `; did you mean "${meant}"?`;
    throw new UsageError(`\`--pod\` names "${unknown}", which is not there${hint}`);
  }
  const wanted = pods.length === 0 ? scenes : scenes.filter(({ object }) => pods.includes(object));
  if (wanted.length > 1 && format !== 'text' && out === undefined) {
    const choices = describeChoices('pods', names);
    throw new UsageError(
      `there are ${formatCount(wanted.length, 'pod')}, and standard output takes one picture; name one with \`--pod\`, or a folder with \`--out\`${choices}`,
    );
  }
  return wanted;
}

/** The pictures, or the names of the files that they were written to. */
function showPictures(scenes: readonly PodScene[], request: DrawRequest, terminal: DrawTerminal): string[] {
  const { out, format } = request;
  const pictures = scenes.map((scene) => renderPicture(scene, request, terminal));
  if (out === undefined) {
    return pictures.map((picture, index) => (index === 0 ? picture : `\n${picture}`));
  }
  mkdirSync(out, { recursive: true });
  return listFileNames(scenes).map((name, index) => {
    const file = join(out, `${name}.${ENDINGS[format]}`);
    writeFileSync(file, pictures[index]!);
    return `${file}\n`;
  });
}

function renderPicture(scene: PodScene, request: DrawRequest, { stdout, env }: DrawTerminal): string {
  switch (request.format) {
    case 'svg':
      return renderSvg(scene);
    case 'mermaid':
      return renderMermaid(scene);
    case 'text': {
      const isShown = stdout.isTTY === true && request.out === undefined;
      const columns = request.columns ?? (isShown ? stdout.columns : undefined);
      return renderText(scene, { columns, isAscii: request.isAscii || (isShown && !canShowLines(env)) });
    }
  }
}

/** Whether a terminal shows more than ASCII, as far as its environment tells. */
function canShowLines({ LC_ALL, LC_CTYPE, LANG }: DrawTerminal['env']): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}
