import { setTimeout as sleep } from 'node:timers/promises';
import { Size } from 'cdk8s';
import { LogRotation, Multiline } from '../../../src';
import { exhaustMemory, signalContainer } from '../node';
import { countRestarts, type Pod } from '../pods';
import { waitFor } from '../wait';
import type { Run } from './run';
import { toJob, toWeb, toWriter } from './workloads';

/** What happens to pods while lines are written, each a row of the table. */
export interface Scenario {
  readonly title: string;
  /** What exactly is done. */
  readonly text: string;
  /** Whether it is about Jobs. */
  readonly isOfJobs?: boolean;
  /** Whether it stops all pods of a node from starting, so that nothing else may be measured meanwhile. */
  readonly alone?: boolean;
  readonly play: (run: Run) => Promise<void>;
}

interface Job {
  readonly status: { readonly conditions?: readonly { readonly type: string }[] };
}

const RESTARTS = 20;
/** No agent waits longer until it tries again. */
const LONGEST_RETRY_SECONDS = 45;
const WRITER_RESTARTS = 5;
const KILLS = 3;
const JOBS = 20;

/** Fewer than the three rotated files and the current one hold. */
const BURST_LINES = 60_000;
const BURST = ['--lines', `${BURST_LINES}`, '--rate', '30000', '--bytes', '120'];

