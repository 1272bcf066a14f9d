import { words } from "/words.js";

// ---- language, colours, figures ----

const store = {
  get(key) { try { return localStorage.getItem("observer." + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("observer." + key, value); } catch { /* private window */ } },
};
const root = document.documentElement;
const el = id => document.getElementById(id);
let lang = store.get("lang") ?? ((navigator.language || "en").toLowerCase().startsWith("ko") ? "ko" : "en");
let theme = store.get("theme") ?? "auto";
let w = words.en, locale = "en-GB";
let formats = new Map();

function format(key, make) {
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key);
}
const whole = n => format("whole", () => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(n);
const digits = (n, d) => format("d" + d, () => new Intl.NumberFormat(locale, { minimumFractionDigits: d, maximumFractionDigits: d })).format(n);
const percent = n => format("pc", () => new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" })).format(n);
const clock = (at, zone, seconds = true) => format("t" + zone + seconds, () => new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined, hourCycle: "h23" })).format(at);
const date = (at, zone) => format("date" + zone, () => new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "short", day: "numeric", month: "long" })).format(at);
function price(text) {
  const dot = text.indexOf(".");
  return digits(Number(text), dot < 0 ? 0 : Math.min(8, text.length - dot - 1));
}
function bytes(n) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let i = 0;
  while (n >= 1000 && i < 4) { n /= 1000; i++; }
  return digits(n, n < 10 && i > 0 ? 1 : 0) + " " + units[i];
}
/** A span of time in few characters. */
function span(ms) {
  const s = Math.max(0, ms) / 1000, ko = lang === "ko";
  const u = ko ? ["초", "분", "시간", "일"] : [" s", " min", " h", " d"];
  if (s < 10) return digits(s, 1) + u[0];
  if (s < 60) return whole(s) + u[0];
  if (s < 3600) return whole(Math.floor(s / 60)) + u[1];
  if (s < 86400) return Math.floor(s / 3600) + u[2] + " " + Math.floor(s % 3600 / 60) + u[1];
  return whole(Math.floor(s / 86400)) + u[3];
}
/** The same where there is no room. */
function brief(ms) {
  const s = Math.max(0, Math.floor(ms / 1000)), ko = lang === "ko";
  if (s < 60) return s + (ko ? "초" : "s");
  if (s < 3600) return Math.floor(s / 60) + (ko ? "분" : "m");
  return s < 86400 ? Math.floor(s / 3600) + (ko ? "시간" : "h") + (ko ? "" : String(Math.floor(s % 3600 / 60)).padStart(2, "0")) : Math.floor(s / 86400) + (ko ? "일" : "d");
}
/** The seconds of a gap, to the second. */
function seconds(ms) {
  const s = Math.max(1, Math.ceil(ms / 1000));
  return s < 600 ? whole(s) + (lang === "ko" ? "초" : " s") : span(ms);
}
const reason = r => w.reason[r] ?? r.replaceAll("_", " ");
const escape = text => String(text).replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) node.setAttribute(name, value);
  node.append(...children.filter(c => c != null));
  return node;
}
function text(node, value) { if (node.textContent !== value) node.textContent = value; }
function html(node, value) { if (node._html !== value) { node._html = value; node.innerHTML = value; } }
function classes(node, value) { if (node.className !== value) node.className = value; }
const colour = name => getComputedStyle(root).getPropertyValue("--" + name).trim();

// ---- what is known ----

let live = { venues: [] }, lastNow = 0, offset = 0, lastNews = 0, state = "connecting";
const MOST_EVENTS = 120, SECONDS = 300;
let events = [], lastEvent = 0, since = null;
const venues = new Map();
const marketNow = () => Date.now() + offset;

/** One venue on the page: its nodes are made once and changed where they differ. */
class Venue {
  constructor(provider) {
    this.provider = provider;
    this.frames = []; this.lines = [];
    this.day = null; this.dayVersion = -1; this.dayAsked = 0;
    this.rows = new Map();
    this.order = store.get("order") ?? "place";
    this.cursor = null;
    this.build();
  }

