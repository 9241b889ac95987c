import { showsCredential } from '../../../software/credentials';

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

/** Whether the value of an option must not stand in a manifest. */
export function isSecret(option: string, value: string): boolean {
  return showsCredential(option, value, '(?!)');
}

/**
 * Finds what is wrong with free-form options: no name of one, or a credential.
 *
 * @param prop the prop that holds them
 * @param remedy the place of a credential
 */
export function validateFreeOptions(
  prop: string,
  settings: { readonly [option: string]: string },
  remedy: string,
): string[] {
  return Object.entries(settings).flatMap(([option, value]) => [
    ...validateOptionName(prop, option),
    ...(isSecret(option, value)
      ? [`\`${prop}\` shows a credential in "${option}", and everybody who may read the pod could read it; ${remedy}`]
      : []),
  ]);
}

/** Finds what is wrong with the name of an option. */
export function validateOptionName(prop: string, option: string): string[] {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(option)
    ? []
    : [`\`${prop}\` has "${option}", which is no option of OAuth2 Proxy; write its name as in "cookie-expire"`];
}

/** Finds that an address is no URL of this form, or shows a credential. */
export function validateOptionUrl(prop: string, url: string, form: RegExp, example: string): string[] {
  const shown = `\`${prop}\` shows a credential to all who may read the pod; pass the URL without it`;
  return [
    ...(isSecret('url', url) ? [shown] : []),
    ...(form.test(url) ? [] : [`\`${prop}\` "${url}" is no URL; pass one as in "${example}"`]),
  ];
}
