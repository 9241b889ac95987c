import { validateSchedule } from '../../private/schedules';
import { isTimeZone } from '../../private/time-zones';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';

const OF_CRON_JOBS = ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'];
const OF_JOBS = [
  ...['backoffLimit', 'backoffLimitPerIndex', 'maxFailedIndexes', 'completions', 'parallelism'],
  ...['activeDeadlineSeconds', 'ttlSecondsAfterFinished'],
];

export const JOB_SCHEDULE: Rule = {
  id: 'job-schedule',
  severity: Severity.ERROR,
  catches: 'A schedule or time zone of a CronJob that is none, and numbers of Jobs below zero.',
  consequence: 'The API server rejects the object.',
  fix: 'write minute, hour, day of the month, month and day of the week, such as `0 3 * * *`',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  checkObject: ({ kind, apiVersion, spec }) => {
    if (!apiVersion.startsWith('batch/')) {
      return [];
    }
    return kind === 'CronJob'
      ? [
          ...checkTimes(spec),
          ...checkNumbers(spec, OF_CRON_JOBS),
          ...checkNumbers(spec.at('jobTemplate', 'spec'), OF_JOBS),
        ]
      : kind === 'Job'
        ? checkNumbers(spec, OF_JOBS)
        : [];
  },
};

function checkTimes(spec: Field): Problem[] {
  const [schedule, zone] = [spec.at('schedule'), spec.at('timeZone')];
  const [problem, fix] = (schedule.text === undefined ? undefined : validateSchedule(schedule.text))?.split('; ') ?? [];
  return [
    ...(problem === undefined ? [] : [{ at: schedule, message: `the schedule "${schedule.text}" ${problem}`, fix }]),
    ...(zone.text === undefined || isTimeZone(zone.text)
      ? []
      : [
          {
            at: zone,
            message: `the time zone "${zone.text}" is not in the database of the IANA`,
            fix: 'write one of its names, such as `Europe/Berlin`',
          },
        ]),
  ];
}

function checkNumbers(spec: Field, names: readonly string[]): Problem[] {
  return names
    .map((name) => spec.at(name))
    .filter(({ number }) => number !== undefined && number < 0)
    .map((at) => ({
      at,
      message: `\`${at.name}\` is ${at.number}, below zero`,
      fix: 'write zero or more, or remove it',
    }));
}
