import type { IConstruct } from 'constructs';

/**
 * Asks every construct of an app once what is wrong with it.
 *
 * @throws with all answers, in the words of cdk8s
 */
export function assertValid(app: IConstruct): void {
  const errors = app.node.findAll().flatMap(({ node }) => node.validate().map((error) => `[${node.path}] ${error}`));
  if (errors.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}
