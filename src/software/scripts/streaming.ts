/** Seconds between two looks at the file: what a line waits at most. */
const INTERVAL_SECONDS = 1;

/**
 * Prints a log file to standard output, through its rotations, for as long as the container runs. `tail -F` does not do:
 * that of busybox drops what was written between its last look and the rotation, and neither ends on SIGTERM as PID 1.
 */
export function renderStreamingScript(file: string): string {
  return `#!/bin/sh
# Prints a log file to standard output, from its head on. It waits for a FILE that is not
# there yet. When FILE was renamed and a new one made, the old one is read to its end first
# and kept open until the next rotation, because its writer may be slow to leave it. When
# FILE was truncated, it is read from its head again. On SIGTERM it prints what there is
# left and ends. Only failures go to standard error.
set -u
FILE='${file}'
INTERVAL=${INTERVAL_SECONDS} # seconds between two looks

# Prints what is left of the file of descriptor $1, whose position the kernel keeps. After
# a trap the \`read\` of busybox 1.38 never returns, so sed reads it.
print() {
  size=$(stat -L -c %s /proc/self/fd/"$1") || return 0
  position=$(sed -n 's/^pos:[[:space:]]*//p' /proc/self/fdinfo/"$1")
  if [ "$size" -lt "$position" ] && [ "$1" = 3 ]; then exec 3</proc/self/fd/3; fi
  [ "$size" = "$position" ] || cat <&"$1"
}

# Opens FILE as descriptor 3.
open() {
  [ -e "$FILE" ] || return 1
  if [ -r "$FILE" ]; then command exec 3<"$FILE" 2>/dev/null; return; fi
  [ -n "$warned" ] || echo "$0: cannot read $FILE, is another user its owner?" >&2
  warned=yes
  return 1
}

look() {
  if [ -n "$before" ]; then print 4; fi
  if [ -z "$current" ]; then
    if open; then current=yes; print 3; fi
    return
  fi
  print 3
  # shellcheck disable=SC3013 # dash and busybox have -ef
  if [ -e "$FILE" ] && ! [ "$FILE" -ef /proc/self/fd/3 ]; then
    print 3
    exec 4<&3
    before=yes
    if open; then print 3; else current=''; fi
  fi
}

before='' current='' warned='' stop='' nap=''
trap 'stop=yes; [ -z "$nap" ] || kill "$nap" 2>/dev/null' TERM INT
while [ -z "$stop" ]; do
  look
  if [ -z "$stop" ]; then sleep "$INTERVAL" & nap=$!; wait "$nap"; fi
done
look
`;
}