  build() {
    const id = "v-" + this.provider;
    this.node = h("section", { class: "venue", "aria-labelledby": id });
    this.title = h("h2", { id });
    this.phase = h("p", { class: "phase" });
    this.clock = h("div", { class: "clock", role: "timer", "aria-live": "off" });
    this.alerts = h("div", { role: "alert" });
    this.figures = h("dl", { class: "figures" });
    this.fig = {};
    for (const name of ["receiving", "frames", "lines", "sweep", "latency", "level", "counted"]) {
      const f = { name, label: h("dt"), value: h("dd"), below: h("p") };
      f.node = h("div", { class: "fig " + name }, f.label, f.value);
      if (name === "frames" || name === "lines") {
        f.canvas = h("canvas", { role: "img" });
        f.node.append(f.canvas);
      } else if (name === "receiving" || name === "sweep") {
        f.bar = h("div", { class: "bar" }, h("i"));
        f.node.append(f.bar, f.below);
      } else if (name === "level") {
        f.steps = h("div", { class: "steps", "aria-hidden": "true" }, h("i"), h("i"));
        f.node.append(f.steps, f.below);
      } else f.node.append(f.below);
      this.fig[name] = f;
      this.figures.append(f.node);
    }
    this.mapTitle = h("h3"); this.mapSay = h("span", { class: "say" });
    this.legend = h("span", { class: "legend" });
    this.map = h("canvas", { class: "map", tabindex: "0", role: "img", "aria-describedby": "r-" + this.provider });
    this.readout = h("p", { class: "readout", id: "r-" + this.provider, "aria-live": "polite" });
    // The readout says the same to whoever hears the page.
    this.tip = h("div", { class: "tip", role: "tooltip", "aria-hidden": "true" });
    this.tip.hidden = true;
    this.mapBox = h("div", { class: "mapbox" }, this.map, this.tip);
    this.gaps = h("ol", { class: "gaps" });
    this.slotsTitle = h("h3"); this.slotsSay = h("span", { class: "say" });
    this.select = h("select");
    this.list = h("ol", { class: "slots" });
    this.empty = h("li", { class: "empty" });
    this.node.append(
      h("div", { class: "vhead" }, h("div", {}, this.title, this.phase), this.clock),
      this.alerts, this.figures,
      h("div", { class: "part" }, h("div", {}, this.mapTitle, this.mapSay, this.legend), this.mapBox, this.readout, this.gaps),
      h("div", { class: "part" }, h("div", {}, this.slotsTitle, this.slotsSay, this.select), this.list));
    this.select.addEventListener("change", () => {
      this.order = this.select.value; store.set("order", this.order); this.paintSlots();
    });
    this.map.addEventListener("pointermove", e => this.point(e));
    this.map.addEventListener("pointerdown", e => this.point(e));
    // A finger that is lifted has chosen; a mouse that is gone has not.
    this.map.addEventListener("pointerleave", e => { if (e.pointerType !== "touch" && document.activeElement !== this.map) this.move(null); });
    document.addEventListener("pointerdown", e => { if (e.target !== this.map) this.move(null); });
    this.map.addEventListener("blur", () => this.move(null));
    this.map.addEventListener("focus", () => { if (this.cursor == null) this.move(this.minuteNow()); });
    this.map.addEventListener("keydown", e => this.key(e));
    el("venues").append(this.node);
    this.words();
  }

  words() {
    const f = this.fig;
    for (const [name, key] of Object.entries({ receiving: "receiving", frames: "frames", lines: "lines", sweep: "sweep", latency: "latency", level: "level", counted: "counted" })) text(f[name].label, w[key]);
    text(this.mapTitle, w.coverage);
    this.map.setAttribute("aria-label", w.mapLabel);
    html(this.legend, `<span><i class="rec"></i>${w.recorded}</span><span><i class="gap"></i>${w.gap}</span><span><i class="un"></i>${w.unexplained}</span>`);
    this.legend.title = w.upper;
    text(this.slotsTitle, w.slots);
    this.select.setAttribute("aria-label", w.order);
    this.select.replaceChildren(...Object.entries(w.orders).map(([value, say]) => h("option", { value }, say)));
    this.select.value = this.order;
    text(this.empty, w.noSlots);
    for (const row of this.rows.values()) row.key = "";
    this.readout._html = null;
    if (this.v) this.paint();
    this.paintDay();
  }

  take(v) {
    this.v = v;
    if (v.day_version !== this.dayVersion || this.day?.day !== v.day) this.askDay();
  }

  async askDay() {
    const now = performance.now();
    if (this.asking || now - this.dayAsked < 2000) return;
    this.asking = true; this.dayAsked = now;
    try {
      const answer = await fetch("/api/day/" + encodeURIComponent(this.provider));
      if (answer.ok) {
        this.day = await answer.json();
        this.dayVersion = this.day.version;
        this.digest();
        this.paintDay();
      }
    } catch { /* the next state asks again */ } finally { this.asking = false; }
  }

  add(v) {
    this.frames.push(v.frames_s); this.lines.push(v.lines_s);
    if (this.frames.length > SECONDS) this.frames.splice(0, this.frames.length - SECONDS);
    if (this.lines.length > SECONDS) this.lines.splice(0, this.lines.length - SECONDS);
  }

