// Runs one job in a process of its own, and tells its CPU time, wall time and peak memory.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const JOBS = fileURLToPath(new URL('jobs.mjs', import.meta.url));
const TICKS_PER_SECOND = 100;

/** A job of `jobs.mjs`: it measures itself, from where its work begins. */
export function runJob(name, options = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [JOBS, name, JSON.stringify(options)], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: options.timeout ?? 600_000,
  });
  if (status !== 0) {
    throw new Error(`${name} ${JSON.stringify(options)} ended with ${status}: ${stderr}`);
  }
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{')));
}

/** Any command: its CPU time and peak memory are known on Linux only. */
export async function runCommand(command, args, options = {}) {
  const before = childSeconds();
  const start = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  let peak = 0;
  let message = '';
  child.stderr.on('data', (data) => {
    message += data;
  });
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 5);
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${message}`);
  }
  return { cpu: childSeconds() - before, wall: Number(process.hrtime.bigint() - start) / 1e9, peak };
}

/**
 * Measures several things in turn, again and again, so that a busy moment of the machine falls on all of them; gives the median of
 * each. What takes longer than `seconds` is measured once.
 */
export async function interleave(tasks, rounds, seconds = 20) {
  const results = tasks.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of tasks.entries()) {
      if (round === 0 || results[index][0].cpu < seconds) {
        results[index].push(await task());
      }
    }
  }
  return results.map((list) => ({
    cpu: median(list.map(({ cpu }) => cpu)),
    wall: median(list.map(({ wall }) => wall)),
    peak: median(list.map(({ peak }) => peak)),
  }));
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Whether a command can be run here. */
export function isPresent(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

export function milliseconds(seconds) {
  return (seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0);
}

export function ratio(value) {
  return `${value.toFixed(value < 10 ? 2 : 0)} x`;
}

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** The CPU time of all children that have ended. */
function childSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** The most memory that a process has held, in MB. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
