import { followed } from '../../src/software/rotated-names';

describe('an agent that knows a file again', () => {
  test('reads the file that was rotated last, where its name ends in a number', () => {
    expect(followed('/logs/app.log', '*.[0-9],*.[0-9][0-9]').include).toEqual(['/logs/app.log', '/logs/app.log.1']);
    expect(followed('/logs/*.log', '*.[0-9],*.gz').include).toEqual(['/logs/*.log', '/logs/*.log.1']);
  });

  test.each([undefined, 'old-*', '*.gz'])('reads no other where rotated files are named %s', (rotatedFiles) => {
    expect(followed('/logs/app.log', rotatedFiles).include).toEqual(['/logs/app.log']);
  });

  test('passes over other rotated files, and not over that one', () => {
    const rotated = ['/logs/*.[0-9]', '/logs/*.[0-9][0-9]', '/logs/*.gz'];
    expect(followed('/logs/*', '*.[0-9],*.[0-9][0-9],*.gz', rotated).exclude).toEqual([
      '/logs/*.[0-9][0-9]',
      '/logs/*.gz',
    ]);
  });
});