  paint() {
    const v = this.v;
    html(this.title, `${escape(v.provider.toUpperCase())}<small>${escape(w[v.market] ?? v.market)}</small>`);
    const at = t => clock(new Date(t), v.zone, false);
    let phase = { open: () => w.open(at(v.closes)), before: () => w.before(at(v.opens)), after: () => w.after(at(v.closes)), always: () => w.always, holiday: () => w.holiday }[v.phase]();
    phase += " · " + (v.members ? w.symbols(whole(v.members)) + (v.frozen ? "" : " " + w.forNow) : w.noUniverse);
    if (!v.known) phase += " · " + w.unknown;
    html(this.phase, phase);
    this.paintAlerts(v);
    const f = this.fig, s = v.slots;
    html(f.receiving.value, `${whole(s.receiving)}<small>/${whole(s.capacity)}</small>`);
    classes(f.receiving.value, v.feed.open ? "" : "off");
    f.receiving.bar.firstChild.style.transform = `scaleX(${s.receiving / s.capacity})`;
    classes(f.receiving.bar, s.receiving < s.acknowledged ? "bar mind" : "bar");
    html(f.frames.value, whole(v.frames_s));
    html(f.lines.value, whole(v.lines_s));
    const swept = v.sweep.at ? at(v.sweep.at) : null;
    // Who was asked then, which may be others than today's members by now.
    const asked = this.day?.swing?.sweeps?.find(s => s.at === v.sweep.at)?.asked ?? v.members;
    html(f.sweep.value, swept ? `${whole(v.sweep.recorded)}<small>/${whole(asked)}</small>` : "–");
    f.sweep.bar.firstChild.style.transform = `scaleX(${asked && swept ? Math.min(1, v.sweep.recorded / asked) : 0})`;
    text(f.sweep.below, swept ? (v.sweep.running ? w.sweeping(swept) : w.swept(swept)) : w.noSweep);
    const us = v.feed.to_tape_p99_us;
    html(f.latency.value, us ? `${digits(us / 1000, us < 10000 ? 1 : 0)}<small>ms</small>` : "–");
    text(f.latency.below, w.p99);
    html(f.level.value, w.levelN(whole(v.level)));
    classes(f.level.value, v.level ? "mind" : "");
    [...f.level.steps.children].forEach((step, i) => classes(step, i < v.level ? "on" : ""));
    text(f.level.below, w.levels[v.level] ?? "");
    html(f.counted.value, whole(v.counters.set_aside));
    text(f.counted.below, v.counters.shed ? w.shed(whole(v.counters.shed)) : w.noneShed);
    text(f.receiving.below, v.feed.last ? w.last(span(marketNow() - Date.parse(v.feed.last))) : w.noFrame);
    this.chart(f.frames.canvas, this.frames, w.frames);
    this.chart(f.lines.canvas, this.lines, w.lines);
    this.paintSlots();
  }

  paintAlerts(v) {
    const all = [];
    if (v.refusal) all.push(["bad", w.refused, v.refusal]);
    if (v.disk_trouble) all.push(["bad", w.diskWaits, v.disk_trouble]);
    const expected = v.phase === "open" || v.phase === "always";
    const halted = (this.gapList ?? []).filter(g => g.b === Infinity && g.reason === "operator");
    for (const g of halted) all.push(["", w.halted, w.haltedSince(w[g.scope] ?? g.scope, clock(new Date(g.a), v.zone))]);
    const meant = halted.some(g => g.scope !== "swing");
    if (!v.feed.open && !meant && !v.refusal && expected && v.feed.last) all.push(["bad", v.feed.paused ? w.feedPaused : w.feedDown, w.lastFrame(clock(new Date(v.feed.last), v.zone))]);
    if (v.trouble && marketNow() - Date.parse(v.trouble.at) < 60000) all.push(["", w.told, v.trouble.text]);
    html(this.alerts, all.map(([kind, say, more]) => `<p class="alert ${kind}">${escape(say)} <span>${escape(more)}</span></p>`).join(""));
    this.alerts.hidden = !all.length;
  }

  paintClock(now) {
    if (!this.v) return;
    html(this.clock, `${clock(now, this.v.zone)}<small>${escape(date(now, this.v.zone))}</small>`);
  }

  chart(canvas, list, label) {
    const { width, height, g } = sheet(canvas);
    if (!width) return;
    const top = Math.max(10, ...list), step = width / (SECONDS - 1), x0 = width - (list.length - 1) * step;
    canvas.setAttribute("aria-label", `${label}: ${w.max5(whole(Math.max(0, ...list)))}`);
    canvas.title = w.max5(whole(Math.max(0, ...list)));
    g.clearRect(0, 0, width, height);
    g.fillStyle = colour("line"); g.fillRect(0, height - 1, width, 1);
    if (list.length < 2) return;
    const y = n => height - 1.5 - n / top * (height - 4);
    g.beginPath(); g.moveTo(x0, y(list[0]));
    list.forEach((n, i) => g.lineTo(x0 + i * step, y(n)));
    g.strokeStyle = colour("accent"); g.lineWidth = 1.4; g.lineJoin = "round"; g.stroke();
    g.lineTo(width, height - 1); g.lineTo(x0, height - 1); g.closePath();
    g.fillStyle = colour("accent-soft"); g.fill();
  }

  // ---- the slots ----

  paintSlots() {
    const v = this.v, now = marketNow(), seen = new Set();
    const move = r => r.price && r.base && Number(r.base) ? Number(r.price) / Number(r.base) - 1 : -9;
    const by = {
      place: null, name: (a, b) => (a.name || a.symbol).localeCompare(b.name || b.symbol, locale),
      move: (a, b) => move(b) - move(a), stay: (a, b) => (a.since ?? "~").localeCompare(b.since ?? "~"),
      age: (a, b) => (b.heard ?? "").localeCompare(a.heard ?? ""),
    }[this.order];
    const rows = by ? [...v.slots.rows].sort(by) : v.slots.rows;
    let before = null;
    for (const r of rows) {
      let row = this.rows.get(r.symbol);
      if (!row) this.rows.set(r.symbol, row = this.row());
      seen.add(r.symbol);
      this.paintRow(row, r, now, move(r));
      const next = before ? before.nextSibling : this.list.firstChild;
      if (next !== row.node) this.list.insertBefore(row.node, next);
      before = row.node;
    }
    for (const [symbol, row] of this.rows) if (!seen.has(symbol)) { row.node.remove(); this.rows.delete(symbol); }
    if (rows.length) this.empty.remove(); else this.list.append(this.empty);
    text(this.slotsSay, `${whole(v.slots.acknowledged)} ${w.of(whole(v.slots.capacity))}`);
  }

