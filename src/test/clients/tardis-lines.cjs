// tardis-dev, unmodified, as a recorder: normalized trades as JSON lines in a file. Its address is
// WSS_URL_UPBIT. For each line "FILE COUNT CODE,CODE..." on standard input it connects, says
// "ready" with the first trade, writes until it has COUNT trades of the flood, and says
// "done LINES BYTES". Lines are gathered to 64 KiB, so that it pays no system call for each.
'use strict'
const { createWriteStream } = require('fs')
const { once } = require('events')
const { createInterface } = require('readline')
const { streamNormalized, normalizeTrades } = require('tardis-dev')

const GATHERED = 64 << 10
// The flood numbers its trades from here; everybody else's numbers are smaller.
const FIRST = 20000000000000000

async function record(file, count, symbols) {
  const out = createWriteStream(file)
  let gathered = ''
  let flooded = 0
  let bytes = 0
  let ready = false
  for await (const trade of streamNormalized({ exchange: 'upbit', symbols }, normalizeTrades)) {
    const line = JSON.stringify(trade) + '\n'
    gathered += line
    if (trade.id >= FIRST) flooded++
    if (!ready) {
      ready = true
      console.log('ready')
    }
    if (gathered.length >= GATHERED || flooded === count) {
      bytes += gathered.length
      if (!out.write(gathered)) await once(out, 'drain')
      gathered = ''
    }
    if (flooded === count) break
  }
  out.end()
  await once(out, 'close')
  console.log(`done ${flooded} ${bytes}`)
}

async function main() {
  console.log(`tardis-dev ${require('tardis-dev/package.json').version}, node ${process.versions.node}`)
  for await (const line of createInterface({ input: process.stdin })) {
    const [file, count, codes] = line.split(' ')
    await record(file, Number(count), codes.split(','))
  }
}

main().then(() => process.exit(0), (problem) => {
  console.error(problem)
  process.exit(1)
})
