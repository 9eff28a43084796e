// SPDX-License-Identifier: BSD-2-Clause
// The page of a batch, with 1,000 traces that t-page makes up.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { back, call, click, dir, forward, go, is, KEY, keys, noErrors, ok, reload, run, type, until, windowSize } from "./driver.mjs";

const HOST = "2026-11-20/host12.bt.zst", OTHER = "2026-11-09/host03.bt.zst", GZIP = "ngx_http_gzip_body_filter";
const at = (fields) => `#${new URLSearchParams(fields)}`;
const cdp = (cmd, params = {}) => call("POST", "/goog/cdp/execute", { cmd, params });
const text = (css) => run("return document.querySelector(arguments[0])?.textContent ?? null", css);
const column = (table, n) => run("return [...document.querySelectorAll(arguments[0] + ' tbody tr[aria-rowindex]')].map((r) => r.cells[arguments[1]].textContent)", table, n);
const focused = () => run("return document.activeElement.closest('tr')?.querySelector('.open')?.title ?? document.activeElement.id");
const sorted = (list, down) => list.every((v, i) => i === 0 || (down ? list[i - 1] >= v : list[i - 1] <= v));
const numbers = (list) => list.map((s) => Number(s.replace(/[,%]/g, "")));
// How many ms each of TEXTS takes in the field CSS until it is laid out; the best of three, for others are at work, too.
const typed = (css, texts) => run("const field = document.querySelector(arguments[0]), best = [];" +
	"for (let k = 0; k < 3; k++) for (const [i, s] of arguments[1].entries()) { const from = performance.now(); field.value = s; field.dispatchEvent(new Event('input'));" +
	"document.body.offsetHeight; best[i] = Math.min(best[i] ?? Infinity, performance.now() - from); } return best", css, texts);
let url, site;

// A page that was not there before, so that its state is what HASH says.
async function open(hash = "") {
	await go("data:,");
	await go(url + hash);
	ok(await until(() => run("return document.documentElement.getAttribute('data-page') === 'ready'")), `the page is ready ${hash.slice(0, 60)}`);
}

async function paints() {
	await open();
	const first = await run("return new Promise((r) => setTimeout(() => r(performance.getEntriesByType('paint').find((e) => e.name === 'first-contentful-paint').startTime), 300))");
	const load = await run("return performance.timing.loadEventEnd - performance.timing.navigationStart");
	console.log(`# 1,000 traces, ${readFileSync(join(site, "index.html")).length} bytes: first paint after ${Math.round(first)} ms, loaded after ${load} ms`);
	ok(first < 1000, "1,000 traces paint within a second", first);
	ok(await run("return document.querySelectorAll('*').length") < 2500, "and only rows in sight are elements");
	is(await run("return document.querySelector('#trace-table table').getAttribute('aria-rowcount')"), "1001", "while a reader is told of all rows");
	is(await text("#sum"), "1,000 traces in 12 groups: 889 usable, 57 usable with care, 27 no profile, 27 error", "the page is summed up");
	ok(await until(() => run("return [...document.querySelectorAll('#trace-table img')].slice(0, 8).every((i) => i.naturalWidth > 0)")), "flame graphs are there");
	ok(await run("const s = document.querySelector('#trace-table .scroll'); s.scrollTop = 30000; return new Promise((r) => requestAnimationFrame(() => setTimeout(() => {" +
		"const a = s.getBoundingClientRect(), x = document.elementFromPoint(a.left + 300, a.top + 200); r(x.closest('tr[aria-rowindex]') !== null); })))"), "where one scrolls to, there are rows");
}

async function sorts() {
	await open();
	ok(sorted(await column("#trace-table", 3), true), "the newest traces come first");
	for (const [name, n, down] of [["samples", 5, true], ["stacks", 6, true], ["name", 2, false]]) {
		await click(`#trace-table [data-column=${name}] button`);
		is(await run(`return document.querySelector("#trace-table [data-column=${name}]").ariaSort`), down ? "descending" : "ascending", `${name}: one click sorts`);
		if (name !== "name")
			ok(sorted(numbers(await column("#trace-table", n)), down), "and the rows are in order");
		await click(`#trace-table [data-column=${name}] button`);
		is(await run(`return document.querySelector("#trace-table [data-column=${name}]").ariaSort`), down ? "ascending" : "descending", "another one turns it");
	}
	await click("#trace-table [data-column=when] button");
	await click("#trace-table [data-column=when] button");
	ok(sorted((await column("#trace-table", 3)).filter((s) => s !== ""), false), "the oldest come first");
	await click("#trace-table [data-column=verdict] button");
	ok((await column("#trace-table", 8)).every((v) => v.startsWith("error")), "the worst verdicts come first");
}