  row() {
    const row = { age: h("span", { class: "age" }), name: h("span", { class: "name" }), price: h("span", { class: "price" }), symbol: h("span"), why: h("span"), stay: h("span"), move: h("span", { class: "move" }) };
    row.more = h("span", { class: "more" }, row.symbol, row.why, row.stay);
    row.node = h("li", {}, h("i", { class: "dot", "aria-hidden": "true" }), row.name, row.price, row.age, row.more, row.move);
    return row;
  }

  paintRow(row, r, now, move) {
    const age = r.heard ? now - Date.parse(r.heard) : null;
    const there = r.is === "acknowledged";
    classes(row.node, r.silent ? "silent" : !there ? "waiting" : r.old ? "old" : age > 5000 ? "quiet" : "heard");
    const key = [r.name, r.price, r.base, r.trigger, r.is, r.silent].join("|");
    if (row.key !== key) {
      row.key = key;
      text(row.name, r.name || r.symbol);
      text(row.price, r.price ? price(r.price) : "–");
      row.change = move === -9 ? "" : `<b class="${move > 0 ? "up" : move < 0 ? "down" : ""}">${move > 0 ? "▲ " : move < 0 ? "▼ " : ""}${percent(move)}</b>`;
    }
    const stay = r.since ? brief(now - Date.parse(r.since)) : "";
    const why = r.silent ? w.silent : there ? (r.trigger ? w.trigger[r.trigger] ?? r.trigger.replaceAll("_", " ") : w.leaving) : w[r.is] ?? r.is;
    text(row.symbol, r.name ? r.symbol : "");
    text(row.why, why);
    text(row.stay, there ? stay : "");
    html(row.move, row.change);
    text(row.age, age == null ? "" : age < 9950 ? digits(Math.max(0, age) / 1000, 1) : brief(age));
  }

  // ---- the map ----

  /** Which minutes are due, and what is known of each. */
  digest() {
    const d = this.day, zero = Date.parse(d.midnight);
    const ends = [d.scalp, d.swing].filter(t => t.from).flatMap(t => [Date.parse(t.from), Date.parse(t.until)]);
    this.cells = null;
    if (!ends.length) return;
    // Whole hours, so that every row begins with one.
    const first = Math.floor((Math.min(...ends) - zero) / 3600000) * 60;
    const last = Math.ceil((Math.max(...ends) - zero) / 3600000) * 60;
    const window = t => t.from ? [Date.parse(t.from), Date.parse(t.until)] : [0, 0];
    const [scalpFrom, scalpUntil] = window(d.scalp), [swingFrom, swingUntil] = window(d.swing);
    const sweeps = d.swing.sweeps.map(s => ({ ...s, from: Date.parse(s.at) }));
    const partial = new Map(d.partial.map(p => [p.minute, p.reasons]));
    this.gapList = d.gaps.map(g => ({ ...g, a: Date.parse(g.from), b: g.until ? Date.parse(g.until) : Infinity }));
    this.first = first;
    this.began = d.began ? Date.parse(d.began) : Infinity;
    this.cells = [];
    let sweep = -1;
    for (let m = first; m < last; m++) {
      const from = zero + m * 60000, until = from + 60000;
      while (sweep + 1 < sweeps.length && sweeps[sweep + 1].from < until) sweep++;
      const s = sweep >= 0 ? sweeps[sweep] : null;
      const share = d.scalp.percent?.[m - d.scalp.first];
      this.cells.push({
        from, until, scalpDue: from < scalpUntil && until > scalpFrom, swingDue: from < swingUntil && until > swingFrom,
        share: share == null || share < 0 ? null : share, some: partial.get(m),
        sweep: s && from - s.from < d.swing.every_ms ? s : null,
      });
    }
  }

  /** What a minute shows: gap as a share of it, recorded share, or nothing. */
  judge(cell, track, now) {
    if (!(track === "scalp" ? cell.scalpDue : cell.swingDue)) return { is: "none" };
    if (cell.from > now) return { is: "later" };
    if (cell.until <= this.began) return { is: "nobody" };
    const gaps = this.gapList.filter(g => (g.scope === track || g.scope === "all") && g.a < cell.until && Math.min(g.b, now) > cell.from);
    let gone = 0, reached = cell.from;
    for (const g of [...gaps].sort((a, b) => a.a - b.a)) {
      const a = Math.max(reached, g.a), b = Math.min(g.b, cell.until, now);
      if (b > a) { gone += b - a; reached = b; }
    }
    const running = cell.until > now - 5000;
    if (track === "swing") {
      const share = cell.sweep ? cell.sweep.recorded / Math.max(1, cell.sweep.asked) : null;
      return { is: gone ? "gap" : share != null ? "rec" : this.v.sweep.running || now - cell.from < this.day.swing.every_ms + 60000 ? "now" : "un", gone: gone / 60000, share: share ?? 1, gaps };
    }
    if (gone) return { is: "gap", gone: gone / 60000, share: cell.share == null ? null : cell.share / 100, gaps };
    if (cell.share != null) return { is: "rec", gone: 0, share: cell.share / 100, gaps };
    return { is: running || now - cell.until < 65000 ? "now" : "un", gone: 0, gaps };
  }

