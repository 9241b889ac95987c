/** The parts that engines of linear time, RE2 of Go and the regex crate of Rust, do not have. */
const BEYOND_LINEAR = /\\\\|\\[1-9]|\\k<[^>]*>|\(\?(?:<?[=!]|>)/g;

/**
 * The first part of a regular expression that engines without backtracking do not know: a look-around, an atomic group or
 * a reference back to a group.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function findBacktracking(expression: string): string | undefined {
  return expression.match(BEYOND_LINEAR)?.find((part) => part !== '\\\\');
}
