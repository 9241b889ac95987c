import { showsCredential } from '../../kit/credentials';

const VARIABLE = String.raw`\$\w+`;

/** The directive among these that would show a credential: a header with a literal one, or a URL with a password. */
export function findHeaderCredential(directives: string): string | undefined {
  const statements = directives.replace(/#.*/g, '').split(/[;{}]/);
  return statements
    .map((statement) => statement.trim())
    .find((statement) => {
      const [, name = '', value = ''] = /^(?:proxy_set_header|add_header)\s+(\S+)\s+(.*)$/s.exec(statement) ?? [];
      const text = value.replace(/["']/g, '');
      return (
        (text !== '' && showsCredential('header', `${name}: ${text}`, VARIABLE)) ||
        showsCredential('', statement, VARIABLE)
      );
    })
    ?.split(/\s+/)
    .slice(0, 2)
    .join(' ');
}
