import { type Finding, Severity } from '../finding';
import { relativePath } from './locations';
import type { Format } from './outcome';
import { summaryLine } from './summary';

const COMMANDS: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'notice',
};

/** For GitHub Actions: workflow commands, which become annotations of the changed lines. */
export const githubFormat: Format = function* (outcome) {
  for (const finding of outcome.findings) {
    yield annotation(finding);
  }
  for (const { file, message } of outcome.unusable) {
    yield command('error', { file: relativePath(file), title: 'unusable input' }, message);
  }
  yield `${summaryLine(outcome)}\n`;
};

function annotation({ severity, rule, file, line, kind, name, path, message, fix }: Finding): string {
  const object = [kind, name].filter((part) => part !== undefined).join('/');
  const where = [object, path].filter((part) => part !== '').join(' ');
  const properties = { file: file === undefined ? undefined : relativePath(file), line, title: rule };
  return command(COMMANDS[severity]!, properties, `${where === '' ? '' : `${where}: `}${message}\nfix: ${fix}`);
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `::${name} ${known.map(([key, value]) => `${key}=${property(String(value))}`).join(',')}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
