import { validateSchedule } from '../../src/private/schedules';
import { isTimeZone } from '../../src/private/time-zones';

describe('the schedule of a CronJob', () => {
  test.each([
    '0 3 * * *',
    '*/5 * * * ?',
    '0,30 8-18/2 1-15 jan-MAR mon,wed,fri',
    '59 23 31 12 6',
    '3/10 , * * *',
    '*-7 * * * *',
    '  0   0  *  *  * ',
    '@hourly',
    '@annually',
    '@every 1h30m',
  ])('may be "%s"', (schedule) => {
    expect(validateSchedule(schedule)).toBeUndefined();
  });

  test.each([
    ['', 'has 0 fields; write minute, hour, day of the month, month and day of the week, such as "0 3 * * *"'],
    ['0 3 * *', 'has 4 fields; write minute, hour, day of the month, month and day of the week, such as "0 3 * * *"'],
    ['60 3 * * *', 'has "60" for the minute; write 0 to 59, "*", a list, a range or a step'],
    ['0 24 * * *', 'has "24" for the hour; write 0 to 23, "*", a list, a range or a step'],
    ['0 0 0 * *', 'has "0" for the day of the month; write 1 to 31, "*", a list, a range or a step'],
    ['0 0 1 dez *', 'has "dez" for the month; write 1 to 12 or jan to dec, "*", a list, a range or a step'],
    ['0 0 * * 7', 'has "7" for the day of the week; write 0 to 6 or sun to sat, "*", a list, a range or a step'],
    ['9-3 0 * * *', 'has "9-3" for the minute; write 0 to 59, "*", a list, a range or a step'],
    ['1-2-3 0 * * *', 'has "1-2-3" for the minute; write 0 to 59, "*", a list, a range or a step'],
    ['*/0 0 * * *', 'has "*/0" for the minute; write 0 to 59, "*", a list, a range or a step'],
    ['*/2/2 0 * * *', 'has "*/2/2" for the minute; write 0 to 59, "*", a list, a range or a step'],
    ['TZ=UTC 0 3 * * *', 'holds a time zone, which Kubernetes does not take there; state `timeZone`'],
    ['@dayly', 'is no name of a schedule; write "@daily"'],
    ['@Weekly', 'is no name of a schedule; write "@weekly"'],
    ['@reboot', 'has 1 field; write minute, hour, day of the month, month and day of the week, such as "0 3 * * *"'],
  ])('cannot be "%s"', (schedule, problem) => {
    expect(validateSchedule(schedule)).toBe(problem);
  });
});

test('a time zone is one of the database, in its spelling', () => {
  const names = ['Etc/UTC', 'UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3', 'Asia/Seoul', 'GB'];
  expect(names.filter((name) => !isTimeZone(name))).toEqual([]);
  const wrong = [
    'PST',
    'IST',
    'SystemV/PST8',
    'US/Pacific-New',
    'America/New_york',
    'Us/Pacific',
    'Utc',
    '',
    'Local',
    'local',
    'Mars/Olympus',
    '+01:00',
    'europe/berlin',
    '$(ZONE)',
    '../UTC',
    'a:b:c',
  ];
  expect(wrong.filter(isTimeZone)).toEqual([]);
});
