/** Outputs of agents that stay in the container, by the names that their software has for them. */
const LOCAL = new Set(['stdout', 'console', 'debug', 'file', 'null', 'blackhole', 'nop']);

/** Whether any of these outputs sends over the network. */
export function hasRemoteOutput(types: readonly string[]): boolean {
  return types.some((type) => !LOCAL.has(type));
}
