import { FIND_PROCESS } from './shell';

/** The process that is told of changed files, and the signal for it. */
export interface Reload {
  /** Directory that holds the files. */
  readonly directory: string;
  /** Name of the process, as in `/proc/<pid>/comm`. */
  readonly process: string;
  /** Name of the signal, without "SIG". */
  readonly signal: string;
  /** Number of the signal on Linux. */
  readonly number: number;
}

/** Seconds between two looks at the files. The kubelet takes up to a minute or two to bring a change. */
const INTERVAL_SECONDS = 5;

/**
 * Signals a process, found by name in the shared process namespace, when files changed.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
 */
export function renderSignalOnChangeScript({ directory, process, signal, number }: Reload): string {
  return `#!/bin/sh
# Signals a process when the files in a directory changed, so that it reads them again.
# It is signalled only while it handles the signal, which would end it otherwise: a
# process that is still starting is told as soon as it does. A process that is not there
# reads the files when it starts. What is done and what fails is printed.
set -u
DIRECTORY='${directory}'
PROCESS='${process}'
SIGNAL='${signal}'
NUMBER=${number} # of the signal
INTERVAL=${INTERVAL_SECONDS} # seconds between two looks
SETTLE=1 # seconds in which nothing more must change

# What the files are now. The kubelet changes all files of a ConfigMap or Secret at once,
# by pointing the link ..data elsewhere; other volumes have no such link.
look() {
  if [ -L "$DIRECTORY/..data" ]; then
    readlink "$DIRECTORY/..data"
  else
    find "$DIRECTORY" -type f -exec md5sum {} + 2>/dev/null | sort
  fi
}

${FIND_PROCESS}

# SigCgt in /proc/PID/status has a bit for each signal that the process handles; the last
# eight digits are those of the signals 1 to 32. Some sandboxes do not show it.
handles() {
  mask=$(sed -n 's/^SigCgt:[[:space:]]*[0-9a-f]\\{8\\}//p' "/proc/$pid/status" 2>/dev/null)
  [ -z "$mask" ] || [ $((0x$mask >> (NUMBER - 1) & 1)) = 1 ]
}

say() { [ "$1" = "$said" ] || { said=$1 && echo "$0: $1" >&2; }; }

tell() {
  if ! find_process; then
    say "no process is named $PROCESS, which reads the changed files when it starts"
  elif ! handles; then
    say "$PROCESS does not handle $SIGNAL, which would end it: it is not told of the changed files" && return 1
  elif ! kill "-$SIGNAL" "$pid"; then
    say "could not signal $PROCESS, will try again" && return 1
  else
    said= && echo "$0: the files changed, sent $SIGNAL to $PROCESS"
  fi
}

trap 'exit 0' TERM INT
said=
seen=$(look)
find_process && seen= # this container started again: what changed meanwhile is not known
while :; do
  now=$(look)
  if [ "$now" != "$seen" ]; then
    sleep "$SETTLE" & wait $!
    [ "$now" = "$(look)" ] && tell && seen=$now
  fi
  sleep "$INTERVAL" & wait $!
done
`;
}
