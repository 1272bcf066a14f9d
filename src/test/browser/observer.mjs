// An observer of both simulated venues as a process of its own, with a home of its own to edit.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'

const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

/** Waits until something holds; says what it waited for when it never does. */
export async function until(what, test, seconds = 60) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await test()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
    await new Promise((go) => setTimeout(go, 50))
  }
}

/** A process that is there until it ends or we do. */
function begin(command, args, options) {
  const child = spawn(command, args, options)
  const one = { pid: child.pid, out: '', err: '', code: undefined, child }
  running.add(child)
  child.stdout.on('data', (text) => (one.out += text))
  child.stderr.on('data', (text) => (one.err += text))
  child.stdin.end(options.input ?? '')
  one.ended = new Promise((go) => child.on('close', (code) => {
    running.delete(child)
    one.code = code
    go(code)
  }))
  one.says = (pattern) => until(`${args[0]} says ${pattern}`, () => {
    if (one.code !== undefined) throw new Error(`${args[0]} ended with ${one.code}: ${one.out}${one.err}`)
    return one.out.match(pattern)
  }, 180)
  return one
}

/** A line to a server that can be cut and mended. */
async function line(to) {
  const there = new URL(to), sockets = new Set()
  let cut = false
  const server = net.createServer((near) => {
    if (cut) return near.destroy()
    const far = net.connect(Number(there.port), there.hostname)
    for (const [one, other] of [[near, far], [far, near]]) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => { sockets.delete(one); other.destroy() })
    }
  })
  await new Promise((go) => server.listen(0, '127.0.0.1', go))
  server.unref()
  const url = new URL(to)
  url.port = server.address().port
  return {
    url: url.href.replace(/\/$/, ''),
    cut: () => { cut = true; sockets.forEach((one) => one.destroy()) },
    mend: () => { cut = false },
  }
}

export class Observer {
  /**
   * @param repository where the launcher is
   * @param work an empty folder: home/ and data/ will be below it
   */
  constructor(repository, work) {
    this.launcher = join(repository, 'observer')
    this.home = join(work, 'home')
    this.data = join(work, 'data')
    for (const folder of ['routes', 'config']) cpSync(join(repository, folder), join(this.home, folder), { recursive: true })
    mkdirSync(this.data)
    this.cwd = work
    this.env = { ...process.env, OBSERVER_JAVA_OPTS: `${process.env.OBSERVER_JAVA_OPTS ?? ''} -Dobserver.home=${this.home}` }
  }

  start(args, input) {
    return begin(this.launcher, args, { cwd: this.cwd, env: this.env, input })
  }

  /** Runs a command to its end. */
  async run(args, input) {
    const one = this.start(args, input)
    await one.ended
    return one
  }

  /** Simulates both venues and observes them; KIS's feed comes over a line that can be cut. */
  async collect(args) {
    // One clock for both: the market's instant, and the system's at which it holds.
    const at = `2026-11-20T00:29:50Z@${Date.now()}`
    const venue = this.start(['simulate', '--port', '0', '--at', at])
    const told = JSON.parse((await venue.says(/^\{.*\}$/m))[0])
    this.feed = await line(told.feed_url)
    Object.assign(this.env, {
      PROVIDER_KIS_REST_URL: told.rest_url, PROVIDER_KIS_FEED_URL: this.feed.url, PROVIDER_KIS_MASTER_URL: told.master_url,
      PROVIDER_UPBIT_REST_URL: told.upbit_rest_url, PROVIDER_UPBIT_FEED_URL: told.upbit_feed_url,
      KIS_APP_KEY: told.app_key, KIS_APP_SECRET: told.app_secret,
    })
    this.process = this.start(['collect', '--provider', 'kis', '--provider', 'upbit', '--port', '0', '--at', at, '--data', this.data, ...args])
    this.url = (await this.process.says(/(http:\/\/\S+?)\/hawtio/))[1]
  }

  /** What Ctrl-C does; how it ended. */
  async interrupt() {
    this.process.child.kill('SIGINT')
    return this.process.ended
  }

  /** Every event of a provider's archive so far. */
  events(provider) {
    const folder = join(this.data, 'system/events', provider)
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort()
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1).map((text) => JSON.parse(text)))
  }
}
