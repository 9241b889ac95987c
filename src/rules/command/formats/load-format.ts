import type { FormatName } from '../arguments';
import type { Format } from './format';
import type * as github from './github';
import type * as json from './json';
import type * as junit from './junit';
import type * as sarif from './sarif';
import type * as summary from './summary';
import type * as text from './text';

const FORMATS: Readonly<Record<FormatName, () => Format>> = {
  text: () => (require('./text') as typeof text).formatText,
  json: () => (require('./json') as typeof json).formatJson,
  sarif: () => (require('./sarif') as typeof sarif).formatSarif,
  github: () => (require('./github') as typeof github).formatGithub,
  junit: () => (require('./junit') as typeof junit).formatJunit,
};

const SUMMARY_FORMATS: Readonly<Partial<Record<FormatName, () => Format>>> = {
  text: () => (require('./summary') as typeof summary).formatTextSummary,
  json: () => (require('./json') as typeof json).formatJsonSummary,
};

/** The format that is asked for: a call needs one of them, and is slower to start with all. */
export function loadFormat(name: FormatName, isSummary: boolean): Format {
  return ((isSummary ? SUMMARY_FORMATS[name] : undefined) ?? FORMATS[name])();
}
