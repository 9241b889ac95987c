/**
 * Replaces a method of somebody else's object, such as `synth` of an app or `toJson` of an API object, where cdk8s has no
 * hook. What was put there before is the original of what comes after; an object without the method stays as it is.
 *
 * @param wrap makes the new method of the original one
 */
export function wrapMethod<Name extends string, Result>(
  object: { [name in Name]?: () => Result },
  name: Name,
  wrap: (original: () => Result) => () => Result,
): void {
  const original = object[name]?.bind(object);
  if (original) {
    object[name] = wrap(original);
  }
}
