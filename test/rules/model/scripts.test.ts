import { isLiteralWord, parseScript } from '../../../src/rules/model/scripts';

test.each([
  ['cp a b', ['cp a b']],
  ['cp "a b" \'c d\'; mv e f', ['cp a b c d', 'mv e f']],
  ['set -e\n# cp x y\ncp a b # and so on', ['set -e', 'cp a b']],
  ['if [ -f a ]; then cp a b; else touch b; fi', ['[ -f a ]', 'cp a b', 'touch b']],
  ['echo a > /x/b 2>&1 && cat < c >> d || exit 1', ['echo a -> /x/b', 'cat -> d', 'exit 1']],
  ['echo "a > b" | tee c', ['echo a > b', 'tee c']],
  ['cp $(ls -t | head -1) "${OUT}/a;b" &', ['cp $(ls -t | head -1) ${OUT}/a;b']],
  ['(cd /a && touch b)', ['cd /a', 'touch b']],
  ['{ echo a; echo b; } > c', ['echo a', 'echo b', ' -> c']],
  ['for x in a b; do cp $x c; done', ['for x in a b', 'cp $x c']],
  ['echo a#b &> log', ['echo a#b -> log']],
  ['cp a\\ b c', ['cp a b c']],
  ['cat <<EOF > a\nrm <b\nEOF\ncp c d', ['cat -> a', 'cp c d']],
  ["cat > a <<-'END'\n\tb\n\tEND", ['cat -> a']],
  ['', []],
])('%j has the commands %j', (script, commands) => {
  const found = parseScript(script)!.map(({ words, outputs }) => [words.join(' '), ...outputs].join(' -> '));
  expect(found).toEqual(commands);
});

test.each(['cat <<EOF > a\nb', 'cat <<< b'])('%j is not read', (script) => {
  expect(parseScript(script)).toBeUndefined();
});

test.each([
  ['/a/b', true],
  ['$A/b', false],
  ['`a`', false],
  ['*.jar', false],
  ['~/a', false],
])('%s is literal: %s', (word, expected) => {
  expect(isLiteralWord(word)).toBe(expected);
});
