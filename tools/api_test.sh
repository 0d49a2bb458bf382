#!/bin/sh
# Send the API what its description allows, and what it does not, for a minute or so: nothing of it
# may end in a 5xx, or in an answer that the description does not promise.
set -eu
cd "$(dirname "$0")/.."

# Apart from .venv: nothing of aiguide needs it, and it is big.
venv=.venv-api
if [ ! -f $venv/ready ] || [ tools/api_test.sh -nt $venv/ready ]; then
  python3 -m venv $venv
  $venv/bin/python -m pip install -q --disable-pip-version-check schemathesis==4.32.5
  touch $venv/ready
fi

out=build/api
rm -rf $out
mkdir -p $out
cp -r examples/valid $out/projects

.venv/bin/aiguide serve $out/projects --port 0 --no-open --log --lang en --by api-test 2>$out/log &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
address=
for _ in 1 2 3 4 5 6 7 8 9 10; do
  sleep 0.5
  address=$(sed -n 's|.*\(http://[0-9.]*:[0-9]*\)/.*|\1|p' $out/log | head -1)
  [ -n "$address" ] && break
done
[ -n "$address" ] || { cat $out/log >&2; exit 2; }

# Not asked: that whatever fits the schemas is taken. An id may have the right form and not be there.
status=0
cd $out
AIGUIDE_API=$address/api SCHEMATHESIS_HOOKS=api_hooks PYTHONPATH=../../tools \
  ../../$venv/bin/schemathesis run "$address/api/openapi.json" --max-time 90 \
  --mode all --exclude-checks positive_data_acceptance --continue-on-failure \
  --seed "${SEED:-1}" --warnings off --generation-database none \
  --report ndjson --report-ndjson-path cases.ndjson || status=$?
cd ../..
printf 'requests that the server answered, by status:\n'
sed -n 's/.*"event": "request".*"status": \([0-9]*\).*/\1/p' $out/log | sort | uniq -c
exit $status