  paintDay() {
    if (!this.day) { html(this.readout, w.hint); return; }
    this.paintMap();
    const now = marketNow(), zone = this.v?.zone ?? "UTC";
    const told = this.gapList ?? [];
    const shown = [...told].reverse().slice(0, 3);
    html(this.gaps, shown.map(g => {
      const b = Math.min(g.b, now);
      return `<li class="${g.b === Infinity ? "open" : ""}"><span>${clock(new Date(g.a), zone)} – ${g.b === Infinity ? w.since : clock(new Date(b), zone)}</span><span>${seconds(b - g.a)}</span><span>${escape(w[g.scope] ?? g.scope)}: ${escape(reason(g.reason))}${g.detail ? ", " + escape(g.detail.replaceAll("_", " ")) : ""}</span></li>`;
    }).join("") + (told.length > 3 ? `<li class="none">${w.moreGaps(whole(told.length - 3 + this.day.more_gaps))}</li>` : told.length ? "" : `<li class="none">${w.noGaps}</li>`));
    const known = (this.cells ?? []).filter(c => c.scalpDue && c.share != null);
    text(this.mapSay, known.length ? w.scalpShare(digits(known.reduce((sum, c) => sum + c.share, 0) / known.length, 1)) : "");
    this.say();
  }

  paintMap() {
    if (!this.cells) { this.map.hidden = true; return; }
    this.map.hidden = false;
    const now = marketNow(), n = this.cells.length, label = 30, head = 15;
    const wide = this.map.parentElement.clientWidth;
    if (!wide) return;
    // As many hours a row as leave a minute a few pixels.
    const columns = [60, 120, 180, 240, 360].filter((c, i) => i === 0 || (c <= n && (wide - label) / c >= 3.4)).pop();
    const rows = Math.ceil(n / columns), tall = rows > 12 ? 15 : rows > 4 ? 20 : 30;
    this.shape = { columns, label, head, tall, cell: (wide - label) / columns };
    this.map.style.height = head + rows * tall + "px";
    const { width, height, g } = sheet(this.map);
    const pen = { rec: colour("accent"), gap: colour("gap"), none: colour("none"), bad: colour("bad"), dim: colour("dim"), bg: colour("bg"), ink: colour("ink") };
    const { cell } = this.shape, upper = tall - 8, space = cell > 5 ? 1 : 0.5;
    g.clearRect(0, 0, width, height);
    g.font = "11px " + getComputedStyle(document.body).fontFamily;
    g.fillStyle = pen.dim; g.textBaseline = "middle";
    const each = columns === 60 ? 10 : columns <= 120 ? 30 : 60;
    for (let c = 0; c < columns; c += each) {
      g.fillText(columns === 60 ? ":" + String(c).padStart(2, "0") : c % 60 === 0 && c / 60 > 0 ? "+" + c / 60 + " h" : c % 60 ? ":" + c % 60 : ":00", label + c * cell, head / 2 - 1);
    }
    for (let r = 0; r < rows; r++) g.fillText(String(Math.floor((this.first + r * columns) / 60) % 24).padStart(2, "0"), 0, head + r * tall + upper / 2 + 1);
    const late = [];
    this.cells.forEach((c, i) => {
      const x = label + i % columns * cell, y = head + Math.floor(i / columns) * tall, b = Math.max(1, cell - space);
      for (const [track, top, high] of [["scalp", y, upper], ["swing", y + upper + 1, 3]]) {
        const is = this.judge(c, track, now);
        if (is.is === "none") continue;
        if (is.is === "nobody") { g.fillStyle = pen.none; g.fillRect(x, top + high / 2 - .5, b, 1); continue; }
        if (is.is === "later") { g.fillStyle = pen.none; g.globalAlpha = .55; g.fillRect(x, top, b, high); g.globalAlpha = 1; continue; }
        if (is.is === "un") { late.push([x, top, b, high]); continue; }
        if (is.is === "now") { g.fillStyle = pen.rec; g.globalAlpha = .4; g.fillRect(x, top, b, high); g.globalAlpha = 1; continue; }
        // The amber part of a minute is what is missing of it.
        const gone = is.is === "gap" ? Math.max(.12, Math.min(1, is.gone)) : 0;
        const rest = 1 - gone;
        g.fillStyle = pen.gap; g.fillRect(x, top, b, high * gone);
        if (rest > 0) {
          g.fillStyle = pen.none; g.fillRect(x, top + high * gone, b, high * rest);
          g.globalAlpha = is.share == null ? .4 : .25 + .75 * Math.max(0, Math.min(1, is.is === "gap" ? is.share / rest : is.share));
          g.fillStyle = pen.rec; g.fillRect(x, top + high * gone, b, high * rest);
          g.globalAlpha = 1;
        }
        if (c.some && track === "scalp" && cell >= 3) { g.fillStyle = pen.gap; g.fillRect(x, top, b, 2); }
      }
    });
    g.strokeStyle = pen.bad; g.lineWidth = 1.2;
    for (const [x, y, b, high] of late) g.strokeRect(x + .6, y + .6, Math.max(.8, b - 1.2), Math.max(.8, high - 1.2));
    if (this.cursor != null) {
      const x = label + this.cursor % columns * cell, y = head + Math.floor(this.cursor / columns) * tall;
      g.strokeStyle = pen.ink; g.lineWidth = 1.5;
      g.strokeRect(x - 1.5, y - 1.5, cell + 2, upper + 7);
      this.place(x + cell / 2, y);
    }
  }

