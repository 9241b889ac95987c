import { FIND_PROCESS } from '../../../src/software/scripts/find-process';

test('a process is found by its name, zombies and this one passed over', () => {
  expect(FIND_PROCESS).toContain('sed -n "s/ ($PROCESS) \\([^Z] \\)/ \\1/p"');
  expect(FIND_PROCESS).toContain('grep -v "^$$ "');
});
