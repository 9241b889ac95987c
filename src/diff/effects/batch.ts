import { Effect } from '../report';
import { findValue } from '../stored/json';
import { type Change, type Explanation, findPodKeys, listBelow, touches, type World } from './change';
import { explainTemplate } from './reasons';
import { formatChange, formatWord } from './show';

/** The effect on a CronJob: Jobs that run keep what they were made with. */
export function explainCronJob(change: Change, world: World): Explanation {
  const template = explainTemplate(listBelow(change.fields, findPodKeys(change.next) ?? []), change.next, world);
  const others = change.fields
    .filter(({ keys }) => keys[0] === 'spec' && !keys.slice(0, 4).includes('template'))
    .map(formatChange);
  if (touches(change, 'spec', 'jobTemplate')) {
    const summary = `its next run is the first with it (schedule "${formatWord(findValue(change.after, 'spec', 'schedule'))}"); a Job that runs keeps what it has`;
    return { effect: Effect.NEXT_RUN, summary, reasons: [...template, ...others], notes: describeSuspension(change) };
  }
  if (touches(change, 'spec', 'suspend')) {
    return {
      effect: Effect.APPLY,
      summary: describeSuspension(change)[0] ?? 'begins runs again, at the next time of its schedule',
      reasons: others,
    };
  }
  const summary = touches(change, 'spec', 'schedule')
    ? `its next run is by schedule "${formatWord(findValue(change.after, 'spec', 'schedule'))}"; no pod is touched`
    : 'no pod is touched';
  return { effect: Effect.APPLY, summary, reasons: others };
}

function describeSuspension({ after }: Change): string[] {
  return findValue(after, 'spec', 'suspend') === true ? ['is suspended: no run begins until it is resumed'] : [];
}

/** The effect on a Job, where the API server takes the change. */
export function explainJob(change: Change, world: World): Explanation {
  const template = explainTemplate(listBelow(change.fields, findPodKeys(change.next) ?? []), change.next, world);
  const others = change.fields.filter(({ keys }) => keys[0] === 'spec' && keys[1] !== 'template').map(formatChange);
  const reasons = [...template, ...others];
  if (touches(change, 'spec', 'suspend')) {
    return findValue(change.after, 'spec', 'suspend') === true
      ? { effect: Effect.DOWN, summary: 'is suspended: its pods end, and begin anew when it is resumed', reasons }
      : { effect: Effect.SCALE, summary: 'is resumed: its pods start', reasons };
  }
  if (touches(change, 'spec', 'parallelism')) {
    return { effect: Effect.SCALE, summary: 'runs another number of pods at once', reasons };
  }
  const isTemplate = template.length > 0;
  const summary = isTemplate ? 'is suspended, so its pods start with it later' : 'counts at once; its pods run on';
  return { effect: isTemplate ? Effect.NEXT_START : Effect.APPLY, summary, reasons };
}
