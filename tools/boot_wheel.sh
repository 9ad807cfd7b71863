#!/usr/bin/env bash
# Builds the wheel, installs it with the pinned dependencies into an empty environment outside the checkout, and boots it.
set -euo pipefail
checkout=$(pwd)
place=$(mktemp -d)
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$place"; }
trap cleanup EXIT
chmod 755 "$place"
.venv/bin/python -m build --wheel --no-isolation --outdir "$place/dist" . >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 1; }
"${PYTHON:-python3}" -m venv "$place/venv"
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$place/venv/bin/pip" install --quiet --require-hashes --requirement "$checkout/requirements.txt"
"$place/venv/bin/pip" install --quiet --no-deps "$place"/dist/*.whl
cd "$place"
port=$("$place/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
SOFRA_DATA="$place/data" SOFRA_DEMONSTRATION=1 "$place/venv/bin/sofra" serve --port "$port" --record >"$place/serve.log" 2>&1 &
server=$!
for _ in $(seq 1 120); do
  grep -q "Sofra is ready at http://localhost:$port" "$place/serve.log" && break
  kill -0 "$server" 2>/dev/null || { cat "$place/serve.log"; exit 1; }
  sleep 1
done
"$place/venv/bin/python" - "$port" <<'PYTHON'
import io, re, sys, tarfile, urllib.request
base = f"http://localhost:{sys.argv[1]}"
page = urllib.request.urlopen(f"{base}/en/").read().decode()
assert "Balkan Peace Platform" in page, page[:500]
assets = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
assert assets, "the page names no styles"
for asset in assets:
    assert urllib.request.urlopen(base + asset).status == 200, asset
source = tarfile.open(fileobj=io.BytesIO(urllib.request.urlopen(f"{base}/en/source-code").read()))
assert {"pyproject.toml", "LICENSE", "hatch_build.py"} <= {name.partition("/")[2] for name in source.getnames()}
assert "Balkan Barış Platformu" in urllib.request.urlopen(f"{base}/tr/").read().decode()
print(f"The installed wheel serves the home page in two languages and {len(assets)} assets.")
PYTHON
kill -TERM "$server"
wait "$server"
server=
echo "The installed wheel started, answered and stopped."
