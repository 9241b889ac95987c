// What this library costs: its ready-made pod with a Service beside the same manifests by hand, built and synthesized in one chart.
import { interleave, milliseconds, ratio, runJob, table } from './measure.mjs';

const ROWS = {
  'by hand with cdk8s-plus': { by: 'hand' },
  WebWithLogAgentDeployment: { by: 'pattern' },
  'WebWithLogAgentDeployment, its validation left out': { by: 'pattern', validated: false },
  'by hand, built alone': { by: 'hand', synthesized: false },
  'WebWithLogAgentDeployment, built alone': { by: 'pattern', synthesized: false },
  'by hand, in an App of cdk8s': { by: 'hand', app: 'app' },
  'WebWithLogAgentDeployment, in an App of cdk8s': { by: 'pattern', app: 'app' },
};
const REST = [
  'By hand a pod is written',
  'down as one that is known, with 14 constructs a unit. The pattern is put together from parts that do not know each other',
  '(15 constructs): each port, path, name, image and variable is checked when it is added, so that the error is at the line of',
  'the caller, and all of it is kept for the check of the finished pod. The synth renders the configurations, which a hand has for',
  'nothing here, completes and sorts what cdk8s-plus rendered, and checks it. Two fifths of the difference are spent in the other',
  'threads of Node, most of it in the compiler, for there are twice as many functions to compile.',
];
const TARGET = 1.15;
const VALIDATION_TARGET = 0.05;

export async function report({ quick }) {
  const count = quick ? 100 : 1000;
  const tasks = Object.values(ROWS).map((options) => () => runJob('pattern', { ...options, count }));
  const results = await interleave(tasks, quick ? 1 : 7);
  const [hand, pattern, unchecked, handBuilt, patternBuilt, handInApp, patternInApp] = results.map(({ cpu }) => cpu);
  const synth = (pattern - patternBuilt) / (hand - handBuilt);
  const validation = 1 - unchecked / pattern;
  return [
    `## ${count} units of the ready-made pod, in one chart of a FastApp unless said otherwise`,
    '',
    ...table(
      ['how', 'CPU ms', 'wall ms', 'MB', 'CPU beside by hand'],
      Object.keys(ROWS).map((name, index) => {
        const { cpu, wall, peak } = results[index];
        return [name, milliseconds(cpu), milliseconds(wall), Math.round(peak), ratio(cpu / hand)];
      }),
    ),
    '',
    `Target: at most ${TARGET} times by hand: ${pattern / hand <= TARGET ? 'held' : 'MISSED'}. In an App of cdk8s it is ${ratio(patternInApp / handInApp)}. A FastApp makes`,
    'all else of a synth cheaper, so that the share of the pattern itself is larger there: the pattern in a FastApp takes',
    `${ratio(pattern / handInApp)} the time of pods by hand in an App, which is how they are written without this library.`,
    '',
    `Building takes ${ratio(patternBuilt / handBuilt)} as long as by hand, the synth ${ratio(synth)} as long. ${REST[0]}`,
    ...REST.slice(1),
    '',
    `Validation is ${(validation * 100).toFixed(1)} % of it; target: at most 5 %: ${validation <= VALIDATION_TARGET ? 'held' : 'MISSED'}.`,
  ];
}
