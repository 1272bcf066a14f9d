// tardis-dev, unmodified: it finds the simulated Upbit by WSS_URL_UPBIT alone.
'use strict'
const { streamNormalized, normalizeTrades, normalizeBookChanges } = require('tardis-dev')

const symbols = ['KRW-BTC', 'KRW-XRP', 'KRW-XWEE', 'USDT-ETH']
const wanted = { trade: 100, book_change: 200 }
const seconds = 90

function check(what, holds) {
  if (!holds) throw new Error(`tardis-dev: ${what}`)
}

function checkBook(book) {
  for (const side of [book.bids, book.asks]) {
    check(`${book.symbol} has an empty side`, side.length > 0)
    check(`${book.symbol} has a level of nothing`, side.every((l) => l.price > 0 && l.amount > 0))
  }
  const falls = (prices) => prices.every((p, i) => i === 0 || p < prices[i - 1])
  check(`${book.symbol}: bids do not fall`, falls(book.bids.map((l) => l.price)))
  check(`${book.symbol}: asks do not rise`, falls(book.asks.map((l) => -l.price)))
  check(`${book.symbol} is crossed`, book.bids[0].price < book.asks[0].price)
}

async function main() {
  const messages = streamNormalized(
    { exchange: 'upbit', symbols, timeoutIntervalMS: 30000 },
    normalizeTrades,
    normalizeBookChanges
  )
  const seen = { trade: 0, book_change: 0 }
  const heard = new Set()
  const last = new Map()
  const ids = new Set()
  const end = Date.now() + seconds * 1000
  for await (const message of messages) {
    check(`unexpected ${message.type}`, message.type in seen)
    check(`unexpected ${message.symbol}`, symbols.includes(message.symbol))
    seen[message.type]++
    heard.add(`${message.type} ${message.symbol}`)
    const key = `${message.type} ${message.symbol}`
    check(`${key} goes back in time`, !(message.timestamp < last.get(key)))
    last.set(key, message.timestamp)
    if (message.type === 'trade') {
      check('a trade without a price', message.price > 0 && message.amount > 0)
      check('a trade without a side', ['buy', 'sell'].includes(message.side))
      // Its ids are doubles: of 17 digits the last is lost, so neighbours look alike.
      const trade = `${message.symbol} ${message.id} ${message.price} ${message.amount}`
      check(`trade ${trade} came twice`, !ids.has(trade))
      ids.add(trade)
    } else {
      checkBook(message)
    }
    if (seen.trade >= wanted.trade && seen.book_change >= wanted.book_change) break
    check(`only ${JSON.stringify(seen)} in ${seconds} s`, Date.now() < end)
  }
  check('KRW-BTC was not heard', heard.has('trade KRW-BTC') && heard.has('book_change KRW-BTC'))
  console.log(`tardis-dev ${require('tardis-dev/package.json').version}: ${seen.trade} trades, ` +
    `${seen.book_change} books of ${new Set([...heard].map((k) => k.split(' ')[1])).size} symbols`)
}

main().then(() => process.exit(0), (problem) => {
  console.error(problem)
  process.exit(1)
})
