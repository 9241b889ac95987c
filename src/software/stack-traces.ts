/**
 * Beginnings of lines that continue the record before them, by the language of the stack trace. For agents that know
 * no languages; the expressions keep to what all dialects share.
 */
export const CONTINUED_LINES: Readonly<Record<string, string>> = {
  java: String.raw`\s|Caused by:|Suppressed:`,
  python: String.raw`\s|[\w.]+(?:Error|Exception|Warning|Interrupt|Exit)\b|During handling of|The above exception`,
  go: String.raw`\s|$|goroutine \d|\[signal |created by |[\w./*()\[\]-]+\(.*\)$|exit status`,
  ruby: String.raw`\s`,
};
