// The console as an operator uses it, in a real browser: refused without a login; logged in, it lists
// the routes, stops and starts one with Hawtio's own buttons, sees counters move and our beans.
//   node console.mjs URL USER PASSWORD CHROMIUM [FOLDER for screenshots]
import { chromium } from 'playwright-core'

const [url, user, password, executablePath, shots] = process.argv.slice(2)
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']
const browser = await chromium.launch({ executablePath, args: flags, timeout: 120000 })
const trouble = []
const fail = (what) => { throw new Error(what) }

async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` })
}

/** Asks Jolokia as the page would. */
function jolokia(page, question) {
  return page.evaluate(async (q) => {
    const answer = await fetch('/jolokia', { method: 'POST', body: JSON.stringify(q) })
    return answer.json()
  }, question)
}

async function until(what, test, seconds = 30) {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    if (await test()) return
    await new Promise((r) => setTimeout(r, 50))
  }
  fail(`not within ${seconds} s: ${what}`)
}

try {
  const stranger = await browser.newContext()
  const refused = await (await stranger.newPage()).request.get(url + '/hawtio/')
  if (refused.status() !== 401) fail(`without a login: ${refused.status()}`)

  const context = await browser.newContext({
    httpCredentials: { username: user, password }, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(60000)
  page.on('pageerror', (e) => trouble.push(e.message))
  page.on('console', (m) => { if (m.type() === 'error') trouble.push(m.text()) })
  page.on('response', (r) => { if (r.status() >= 400) trouble.push(`${r.status()} ${r.url()}`) })
  page.on('requestfailed', (r) => {
    if (!r.url().startsWith(url)) trouble.push(`asked elsewhere: ${r.url()}`)
  })
  await page.goto(url + '/hawtio/')
  await page.getByText('Camel', { exact: true }).first().click()
  await page.getByText('stock-observer', { exact: false }).first().waitFor()
  await shot(page, 'hawtio-context')

  const found = await jolokia(page, { type: 'search', mbean: 'org.apache.camel:type=routes,*' })
  const name = 'observe-kis-scalp'
  const bean = found.value.find((n) => n.includes(`name="${name}"`)) ?? fail('no route ' + name)
  const context_ = bean.match(/context=([^,]+)/)[1]
  const state = async () => (await jolokia(page, { type: 'read', mbean: bean, attribute: 'State' })).value
  const total = async () =>
    (await jolokia(page, { type: 'read', mbean: bean, attribute: 'ExchangesCompleted' })).value
  const before = await total()
  await until('counters move', async () => (await total()) > before)

  // The route's own page, with Hawtio's own buttons.
  const nid = `root-org.apache.camel-${context_}-routes-${name}`
  await page.goto(`${url}/hawtio/camel?nid=${encodeURIComponent(nid)}`)
  await page.getByText('routes', { exact: true }).first().waitFor()
  await shot(page, 'hawtio-tree')
  await page.getByText('routes', { exact: true }).first().click()
  await page.getByText(name, { exact: true }).first().waitFor()
  await shot(page, 'hawtio-routes')
  const row = page.locator('tr', { hasText: name }).first()
  await row.getByRole('checkbox').first().check()
  const press = async (label, wanted) => {
    const began = Date.now()
    await page.getByRole('button', { name: label, exact: true }).first().click()
    await until(`${label}: ${wanted}`, async () => (await state()) === wanted)
    return Date.now() - began
  }
  const stopped = await press('Stop', 'Stopped')
  await row.getByText('Stopped').waitFor()
  await shot(page, 'hawtio-stopped')
  if (!(await row.getByRole('checkbox').first().isChecked())) await row.getByRole('checkbox').first().check()
  const started = await press('Start', 'Started')
  console.log(`console: stopped in ${stopped} ms and started in ${started} ms by Hawtio's buttons`)
  const again = await total()
  await until('counters move again', async () => (await total()) > again)

  // Diagram and source of one route, without the internet.
  await page.locator('li', { has: page.getByText('track', { exact: true }) }).last()
    .locator('.pf-v5-c-tree-view__node-toggle').first().click()
  await page.locator('li').getByText(name, { exact: true }).first().click()
  await page.getByText('Route Diagram', { exact: true }).first().click()
  await page.locator('.camel-node-content').nth(1).waitFor()
  await shot(page, 'hawtio-diagram')
  await page.getByText('Source', { exact: true }).first().click()
  await page.locator('pre', { hasText: name }).first().waitFor()
  await shot(page, 'hawtio-source')

  const beans = await jolokia(page, { type: 'list', path: 'io.stockobserver' })
  for (const type of ['Feed', 'Budget', 'Archive', 'Backup', 'Retention', 'Slots', 'Mitigation']) {
    const shown = beans.value[`provider=kis,type=${type}`] ?? beans.value[`type=${type},provider=kis`]
    if (!shown) fail(`${type} is not shown: ${Object.keys(beans.value)}`)
    for (const [attribute, info] of Object.entries(shown.attr ?? {})) {
      if (!/[a-z] /.test(info.desc) || info.desc.startsWith('Attribute exposed')) fail(`${type}.${attribute} is not described: ${info.desc}`)
      if (info.rw) fail(`${type}.${attribute} can be written`)
    }
  }
  const stop = await jolokia(page, { type: 'exec', mbean: `org.apache.camel:context=${context_},name="stock-observer",type=context`, operation: 'stop()' })
  if (stop.status !== 403) fail(`the context's stop: ${stop.status}`)

  await page.goto(`${url}/hawtio/jmx`)
  await page.getByText('io.stockobserver', { exact: true }).first().click()
  await shot(page, 'hawtio-jmx')
  const serious = trouble.filter((t) => !t.includes('favicon'))
  if (process.env.SHOW) console.log(trouble)
  if (serious.length) fail('the browser complains: ' + serious.join(' | '))
  console.log('console: logged in, saw the routes, stopped and started one, counters moved, our beans are there')
} finally {
  await browser.close()
}
