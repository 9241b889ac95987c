/** Why a call to the system failed, without its code, its name and the path, which the reader knows. */
export function describeSystemError({ message }: Error): string {
  return message
    .split('\n')[0]!
    .replace(/^E[A-Z]+: /, '')
    .replace(/, \w+( '.*')?$/, '');
}
