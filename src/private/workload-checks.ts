import { isIP } from 'node:net';
import type { Duration } from 'cdk8s';
import { validateDnsLabel, validateDnsSubdomain } from './names';
import { validateIp, validateRestartPolicy, validateSearchDomain } from './pod-fields';
import { validateSchedule } from './schedules';
import { isTimeZone } from './time-zones';
import { checkEach, checkField, checkName, checkWithin, createMistake, Mistake, readWithin } from './values';

/** The times between which an autoscaler may look at what it did last, and at what it was told before. */
const MAX_PERIOD_SECONDS = 1800;
const MAX_WINDOW_SECONDS = 3600;

/** Fails where a CronJob has no such schedule. */
export function checkSchedule(schedule: string): void {
  const problem = validateSchedule(schedule);
  if (problem) {
    throw new Mistake(`is ${JSON.stringify(schedule)}, which ${problem}`);
  }
}

/** Fails where a CronJob has no such time zone. */
export function checkTimeZone({ timeZone }: { readonly timeZone?: string }): void {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw createMistake(timeZone, 'a name of the IANA\'s database, such as "Europe/Berlin"').within('timeZone');
  }
}

/** Fails where a workload has no such restart policy. */
export function checkRestartPolicy(kind: string, { restartPolicy }: { readonly restartPolicy?: string }): void {
  checkWithin('restartPolicy', restartPolicy, (policy) =>
    checkField(policy, (value) => validateRestartPolicy(kind, value)),
  );
}

/** The limits that the API server sets, which cdk8s-plus tells without a place. */
export function checkScalingRules({
  policies,
  stabilizationWindow,
}: {
  readonly policies?: readonly { readonly duration?: Duration }[];
  readonly stabilizationWindow?: Duration;
}): void {
  if (policies?.length === 0) {
    throw new Mistake('is empty; pass a policy, or leave it out').within('policies');
  }
  policies?.forEach(({ duration }, index) => {
    checkWithin('policies', duration, (time) =>
      readWithin((each) => checkWithin('duration', each as Duration, checkPeriod), time, index),
    );
  });
  checkWithin('stabilizationWindow', stabilizationWindow, (window) => checkSeconds(window, 0, MAX_WINDOW_SECONDS));
}

function checkPeriod(period: Duration): void {
  checkSeconds(period, 1, MAX_PERIOD_SECONDS);
}

function checkSeconds(time: Duration, least: number, most: number): void {
  const seconds = time.toSeconds({ integral: false });
  if (seconds < least || seconds > most) {
    throw new Mistake(`is ${seconds} s; pass ${least} to ${most} s`);
  }
}

/** Fails where a Deployment could not roll out. */
export function checkDeployment(props: {
  readonly restartPolicy?: string;
  readonly minReady?: Duration;
  readonly progressDeadline?: Duration;
}): void {
  checkRestartPolicy('Deployment', props);
  checkDeadline(props);
}

function checkDeadline({
  minReady,
  progressDeadline,
}: {
  readonly minReady?: Duration;
  readonly progressDeadline?: Duration;
}): void {
  const [ready, deadline] = [minReady?.toSeconds() ?? 0, progressDeadline?.toSeconds() ?? 600];
  if (deadline <= ready) {
    throw new Mistake(
      `is ${deadline} s, no longer than the ${ready} s of \`minReady\`; pass more, so that pods can be ready in time`,
    ).within('progressDeadline');
  }
}

/** Fails where a pod has no such settings of the DNS. */
export function checkDns({ policy, nameservers = [], searches, hostname, subdomain }: any): void {
  if (policy === 'None' && nameservers.length === 0) {
    throw new Mistake('is empty, and DnsPolicy.NONE takes at least one; pass the address of a name server').within(
      'nameservers',
    );
  }
  checkEach('nameservers', nameservers, validateIp);
  checkEach('searches', searches, validateSearchDomain);
  checkWithin('hostname', hostname, (text: string) => checkName(text, validateDnsLabel));
  checkWithin('subdomain', subdomain, (text: string) => checkName(text, validateDnsLabel));
}

/** Fails where a pod has no such line in its file of hosts. */
export function checkHostAlias({
  ip,
  hostnames,
}: {
  readonly ip: string;
  readonly hostnames: readonly string[];
}): void {
  if (typeof ip === 'string' && isIP(ip) === 0) {
    throw createMistake(ip, 'an IP address').within('ip');
  }
  const wrong = hostnames.find((name) => validateDnsSubdomain(name) !== undefined);
  checkWithin('hostnames', wrong, (name) => checkName(name, validateDnsSubdomain));
}

/** The most rules of one container. */
const MAX_RULES = 20;

/** Rules by which an init container runs again. */
export function checkRestartRules({
  restartPolicy,
  restartPolicyRules: rules = [],
}: {
  readonly restartPolicy?: string;
  readonly restartPolicyRules?: readonly unknown[];
}): void {
  checkWithin('restartPolicyRules', rules, ({ length }) => {
    if (length > 0 && restartPolicy === undefined) {
      throw new Mistake('stands without `restartPolicy`, which holds where no rule fits; pass both');
    }
    if (length > MAX_RULES) {
      throw new Mistake(`has ${length} rules; pass at most ${MAX_RULES}`);
    }
  });
}
