#!/bin/sh
# The bounded benchmarks; figures are ratios within one run, so compare nothing across machines.
#   src/test/bench.sh path        feed path against a plain copy, through the real routes
#   src/test/bench.sh slow        memory with an archive slowed down
#   src/test/bench.sh load [S]    the observer at real load, for S seconds (600)
#   src/test/bench.sh pull [MB]   a day pulled and proven against rsync -a of it, over loopback (1024)
#   src/test/bench.sh replay [M]  a replay against the market's time, of M minutes at real load (4)
#   src/test/bench.sh start       from the command to ready, five times
#   src/test/bench.sh etl [N]     N scalp lines (2,000,000) into PostgreSQL, beside psql \copy
#   src/test/bench.sh trigger     what the triggers cost for 10,000 symbols
#   src/test/bench.sh planning [N]  a planning round of 700 markets for 700 places, N rounds (600)
#   src/test/bench.sh verify [MB] [THREADS] [ROUNDS]   verification against sha256sum of the same files
#   src/test/bench.sh package [MB]  a day's package against zstd -3 and sha256sum (1024 MB)
#   src/test/bench.sh upbit [N]   Upbit's trades recorded by us and by tardis-dev, in one run, N a round
#   src/test/bench.sh upbit-load [S]  700 markets of Upbit, 20,000 frames a second, for S seconds (60)
#   src/test/bench.sh recorder|tape|decode|upbit-decode|socket   the parts
# BENCH_HEAP is the heap of the measuring process: 256m, for the feed path 512m, which
# docs/operating.md recommends for such rates.
set -eu
cd "$(dirname "$0")/../.."
what=${1:-path}
[ $# -gt 0 ] && shift
if [ "$what" = start ]; then
  ./observer --version
  for _ in 1 2 3 4 5; do
    data=$(mktemp -d)
    ./observer collect --simulate --for 8s --data "$data" | grep Ready
    rm -rf "$data"
  done
  exit 0
fi
clients=
if [ "$what" = upbit ]; then
  . src/test/npm.sh
  npm_packages src/test/clients
  clients=$work
fi
mvn -B -q test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath
run() {
  java -Xmx"${BENCH_HEAP:-256m}" -XX:+UseSerialGC -Dlogback.configurationFile=src/main/resources/logback.xml \
    -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" "io.stockobserver.bench.$@"
}
packages() {
  command -v zstd >/dev/null 2>&1 || { echo "bench.sh: no zstd to compare with; install it (Debian: zstd)"; return 0; }
  mb=${1:-1024}
  for share in scalp mixed; do
    for size in $((mb / 4)) "$mb"; do
      data=$(mktemp -d)
      echo "== $size MB, $share"
      run PackageBench make "$data/data" "$size" "$share"
      run PackageBench run "$data/data"
      rm -rf "$data"
    done
  done
}
case $what in
  package) packages "$@" ;;
  pull) run PullBench "$@" ;;
  path) BENCH_HEAP=${BENCH_HEAP:-512m} && run FeedPathBench "$@" ;;
  slow) run FeedPathBench "${1:-300000}" 1 slow ;;
  load) ./observer --version && run RealLoadBench "$@" ;;
  upbit) run UpbitPathBench "$clients" "$@" ;;
  upbit-load) ./observer --version && run UpbitLoadBench "$@" ;;
  upbit-decode) run UpbitDecodeBench "$@" ;;
  verify) run VerifyBench "$@" ;;
  replay) ./observer --version && run ReplayBench "$@" ;;
  etl)
    java -Xmx"${BENCH_HEAP:-192m}" -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" \
      io.stockobserver.etl.LoadBench "$@"
    ;;
  planning)
    java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
      -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" \
      io.stockobserver.recorder.PlanningBench "$@"
    ;;
  recorder) run RecorderBench "$@" ;;
  trigger) run TriggerBench "$@" ;;
  tape) run TapeEncodeBench "$@" ;;
  decode) run KisDecodeBench "$@" && run UpbitDecodeBench "$@" ;;
  socket) run FeedCopyBench "$@" ;;
  *) echo "bench.sh: $what is no benchmark; see the head of this file" >&2 && exit 2 ;;
esac
