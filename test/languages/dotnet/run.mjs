import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the package, and that a file is there for each type. It is compiled where the package is published. */
export function checkDotnet({ root, made, check }) {
  const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  const folder = join(made, 'Cdk8sPodPatterns');
  const project = readFileSync(join(folder, 'Cdk8sPodPatterns.csproj'), 'utf8');
  check('dotnet: the package is Cdk8sPodPatterns', /<PackageId>Cdk8sPodPatterns<\/PackageId>/.test(project));
  const sources = join(folder, 'Cdk8sPodPatterns');
  const lost = Object.values(types).filter(({ name }) => !existsSync(join(sources, `${name}.cs`)));
  check(`dotnet: ${readdirSync(sources).length} files have all types of the library`, lost.length === 0);
}
