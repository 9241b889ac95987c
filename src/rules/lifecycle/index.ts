import type { Rule } from '../rule';
import { COMPANION_LIVENESS } from './companion-liveness';
import { COMPANION_READINESS } from './companion-readiness';
import { EXEC_WITHOUT_SHELL } from './exec-without-shell';
import { FOREIGN_SIGNAL } from './foreign-signal';
import { GRACE_BUDGET } from './grace-budget';
import { GRACE_PERIOD } from './grace-period';
import { INIT_CONTAINER_HOOKS } from './init-container-hooks';
import { JOB_POLICY } from './job-policy';
import { JOB_SCHEDULE } from './job-schedule';
import { JOB_SIDECAR } from './job-sidecar';
import { LIFECYCLE_HANDLER } from './lifecycle-handler';
import { LOOPBACK_PROBE } from './loopback-probe';
import { NATIVE_PRESTOP } from './native-prestop';
import { PID1_SHELL } from './pid1-shell';
import { POD_NAMESPACES } from './pod-namespaces';
import { PROBE_HANDLER } from './probe-handler';
import { PROBE_NEIGHBOUR } from './probe-neighbour';
import { PROBE_PORT } from './probe-port';
import { SIDECAR_ORDER } from './sidecar-order';
import { START_ORDER } from './start-order';
import { STOP_ORDER } from './stop-order';
import { UPDATE_STRATEGY } from './update-strategy';

/** The start, the probes and the end of containers. */
export const LIFECYCLE_RULES: readonly Rule[] = [
  INIT_CONTAINER_HOOKS,
  PROBE_HANDLER,
  PROBE_PORT,
  PROBE_NEIGHBOUR,
  LIFECYCLE_HANDLER,
  GRACE_PERIOD,
  GRACE_BUDGET,
  NATIVE_PRESTOP,
  START_ORDER,
  SIDECAR_ORDER,
  STOP_ORDER,
  COMPANION_READINESS,
  COMPANION_LIVENESS,
  LOOPBACK_PROBE,
  EXEC_WITHOUT_SHELL,
  PID1_SHELL,
  JOB_SIDECAR,
  JOB_SCHEDULE,
  JOB_POLICY,
  UPDATE_STRATEGY,
  POD_NAMESPACES,
  FOREIGN_SIGNAL,
];
