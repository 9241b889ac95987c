import { Checker } from './checker';
import { Editor } from './editor';
import { describeResult, FindingList } from './findings';
import { isAround, Pictures } from './pictures';
import type { CheckFinding, CheckResult, Place } from './protocol';
import { MAX_TEXT, readFragment, toFragment } from './share';
import { fill, TEXTS } from './texts';

/** The page waits so long for the next key, and as long as the last check took. */
const PAUSE = 150;
const LONGEST_PAUSE = 1_000;

/** Links of more characters are cut by some programs. */
const LONG_LINK = 8_000;

const root = find<HTMLElement>('playground');
const texts = TEXTS[root.dataset.locale as 'en' | 'ko'];
const base = root.dataset.base!;
const summary = find<HTMLElement>('playground-summary');
const message = find<HTMLElement>('playground-message');
const version = find<HTMLSelectElement>('playground-version');
const example = find<HTMLSelectElement>('playground-example');

let timer: number | undefined;
let started = 0;
let pause = PAUSE;
/** Whether the text was changed since it was given to the checker. */
let isStale = false;
let patience: number | undefined;
let findings: readonly CheckFinding[] = [];

const editor = new Editor(find('playground-editor'), texts.editor, 'playground-editor-help', {
  onChange: () => schedule(),
  onLine: (line) =>
    select(
      findings.filter(({ lines }) => lines.includes(line)),
      { inEditor: false },
    ),
});
const list = new FindingList(find('playground-findings'), root.dataset.rules!, texts, (finding) => select([finding]));
const pictures = new Pictures(find('playground-pictures'), find('playground-picture-note'), texts, choosePlace);
const checker = new Checker(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), {
  onStart: () => {
    started = performance.now();
  },
  onResult: show,
  onFailure: (text) => {
    finish();
    say(`${texts.failed} ${text}`);
  },
});

version.addEventListener('change', () => check());
example.addEventListener('change', () => openExample(example.value));
find<HTMLButtonElement>('playground-share').addEventListener('click', share);
const files = find<HTMLInputElement>('playground-files');
find<HTMLButtonElement>('playground-open').addEventListener('click', () => files.click());
files.addEventListener('change', () => openFiles([...(files.files ?? [])]));
listenForDrops();
addEventListener('hashchange', () => openLink());
openLink();

function find<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** The text of the link, or an example. */
async function openLink(): Promise<void> {
  try {
    const shared = await readFragment(location.hash);
    if (shared) {
      selectVersion(shared.version);
      open(shared.text);
      return;
    }
  } catch {
    say(texts.unreadableLink);
  }
  await openExample(new URLSearchParams(location.search).get('example') ?? 'first-manifest');
}

function selectVersion(wanted: string | undefined): void {
  if ([...version.options].some(({ value }) => value === wanted)) {
    version.value = wanted!;
  }
}

async function openExample(name: string): Promise<void> {
  if (![...example.options].some(({ value }) => value === name && value !== '')) {
    return;
  }
  example.value = name;
  const response = await fetch(`${base}/examples/${name}.yaml`);
  open(await response.text());
}

async function openFiles(chosen: readonly File[]): Promise<void> {
  if (chosen.reduce((sum, { size }) => sum + size, 0) > MAX_TEXT) {
    say(texts.tooLong);
    return;
  }
  const parts = await Promise.all(
    chosen.map(async (file) => ({ name: file.name.replace(/[^\w. -]/g, '_'), text: await file.text() })),
  );
  open(
    parts.length === 1 ? parts[0]!.text : parts.map(({ name, text }) => `# ${name}\n${text.trimEnd()}\n`).join('---\n'),
  );
}

function open(text: string): void {
  if (text.length > MAX_TEXT) {
    say(texts.tooLong);
    return;
  }
  editor.text = text;
  check();
}

function listenForDrops(): void {
  for (const type of ['dragover', 'dragleave', 'drop'] as const) {
    root.addEventListener(
      type,
      (event) => {
        if (event.dataTransfer?.types.includes('Files')) {
          event.preventDefault();
          event.stopPropagation();
          root.classList.toggle('is-dropping', type === 'dragover');
          if (type === 'drop') {
            openFiles([...event.dataTransfer.files]);
          }
        }
      },
      true,
    );
  }
}

function schedule(): void {
  clearTimeout(timer);
  isStale = true;
  root.setAttribute('aria-busy', 'true');
  timer = setTimeout(check, pause) as unknown as number;
}

function check(): void {
  clearTimeout(timer);
  const { text } = editor;
  if (text.length > MAX_TEXT) {
    finish();
    say(texts.tooLong);
    return;
  }
  isStale = false;
  root.setAttribute('aria-busy', 'true');
  clearTimeout(patience);
  patience = setTimeout(() => {
    summary.textContent = texts.checking;
  }, LONGEST_PAUSE) as unknown as number;
  checker.check({ text, version: version.value });
}

function finish(): void {
  clearTimeout(patience);
  root.removeAttribute('aria-busy');
}

/** Shows a result; where the text has changed meanwhile, the next one is on its way. */
function show(result: CheckResult): void {
  if (isStale) {
    return;
  }
  finish();
  pause = Math.min(Math.max(PAUSE, performance.now() - started), LONGEST_PAUSE);
  findings = result.findings;
  summary.textContent = result.objects === 0 && findings.length === 0 ? texts.nothing : describeResult(result, texts);
  editor.mark(findings.filter(({ suppressedBecause }) => suppressedBecause === undefined));
  editor.light([]);
  list.show(result);
  pictures.show(
    result.pictures,
    result.pods,
    findings.some(({ rule }) => rule === 'yaml-syntax'),
  );
}

/** Lets findings light up in the list, at their lines and in the picture. */
function select(chosen: readonly CheckFinding[], { inEditor = true, inList = true } = {}): void {
  list.light(chosen, inList);
  editor.light(
    chosen.flatMap(({ lines }) => lines),
    inEditor,
  );
  pictures.light(
    chosen.flatMap(({ object, paths }) => (object === undefined ? [] : paths.map((path) => ({ object, path })))),
  );
}

/** A part of a picture shows its line, and what was found in it. */
async function choosePlace(place: Place): Promise<void> {
  const inside = findings.filter(
    ({ object, paths }) => object !== undefined && paths.some((path) => isAround(place, { object, path })),
  );
  list.light(inside);
  pictures.light([place], false);
  const line = await checker.findLine(place);
  editor.light([...(line === undefined ? [] : [line]), ...inside.flatMap(({ lines }) => lines)]);
}

async function share(): Promise<void> {
  const fragment = await toFragment({ text: editor.text, version: version.value });
  history.replaceState(null, '', `${location.pathname}${fragment}`);
  const { href } = location;
  const isCopied = await copy(href);
  const text = isCopied ? texts.shared : texts.inAddress;
  say(href.length > LONG_LINK ? `${text} ${fill(texts.longLink, href.length)}` : text);
}

/** Whether the browser let it. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function say(text: string): void {
  message.textContent = text;
}
