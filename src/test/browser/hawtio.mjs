// Hawtio as a person uses it: its tree, its tables, its buttons.
import { until } from './observer.mjs'

export class Hawtio {
  /** @param page of a browser that knows the account */
  constructor(page, url) {
    this.page = page
    this.url = url
  }

  /** Asks Jolokia as the page itself does, with what the browser knows of the login. */
  jolokia(question) {
    return this.page.evaluate(async (q) => (await fetch('/jolokia', { method: 'POST', body: JSON.stringify(q) })).json(), question)
  }

  async read(mbean, attribute) {
    return (await this.jolokia({ type: 'read', mbean, attribute })).value
  }

  /** Opens one of our beans, such as ['kis', 'Slots'], in the tree of JMX. */
  async bean(names) {
    if (!this.page.url().startsWith(this.url + '/hawtio/jmx')) await this.page.goto(this.url + '/hawtio/jmx')
    let id = 'io.stockobserver-folder'
    for (const name of names) {
      const folder = this.page.locator(`[id="${id}"]`)
      await folder.waitFor()
      if ((await folder.getAttribute('aria-expanded')) !== 'true') await folder.locator('.pf-v5-c-tree-view__node-toggle').first().click()
      id += '-' + name + (name === names.at(-1) ? '' : '-folder')
    }
    await this.page.locator(`[id="${id}"] .pf-v5-c-tree-view__node-text`).first().click()
    await this.page.locator('#jmx-content-header h1').getByText(names.at(-1), { exact: true }).waitFor()
  }

  /** Fills in the form of an operation and executes it; what Hawtio shows as its result. */
  async execute(names, operation, values) {
    await this.bean(names)
    // From one leaf to the other the forms are empty again.
    await this.page.getByRole('link', { name: 'Attributes', exact: true }).click()
    await this.page.getByRole('link', { name: 'Operations', exact: true }).click()
    const form = this.page.locator(`section[id^="operation-execute-${operation}("]`)
    const item = this.page.locator('#jmx-operation-list > li', { has: form })
    await item.locator('[id^="ex-toggle"]').first().click()
    for (const [label, value] of Object.entries(values)) {
      await form.locator(`input[id*="-form-input-${label}-"]`).fill(value)
    }
    await form.getByRole('button', { name: 'Execute' }).click()
    const result = this.page.locator(`section[id^="operation-result-${operation}("]`)
    const says = await until(`the result of ${operation}`, async () =>
      (await result.count()) > 0 && (await result.innerText()).replace(/^Result\s*/, '').trim())
    await result.scrollIntoViewIfNeeded()
    return says
  }

  /** Opens the table of all routes. */
  async routes(context) {
    await this.page.goto(`${this.url}/hawtio/camel?nid=${encodeURIComponent(`root-org.apache.camel-${context}-routes`)}`)
    await this.page.getByText('routes', { exact: true }).first().click()
    await this.page.locator('tr', { hasText: 'archive-events' }).first().waitFor()
  }

  /** Ticks a route in the table and presses Start or Stop. */
  async press(label, route) {
    const box = this.page.locator('tr', { hasText: route }).first().getByRole('checkbox').first()
    if (!(await box.isChecked())) await box.check()
    await this.page.getByRole('button', { name: label, exact: true }).first().click()
  }

  /** Waits until the table says that a route is in this state. */
  shows(route, state) {
    return this.page.locator('tr', { hasText: route }).first().getByText(state).waitFor()
  }
}
