#!/usr/bin/env bash
# Installs Java 17 and Maven where they are missing, for the tests on a real Neo4j server. Needs apt-get, and root or sudo.
# Where it cannot, it says why and leaves the rest to the tests, which skip (or fail, with KG_NEO4J_TESTS=required).
set -euo pipefail
if command -v java >/dev/null && command -v mvn >/dev/null; then
	exit 0
fi
if ! command -v apt-get >/dev/null; then
	echo "install-java: no apt-get here; install Java 17 and Maven by hand" >&2
	exit 0
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "install-java: neither root nor sudo; install Java 17 and Maven by hand" >&2
		exit 0
	fi
	as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq || true
"${as_root[@]}" apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless maven >/dev/null ||
	echo "install-java: apt-get could not install Java 17 and Maven" >&2
