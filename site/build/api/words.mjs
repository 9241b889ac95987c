/** The name that jsii gives a member in Python. */
export function toSnakeCase(name) {
  return /^[^a-z]+$/.test(name)
    ? name
    : name
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .replace(/([A-Z]+)([A-Z][a-z]+)/g, '$1_$2')
        .toLowerCase();
}
