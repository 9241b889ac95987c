/** Each conversion of `strptime` as a part of the reference time of Go. */
const LAYOUTS: Readonly<Record<string, string>> = {
  '%Y': '2006',
  '%y': '06',
  '%m': '01',
  '%b': 'Jan',
  '%B': 'January',
  '%d': '02',
  '%e': '_2',
  '%a': 'Mon',
  '%A': 'Monday',
  '%H': '15',
  '%I': '03',
  '%M': '04',
  '%S': '05',
  '%p': 'PM',
  '%z': '-0700',
  '%Z': 'MST',
  '%F': '2006-01-02',
  '%T': '15:04:05',
  '%%': '%',
};

/** Of letters and digits only these mean nothing to Go. */
const LITERAL = /^[^A-Za-z0-9%]*$|^[TZ]$/;

/**
 * A time format of `strptime` as a layout of Go; nothing where it cannot be written as one. A fraction of seconds, `%L`,
 * may have any length, but Go takes it only behind the "." or "," that parts it from the seconds.
 *
 * @see https://pkg.go.dev/time#pkg-constants
 */
export function toGoTimeLayout(format: string): string | undefined {
  const parts = format.match(/%L|%.|[A-Za-z0-9]|[^A-Za-z0-9%]+|%$/g) ?? [];
  const layout = parts.map((part, index) => {
    const isFraction = part === '%L' && /%[ST][.,]$/.test(parts.slice(0, index).join(''));
    return isFraction ? '999999999' : (LAYOUTS[part] ?? (LITERAL.test(part) ? part : undefined));
  });
  return layout.some((part) => part === undefined) ? undefined : layout.join('');
}
