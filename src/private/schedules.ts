import { findNearest } from './nearest';

/** A field of a schedule: its numbers, and the names that stand for them from the first number on. */
interface ScheduleField {
  readonly noun: string;
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly ScheduleField[] = [
  { noun: 'minute', first: 0, last: 59 },
  { noun: 'hour', first: 0, last: 23 },
  { noun: 'day of the month', first: 1, last: 31 },
  { noun: 'month', first: 1, last: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { noun: 'day of the week', first: 0, last: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

const SHORT = ['yearly', 'annually', 'monthly', 'weekly', 'daily', 'midnight', 'hourly'].map((name) => `@${name}`);
const INTERVAL = /^@every ([+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;

/**
 * The rest of a sentence about a schedule that a CronJob cannot have; nothing where it can.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function validateSchedule(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) {
    return 'holds a time zone, which Kubernetes does not take there; state `timeZone`';
  }
  if (SHORT.includes(schedule) || INTERVAL.test(schedule)) {
    return undefined;
  }
  const meant = schedule.startsWith('@') ? findNearest(schedule, SHORT) : undefined;
  if (meant !== undefined) {
    return `is no name of a schedule; write "${meant}"`;
  }
  const parts = schedule.split(/\s+/).filter(Boolean);
  if (parts.length !== FIELDS.length) {
    return `has ${parts.length} ${parts.length === 1 ? 'field' : 'fields'}; write minute, hour, day of the month, month and day of the week, such as "0 3 * * *"`;
  }
  const wrong = parts.findIndex((part, index) => !isScheduleField(part, FIELDS[index]!));
  return wrong < 0 ? undefined : describeField(parts[wrong]!, FIELDS[wrong]!);
}

function describeField(part: string, { noun, first, last, names }: ScheduleField): string {
  const range = `${first} to ${last}${names ? ` or ${names[0]} to ${names.at(-1)}` : ''}`;
  return `has "${part}" for the ${noun}; write ${range}, "*", a list, a range or a step`;
}

function isScheduleField(text: string, field: ScheduleField): boolean {
  return text
    .split(',')
    .filter(Boolean)
    .every((item) => isScheduleRange(item, field));
}

function isScheduleRange(text: string, field: ScheduleField): boolean {
  const [range = '', step, ...others] = text.split('/');
  const isStepRight = step === undefined || (/^\d+$/.test(step) && Number(step) > 0);
  if (!isStepRight || others.length > 0) {
    return false;
  }
  if (/^[*?](-|$)/.test(range)) {
    return true;
  }
  const ends = range.split('-').map((end) => toScheduleNumber(end, field));
  const [start = Number.NaN, end = start] = ends;
  return ends.length <= 2 && start >= field.first && end <= field.last && start <= end;
}

function toScheduleNumber(text: string, { first, names = [] }: ScheduleField): number {
  const index = names.indexOf(text.toLowerCase());
  return index >= 0 ? first + index : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
