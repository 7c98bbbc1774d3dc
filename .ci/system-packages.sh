#!/usr/bin/env bash
# What tests need of the system: Chromium for the explorer's, Java and Maven for those on a real Neo4j server.
# Where it cannot be installed the tests that need it skip, and say why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash tests/neo4j/install-java.sh
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then
	exit 0
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || { echo "ci: neither root nor sudo; Chromium is not installed" >&2; exit 0; }
	as_root=(sudo)
fi
if command -v apt-get >/dev/null; then
	export DEBIAN_FRONTEND=noninteractive
	"${as_root[@]}" apt-get update -qq || true
	"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium >/dev/null ||
		echo "ci: apt-get could not install Chromium" >&2
fi
