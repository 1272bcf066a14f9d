// ccxt, unmodified: it is told other addresses by its option `urls` alone.
import { readFileSync } from 'node:fs'
import ccxt from 'ccxt'

const rest = process.env.UPBIT_REST_URL.replace(/\/v1$/, '')
const urls = { api: { public: rest, private: rest, ws: process.env.UPBIT_FEED_URL } }

function check(what, holds) {
  if (!holds) throw new Error(`ccxt: ${what}`)
}

const rises = (values) => values.every((v, i) => i === 0 || v >= values[i - 1])

async function overRest() {
  const upbit = new ccxt.upbit({ urls })
  const markets = await upbit.fetchMarkets()
  check(`${markets.length} markets`, markets.length === 855)
  check('no market BTC/KRW', markets.some((m) => m.symbol === 'BTC/KRW' && m.active))
  await upbit.loadMarkets()

  const tickers = Object.values(await upbit.fetchTickers())
  check(`${tickers.length} tickers`, tickers.length === 855)
  for (const t of tickers) {
    check(`${t.symbol}: last ${t.last}`, t.last > 0 && t.low <= t.last && t.last <= t.high)
  }
  const tiny = await upbit.fetchTicker('XWEE/KRW')
  check(`tiny price ${tiny.last}`, tiny.last > 0 && tiny.last < 0.00001)

  const book = await upbit.fetchOrderBook('BTC/KRW')
  check('empty book', book.bids.length === 30 && book.asks.length === 30)
  check('crossed book', book.bids[0][0] < book.asks[0][0])

  const trades = await upbit.fetchTrades('BTC/KRW', undefined, 200)
  check(`${trades.length} trades`, trades.length === 200)
  check('trades not sorted', rises(trades.map((t) => t.timestamp)))
  check('a trade of nothing', trades.every((t) => t.price > 0 && t.amount > 0 && t.side))

  for (const frame of ['1s', '1m', '15m', '4h', '1d', '1w', '1M']) {
    const candles = await upbit.fetchOHLCV('BTC/KRW', frame, undefined, 10)
    check(`${candles.length} candles of ${frame}`, candles.length === 10)
    check(`candles of ${frame} not sorted`, rises(candles.map((c) => c[0])))
    for (const [, o, h, l, c, v] of candles) {
      check(`a candle of ${frame} is no candle`, l <= Math.min(o, c) && Math.max(o, c) <= h && v > 0)
    }
  }
  const unknown = await upbit.publicGetTicker({ markets: 'KRW-NOBODY' }).catch((e) => e)
  check('an unknown market is no error', unknown instanceof ccxt.BaseError)
  return `${markets.length} markets, ${tickers.length} tickers, ${trades.length} trades`
}

async function overSocket() {
  const upbit = new ccxt.pro.upbit({ urls })
  await upbit.loadHttpProxyAgent() // what it asks for before any address that is no wss://
  await upbit.loadMarkets()
  const seen = { trades: 0, tickers: 0, books: 0, candles: 0 }
  const watch = async (name, times, step) => {
    for (let i = 0; i < times; i++) {
      await step()
      seen[name]++
    }
  }
  await Promise.all([
    watch('trades', 20, async () => {
      const trades = await upbit.watchTrades('BTC/KRW')
      check('watched trade of nothing', trades.every((t) => t.price > 0 && t.amount > 0))
      check('watched trades not sorted', rises(trades.map((t) => t.timestamp)))
    }),
    watch('tickers', 20, async () => {
      const t = await upbit.watchTicker('BTC/KRW')
      check(`watched ticker ${t.last}`, t.low <= t.last && t.last <= t.high)
    }),
    watch('books', 30, async () => {
      const book = await upbit.watchOrderBook('ETH/KRW')
      check('watched book crossed', book.bids[0][0] < book.asks[0][0])
    }),
    watch('candles', 3, async () => {
      const [, o, h, l, c] = await upbit.watchOHLCV('BTC/KRW', '1s')
      check('watched candle is none', l <= Math.min(o, c) && Math.max(o, c) <= h)
    })
  ])
  await upbit.close()
  return Object.entries(seen).map(([name, count]) => `${count} ${name}`).join(', ')
}

const limit = setTimeout(() => {
  console.error('ccxt: not done in 120 s')
  process.exit(1)
}, 120000)
try {
  const { version } = JSON.parse(readFileSync('node_modules/ccxt/package.json'))
  console.log(`ccxt ${version}: REST ${await overRest()}; WebSocket ${await overSocket()}`)
  clearTimeout(limit)
  process.exit(0)
} catch (problem) {
  console.error(problem)
  process.exit(1)
}
