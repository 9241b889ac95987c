/** A text as one word of a shell script, whatever is in it. */
export function quoteShell(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** Shell function that finds the process of the name in PROCESS, and leaves its number in `pid`. */
export const FIND_PROCESS = `# The oldest process of that name but this one: its children may have the name too, and
# lower numbers. Field 22 of /proc/PID/stat, here 21, is the time of its start; state Z is
# a zombie.
find_process() {
  pid=$(cat /proc/[0-9]*/stat 2>/dev/null | sed -n "s/ ($PROCESS) \\([^Z] \\)/ \\1/p" |
    grep -v "^$$ " | sort -n -k 21,21 | head -n 1)
  pid=\${pid%% *}
  [ -n "$pid" ]
}`;