async function filters() {
	await open();
	await keys("/");
	await type("HOST7 11-20");
	is(await text("#count"), "10 of 1,000 traces", "all words of the filter must be found, in any case");
	is(await run("return location.hash"), "#q=HOST7+11-20", "and it stands in the address");
	const times = await typed("#q", ["h", "ho", "host5", ""]);
	console.log(`# ms to filter: ${times.map((t) => t.toFixed(1)).join(", ")}`);
	ok(Math.max(...times) < 200, "quickly", times);
	await run("const v = document.querySelector('#verdict'); v.value = 'no profile'; v.dispatchEvent(new Event('change'))");
	is(await text("#count"), "27 of 1,000 traces", "by verdict");
	await run("const v = document.querySelector('#group'); v.value = '2026-11-20'; v.dispatchEvent(new Event('change'))");
	ok((await column("#trace-table", 4)).every((g) => g === "2026-11-20"), "and by group");
	await open(at({ q: "cut off", verdict: "error" }));
	is(await text("#count"), "27 of 1,000 traces", "messages are looked at, too");
	await open(at({ q: "no such trace" }));
	is([await text("#trace-table .empty"), await run("return document.querySelectorAll('#trace-table tr[aria-rowindex]').length")], ["No trace fits.", 1], "nothing found is said");
}

async function searches() {
	await open(at({ view: "functions" }));
	ok(await until(() => run("return document.querySelectorAll('#names a').length === 100")), "functions.js comes when it is needed");
	const times = await typed("#fq", ["n", "ng", "ngx_http", "gzip", ""]);
	console.log(`# functions.js: ${readFileSync(join(site, "functions.js")).length} bytes; ms to search: ${times.map((t) => t.toFixed(1)).join(", ")}`);
	ok(Math.max(...times) < 200, "a search takes less than 200 ms", times);
	await keys("/");
	await type("GZIP body");
	is(await column("#cost-table", 1), [], "nothing is chosen yet");
	const from = Date.now();
	await keys(KEY.enter);
	ok(await until(async () => (await column("#cost-table", 1)).length > 3), "Enter takes the best match");
	console.log(`# chosen and shown in ${Date.now() - from} ms, WebDriver and all`);
	is(await text("#fname"), GZIP, "and names it");
	const self = numbers(await column("#cost-table", 1)), total = numbers(await column("#cost-table", 2));
	ok(sorted(self, true) && self[0] > 3 && self[0] < 4, "where it costs most comes first", self);
	ok(self.every((s, i) => Math.abs(3 * s - total[i]) < .1), "shares are what was written", total);
	await run("document.activeElement.blur()");
	await keys("s");
	is(await run("return location.hash"), `#${new URLSearchParams({ view: "functions", f: GZIP, fq: "GZIP body", by: "total" })}`, "s is total shares");
	is(await run("return [document.querySelector('#cost-table [data-column=total]').ariaSort, document.querySelector('#functions [data-by=total]').ariaPressed]"), ["descending", "true"], "by which they are then sorted");
}

async function trends() {
	const first = () => run("return [...document.querySelectorAll('#names li')].slice(0, 20).map((l) => l.textContent)");
	await open(at({ view: "functions", f: GZIP }));
	ok(await until(async () => (await first()).length === 20 && /over all traces$/.test(await text("#fcount"))), "functions of all traces are listed");
	const everywhere = await first();
	await open(at({ view: "functions", f: GZIP, scope: "2026-11-18" }));
	ok(await until(async () => /over \d+ traces$/.test(await text("#fcount"))) && JSON.stringify(await first()) !== JSON.stringify(everywhere), "the list of functions is that of the group");
	ok(await until(() => run("return document.querySelectorAll('#trend a').length > 0")), "there is a chart");
	const n = await run("return document.querySelectorAll('#trend a').length");
	const members = await run("const d = JSON.parse(document.querySelector('#data').textContent); return d.traces.filter((t) => t.group === 2 && t.samples !== '0').length");
	is(n, members, "with a point for each trace of the group that has samples");
	ok(await run("return [...document.querySelectorAll('#trend .axes text')].map((t) => t.textContent).join(' ')").then((s) => /^0% .*%.* 11-18 \d\d:00/.test(s)), "its axes have labels");
	const spot = await run("const a = document.querySelectorAll('#trend a')[5]; return [a.getAttribute('href'), a.getAttribute('aria-label')]");
	ok(/^2026-11-1[78] .*: \d+\.\d\d%$/.test(spot[1]), "a point tells its trace and share", spot);
	await run("document.querySelector('#trend a[tabindex=\"0\"]').focus()");
	await keys(KEY.home);
	await keys(KEY.right);
	is(await text("#point"), await run("return document.querySelectorAll('#trend a')[1].getAttribute('aria-label')"), "arrows lead along the points");
	await keys(KEY.enter);
	ok(await until(() => run("return !document.querySelector('#details').hidden")), "and a point leads to its trace");
	await open(at({ view: "functions", f: "</script><img src=x onerror=\"document.title='owned'\">" }));
	ok(await until(() => run("return document.querySelectorAll('#trend a').length > 900")), "a hostile function has a chart, too");
	ok(await run("return document.querySelectorAll('#trend .left-out').length === 0 || document.querySelector('#trend .left-out').closest('a').getAttribute('aria-label').endsWith('at most 0.05%')"), "what was left out is said to be");
	await open(at({ view: "functions", f: "no_such_function" }));
	ok(await until(async () => await text("#fsum") === "No trace has this function."), "a function that is nowhere is said to be");
}

