// What a person sees of the page at /, asked of a real browser.

/** Waits until so many slots of a venue are heard, be it seconds ago. */
export function heard(page, venue, slots) {
  return page.waitForFunction(([place, least]) =>
    document.querySelectorAll(`${place} .slots li:is(.heard, .quiet)`).length >= least, [venue, slots], { timeout: 120000 })
}

/** KIS's gaps of today, as the page knows them. */
export async function gaps(page) {
  return (await page.evaluate(async () => (await fetch('/api/day/kis')).json())).gaps
}

/** The feed fails and comes back; the page tells of it. */
export async function outage(page, check, feed, shot) {
  const kis = page.locator('.venue').first(), usual = page.viewportSize()
  const lost = async () => (await gaps(page)).filter((gap) => gap.reason === 'ws_disconnect' && gap.until).length
  const before = await lost()
  feed.cut()
  const alert = kis.locator('.alert.bad', { hasText: 'The feed is down' })
  await alert.waitFor()
  await kis.locator('.gaps .open', { hasText: 'feed lost' }).waitFor()
  check('a lost feed is told, with the gap as it lasts', true)
  await page.setViewportSize({ width: 1920, height: 1080 })
  await ticks(page, 2)
  await shot(page, 'page-outage')
  await page.setViewportSize(usual)
  feed.mend()
  await alert.waitFor({ state: 'detached' })
  await page.waitForFunction(() => !document.querySelector('.venue:first-child .gaps .open'))
  check('the gap has an end and a reason', (await lost()) > before, JSON.stringify(await gaps(page)))
  await heard(page, '.venue:first-child', 30)
  const names = await kis.locator('.name').allTextContents()
  await page.waitForFunction(() => [...document.querySelectorAll('.venue:first-child .price')].filter((p) => /\d/.test(p.textContent)).length >= 35)
  check('slots have names and prices', names.length >= 35 && names.every((name) => name.trim() !== ''), JSON.stringify(names))

  await kis.locator('.map').focus()
  let read = ''
  for (let i = 0; i < 30 && !read.includes('feed lost'); i++) {
    read = await kis.locator('.readout').textContent()
    await page.keyboard.press('ArrowLeft')
  }
  check('the map tells it to the keyboard', /feed lost.*\d\d:\d\d:\d\d/.test(read), read)
}

/** Korean and English, light and dark, and the browser remembers. */
export async function words(page, check) {
  const colours = () => page.evaluate(() => ['up', 'down'].map((name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()).join())
  await page.locator('#lang').focus()
  await page.keyboard.press('Enter')
  check('it speaks Korean', (await page.textContent('#h-events')) === '이벤트' && (await page.getAttribute('html', 'lang')) === 'ko')
  check('in Korean up is red and down is blue', /^#c9302c,#1f5fc4$/i.test(await colours()), await colours())
  await page.locator('#theme').click()
  await page.locator('#theme').click()
  check('it can be dark', (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) === 'rgb(16, 18, 20)')
  await page.reload()
  await page.waitForSelector('.slots li')
  check('it remembers that', (await page.getAttribute('html', 'lang')) === 'ko' && (await page.getAttribute('html', 'data-theme')) === 'dark')
  await page.locator('#theme').click()
  await page.locator('#lang').click()
}

/** A phone, a laptop and a second screen; the clock goes on and nothing piles up. */
export async function sizes(page, check, shot) {
  for (const [name, width, height, colorScheme, korean] of [
    ['phone', 390, 844, 'dark', true], ['laptop', 1366, 768, 'light', false], ['screen', 1920, 1080, 'dark', false]]) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    if (korean) await page.locator('#lang').click()
    await ticks(page, 1)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    check(`nothing sticks out at ${width}x${height}`, over <= 0, String(over))
    await shot(page, 'page-' + name)
    if (korean) await page.locator('#lang').click()
  }
  const all = () => page.evaluate(() => document.querySelectorAll('*').length)
  const small = await all()
  await ticks(page, 3)
  const grown = (await all()) - small
  check('the clock goes on and the page does not grow', grown < 60, String(grown))
}

/** Waits until the market's clock has moved so many times. */
async function ticks(page, times) {
  for (let i = 0; i < times; i++) {
    const shown = await page.locator('.venue .clock').first().textContent()
    await page.waitForFunction((before) => document.querySelector('.venue .clock').textContent !== before, shown)
  }
}

/** The observer ends; the page says since when there is no news. */
export async function parting(page, check) {
  await page.waitForFunction(() => /^No news since \d\d:\d\d:\d\d/.test(document.querySelector('#link').textContent))
  check('it says since when there is no news', true)
}
