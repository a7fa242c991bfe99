#!/usr/bin/env bash
# Installs Debian's Chromium where there is no browser, for the tests of the desk's pages.
set -euo pipefail

if [ -n "${TOCSIN_TEST_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "scripts/chromium.sh: no apt-get here; install Chromium, or set TOCSIN_TEST_CHROMIUM to a browser's path" >&2
  exit 1
fi
root=
[ "$(id -u)" -eq 0 ] || root="sudo -n"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
# Without a font of its own the browser would draw no letters, and all measures of the pages would be wrong.
$root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-liberation >/dev/null
