import { githubFormat } from '../../../src/rules/command/github-format';
import type { Outcome } from '../../../src/rules/command/outcome';
import { Severity } from '../../../src/rules/finding';
import { FINDING, outcomeOf, SUPPRESSED } from './support';

const shown = (parts: Partial<Outcome>) => [...githubFormat(outcomeOf(parts), false)].join('').split('\n');

test('each finding is a workflow command', () => {
  const severities = [Severity.ERROR, Severity.WARNING, Severity.INFO];
  expect(
    shown({ findings: severities.map((severity) => ({ ...FINDING, severity })), suppressed: [SUPPRESSED] }),
  ).toEqual([
    '::error file=web.yaml,line=9,title=unknown-field::Pod/web spec.containers[0].port: Container has no field "port"%0Afix: write `ports`',
    '::warning file=web.yaml,line=9,title=unknown-field::Pod/web spec.containers[0].port: Container has no field "port"%0Afix: write `ports`',
    '::notice file=web.yaml,line=9,title=unknown-field::Pod/web spec.containers[0].port: Container has no field "port"%0Afix: write `ports`',
    '1 error, 1 warning, 1 info, 1 suppressed in 1 object',
    '',
  ]);
});

test('a manifest cannot write commands of its own', () => {
  const finding = { ...FINDING, file: 'a,b:c%d.yaml', kind: undefined, name: undefined, path: '' };
  const [line] = shown({ findings: [{ ...finding, message: '100%\r\n::set-output name=x::y' }] });
  expect(line).toBe(
    '::error file=a%2Cb%3Ac%25d.yaml,line=9,title=unknown-field::100%25%0D%0A::set-output name=x::y%0Afix: write `ports`',
  );
});

test('an input that cannot be used is an error, too', () => {
  expect(shown({ unusable: [{ file: 'nope.yaml', message: 'no such file or directory' }] })).toEqual([
    '::error file=nope.yaml,title=unusable input::no such file or directory',
    'no findings in 1 object; 1 input not usable',
    '',
  ]);
});