async function compares() {
	await open(at({ q: "host02" }));
	await keys("1");
	await keys(" ");
	await keys(KEY.down);
	await keys(KEY.down);
	await keys("x");
	const picked = await run("return [...document.querySelectorAll('#tray .pickname a')].map((a) => a.title)");
	is(picked.length, 2, "two traces are picked by keys");
	is(await run("return [...document.querySelectorAll('#trace-table tr.picked .open')].map((a) => a.title)"), picked, "and their rows show it");
	await keys("c");
	ok(await until(async () => (await column("#compare-table", 0)).length > 5), "c compares them");
	await open(at({ view: "compare", a: HOST, b: OTHER }));
	ok(await until(async () => (await column("#compare-table", 0)).length > 5), "a link compares two traces");
	const rows = await run("return [...document.querySelectorAll('#compare-table tbody tr[aria-rowindex]')].map((r) => [...r.cells].map((c) => c.textContent))");
	const gzip = rows.find((r) => r[0] === GZIP), value = (s) => Number(s.replace("%", "").replace("\u2212", "-").replace(/^\u2264.*/, 0));
	ok(gzip !== undefined && Math.abs(value(gzip[2]) - value(gzip[1]) - value(gzip[3])) < .02, "with the difference of each function", gzip);
	ok(sorted(rows.map((r) => Math.abs(value(r[3]))), true), "the largest first");
	await click(".swap");
	is(await run("return [...new URLSearchParams(location.hash.slice(1))].filter(([k]) => k === 'a' || k === 'b')"), [["a", OTHER], ["b", HOST]], "they can be swapped");
	is(await text(".command code"), `bt-diff ${site}/traces/${OTHER}.folded ${site}/traces/${HOST}.folded`, "and bt-diff is told how to be called");
	await open(at({ view: "compare", a: HOST }));
	ok((await text("#sides")).includes("pick one in the table"), "one trace alone is not compared");
}

async function links() {
	await open(at({ view: "groups" }));
	is((await column("#group-table", 1)).length, 12, "groups have a table");
	is((await column("#group-table", 7)).slice(0, 2), ["the baseline", "passno change over 0.5 points"], "with what bt-diff said");
	await click("#group-table tbody tr:nth-child(3) td.name a");
	is([await run("return location.hash"), await text("#count")], ["#group=2026-11-10", "83 of 1,000 traces"], "a group leads to its traces");
	await back();
	is(await run("return document.querySelector('#groups').hidden"), false, "back is back");
	await forward();
	await reload();
	is(await text("#count"), "83 of 1,000 traces", "a reloaded page shows the same");
	await open(at({ trace: HOST, verdict: "usable", sort: "-size" }));
	is([await text("#details h2"), await text("#count")], [HOST, "889 of 1,000 traces"], "an address has all of a view");
	await open(at({ view: "nothing", sort: "-nothing", trace: "nowhere", a: "x", verdict: "y", by: "z" }));
	is(await run("return [document.querySelector('#traces').hidden, document.querySelector('#details').hidden]"), [false, true], "one of nonsense has nothing of it");
}

