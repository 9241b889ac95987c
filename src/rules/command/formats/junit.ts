import { groupBy } from '../../../private/lists';
import type { ObjectView } from '../../model/object-view';
import { describeProblem } from '../../report';
import { failsCheck, type Outcome } from '../check';
import type { Unusable } from '../files';
import type { Verdict } from '../verdict';
import { type Format, findShownFile, formatObject, formatPlace, toRelativePath } from './format';

/** One test case, and what its suite is called. */
interface Case {
  readonly file: string;
  readonly name: string;
  /** The result; nothing where it passed. */
  readonly result?: { readonly tag: 'failure' | 'error' | 'skipped'; readonly message: string; readonly text?: string };
}

/**
 * For CI servers: JUnit XML. A suite for each file; a case for each finding, and for each object without any. Findings that do not
 * fail the check, and suppressed ones, are skipped cases.
 */
export const formatJunit: Format = function* (outcome) {
  const suites = groupBy(listCases(outcome), ({ file }) => file);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="pod-rules" ${countCases([...suites.values()].flat())}>\n`;
  for (const [file, cases] of suites) {
    yield `  <testsuite name="${escapeXml(file)}" ${countCases(cases)}>\n`;
    for (const one of cases) {
      yield renderCase(one);
    }
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
};

function listCases({ findings, suppressed, checked, unusable, failOn }: Outcome): Case[] {
  const found = new Set([...findings, ...suppressed].map(toObjectKey));
  const sound = checked.filter((object) => !found.has(toObjectKey({ ...object, file: object.source.file })));
  return [
    ...findings.map((finding) => toFindingCase(finding, failsCheck(finding, failOn))),
    ...suppressed.map(toSuppressedCase),
    ...sound.map(toSoundCase),
    ...unusable.map(toUnusableCase),
  ];
}

function toObjectKey({ file, kind, name, namespace }: Partial<Verdict>): string {
  return JSON.stringify([file, kind || undefined, name, namespace]);
}

function toFindingCase(finding: Verdict, isFailure: boolean): Case {
  const { severity, fix, path } = finding;
  const message = describeProblem(finding);
  const text = [formatPlace(finding), path === '' ? '' : `at ${path}`, message, `fix: ${fix}`].filter(
    (line) => line !== '',
  );
  return {
    ...toNamed(finding),
    result: { tag: isFailure ? 'failure' : 'skipped', message: `${severity}: ${message}`, text: text.join('\n') },
  };
}

function toSuppressedCase(finding: Verdict): Case {
  return { ...toNamed(finding), result: { tag: 'skipped', message: `suppressed: ${finding.suppressedBecause}` } };
}

function toNamed(finding: Verdict): Pick<Case, 'file' | 'name'> {
  const { rule, path } = finding;
  return { file: toRelativePath(findShownFile(finding)), name: `${rule}: ${formatObject(finding)} ${path}`.trim() };
}

function toSoundCase({ kind, name, namespace, source }: ObjectView): Case {
  return { file: toRelativePath(source.file ?? ''), name: formatObject({ kind: kind || undefined, name, namespace }) };
}

function toUnusableCase({ file, message }: Unusable): Case {
  return { file: toRelativePath(file), name: 'input', result: { tag: 'error', message } };
}

function countCases(cases: readonly Case[]): string {
  const count = (tag: string) => cases.filter(({ result }) => result?.tag === tag).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function renderCase({ file, name, result }: Case): string {
  const head = `    <testcase classname="${escapeXml(file)}" name="${escapeXml(name)}"`;
  if (!result) {
    return `${head}/>\n`;
  }
  const { tag, message, text } = result;
  const open = `      <${tag} message="${escapeXml(message)}"`;
  return `${head}>\n${text === undefined ? `${open}/>` : `${open}>${escapeXml(text)}</${tag}>`}\n    </testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 has no way to write are shown as JavaScript would write them. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, toCodePoint)
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
    .replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`);
}

function toCodePoint(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
