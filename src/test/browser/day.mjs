// The operator's day in a real browser, against one simulated session: Mina works with Hawtio and the
// page, edits routes, pins a symbol and lives through an outage; the audit has the last word.
//   node day.mjs REPOSITORY CHROMIUM [FOLDER for screenshots]
import { chromium } from 'playwright-core'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hawtio } from './hawtio.mjs'
import { Observer, until } from './observer.mjs'
import { gaps, heard, outage, parting, sizes, words } from './page.mjs'

const [repository, executablePath, shots] = process.argv.slice(2)
const USER = 'mina', PASSWORD = 'by the window at nine'
const FEED = 'hear-kis-trade', SAMPLES = 'observe-kis-scalp', REPORT = 'report-kis'
const MOVED = 'the line is moved', BACK = 'the line is back'
const began = Date.now()
let failures = 0

/** Says what holds and what does not; the day goes on. */
function check(what, holds, more = '') {
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${what}${holds || !more ? '' : ': ' + more}`)
  if (!holds) failures++
}

const observer = new Observer(repository, process.cwd())
const added = await observer.run(['user', 'add', USER], PASSWORD + '\n')
check('an account for mina', added.code === 0, added.out + added.err)
await observer.collect(['--console'])
const url = observer.url
const route = (name) => join(observer.home, 'routes', name + '.camel.yaml')
const told = (type, test = () => true) => until(`an event ${type}`, () => observer.events('kis').find((e) => e.event_type === type && test(e)))

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']
const browser = await chromium.launch({ executablePath, args: flags, timeout: 120000 })
const trouble = []

/** A tab that complains aloud and asks nobody but the observer. */
async function tab(context) {
  const page = await context.newPage()
  page.setDefaultTimeout(60000)
  page.on('pageerror', (e) => trouble.push(e.message))
  page.on('console', (m) => { if (m.type() === 'error') trouble.push(m.text()) })
  page.on('response', (r) => { if (r.status() >= 400) trouble.push(`${r.status()} ${r.url()}`) })
  page.on('request', (r) => { if (!r.url().startsWith(url) && !r.url().startsWith('data:')) trouble.push(`asks elsewhere: ${r.url()}`) })
  return page
}
async function shot(page, name) {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, name + '.png') })
}

let console_, jmx, page
try {
  // ---- the door ----
  const stranger = await browser.newContext()
  for (const path of ['/hawtio/', '/', '/api/state', '/jolokia']) {
    const refused = await stranger.request.get(url + path)
    check(`without a login ${path} is refused`, refused.status() === 401, String(refused.status()))
  }
  await stranger.close()
  const context = await browser.newContext({
    httpCredentials: { username: USER, password: PASSWORD }, locale: 'en-GB', reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 } })

  // ---- the page, as long as nothing has happened ----
  page = await tab(context)
  await page.goto(url)
  await heard(page, '.venue:first-child', 30)
  await heard(page, '.venue:last-child', 30)
  check('the page shows two venues, live, with their slots', await page.locator('.venue').count() === 2 && await page.textContent('#link') === 'live')
  const kis = page.locator('.venue').first()
  const calm = async () => (await kis.locator('.gaps .open').count()) === 0
  await until('no gap lasts once the feed is heard', calm)
  check('no gap lasts once the feed is heard', true)

  // ---- Hawtio: who we are, what there is ----
  console_ = await tab(context)
  const hawtio = new Hawtio(console_, url) // its Camel part; another tab is for JMX
  jmx = await tab(context)
  const beans = new Hawtio(jmx, url)
  await console_.goto(url + '/hawtio/')
  await console_.getByText(USER, { exact: true }).first().waitFor()
  await console_.getByText('Camel', { exact: true }).first().click()
  await console_.getByText('stock-observer', { exact: false }).first().waitFor()
  await shot(console_, 'hawtio-context')
  check('Hawtio knows mina by name', true)
  const bean = async (id) => (await hawtio.jolokia({ type: 'search', mbean: `org.apache.camel:type=routes,name="${id}",*` })).value[0]
  const camel = (await bean(REPORT)).match(/context=([^,]+)/)[1]
  const done = async (id) => hawtio.read(await bean(id), 'ExchangesCompleted')
  const state = async (id) => hawtio.read(await bean(id), 'State')
  const before = await done(SAMPLES)
  await until('counters move', async () => (await done(SAMPLES)) > before)
  check('its counters move', true)

  // ---- stopped with a reason, by our bean ----
  const unreasoned = await beans.execute(['Routes'], 'stop', { name: FEED, reason: ' ' })
  check('an act without a reason is refused, and says so', unreasoned.includes('say why'), unreasoned)
  const stopped = await beans.execute(['Routes'], 'stop', { name: FEED, reason: MOVED })
  check('the operation form of our bean stops the feed', stopped === 'stopped ' + FEED, stopped)
  await shot(jmx, 'hawtio-jmx')
  check('the archive has who and why', (await told('route_stopped', (e) => e.route === FEED && e.actor === USER)).reason === MOVED)
  await page.locator('.venue:first-child .gaps .open', { hasText: 'stopped by an operator' }).waitFor()
  await page.locator('#events li', { hasText: `${FEED}, ${USER}, ${MOVED}` }).waitFor()
  check('the page shows the gap as it lasts, its reason, and who did it', true)
  await page.locator('.venue:first-child .alert', { hasText: 'stopped by an operator' }).waitFor()
  check('the page does not call it a fault', (await kis.locator('.alert.bad').count()) === 0, await kis.locator('.alert').allInnerTexts().then(String))
  await shot(page, 'page-stopped')

  // ---- another one stopped by Hawtio's own button ----
  await hawtio.routes(camel)
  await shot(console_, 'hawtio-routes')
  await hawtio.press('Stop', SAMPLES)
  await until(SAMPLES + ' is stopped', async () => (await state(SAMPLES)) === 'Stopped')
  await hawtio.shows(SAMPLES, 'Stopped')
  await shot(console_, 'hawtio-stopped')
  const button = await told('route_stopped', (e) => e.route === SAMPLES)
  check("Hawtio's own button stops another one, with mina's name and reason console", button.actor === USER && button.reason === 'console', JSON.stringify(button))
  await page.locator('#events li', { hasText: `${SAMPLES}, ${USER}, console` }).waitFor()

  // ---- both started again ----
  await hawtio.press('Start', SAMPLES)
  await hawtio.shows(SAMPLES, 'Started')
  const started = await beans.execute(['Routes'], 'start', { name: FEED, reason: BACK })
  check('both start again', started === 'started ' + FEED && (await state(SAMPLES)) === 'Started', started)
  await heard(page, '.venue:first-child', 30)
  await until('the gap has an end', calm)
  const ended = (await gaps(page)).filter((gap) => gap.reason === 'operator' && gap.until)
  check('the page shows the slots live again and the gap with its end', ended.length > 0, JSON.stringify(await gaps(page)))
  await until('no alert is left', async () => (await kis.locator('.alert').count()) === 0)
  const again = await done(SAMPLES)
  await until('counters move again', async () => (await done(SAMPLES)) > again)

  // ---- a diagram and a source, without the internet ----
  await console_.locator('li', { has: console_.getByText('track', { exact: true }) }).last()
    .locator('.pf-v5-c-tree-view__node-toggle').first().click()
  await console_.locator('li').getByText(SAMPLES, { exact: true }).first().click()
  await console_.getByText('Route Diagram', { exact: true }).first().click()
  await console_.locator('.camel-node-content').nth(1).waitFor()
  await shot(console_, 'hawtio-diagram')
  await console_.getByText('Source', { exact: true }).first().click()
  await console_.locator('pre', { hasText: SAMPLES }).first().waitFor()
  check('Hawtio draws a route and shows its source', true)

  // ---- an edit, and a slip ----
  const whole = readFileSync(route(REPORT), 'utf8')
  if (!whole.includes('{every: 1m}')) throw new Error('report-kis has no interval of a minute any more')
  const quick = whole.replace('{every: 1m}', '{every: 1s}')
  writeFileSync(route(REPORT), quick)
  const applied = await told('routes_applied')
  check('an edited interval is applied', applied.file === REPORT + '.camel.yaml' && applied.routes.includes(REPORT), JSON.stringify(applied))
  await page.locator('#events li', { hasText: 'Routes applied' }).first().waitFor()
  const minute = await done(REPORT)
  // At the old interval this would take four minutes.
  await until('the new interval holds', async () => (await done(REPORT)) >= minute + 4)
  check('the new interval holds', true)
  const slip = quick.split('\n')
  const line = slip.findIndex((text) => text.includes('method: report')) + 1
  slip[line - 1] = slip[line - 1].replace('method: report', 'method: reprot')
  writeFileSync(route(REPORT), slip.join('\n'))
  const refused = await told('routes_refused')
  check('a slip is refused with file and line', refused.file === REPORT + '.camel.yaml' && refused.line === line && refused.reason.includes('reprot'), JSON.stringify(refused))
  await page.locator('#events li.bad', { hasText: 'Routes refused' }).first().waitFor()
  const then = await done(REPORT)
  await until('what ran before runs on', async () => (await done(REPORT)) >= then + 2)
  check('what ran before runs on', (await state(REPORT)) === 'Started')
  writeFileSync(route(REPORT), whole)
  await told('routes_applied', (e) => e.file === applied.file && e.sha256 !== applied.sha256)

  // ---- a symbol is pinned ----
  const universe = join(observer.data, 'universe/kis/kr_stocks')
  const frozen = JSON.parse(readFileSync(join(universe, readdirSync(universe).find((name) => name.endsWith('.json')))))
  const seated = new Set(await kis.locator('.slots li .more span:first-child').allTextContents())
  const symbol = frozen.symbols.map((s) => s.symbol).find((s) => !seated.has(s))
  await beans.execute(['kis', 'Slots'], 'pin', { symbol, actor: 'somebody else', reason: 'in the news' })
  const pin = await told('slot_pinned', (e) => e.symbol === symbol)
  check('a pin bears the account, whatever is typed', pin.actor === USER && pin.reason === 'in the news', JSON.stringify(pin))
  const place = page.locator('.venue:first-child .slots li', { hasText: symbol })
  await place.filter({ hasText: 'pinned' }).waitFor()
  await until('the pinned symbol is heard or awaited', async () => /heard|quiet|old/.test(await place.getAttribute('class')))
  check('the page shows it on the board as pinned', true)
  await shot(page, 'page-pinned')

  // ---- what the console cannot do, and that our beans explain themselves ----
  const listed = await hawtio.jolokia({ type: 'list', path: 'io.stockobserver' })
  for (const type of ['Feed', 'Budget', 'Archive', 'Backup', 'Retention', 'Slots', 'Mitigation']) {
    const shown = listed.value[`provider=kis,type=${type}`] ?? listed.value[`type=${type},provider=kis`]
    const wrong = Object.entries(shown?.attr ?? {}).filter(([, info]) => !/[a-z] /.test(info.desc) || info.desc.startsWith('Attribute exposed') || info.rw)
    check(`${type} is there, described and cannot be written`, shown && wrong.length === 0, JSON.stringify(wrong))
  }
  const stop = await hawtio.jolokia({ type: 'exec', mbean: `org.apache.camel:context=${camel},name="stock-observer",type=context`, operation: 'stop()' })
  check('the context cannot be stopped', stop.status === 403, String(stop.status))

  // ---- the page through an outage ----
  await outage(page, check, observer.feed, shot)
  await words(page, check)
  await sizes(page, check, shot)
  const serious = trouble.filter((text) => !text.includes('favicon'))
  check('no complaint of the browser, and nobody else was asked', serious.length === 0, serious.join(' | '))

  // ---- the evening ----
  const ending = observer.interrupt()
  await parting(page, check)
  check('Ctrl-C ends it cleanly', (await ending) === 0, observer.process.out.slice(-500) + observer.process.err)
} catch (problem) {
  for (const [name, one] of Object.entries({ page, hawtio: console_, jmx })) if (one) await shot(one, 'failed-' + name).catch(() => {})
  console.error(trouble.join('\n'))
  throw problem
} finally {
  await browser.close()
}

const audit = await observer.run(['audit', '--data', observer.data])
if (shots) writeFileSync(join(shots, 'audit.txt'), audit.out)
check('the audit explains every second', audit.code === 0 && audit.out.includes('Yes: every second is recorded or explained'), audit.out + audit.err)
for (const act of [`${USER} stopped ${FEED}: ${MOVED}`, `${USER} stopped ${SAMPLES}: console`, `${USER} started ${FEED}: ${BACK}`]) {
  check(`the audit says: ${act}`, audit.out.includes(act), audit.out)
}
const verify = await observer.run(['verify', '--data', observer.data])
check('the archive is sound', verify.code === 0, verify.out + verify.err)
console.log(failures ? `browser: ${failures} checks failed` : `browser: the operator's day is well, in ${Math.round((Date.now() - began) / 1000)} s`)
process.exit(failures ? 1 : 0)
