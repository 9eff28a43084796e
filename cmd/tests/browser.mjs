// SPDX-License-Identifier: BSD-2-Clause
// browser.mjs BINDIR - does the picture work?  Drives Chromium over WebDriver; prints TAP.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const bindir = process.argv[2];
if (bindir === undefined) {
	console.error("usage: node browser.mjs BINDIR");
	process.exit(2);
}
const dir = mkdtempSync(join(tmpdir(), "bt-browser-"));
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const KEY = { enter: "\uE007", escape: "\uE00C", control: "\uE009", f3: "\uE033", meta: "\uE03D" };
let tests = 0, failed = 0, base = "", driver = null, closed = false;

function ok(yes, what, got) {
	console.log(`${yes ? "ok" : "not ok"} ${++tests} - ${what}`);
	if (!yes) {
		failed++;
		if (got !== undefined)
			console.log(`# got ${JSON.stringify(got)}`);
	}
}

function is(got, want, what) {
	ok(JSON.stringify(got) === JSON.stringify(want), what, { got, want });
}

// Makes a picture of folded text; returns its URL.
function picture(name, folded, options = []) {
	const input = join(dir, `${name}.folded`), output = join(dir, `${name}.svg`);

	writeFileSync(input, folded);
	const made = spawnSync(join(bindir, "bt-svg"), [...options, input], { maxBuffer: 1 << 28 });
	if (made.status !== 0)
		throw new Error(`bt-svg: status ${made.status}: ${made.error ?? made.stderr}`);
	writeFileSync(output, made.stdout);
	return pathToFileURL(output).href;
}

// A chromedriver of our own, on a port that it picks.
async function startDriver() {
	driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "ignore"] });
	const port = await new Promise((resolve, reject) => {
		let text = "";
		driver.on("error", reject);
		driver.on("exit", () => reject(new Error("chromedriver ended")));
		driver.stdout.on("data", (d) => {
			text += d;
			const m = /started successfully on port (\d+)/.exec(text);
			if (m !== null)
				resolve(m[1]);
		});
	});
	base = `http://127.0.0.1:${port}`;
	const session = await call("POST", "/session", { capabilities: { alwaysMatch: {
		browserName: "chrome",
		"goog:loggingPrefs": { browser: "ALL" },
		"goog:chromeOptions": { args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1300,900",
			`--user-data-dir=${join(dir, "profile")}`] },
	} } });
	base += `/session/${session.sessionId}`;
}

async function call(method, path, body) {
	const r = await fetch(base + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
	const { value } = await r.json();

	if (!r.ok)
		throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
	return value;
}

const go = (url) => call("POST", "/url", { url });
const run = (script, ...args) => call("POST", "/execute/sync", { script, args });
const shown = (id) => run("const e = document.getElementById(arguments[0]);" +
    "return getComputedStyle(e).display === 'none' ? null : e.textContent", id);

async function element(css) {
	return (await call("POST", "/element", { using: "css selector", value: css }))[ELEMENT];
}

async function click(css) {
	await call("POST", `/element/${await element(css)}/click`, {});
}

async function keys(...pressed) {
	const actions = [...pressed.map((value) => ({ type: "keyDown", value })),
		...pressed.slice().reverse().map((value) => ({ type: "keyUp", value }))];

	await call("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
}

async function type(text) {
	for (const c of text)
		await keys(c);
}

// The frame with a title that begins so gets an attribute to be found by.
async function named(start) {
	await run("for (const g of document.querySelectorAll('.frames > g')) {" +
	    " g.removeAttribute('data-test');" +
	    " if (g.firstElementChild.textContent.startsWith(arguments[0] + ' (')) g.setAttribute('data-test', '1'); }", start);
	return "[data-test] rect";
}

const clickFrame = async (start) => click(await named(start));

// [class or "hide", x, width, label] of a frame.
async function frame(start) {
	await named(start);
	return run("const g = document.querySelector('[data-test]'), r = g.children[1], t = g.children[2];" +
	    "return [getComputedStyle(g.parentNode).opacity === '0' ? 'hide' : g.getAttribute('class') ?? '', +r.getAttribute('x'), +r.getAttribute('width'), t ? t.textContent : '']");
}

// Where all frames stand, in the order of the document.
const geometry = () => run("return Array.from(document.querySelectorAll('.frames > g'), g => [g.getAttribute('data-at')," +
    " g.children[1].getAttribute('x'), g.children[1].getAttribute('width'), g.getAttribute('class') || ''," +
    " g.children[2]?.textContent ?? ''])");

async function searchFor(text) {
	await keys(KEY.control, "f");
	await run("document.querySelector('input').value = ''");
	await type(text);
	await keys(KEY.enter);
}

async function noErrors(what) {
	const log = await call("POST", "/se/log", { type: "browser" });

	is(log.filter((l) => l.level === "SEVERE").map((l) => l.message), [], `${what}: no console error`);
}

const SMALL = `main;alpha;leaf 600
main;alpha;Alpha_inner;x 400
main;beta;alpha 1000
main;gamma;narrow_frame_name;its_child_name 2
main;gamma 7998
`;

async function zooming(url) {
	await go(url);
	is(await shown("unzoom"), null, "Reset Zoom is hidden at first");
	is((await frame("its_child_name")).slice(2), [0.2, ""], "a narrow frame has no label");
	await clickFrame("alpha");
	is((await frame("main"))[0], "parent", "zoom: the ancestor is faded");
	is((await frame("main")).slice(1, 3), [10, 1180], "zoom: and as wide as the picture");
	is((await frame("beta"))[0], "hide", "zoom: what stands beside is hidden");
	is((await frame("leaf")).slice(0, 3), ["", 482, 708], "zoom: what stands above is scaled by its samples");
	is(await shown("unzoom"), "Reset Zoom", "Reset Zoom appears");
	await click("#unzoom");
	is((await frame("beta"))[0], "", "Reset Zoom shows all again");
	is((await frame("main"))[3], "main", "and the labels");
	const all = await geometry();
	for (const name of ["alpha", "Alpha_inner", "x"])
		await clickFrame(name);
	await click("#unzoom");
	is(await geometry(), all, "after several zooms everything is where it was");
	await clickFrame("gamma");
	await run("document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', { bubbles: true }))",
	    await named("its_child_name"));
	is(await frame("its_child_name"), ["", 10, 1180, "its_child_name"], "a frame too narrow for a label gets one when zoomed");
	await clickFrame("main");
	is((await frame("gamma"))[0], "", "a click on an ancestor zooms out to it");
	await click("#unzoom");
}

async function details(url) {
	await go(url);
	const id = await element(await named("beta"));
	await call("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" },
		actions: [{ type: "pointerMove", duration: 0, x: 0, y: 0, origin: { [ELEMENT]: id } }] }] });
	is(await shown("details"), "Function: beta (1,000 samples, 10.00%)", "the mouse shows name and count");
}