  minuteNow() {
    if (!this.cells) return null;
    return Math.max(0, Math.min(this.cells.length - 1, Math.floor((marketNow() - this.cells[0].from) / 60000)));
  }

  point(e) {
    if (!this.cells || !this.shape) return;
    const box = this.map.getBoundingClientRect(), s = this.shape;
    const column = Math.floor((e.clientX - box.left - s.label) / s.cell), row = Math.floor((e.clientY - box.top - s.head) / s.tall);
    const at = row * s.columns + column;
    this.move(column < 0 || column >= s.columns || row < 0 || at >= this.cells.length ? null : at);
  }

  key(e) {
    if (!this.cells || this.cursor == null) return;
    if (e.key === "Escape") { this.move(null); return; }
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.shape.columns, ArrowDown: this.shape.columns, Home: -Infinity, End: Infinity }[e.key];
    if (by === undefined) return;
    e.preventDefault();
    this.move(Math.max(0, Math.min(this.cells.length - 1, this.cursor + by)));
  }

  move(to) {
    if (to === this.cursor) return;
    this.cursor = to;
    this.say();
    this.paintMap();
  }

  say() {
    const [time, ...parts] = this.cursor == null || !this.cells?.[this.cursor] ? [] : this.tell(this.cells[this.cursor]);
    html(this.readout, time ? `<b>${time}</b> · ${parts.join(" · ")}` : w.hint);
    html(this.tip, time ? `<b>${time}</b>${parts.map(part => `<p>${part}</p>`).join("")}` : "");
    this.tip.hidden = !time;
    this.readout.classList.toggle("tipped", Boolean(time));
  }

  /** Beside what it is about, never under the finger and never beyond the edge. */
  place(x, y) {
    const wide = this.mapBox.clientWidth, tip = this.tip, own = tip.offsetWidth, high = tip.offsetHeight;
    const above = this.map.getBoundingClientRect().top + y - high - 10 > 56;
    tip.style.left = Math.max(0, Math.min(wide - own, x - own / 2)) + "px";
    tip.style.top = (above ? y - high - 8 : y + this.shape.tall + 4) + "px";
  }

  /** What is known of a minute, in words: its time, and a part for each track. */
  tell(c) {
    const now = marketNow(), zone = this.v.zone, parts = [];
    for (const track of ["scalp", "swing"]) {
      const is = this.judge(c, track, now), said = [];
      if (is.is === "none") said.push(w.noneDue);
      else if (is.is === "later") said.push(w.notYet);
      else if (is.is === "nobody") said.push(w.nobody);
      else if (is.is === "now") said.push(w.running);
      else if (is.is === "un") said.push(w.unexplained);
      else if (track === "scalp") said.push(c.share == null ? w.minuteUnknown : w.share(whole(c.share)));
      if (track === "swing" && c.sweep && is.is !== "none") {
        said.push(w.ofSweep(whole(c.sweep.recorded), whole(c.sweep.asked), clock(new Date(c.sweep.from), zone, false)));
        for (const [why, count] of Object.entries(c.sweep.missing)) said.push(w.missing(whole(count), reason(why)));
      }
      for (const g of is.gaps ?? []) said.push(`<b>${reason(g.reason)}</b> ${clock(new Date(g.a), zone)} – ${g.b === Infinity ? w.since : clock(new Date(g.b), zone)}`);
      if (track === "scalp" && c.some) for (const [why, count] of Object.entries(c.some)) said.push(w.some(whole(count), reason(why)));
      parts.push(`${w[track]} ${said.join(", ")}`);
    }
    return [clock(new Date(c.from), zone, false), ...parts];
  }
}

/** A canvas as large as it is shown, in its own pixels. */
function sheet(canvas) {
  const width = canvas.clientWidth, height = canvas.clientHeight, scale = Math.max(1, window.devicePixelRatio || 1);
  const g = canvas.getContext("2d");
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale); canvas.height = Math.round(height * scale);
  }
  g.setTransform(scale, 0, 0, scale, 0, 0);
  return { width, height, g };
}

// ---- events, disk, backup ----

const BAD = new Set(["gap_began", "backup_failed", "slot_refused", "connection_refused", "frames_shed", "archive_stalled", "validation_failed", "etl_failed", "secret_seen", "alert_failed", "routes_refused"]);
const MIND = new Set(["gap_marker", "mitigation_changed", "rate_limited", "answer_refused", "slot_silent", "schema_drift", "anomaly_marked", "clock_step", "symbols_unheard", "retention_refused", "login_refused", "setting_needs_restart", "route_stopped", "route_suspended", "segment_recovered"]);
const GOOD = new Set(["reconnection_event", "backup_verified", "slot_receiving", "session_started", "universe_created"]);
const QUIET = new Set(["n", "p", "t", "e", "gap_start_ts", "gap_end_ts", "sweep_at", "sha256", "tape_ref", "config_sha256", "score", "slots_taken", "market_open", "calendar_known", "first", "last", "symbols_asked", "files_sealed"]);
const zoneOf = provider => venues.get(provider)?.v?.zone ?? "UTC";

