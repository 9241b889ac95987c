/** Declaration, tags with quoted attributes, and text without signs of its own. */
const TOKEN =
  /<\?xml [^?]*\?>|<(\/?)([a-z]+)((?:\s+[a-z][\w-]*="(?:[^<>&"]|&(?:amp|lt|gt|quot|apos|#\d+);)*")*)\s*(\/?)>|(?:[^<>&]|&(?:amp|lt|gt|quot|apos|#\d+);)+/iy;

/** What is wrong with the form of a text as XML, as far as this command writes it; nothing where it is well-formed. */
export function findXmlFault(text: string): string | undefined {
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const [, end, name, , empty] = TOKEN.exec(text) ?? [undefined];
    if (TOKEN.lastIndex === 0) {
      return `at ${from}: ${text.slice(from, from + 40)}`;
    }
    if (end && open.pop() !== name) {
      return `</${name}> at ${from}`;
    }
    if (name && !end && !empty) {
      open.push(name);
    }
  }
  return open.length > 0 ? `<${open.pop()}> has no end` : undefined;
}
