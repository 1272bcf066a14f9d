#!/bin/sh
# What an archive costs on disk, lane by lane, from an archive that was really recorded.
#   src/test/capacity.sh ARCHIVE PROVIDER YYYYMMDD [SECONDS-A-DAY]
# Prints bytes as content and as zstd -3, each for a minute of the recording, and what a day of
# SECONDS-A-DAY (KIS 23400: 6.5 hours, anything else 86400) would be at that rate all day long. Lanes
# that do not grow with time (masters, universe) are counted once a day. Needs python3 and zstd.
set -eu
[ $# -ge 3 ] || { sed -n 2,6p "$0" >&2; exit 2; }
archive=$1 provider=$2 day=$3
default=86400
[ "$provider" = kis ] && default=23400
exec python3 - "$archive" "$provider" "$day" "${4:-$default}" <<'PY'
import glob, json, os, subprocess, sys
archive, provider, day, seconds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

def content(path):
    if path.endswith('.zst'):
        return subprocess.run(['zstd', '-qdc', path], capture_output=True, check=True).stdout
    with open(path, 'rb') as f:
        return f.read()

def packed(data):
    return len(subprocess.run(['zstd', '-q3c'], input=data, capture_output=True, check=True).stdout)

def files(*patterns):
    found = {}
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(archive, pattern))):
            found.setdefault(path.removesuffix('.zst'), path)
    return list(found.values())

def moment(text):
    from datetime import datetime
    return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()

lanes, once, whole, first, last, frames = {}, {}, [0, 0], None, None, 0
def add(table, lane, data, zstd):
    plain, small, lines = table.get(lane, (0, 0, 0))
    table[lane] = (plain + len(data), small + zstd, lines + data.count(b'\n'))

for path in files(f'tape/{provider}/*/{day}/*'):
    data = content(path)
    parts = {}
    for line in data.splitlines(keepends=True):
        head = json.loads(line)
        first = first or head['heard_at']
        last = head['heard_at']
        feed = head['feed']
        if head['dir'] == 'note':
            feed = 'notes'
        elif feed in ('trade', 'stream'):
            frames += head['dir'] == 'in'
            feed = 'feed'
        parts.setdefault(feed, []).append(line)
    for feed, lines in parts.items():
        joined = b''.join(lines)
        table = once if feed in ('universe', 'calendar', 'token') else lanes
        add(table, 'tape: ' + feed, joined, packed(joined))
    whole[0] += len(data)
    whole[1] += packed(data)
for lane, patterns in {
    'scalp': [f'scalp/{provider}/*/{day}/*'],
    'swing': [f'swing/{provider}/*/{day}/*'],
    'overflow': [f'system/overflow/{provider}/{day}*'],
    'events': [f'system/events/{provider}/{day}*'],
    'set aside': [f'set_aside/{provider}/*/{day}*.jsonl'],
}.items():
    for path in files(*patterns):
        data = content(path)
        add(lanes, lane, data, packed(data))
for path in files(f'universe/{provider}/*/{day}*'):
    data = content(path)
    add(once, 'universe', data, packed(data))

length = moment(last) - moment(first)
print(f'{provider} {day}: {length:.0f} s recorded, {frames / length:.0f} frames a second of the feed')
print(f'{"lane":18} {"MB/min":>9} {"zstd":>8} {"lines/s":>9} {"GB/day":>8} {"zstd":>8}')
total = [0.0, 0.0]
sweeps = max(1, round(length / 600))
for lane, (plain, small, lines) in lanes.items():
    # A sweep is every ten minutes, however long was recorded.
    span = sweeps * 600 if lane in ('swing', 'tape: swing') else length
    day_plain, day_small = plain / span * seconds / 1e9, small / span * seconds / 1e9
    total[0] += day_plain
    total[1] += day_small
    print(f'{lane:18} {plain / span * 60 / 1e6:9.3f} {small / span * 60 / 1e6:8.3f} {lines / span:9.1f} {day_plain:8.3f} {day_small:8.3f}')
for lane, (plain, small, lines) in once.items():
    total[0] += plain / 1e9
    total[1] += small / 1e9
    print(f'{lane:18} {"once":>9} {"":8} {"":9} {plain / 1e9:8.3f} {small / 1e9:8.3f}')
print(f'{"all":18} {"":9} {"":8} {"":9} {total[0]:8.3f} {total[1]:8.3f}')
print(f'the tape as it is sealed: {whole[0] / 1e6:.1f} MB, {whole[1] / 1e6:.1f} MB zstd')
PY
