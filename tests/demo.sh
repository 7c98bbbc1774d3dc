#!/usr/bin/env bash
# The demo: the main job with no network and no key, in a store of its own that is removed afterwards.
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export KG_STORE="sqlite:///$folder/demo.sqlite" KG_CACHE="$folder/cache"
cd "$folder"
show() {
  printf '\n$ kg %s\n' "$*"
  kg "$@"
}
show ingest 1806.00242 --depth 2 --offline
show papers
show cuts 1806.00242 --effective
show query "muon isolation cuts" -n 4
show branches --cut "$(kg query "muon isolation cuts" -n 1 --format json | grep -o "cut:[0-9a-f]*" | head -1)"
show generate 1806.00242 -o h4l.py
printf '\n$ python -m tests.codegen.events.samples four_lepton events.root   # 1,200 simulated events\n'
(cd "$checkout" && python -m tests.codegen.events.samples four_lepton "$folder/events.root")
show run h4l.py events.root
show reproduce 1806.00242 events.root --offline --no-vary-choices -o reproduction
