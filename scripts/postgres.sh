#!/usr/bin/env bash
# Installs Debian's PostgreSQL where there is none, for the tests of the ledger. They start a server of their own.
set -euo pipefail

if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || [ -n "${TOCSIN_TEST_POSTGRES:-}" ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "scripts/postgres.sh: no apt-get here; install PostgreSQL 15 or newer, or set TOCSIN_TEST_POSTGRES" >&2
  exit 1
fi
root=
[ "$(id -u)" -eq 0 ] || root="sudo -n"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
# The package would start a server of its own after installing; none is wanted.
$root mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | $root tee /etc/postgresql-common/createcluster.conf >/dev/null
$root apt-get install -y -qq --no-install-recommends postgresql >/dev/null