function detail(e) {
  switch (e.e) {
    case "gap_began": return `${w[e.scope] ?? e.scope}: ${reason(e.reason)}`;
    case "gap_marker": return `${seconds(e.gap_seconds * 1000)}, ${w[e.scope] ?? e.scope}: ${reason(e.reason)}${e.symbols ? ` (${e.symbols}${e.symbols_count > 3 ? " …" : ""})` : ""}`;
    case "slot_assigned": return `${e.symbol}${e.trigger ? ", " + (w.trigger[e.trigger] ?? e.trigger) : ""}`;
    case "slot_released": return `${e.symbol}, ${String(e.reason).replaceAll("_", " ")}`;
    case "sweep_finished": return `${whole(e.recorded)} ${w.of(whole(e.asked))}, ${span(e.seconds * 1000)}`;
    case "segment_sealed": return `${e.path ?? ""} ${e.bytes ? bytes(e.bytes) : ""}`;
    case "mitigation_changed": return `${e.from_level} → ${e.to_level}, ${String(e.condition).replaceAll("_", " ")}${e.actor === "observer" ? "" : ", " + e.actor}`;
    case "reconnection_event": return `${e.attempt_no ? "#" + e.attempt_no : ""}${e.detail ? ", " + e.detail : ""}`;
    case "routes_applied": return e.file ?? "";
    case "routes_refused": return `${e.file}${e.line ? ":" + e.line : ""}, ${e.reason}`;
    case "session_started": case "day_began": return e.day ?? "";
    case "rules_changed": return e.reason ?? "";
    default: return Object.entries(e).filter(([k, v]) => !QUIET.has(k) && v !== "" && typeof v !== "boolean" && !k.endsWith("_sha256")).slice(0, 4).map(([, v]) => instant(v, e.p)).join(", ");
  }
}

/** An instant of the archive as the market's clock shows it; everything else as it is. */
function instant(value, provider) {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? clock(new Date(value), zoneOf(provider)) : String(value);
}

/** Many of one kind in a row are one line. */
function together(list) {
  const all = [];
  for (const e of list) {
    const last = all[all.length - 1];
    if (last && last[0].e === e.e && last[0].p === e.p && !BAD.has(e.e) && !e.actor && Math.abs(Date.parse(last[0].t) - Date.parse(e.t)) < 90000) last.push(e);
    else all.push([e]);
  }
  return all;
}

function paintEvents() {
  const list = el("events"), several = venues.size > 1;
  const groups = together([...events].reverse()).slice(0, 60);
  const rows = groups.map(group => {
    const e = group[0];
    const failed = e.e === "reconnection_event" && e.result !== "SUCCESS";
    const kind = failed ? "mind" : BAD.has(e.e) ? "bad" : MIND.has(e.e) ? "mind" : GOOD.has(e.e) ? "good" : "";
    const name = w.event[failed ? "reconnection_failed" : e.e] ?? e.e.replaceAll("_", " ");
    const many = group.length > 1 ? ` <span class="times">${w.times(whole(group.length))}</span>` : "";
    const more = group.length > 1 && e.symbol ? [...new Set(group.map(one => one.symbol))].slice(0, 4).join(" ") + (group.length > 4 ? " …" : "") : detail(e);
    return `<li class="${kind}"><time datetime="${escape(e.t)}">${clock(new Date(e.t), zoneOf(e.p))}</time><div><b>${escape(name)}</b>${many}${several ? `<span class="who">${escape(e.p)}</span>` : ""}<div class="detail">${escape(more)}</div></div></li>`;
  });
  html(list, rows.join("") || `<li><div></div><div class="detail">${w.calm}</div></li>`);
}

function addEvents(list) {
  for (const e of list) if (e.n > lastEvent) { events.push(e); lastEvent = e.n; }
  if (events.length > MOST_EVENTS) events = events.slice(-MOST_EVENTS);
  paintEvents();
}

function paintStorage() {
  const disk = live.disk, parts = [];
  if (disk?.total_bytes) {
    const used = 1 - disk.free_bytes / disk.total_bytes;
    parts.push(`<div><p><b>${w.free(bytes(disk.free_bytes), bytes(disk.total_bytes))}</b></p><div class="bar${used > .9 ? " mind" : ""}"><i></i></div></div>`);
  }
  for (const v of live.venues) {
    const b = v.backup;
    parts.push(`<p><b>${escape(v.provider.toUpperCase())}</b> ${b ? `${escape(w.pack(b.day, b.version))}, ${escape(b.receipt ? w[b.receipt](b.by) : w.unproven)}` : w.noBackup}</p>`);
  }
  html(el("storage"), parts.join(""));
  const bar = el("storage").querySelector(".bar i");
  if (bar) bar.style.transform = `scaleX(${1 - disk.free_bytes / disk.total_bytes})`;
}

// ---- news ----

