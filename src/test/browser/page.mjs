// What a person would see of the page, asked of a real browser. See src/test/page.sh.
import { chromium } from "playwright-core";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [, , url, observer] = process.argv;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const folder = mkdtempSync(join(tmpdir(), "page-"));
let failures = 0;
function check(what, holds, more = "") {
  console.log((holds ? "ok    " : "FAIL  ") + what + (holds || !more ? "" : ": " + more));
  if (!holds) failures++;
}

const sizes = [[390, 844, "light"], [1366, 768, "dark"], [1920, 1080, "light"]];
const browser = await chromium.launchPersistentContext(folder, {
  executablePath: process.env.CHROMIUM, headless: true, args: flags, locale: "en-GB",
  viewport: { width: 1920, height: 1080 }, reducedMotion: "reduce",
});
try {
  const page = await browser.newPage();
  const complaints = [], abroad = [];
  page.on("console", m => { if (m.type() === "error") complaints.push(m.text()); });
  page.on("pageerror", e => complaints.push(e.message));
  page.on("request", r => { if (!r.url().startsWith(url)) abroad.push(r.url()); });
  const kis = page.locator(".venue").first(), count = selector => page.locator(selector).count();

  await page.goto(url);
  await page.waitForFunction(() => document.querySelectorAll(".slots li.heard").length >= 60, null, { timeout: 60000 });
  check("two venues with their slots", await count(".venue") === 2 && await count(".slots li") === 82, String(await count(".slots li")));
  check("it says that it is live", await page.textContent("#link") === "live");
  const names = await kis.locator(".name").allTextContents();
  // A slot that nothing was told of yet has none.
  await page.waitForFunction(() => [...document.querySelectorAll(".venue:first-child .price")].filter(p => /\d/.test(p.textContent)).length >= 35, null, { timeout: 60000 }).catch(() => {});
  const prices = await kis.locator(".price").allTextContents();
  check("slots have names and prices", names.every(n => n.trim() !== "") && prices.filter(p => /\d/.test(p)).length >= 35, JSON.stringify([names, prices]));
  const clock = await kis.locator(".clock").textContent();
  await page.waitForTimeout(2100);
  check("the clock goes on", clock !== await kis.locator(".clock").textContent());

  await page.waitForSelector(".venue .alert.bad", { timeout: 150000 });
  check("the outage is told", (await kis.locator(".alert").first().textContent()).includes("The feed is down"));
  check("a gap lasts", (await page.waitForSelector(".venue .gaps .open", { timeout: 15000 })) != null);
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "outage.png") });
  await page.waitForFunction(() => !document.querySelector(".venue .alert.bad") && document.querySelector(".gaps")?.textContent.includes("feed lost") && !document.querySelector(".gaps .open"), null, { timeout: 120000 });
  check("the gap has an end and a reason", true);

  await kis.locator(".map").focus();
  let read = "";
  for (let i = 0; i < 6 && !read.includes("feed lost"); i++) {
    read = await kis.locator(".readout").textContent();
    await page.keyboard.press("ArrowLeft");
  }
  check("the map tells it to the keyboard", /feed lost.*\d\d:\d\d:\d\d/.test(read), read);
  await page.locator("#lang").focus();
  await page.keyboard.press("Enter");
  check("it speaks Korean", (await page.textContent("#h-events")) === "이벤트" && await page.getAttribute("html", "lang") === "ko");
  const colours = await page.evaluate(() => ["up", "down"].map(n => getComputedStyle(document.documentElement).getPropertyValue("--" + n)));
  check("in Korean up is red and down is blue", /^#c9302c$/i.test(colours[0].trim()) && /^#1f5fc4$/i.test(colours[1].trim()), colours.join());
  await page.locator("#theme").click();
  await page.locator("#theme").click();
  check("it can be dark", await page.evaluate(() => getComputedStyle(document.body).backgroundColor) === "rgb(16, 18, 20)");
  await page.reload();
  await page.waitForSelector(".slots li");
  check("it remembers that", await page.getAttribute("html", "lang") === "ko" && await page.getAttribute("html", "data-theme") === "dark");
  await page.locator("#theme").click();
  await page.locator("#lang").click();

  for (const [width, height, scheme] of sizes) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(1200);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(`nothing sticks out at ${width}x${height}`, over <= 0, String(over));
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${width}-${scheme}.png`) });
  }
  const small = await page.evaluate(() => document.querySelectorAll("*").length);
  await page.waitForTimeout(10000);
  const grown = await page.evaluate(() => document.querySelectorAll("*").length) - small;
  check("it does not grow", grown < 60, String(grown));
  check("no complaint of the browser", complaints.length === 0, complaints.join(" | "));
  check("nothing but the observer is asked", abroad.length === 0, abroad.join(" "));

  process.kill(Number(observer));
  await page.waitForFunction(() => document.querySelector("#link").textContent.startsWith("No news since"), null, { timeout: 60000 });
  check("it says when there is no news", /since \d\d:\d\d:\d\d/.test(await page.textContent("#link")));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures ? `${failures} checks failed` : "the page is well");
process.exit(failures ? 1 : 0);
