/** Shell functions that find the master process of nginx by the number in PID_FILE. */
export const FIND_NGINX = `# A killed container leaves its PID file behind: the number alone proves nothing.
is_nginx() { kill -0 "$pid" && grep -q '^nginx' "/proc/$pid/comm"; } 2>/dev/null
find_nginx() { read -r pid <"$PID_FILE" && is_nginx; } 2>/dev/null`;

/**
 * Lets nginx read its certificates again when the kubelet has renewed them: the image runs it before it becomes nginx.
 *
 * @see https://nginx.org/en/docs/control.html#reconfiguration
 */
export function renderNginxReloadScript(files: readonly string[], pidFile: string): string {
  return `#!/bin/sh
# Lets nginx read its certificates again when they were renewed, as nginx itself reads them
# only when it starts. The image runs each executable /docker-entrypoint.d/*.sh before it
# becomes nginx: this one leaves a loop behind in the background and returns at once. What
# nginx would refuse is not loaded; it serves on with what it has, and is asked again later.
set -u
FILES='${files.join(' ')}'
INTERVAL=10 # seconds between two checks
PID_FILE='${pidFile}'

${FIND_NGINX}

# shellcheck disable=SC2086 # one word for each file
sum() { cat $FILES 2>/dev/null | cksum; }

run() {
  trap '' HUP
  exec </dev/null >/dev/null
  loaded=$(sum)
  tries=600
  until find_nginx; do
    [ "$tries" -gt 0 ] || { echo "$0: no nginx by $PID_FILE, certificates are not renewed" >&2; exit 1; }
    tries=$((tries - 1)) && sleep 1
  done
  while sleep "$INTERVAL" && is_nginx; do # ends with this nginx
    found=$(sum)
    if [ "$found" != "$loaded" ] && nginx -t -q; then kill -HUP "$pid" && loaded=$found; fi
  done
}
run &
`;
}
