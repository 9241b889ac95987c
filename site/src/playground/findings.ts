import type { CheckFinding, CheckResult } from './protocol';
import { fill, type Texts } from './texts';

/** Nobody reads more of them. */
const MAX_LISTED = 200;

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The list of findings, each a button that shows its place. */
export class FindingList {
  private readonly buttons = new Map<CheckFinding, HTMLButtonElement>();

  public constructor(
    private readonly list: HTMLElement,
    private readonly rulesUrl: string,
    private readonly texts: Texts,
    private readonly onChoice: (finding: CheckFinding) => void,
  ) {}

  public show({ findings, counts, omissions }: CheckResult): void {
    this.buttons.clear();
    const items = findings.slice(0, MAX_LISTED).map((finding) => this.toItem(finding));
    const left = Object.values(counts).reduce((sum, count) => sum + count, 0) - items.length;
    const rest = left > 0 ? [this.toNote(fill(this.texts.more, left))] : [];
    const omitted = omissions
      .slice(0, MAX_LISTED)
      .map(({ kind, name, reason }) =>
        this.toNote(`${this.texts.omitted} ${[kind, name].filter(Boolean).join('/')}: ${reason}`),
      );
    this.list.replaceChildren(...items, ...rest, ...omitted);
  }

  /** Marks the findings that are chosen. */
  public light(findings: readonly CheckFinding[], isShown = true): void {
    for (const [finding, button] of this.buttons) {
      button.setAttribute('aria-pressed', String(findings.includes(finding)));
    }
    const first = findings[0] && this.buttons.get(findings[0]);
    if (first && isShown) {
      first.scrollIntoView({ block: 'nearest' });
    }
  }

  private toItem(finding: CheckFinding): HTMLElement {
    const { rule, severity, message, fix, object, path, line, suppressedBecause } = finding;
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'false');
    const { texts } = this;
    button.append(
      toSpan(`severity severity-${suppressedBecause === undefined ? severity : 'off'}`, texts.severities[severity]),
      toSpan('where', [object, path, fill(texts.line, line)].filter(Boolean).join(' · ')),
      toCode('message', message),
      toCode(
        'fix',
        suppressedBecause === undefined ? `${texts.fix} ${fix}` : `${texts.suppressed} ${suppressedBecause}`,
      ),
    );
    button.addEventListener('click', () => this.onChoice(finding));
    this.buttons.set(finding, button);
    const link = document.createElement('a');
    link.href = `${this.rulesUrl}${rule}/`;
    link.textContent = rule;
    item.append(button, link);
    return item;
  }

  private toNote(text: string): HTMLElement {
    const item = document.createElement('li');
    item.className = 'note';
    item.textContent = text;
    return item;
  }
}

function toSpan(name: string, text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}

/** A text whose words in backticks are code. */
function toCode(name: string, text: string): HTMLElement {
  const span = toSpan(name, '');
  for (const [index, part] of text.split(/`([^`]+)`/).entries()) {
    const element = index % 2 === 1 ? document.createElement('code') : undefined;
    element?.append(part);
    span.append(element ?? part);
  }
  return span;
}

/** The result in one line, for those who do not see the list. */
export function describeResult({ counts, objects }: CheckResult, texts: Texts): string {
  const found = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    fill(texts.counts[severity], counts[severity]),
  );
  return [...(found.length > 0 ? found : [texts.noFindings]), fill(texts.inObjects, objects)].join(' · ');
}