const RENAMED = ['--rotation', 'rename', '--rotate-bytes', '2097152', '--keep', '3'];
const SLOWLY = ['--rate', '200', '--lines', '18000', '--stay', '--rotation', 'rename', '--every', '10s', '--keep', '5'];

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  restarts: {
    title: 'rolling restarts',
    text: `Two nginx are replaced ${RESTARTS} times, under 50 requests a second.`,
    play: async (run) => {
      await run.deploy(toWeb(run.column, run.toNeeds()));
      const load = await run.startLoad(50);
      for (let restart = 0; restart < RESTARTS; restart++) {
        await run.restart();
      }
      await load.stop();
    },
  },
  rotation: {
    title: 'rotation in a burst',
    text: `${BURST_LINES} lines in two seconds, over three rotations, while the agent has a twentieth of a core. All of them are in the files that
are kept until it has read them.`,
    play: async (run) => {
      const args = run.toWriterArgs(...BURST, ...RENAMED, '--stay');
      await run.deploy(toWriter(run.column, run.toNeeds({ cpuLimit: 50 }), { args }));
      await run.settle(LONGEST_RETRY_SECONDS);
    },
  },
  killed: {
    title: 'agent killed',
    text: `SIGKILL to the agent, ${KILLS} times; 200 lines a second for a minute and a half, rotated every ten seconds, five files kept, which is
longer than the kubelet waits before it starts the agent again.`,
    play: async (run) => {
      await run.deploy(toWriter(run.column, run.toNeeds(), { args: run.toWriterArgs(...SLOWLY) }));
      await endAgent(run, KILLS, (pod) => signalContainer(pod, run.agent, 'KILL'));
      await run.settle();
    },
  },
  'out-of-memory': {
    title: 'agent out of memory',
    text: 'The kernel kills the agent once, for its memory; 200 lines a second for a minute and a half, rotated every ten seconds, five files kept.',
    play: async (run) => {
      await run.deploy(toWriter(run.column, run.toNeeds(), { args: run.toWriterArgs(...SLOWLY) }));
      await endAgent(run, 1, (pod) => exhaustMemory(pod, run.agent));
      await run.settle();
    },
  },
  away: {
    title: 'receiver away',
    text: 'The receiver answers 503 for a minute, in which 60 MB are written: twice what the buffer of 16 MiB and the rotated files hold.\nVector keeps a buffer of 256 MiB at least.',
    play: async (run) => {
      const args = run.toWriterArgs('--rate', '1000', '--bytes', '1000', '--lines', '60000', '--stay', ...RENAMED);
      await run.setReceiver(503);
      await run.deploy(toWriter(run.column, run.toNeeds({ bufferLimit: Size.mebibytes(16) }), { args }));
      await sleep(60_000);
      await run.setReceiver(200);
      await run.settle(LONGEST_RETRY_SECONDS);
    },
  },
  drained: {
    title: 'node drained',
    text: '`kubectl drain` evicts two nginx from their nodes, under 50 requests a second.',
    alone: true,
    play: async (run) => {
      await run.deploy(toWeb(run.column, run.toNeeds()));
      const load = await run.startLoad(50);
      await run.drainNodes();
      await load.stop();
    },
  },
  job: {
    title: 'short Jobs',
    text: `${JOBS} Jobs that write 20 lines in 50 ms and end. A classic sidecar would keep them from completing, so the library refuses it.`,
    isOfJobs: true,
    play: async (run) => {
      for (let job = 1; job <= JOBS; job++) {
        const args = run.toWriterArgs('--lines', '20', '--rate', '400');
        await run.namespace.apply(toJob(run.column, run.toNeeds(), `job-${job}`, args));
      }
      await waitFor(
        'end of all Jobs',
        async () => {
          const { items } = await run.namespace.get<{ items: Job[] }>('jobs');
          return items.length === JOBS && items.every(isOver);
        },
        300,
      );
    },
  },
  full: {
    title: 'log volume full',
    text: 'Nobody rotates the file, and the kubelet evicts the pod as soon as its log volume is over its limit, with a second of grace.\nTwo plain containers have no limit, and go on to fill the node.',
    play: async (run) => {
      const args = run.toWriterArgs(
        '--rate',
        '10000',
        '--bytes',
        '200',
        '--lines',
        '400000',
        '--stay',
        '--rotation',
        'none',
      );
      const rotation = LogRotation.byApplication({ maxFileSize: Size.mebibytes(4), keep: 1 });
      await run.namespace.apply(toWriter(run.column, run.toNeeds(), { args, rotation }));
      await sleep(90_000);
    },
  },
  end: {
    title: 'lines to the end',
    text: 'Two pods that write 20 lines a second until they are told to end are replaced five times.',
    play: (run) => restartWriters(run, 'plain'),
  },
  multiline: {
    title: 'stack traces at the end',
    text: 'Two pods that write stack traces of several lines to their end are replaced five times. A record without its last line is lost.',
    play: (run) => restartWriters(run, 'java', run.column.multiline ?? Multiline.java()),
  },
  'copy-truncate': {
    title: 'copied and truncated',
    text: `\`LogRotator\` copies and truncates a file of 8 MiB some five times, while 2 000 lines a second are written. What is written between the
copy and the truncation nobody can read.`,
    play: async (run) => {
      // Two plain containers have no rotator beside them, so there the writer copies and truncates itself.
      const rotates = run.column.createAgent ? 'none' : 'copy';
      const writing = ['--rate', '2000', '--lines', '200000', '--bytes', '200', '--stay', '--rotate-bytes', '8388608'];
      const args = run.toWriterArgs(...writing, '--keep', '3', '--rotation', rotates);
      const rotation = LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(8), keep: 3 });
      await run.deploy(toWriter(run.column, run.toNeeds(), { args, rotation }));
      await sleep(100_000);
      await run.settle();
    },
  },
};

async function restartWriters(run: Run, format: string, multiline?: Multiline): Promise<void> {
  const args = run.toWriterArgs('--rate', '20', '--format', format);
  await run.deploy(toWriter(run.column, run.toNeeds(), { args, replicas: 2, ...(multiline ? { multiline } : {}) }));
  for (let restart = 0; restart < WRITER_RESTARTS; restart++) {
    await run.restart();
  }
}

/** Whether a Job is complete or has failed. */
function isOver({ status }: Job): boolean {
  return (status.conditions ?? []).some(({ type }) => type === 'Complete' || type === 'Failed');
}

/** Ends the agent of a pod so often, each time when it runs again. */
async function endAgent(run: Run, times: number, end: (pod: Pod) => Promise<unknown>): Promise<void> {
  const { metadata } = await run.findPod();
  for (let time = 1; time <= times; time++) {
    await sleep(10_000);
    await end(await run.namespace.waitForPod(metadata.name));
    await waitFor(`end ${time} of the agent`, async () => countRestarts(await run.listPods(), run.agent) >= time, 120);
  }
  await run.namespace.waitForPod(metadata.name);
}