async function searching(url) {
	await go(url);
	await searchFor("alpha");
	is(await shown("matched"), "Matched: 20.0%", "search: nested matches count once");
	is(await shown("search"), "Reset Search", "search: the button resets now");
	is((await frame("leaf"))[0] + "/" + (await frame("beta"))[0], "/", "search: others are not marked");
	await keys(KEY.control, "i");
	is((await frame("Alpha_inner"))[0], "match", "Ctrl-I: any case");
	await click("#ignorecase");
	is((await frame("Alpha_inner"))[0], "", "ic: exact case again");
	await clickFrame("beta");
	is(await shown("matched"), "Matched: 100%", "search: only what is visible counts");
	await click("#unzoom");
	await click("#search");
	is([await shown("matched"), (await frame("alpha"))[0]], ["", ""], "Reset Search");
	await click("#search");
	await type("^leaf$");
	await keys(KEY.enter);
	is(await shown("matched"), "Matched: 6.0%", "the Search button opens the box");
	await searchFor("(");
	const problem = await run("return document.querySelector('input + p').textContent");
	ok(/regular expression/i.test(problem), "a bad pattern gives a message", problem);
	await keys(KEY.escape);
	is(await shown("matched"), "Matched: 6.0%", "Esc closes the box");
	await keys(KEY.escape);
	is(await shown("matched"), "", "Esc ends the search");
	await keys(KEY.f3);
	is(await run("return document.querySelectorAll('input').length"), 1, "F3 opens the box");
	await keys(KEY.escape);
	await keys(KEY.meta, "f");
	is(await run("return document.querySelectorAll('input').length"), 1, "Cmd-F opens the box");
	await keys(KEY.escape);
}

