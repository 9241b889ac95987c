#!/bin/sh
# Installs what the tests in this directory run, on Debian or Ubuntu, where it is missing.
set -eu
PATH="$PATH:/usr/sbin:/sbin"
packages=
while read -r program package; do
  case "$program" in '' | '#') continue ;; esac
  command -v "$program" >/dev/null || packages="$packages $package"
done <"$(dirname "$0")/packages.txt"
[ -n "$packages" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "$0: missing Debian packages:$packages; run this as root on Debian or Ubuntu, or install them yourself" >&2
  exit 1
fi

# The package of nginx would start it as a service, on port 80 of all interfaces.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
apt-get update -qq
# shellcheck disable=SC2086 # several packages
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
