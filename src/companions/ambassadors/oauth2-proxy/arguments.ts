/** Options of OAuth2 Proxy by name, in the order in which they are given. A list is given once for each of its values. */
export type Options = readonly (readonly [name: string, value: string | readonly string[]])[];

/**
 * Options as arguments, of which the kubelet changes none: it would take `$(NAME)` for a variable.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function toOptionArguments(options: Options): string[] {
  return options
    .flatMap(([name, value]) =>
      typeof value === 'string' ? [`--${name}=${value}`] : value.map((item) => `--${name}=${quoteListItem(item)}`),
    )
    .map((argument) => argument.replace(/\$(?=[$(])/g, '$$$$'));
}

/** Each value of a list is read as a line of CSV, in which a comma begins another value. */
function quoteListItem(value: string): string {
  return /[",]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}
