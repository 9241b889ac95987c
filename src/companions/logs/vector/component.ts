/** Rules for the settings of sinks and transforms. */
export const COMPONENT = {
  called: 'the type of a component',
  /**
   * A reference to a value of a secrets backend.
   *
   * @see https://vector.dev/docs/reference/configuration/secrets/
   */
  reference: String.raw`SECRET\[\w+\.[\w.]+\]`,
};