function heard(now) {
  lastNow = Date.parse(now);
  const measured = lastNow - Date.now();
  // What came late says nothing of the clock.
  offset = Math.abs(measured - offset) > 500 ? measured : offset + (measured - offset) / 10;
  lastNews = performance.now();
  if (state !== "live") { state = "live"; paintLink(); }
}

function takeLive(next, count) {
  live = next;
  const there = new Set(next.venues.map(v => v.provider));
  for (const [provider, venue] of venues) if (!there.has(provider)) { venue.node.remove(); venues.delete(provider); }
  for (const v of next.venues) {
    if (!venues.has(v.provider)) venues.set(v.provider, new Venue(v.provider));
    const venue = venues.get(v.provider);
    venue.take(v);
    if (count) venue.add(v);
    if (!document.hidden) venue.paint();
  }
  root.classList.toggle("two", venues.size > 1);
  paintStorage();
}

async function catchUp() {
  const answer = await fetch("/api/state");
  if (!answer.ok) throw new Error(String(answer.status));
  const all = await answer.json();
  heard(all.now);
  if (all.since !== since) { since = all.since; events = []; lastEvent = 0; } // another process counts anew
  takeLive(all.live, false);
  for (const r of all.rates) {
    const venue = venues.get(r.provider);
    if (venue) { venue.frames = r.rates.frames; venue.lines = r.rates.lines; venue.paint(); }
  }
  addEvents(all.events);
}

let source = null, again = null, waits = 0;
function connect() {
  clearTimeout(again);
  source?.close();
  catchUp().catch(() => {}).finally(() => {
    const mine = source = new EventSource("/api/events");
    mine.addEventListener("state", e => { waits = 0; const s = JSON.parse(e.data); heard(s.now); takeLive(s.live, true); });
    mine.addEventListener("tick", e => { waits = 0; heard(JSON.parse(e.data)); for (const venue of venues.values()) { venue.add({ frames_s: 0, lines_s: 0 }); if (!document.hidden && venue.v) venue.paint(); } });
    mine.addEventListener("events", e => addEvents(JSON.parse(e.data)));
    // A stream that was refused is not tried again by itself.
    let broken = false;
    mine.onerror = () => { broken = true; if (mine === source && mine.readyState === EventSource.CLOSED) later(); };
    mine.onopen = () => { if (broken) { broken = false; catchUp().catch(() => {}); } };
  });
}
function later() {
  source?.close();
  clearTimeout(again);
  waits = Math.min(waits + 1, 5);
  again = setTimeout(connect, (2 ** waits + Math.random()) * 1000);
}

function paintLink() {
  const say = el("link").lastChild;
  root.classList.toggle("lost", state === "lost");
  const first = venues.values().next().value;
  text(say, state === "live" ? w.live : state === "lost" ? (lastNow ? w.lost(clock(new Date(lastNow), first?.v?.zone ?? "UTC")) : w.never) : w.connecting);
}

function beat() {
  setTimeout(beat, 1000 - marketNow() % 1000 + 5);
  const quiet = performance.now() - lastNews;
  if (state === "live" && quiet > 5000) { state = "lost"; paintLink(); }
  if (state === "connecting" && quiet > 5000) { state = "lost"; paintLink(); }
  if (quiet > 20000 && performance.now() - tried > 20000) { tried = performance.now(); connect(); }
  if (state === "live" && !document.hidden) {
    const now = new Date(marketNow());
    for (const venue of venues.values()) venue.paintClock(now);
  }
}
let tried = 0;

// ---- words and colours ----

function speak() {
  w = words[lang] ?? words.en;
  const browser = navigator.language || "en-GB";
  locale = lang === "ko" ? "ko-KR" : browser.toLowerCase().startsWith("en") ? browser : "en-GB";
  formats = new Map();
  root.lang = lang;
  for (const node of document.querySelectorAll("[data-w]")) text(node, w[node.dataset.w]);
  const button = el("lang");
  text(button, w.other); button.lang = lang === "ko" ? "en" : "ko";
  dress();
  for (const venue of venues.values()) venue.words();
  paintEvents(); paintStorage(); paintLink();
}
function dress() {
  if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
  const button = el("theme");
  text(button, "◐ " + w[theme]); button.setAttribute("aria-label", `${w.theme}: ${w[theme]}`);
  for (const venue of venues.values()) { if (venue.v) venue.paint(); venue.paintDay(); }
}
el("lang").addEventListener("click", () => { lang = lang === "ko" ? "en" : "ko"; store.set("lang", lang); speak(); });
el("theme").addEventListener("click", () => { theme = { auto: "light", light: "dark", dark: "auto" }[theme] ?? "auto"; store.set("theme", theme); dress(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
document.addEventListener("visibilitychange", () => { if (!document.hidden) for (const venue of venues.values()) { if (venue.v) venue.paint(); venue.paintDay(); } });
let sized = 0;
addEventListener("resize", () => { cancelAnimationFrame(sized); sized = requestAnimationFrame(() => { for (const venue of venues.values()) { if (venue.v) venue.paint(); venue.paintDay(); } }); });
// The minute that runs moves on; a gap that lasts grows.
setInterval(() => { if (!document.hidden && state === "live") for (const venue of venues.values()) { venue.paintDay(); if (venue.v && venue.v.day_version !== venue.dayVersion) venue.askDay(); } }, 5000);

speak();
connect();
beat();