async function state(url) {
	await go(url);
	await clickFrame("beta");
	await searchFor("ALPHA");
	await keys(KEY.control, "i");
	const before = [await frame("alpha"), await shown("matched"), await run("return location.href")];
	ok(/[?#]x=1000&y=2&s=ALPHA&ic=1$/.test(before[2]), "the URL has the state", before[2]);
	await call("POST", "/refresh", {});
	is([await frame("alpha"), await shown("matched"), await run("return location.href")], before, "and gives it back");
	await go(`${url}#x=1000&y=2&s=%28`);
	is((await frame("beta")).slice(1, 3), [10, 1180], "the fragment holds a state too, bad patterns harm nothing");
	await go(`${url}?x=nonsense&y=-1&s=`);
	is((await frame("main"))[0], "", "a wrong state is none");
	await run("history.replaceState = function () { throw new Error('forbidden'); }");
	await clickFrame("beta");
	ok(/#x=1000&y=2$/.test(await run("return location.href")), "without replaceState the fragment is used",
	    await run("return location.href"));
}

const HOSTILE = ["<script>window.pwned=1</script>", "\"><g onload=\"window.pwned=2\">", "]]><b>", "'-alert(1)-'",
    "&lt;not a tag&gt;", "a--b-->", "x (12 samples, 3.00%)", "tab\there", "\u0001\u001b[31mred\u007f", "\ud83d\ude00".repeat(99),
    "javascript:window.pwned=3", "${window.pwned=4}", "</style><script>window.pwned=5</script>", "\\u003cscript>"];

async function hostile() {
	const text = HOSTILE.map((h) => `main;${h.replaceAll(";", ",")};in_it 10\n`).join("");
	const folded = Buffer.concat([Buffer.from(text), Buffer.from([0x62, 0x61, 0x64, 0xff, 0xfe, 0x20, 0x35, 0x0a])]);
	const evil = "</title></style><script>window.pwned=6</script>\"';}--> ]]>";
	const options = ["title", "subtitle", "notes", "countname", "nametype", "fonttype"].flatMap((o) => [`--${o}`, evil]);

	await go(picture("hostile", folded, [...options, "--inverted", "--minwidth", "0"]));
	is(await run("return document.documentElement.localName"), "svg", "hostile names: still a document");
	is(await run("return document.querySelectorAll('script').length"), 1, "hostile names: one script, ours");
	is(await run("return document.getElementById('title').textContent"), evil, "hostile names: the title stays text");
	const titles = await run("return Array.from(document.querySelectorAll('.frames title'), t => t.textContent)");
	for (const h of HOSTILE) {
		const want = h.replaceAll(";", ",").replaceAll(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
			.replaceAll("\u007f", "\u2421");
		ok(titles.includes(`${want} (10 ${evil}, 6.90%)`), `hostile name stays text: ${JSON.stringify(h.slice(0, 40))}`);
	}
	ok(titles.some((t) => t.startsWith("bad\ufffd\ufffd (5 ")), "malformed UTF-8 is U+FFFD");
	await run("for (const g of document.querySelectorAll('.frames > g')) for (const type of ['mouseover', 'click', 'mouseout'])" +
	    " g.children[1].dispatchEvent(new MouseEvent(type, { bubbles: true }))");
	await keys(KEY.escape);
	await searchFor("^x \\(12 samples, 3\\.00%\\)$");
	is(await shown("matched"), "Matched: 6.9%", "a name that looks like a count is searched as a name");
	const halves = await run("return Array.from(document.querySelectorAll('.frames text'), t => t.textContent)" +
	    ".filter(t => /[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]/.test(t)).length");
	is(halves, 0, "labels are cut between characters");
	is(await run("return window.pwned ?? null"), null, "hostile names: nothing ran");
}

// 30,000 frames in which every level has several widths.
async function speed() {
	let text = "", n = 0;

	for (let i = 0; i < 3000; i++)
		for (let line = `root_${i % 30};level_${i % 600}`, d = 0; d < 9; d++)
			text += `${line += `;frame_${i}_${d}`} ${1 + n++ % 7}\n`;
	await go(picture("large", text, ["--minwidth", "0"]));
	const count = await run("return document.querySelectorAll('.frames > g').length");
	const took = await run("const times = [], g = document.querySelectorAll('.frames > g');" +
	    "for (const i of [2, 3, 1, 0]) { const t = performance.now();" +
	    " g[i].children[1].dispatchEvent(new MouseEvent('click', { bubbles: true }));" +
	    " document.querySelector('.frames').getBBox();" +
	    " times.push(Math.round(performance.now() - t)); } return times");
	console.log(`# ${count} frames, zoom and layout in ms: ${took.join(" ")}`);
	ok(count > 27000, "a large picture loads");
}

try {
	await startDriver();
	const url = picture("small", SMALL);
	for (const test of [zooming, details, searching, state, hostile, speed]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
	await go(url);
	is(await run("return Object.keys(window).filter(k => /frames|zoom|search|svg|load/i.test(k) && k !== 'frames' && !k.startsWith('on'))"),
	    [], "no global is left behind");
	await call("DELETE", "", undefined);
	closed = true;
} catch (e) {
	ok(false, `unexpected: ${e.message}`);
} finally {
	if (driver !== null) {
		if (!closed)
			await call("DELETE", "", undefined).catch(() => {});
		driver.kill();
	}
	rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`1..${tests}`);
process.exit(failed === 0 ? 0 : 1);