async function details() {
	await open(at({ verdict: "usable with care", sort: "name" }));
	await keys("1");
	const row = await focused();
	await keys(KEY.enter);
	is(await text("#details h2"), row, "Enter opens a trace");
	is(await run("return [...document.querySelectorAll('#details .finding')].map((f) => f.className)"), ["finding info", "finding shallow", "finding biased"], "with bt-check's findings");
	ok((await text("#details .findings")).includes("</script><b>not bold</b>"), "as text");
	await run("[...document.querySelectorAll('#details button')].find((b) => b.textContent === 'Show its functions').click()");
	ok(await until(() => run("return document.querySelectorAll('#details .top-functions li').length === 12")), "and its functions on demand");
	await keys(KEY.escape);
	is([await run("return document.querySelector('#details').hidden"), await focused()], [true, row], "Escape closes it, and the row has the focus again");
	await open(at({ verdict: "error" }));
	await keys("1");
	await keys(KEY.enter);
	is(await text("#details .note"), "line 1204: byte 88213: the archive is cut off", "an error is told");
}

async function keyboard() {
	await open(at({ sort: "name", q: "host" }));
	await keys("1");
	const first = await focused();
	await keys(KEY.down);
	await keys("j");
	await keys("k");
	await keys(KEY.up);
	is(await focused(), first, "rows are gone along by keys");
	await keys(KEY.end);
	is(await run("return document.activeElement.ariaRowIndex"), await run("return document.querySelector('#trace-table table').ariaRowCount"), "End is the last row");
	ok(await run("const r = document.activeElement.getBoundingClientRect(), s = document.querySelector('#trace-table .scroll').getBoundingClientRect(); return r.top >= s.top && r.bottom <= s.bottom + 1"), "which is in sight");
	await keys(KEY.pageUp);
	await keys(KEY.home);
	is(await focused(), first, "Home the first");
	await run("document.querySelector('#trace-table .scroll').scrollTop = 20000");
	ok(await until(() => run("return document.activeElement.classList.contains('scroll')")), "the focus stays in a table that is scrolled");
	await keys(KEY.down);
	ok((await focused()).length > 3, "and goes on from there");
	await keys("?");
	ok(await run("const h = document.querySelector('#help'); return h.open && h.querySelectorAll('dt').length > 8"), "? lists the keys");
	await keys(KEY.escape);
	ok(await run("return !document.querySelector('#help').open"), "Escape closes the list");
	for (const [key, view] of [["2", "groups"], ["3", "functions"], ["4", "compare"], ["1", "traces"]]) {
		await keys(key);
		ok(await run("return !document.getElementById(arguments[0]).hidden && document.querySelector('nav [aria-current]').dataset.view === arguments[0]", view), `${key} is ${view}`);
	}
	await run("document.querySelector('#trace-table th[data-column=samples] button').focus()");
	await keys(KEY.enter);
	is(await run("return [document.activeElement.textContent, document.activeElement.parentNode.ariaSort]"), ["Samples", "descending"], "a heading sorts by Enter and keeps the focus");
	is(await run("return [...document.querySelectorAll('button, a, input, select')].filter((e) => e.checkVisibility() && !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.title || e.querySelector('img'))).map((e) => e.outerHTML)"), [], "nothing to click on is without a name");
}

