import { Severity } from '../../finding';
import { describeProblem } from '../../report';
import type { Verdict } from '../verdict';
import { type Format, findShownFile, formatSummary, toRelativePath } from './format';

const COMMANDS: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'notice',
};

/** For GitHub Actions: workflow commands, which become annotations of the changed lines. */
export const formatGithub: Format = function* (outcome) {
  for (const finding of outcome.findings) {
    yield formatAnnotation(finding);
  }
  for (const { file, message } of outcome.unusable) {
    yield formatCommand('error', { file: toRelativePath(file), title: 'unusable input' }, message);
  }
  yield `${formatSummary(outcome)}\n`;
};

function formatAnnotation(finding: Verdict): string {
  const { severity, rule, kind, name, path, fix } = finding;
  const object = [kind, name].filter((part) => part !== undefined).join('/');
  const where = [object, path].filter((part) => part !== '').join(' ');
  const properties = { ...findAnnotated(finding), title: rule };
  return formatCommand(
    COMMANDS[severity]!,
    properties,
    `${where === '' ? '' : `${where}: `}${describeProblem(finding)}\nfix: ${fix}`,
  );
}

/** The lines of a template are not those of what was rendered of it. */
function findAnnotated(finding: Verdict): { readonly file: string; readonly line?: number } {
  const file = toRelativePath(findShownFile(finding));
  return file === finding.template ? { file } : { file, line: finding.line };
}

function formatCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `::${name} ${present.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
