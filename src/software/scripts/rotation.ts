import { memoize } from '../../private/memo';
import { FIND_NGINX } from './nginx';
import { FIND_PROCESS } from './shell';

/** The task of a rotating script: files by shell pattern, the size of a full one, and the number of files to keep. */
export interface Rotation {
  readonly files: readonly string[];
  readonly maxBytes: number;
  readonly keep: number;
}

/** Seconds between two looks at the files; longer than an agent takes to notice a rotation. */
const INTERVAL_SECONDS = 10;

const COMMON = `is_full() { size=$(stat -c %s "$1" 2>/dev/null) && [ "$size" -ge "$MAX_BYTES" ]; }

# Makes room at FILE.1: moves files up to the first gap, without a gap over the oldest.
shift_up() {
  n=1
  while [ "$n" -lt "$KEEP" ] && [ -e "$1.$n" ]; do n=$((n + 1)); done
  while [ "$n" -gt 1 ]; do mv -f "$1.$((n - 1))" "$1.$n" || return 1; n=$((n - 1)); done
}`;

function renderRotationSettings({ files, maxBytes, keep }: Rotation): string {
  return `set -u
FILES='${files.join(' ')}'
MAX_BYTES=${maxBytes}
KEEP=${keep}
INTERVAL=${INTERVAL_SECONDS} # seconds between two checks`;
}

/**
 * Rotates the log files of nginx from inside its container: the image runs it before it becomes nginx.
 *
 * @see https://nginx.org/en/docs/control.html#logs
 */
export const renderNginxRotationScript = memoize((rotation: Rotation, pidFile: string): string => {
  return `#!/bin/sh
# Rotates the log files of nginx by size, as nginx itself never limits them. The image
# runs each executable /docker-entrypoint.d/*.sh before it becomes nginx: this one leaves
# a loop behind in the background and returns at once. A full FILE becomes FILE.1, the
# older ones move up to FILE.$KEEP, and nginx gets USR1. Until it has opened a new FILE it
# writes on into FILE.1, which the log agent reads to its end, so no line is lost.
# Only failures are printed.
${renderRotationSettings(rotation)}
REOPEN=2 # seconds that nginx gets to open the new files
PID_FILE='${pidFile}'

${COMMON}

${FIND_NGINX}

run() {
  trap '' HUP
  exec </dev/null >/dev/null
  tries=600
  until find_nginx; do
    [ "$tries" -gt 0 ] || { echo "$0: no nginx by $PID_FILE, logs are not rotated" >&2; exit 1; }
    tries=$((tries - 1)) && sleep 1
  done
  while sleep "$INTERVAL" && is_nginx; do # ends with this nginx
    moved=
    for f in $FILES; do is_full "$f" && shift_up "$f" && mv -f "$f" "$f.1" && moved="$moved $f"; done
    [ -n "$moved" ] && kill -USR1 "$pid" && sleep "$REOPEN"
    for f in $moved; do # a stopping nginx ignores USR1 and still writes to FILE.1
      [ -e "$f" ] || { mv -n "$f.1" "$f" && echo "$0: nginx did not reopen $f, renamed back" >&2; }
    done
  done
}
run &
`;
});

/** Renames full files and signals the process that writes them, found by name in the shared process namespace. */
export const renderRenameAndSignalScript = memoize((rotation: Rotation, process: string, signal: string): string => {
  return `#!/bin/sh
# Rotates log files by size: a full FILE becomes FILE.1, the older ones move up to
# FILE.$KEEP, and the process that writes it is signalled to open a new one. Until then it
# writes on into FILE.1, which the log agent reads to its end, so no line is lost.
# Without the process nothing is renamed. Only failures are printed.
${renderRotationSettings(rotation)}
PROCESS='${process}'
SIGNAL='${signal}'

${COMMON}

${FIND_PROCESS}

trap 'exit 0' TERM INT
warned=
while :; do
  moved=
  for f in $FILES; do
    is_full "$f" || continue
    if find_process; then
      shift_up "$f" && mv -f "$f" "$f.1" && moved="$moved $f"
    elif [ -z "$warned" ]; then
      warned=yes && echo "$0: $f is full, but no process is named $PROCESS: logs are not rotated" >&2
    fi
  done
  [ -z "$moved" ] || kill "-$SIGNAL" "$pid" || echo "$0: could not signal $PROCESS" >&2
  sleep "$INTERVAL" & wait $!
  for f in $moved; do # else it would never be rotated again
    [ -e "$f" ] || { mv -n "$f.1" "$f" && echo "$0: $PROCESS did not reopen $f, renamed back" >&2; }
  done
done
`;
});

/** Copies full files and truncates them in place. */
export const renderCopyTruncateScript = memoize((rotation: Rotation): string => {
  return `#!/bin/sh
# Rotates log files by size: a full FILE is copied to FILE.1 and truncated, the older
# copies move up to FILE.$KEEP. Lines that are written between the copy and the truncation
# are lost. Only failures are printed.
${renderRotationSettings(rotation)}

${COMMON}

trap 'exit 0' TERM INT
while :; do
  for f in $FILES; do
    if ! is_full "$f" || ! shift_up "$f"; then continue; fi
    if cp "$f" "$f.1"; then : >"$f"; else rm -f "$f.1"; fi
  done
  sleep "$INTERVAL" & wait $!
done
`;
});
