import { quoteShell } from './shell';

/** The times of a waiting script. */
export interface Waiting {
  /** Time that it waits in all, in seconds. */
  readonly timeout: number;
  /** Seconds between two attempts. */
  readonly period: number;
}

/** Seconds that one attempt may take. */
const ATTEMPT_SECONDS = 5;

/** Waits until a server takes a connection. */
export function renderWaitForTcpScript(waiting: Waiting, host: string, port: number): string {
  return renderWaitScript(
    waiting,
    host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    `HOST=${quoteShell(host)}
PORT=${port}

# One build of nc tells why it failed only with -v twice, and then what it sent; the other
# does not know that option.
if nc --help 2>&1 | grep -q '[[:space:]]-v[[:space:]]'; then VERBOSE='-v -v'; else VERBOSE=; fi

# shellcheck disable=SC2086 # two options or none
attempt() { timeout "$limit" nc $VERBOSE -w "$limit" "$HOST" "$PORT" -e true </dev/null; }`,
  );
}

/** Waits until a server answers a request with 2xx. */
export function renderWaitForHttpScript(waiting: Waiting, url: string): string {
  return renderWaitScript(waiting, url, `attempt() { timeout "$limit" wget -q -O /dev/null "$WHAT"; }`);
}

/** The loop stands in the background, because a shell heeds a signal only between its commands or while it waits. */
function renderWaitScript({ timeout, period }: Waiting, what: string, attempt: string): string {
  return `#!/bin/sh
# Waits until a server answers, and ends with 0, or with 1 when the time is over, so that
# the kubelet starts it again. Prints what it waits for, each new reason why there is no
# answer yet, and the last of them at the end.
set -u
WHAT=${quoteShell(what)}
TIMEOUT=${timeout} # seconds in all
PERIOD=${period} # seconds between two attempts
ATTEMPT=${ATTEMPT_SECONDS} # seconds that one attempt may take
${attempt}

uptime() { read -r seconds _ </proc/uptime && echo "\${seconds%%.*}"; } # no clock that may be set
least() { if [ "$1" -lt "$2" ]; then echo "$1"; else echo "$2"; fi; }
say() { printf '%s\\n' "$1"; }

reason() {
  case $status in
  124 | 143) say "no answer within $limit s" ;;
  *) say "\${output:-exit code $status}" | grep -v '^sent [0-9]*, rcv' | tail -n 1 ;;
  esac
}

give_up() {
  message="gave up: $WHAT did not answer within $TIMEOUT s; last error: $error"
  say "$message" >&2
  if [ -w /dev/termination-log ]; then say "$message" >/dev/termination-log; fi
  exit 1
}

run() {
  start=$(uptime) error=
  say "waiting for $WHAT, at most $TIMEOUT s"
  while :; do
    left=$((TIMEOUT - $(uptime) + start))
    [ "$left" -gt 0 ] || give_up
    limit=$(least "$ATTEMPT" "$left") status=0
    output=$(attempt 2>&1) || status=$?
    if [ "$status" = 0 ]; then say "$WHAT answers after $(($(uptime) - start)) s" && exit 0; fi
    last=$error error=$(reason)
    [ "$error" = "$last" ] || say "no answer yet: $error"
    sleep "$(least "$PERIOD" "$left")"
  done
}

loop=
trap 'kill "$loop" 2>/dev/null; exit 143' TERM INT
run &
loop=$!
wait "$loop"
`;
}