async function themes() {
	const look = () => run("return [getComputedStyle(document.body).backgroundColor, document.querySelector('#theme').textContent]");
	const light = "rgb(247, 246, 243)", dark = "rgb(22, 22, 24)";

	await open();
	is(await look(), [light, "Theme: system"], "a light system has a light page");
	await cdp("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: "dark" }] });
	is(await look(), [dark, "Theme: system"], "a dark one a dark page");
	await keys("t");
	is(await look(), [light, "Theme: light"], "unless one says otherwise");
	await cdp("Emulation.setEmulatedMedia", { features: [] });
	await click("#theme");
	is(await look(), [dark, "Theme: dark"], "or the other way");
	await reload();
	is(await look(), [dark, "Theme: dark"], "and that is kept");
	await click("#theme");
	is(await look(), [light, "Theme: system"], "until it is taken back");
}

// Do a shell's words of COMMAND name files that are there?
function runs(command) {
	const r = spawnSync("bash", ["-c", `bt-diff() { [ $# = 2 ] || echo "$# words"; for f; do [ -f "$f" ] || echo "no $f"; done; }\n${command}`], { cwd: dir, encoding: "utf8" });

	return r.stdout + r.stderr;
}

async function hostile() {
	await open(at({ sort: "name" }));
	const paths = await run("return JSON.parse(document.querySelector('#data').textContent).traces.map((t) => t.path)");
	const names = paths.filter((p) => !/^2026-11-\d\d\/host\d\d\.bt\.zst$/.test(p)), seen = new Set();

	is(names.length, 15, "some names are hostile");
	for (const name of names) {
		const key = seen.has(name) ? `${name}~2` : name;

		seen.add(name);
		await go(url + at({ view: "compare", a: HOST, b: key, trace: key }));
		await until(() => run("return document.querySelector('.command code') !== null && [...document.querySelectorAll('#details img')].every((i) => i.complete)"));
		const got = await run("return { text: document.querySelector('#details h2').textContent, images: [...document.querySelectorAll('#details img, .sides img')].map((i) => i.naturalWidth > 0)," +
			"links: [...document.querySelectorAll('#details a, .sides a')].map((a) => a.href), command: document.querySelector('.command code')?.textContent, title: document.title }");
		const shown = JSON.stringify(name).slice(0, 60);
		is(got.text, name, `${shown} is text`);
		ok(got.command !== undefined && runs(got.command) === "" && !/[\u202a-\u202e\ufffd\n]/.test(got.command), "its command names the files", [got.command, got.command && runs(got.command)]);
		ok(got.images.every((i) => i), "its picture is there", got.images);
		ok(got.links.every((l) => l.startsWith(pathToFileURL(site).href + "/") && l !== url), "its links lead to files of the site", got.links);
		ok(got.title.startsWith("nginx fleet <b>"), "and no script of it runs", got.title);
	}
	is(spawnSync("ls", [join(dir, "owned")]).status === 0, false, "nor a command");
}

async function closed() {
	await open(at({ view: "functions", f: "main" }));
	await until(() => run("return document.querySelectorAll('#names a').length > 0"));
	ok(await run("return performance.getEntriesByType('resource').every((e) => e.name.startsWith('file:'))"), "nothing comes from a network");
	is(await run("return fetch('http://127.0.0.1:1/').then(() => 'went', () => 'refused')"), "refused", "nor could it");
	is(await run("const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s); return window.owned ?? null"), null, "no other script runs");
	is((await call("POST", "/se/log", { type: "browser" })).filter((l) => l.level === "SEVERE" && !/Content Security Policy|Failed to fetch/.test(l.message)), [], "the policy says so");
}

// Beside other functions, or none.
async function damaged() {
	const file = join(site, "functions.js"), right = readFileSync(file, "utf8");

	writeFileSync(file, right.replace(/"stamp":"./, "\"stamp\":\"z"));
	await open(at({ view: "functions" }));
	ok(await until(async () => (await text("#fnote")).includes("of other traces")), "functions of other traces are refused");
	rmSync(file);
	await open(at({ view: "compare", a: HOST, b: OTHER }));
	ok(await until(async () => (await text("#cnote")).includes("is not beside this page")), "where there are none, that is said");
	ok((await text(".command code")).startsWith("bt-diff "), "and the command is still there");
	await call("POST", "/se/log", { type: "browser" });	/* of the file that is not there */
	writeFileSync(file, right);
}

// The elements of the page as they are where no script runs.
async function scriptless() {
	await cdp("Emulation.setScriptExecutionDisabled", { value: true });
	await go("data:,");
	await go(url);
	await cdp("DOM.enable");
	const { nodes } = await cdp("DOM.getFlattenedDocument", { depth: -1 });
	const rows = nodes.filter((n) => n.nodeName === "TR").length, links = nodes.filter((n) => n.nodeName === "A" && n.attributes[1].startsWith("./")).length;
	await cdp("Emulation.setScriptExecutionDisabled", { value: false });
	is(rows, 1001, "without a script there is a table of all traces");
	ok(links > 1800, "with their files", links);
}

async function prints() {
	await open(at({ sort: "name" }));
	const { data } = await cdp("Page.printToPDF", {}), pages = Buffer.from(data, "base64").toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;

	ok(pages > 20, "all rows are printed", pages);
	ok(await until(() => run("return document.querySelectorAll('#trace-table tr[aria-rowindex]').length < 80")), "and gone afterwards");
}

export default async function (bindir) {
	site = join(dir, "site");
	url = `${pathToFileURL(site).href}/index.html`;
	mkdirSync(site);
	const made = spawnSync(join(bindir, "../tests/t-page"), [site, "1000"], { encoding: "utf8" });
	is([made.status, made.stderr], [0, ""], "a site is made");
	await windowSize(1600, 1000);	/* so that all columns are there */
	for (const test of [paints, sorts, filters, searches, trends, compares, links, details, keyboard, themes, hostile]) {
		await test();
		ok(!/\[object |undefined|NaN/.test(await text("#app")), `${test.name}: only texts are shown`);
		await noErrors(test.name);
	}
	for (const test of [closed, damaged, scriptless, prints])
		await test();
	await noErrors("the page of a batch");
	await windowSize(1300, 900);
}
