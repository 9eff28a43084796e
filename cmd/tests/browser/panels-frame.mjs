// SPDX-License-Identifier: BSD-2-Clause
// panels-frame.mjs BINDIR - the menu of a frame: focus, hide and undo, links, names that mean harm; prints TAP.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync, inflateSync } from "node:zlib";
import { back, click, clickAt, dir, finish, go, is, KEY, keys, noErrors, ok, page, picture, reload, run, start, until, wait } from "./driver.mjs";
import { hash as state } from "./frames.mjs";
import { active, escapePanel, middleOf, panel, press, STACKS, widest } from "./panels-page.mjs";

async function menuOf(name) {
	await clickAt(await middleOf(name), "right");
	is([(await panel())?.id, (await panel())?.title], ["frame", name], `a right click on ${name.slice(0, 30)} opens its menu`);
}

async function items(url) {
	await go(url);
	await menuOf("parse");
	is(await active(), "zoom", "the focus is on the first item");
	await keys(KEY.down);
	is(await active(), "focus", "arrows move in it");
	await keys(KEY.up);
	await keys(KEY.up);
	is(await active(), "copy", "and go around");
	await escapePanel();
	await menuOf("parse");
	await press("zoom");
	is([await panel(), await until(async () => (await widest("parse")).width > 1000)], [null, true], "zoom");
	await back();
	ok(await until(async () => (await widest("parse")).width < 1000), "Back undoes the zoom");
	await menuOf("parse");
	await press("search");
	ok(await until(async () => (await state()).s === "^parse$"), "search for it", await state());
	await menuOf("parse");
	await clickAt({ x: 3, y: 3 });
	is(await panel(), null, "a click beside the menu closes it");
	const url0 = await run("return location.href");
	await menuOf("loop");
	await clickAt(await middleOf("main"));
	is([await panel(), await run("return location.href")], [null, url0], "and does not zoom");
	await clickAt(await middleOf("run"));
	ok(await until(async () => (await widest("run")).width > 1000), "the next click does");
	await menuOf("run");
	await clickAt(await middleOf("loop"), "right");
	is((await panel())?.title, "loop", "a right click beside the menu opens another");
	await escapePanel();
}

async function keyboard(url) {
	await go(url);
	await menuOf("loop");
	await keys(KEY.escape);
	await keys(".");
	is([(await panel())?.id, (await panel())?.title], ["frame", "loop"], ". opens the menu of the selected frame");
	const box = await run("const r = document.querySelector('.panel').getBoundingClientRect(); return [r.x, r.y]"), at = await widest("loop");
	ok(Math.abs(box[0] - at.x) < 400 && Math.abs(box[1] - at.y) < 400, "near the frame", { box, at });
	await escapePanel();
	await keys(KEY.shift, KEY.f10);
	is([(await panel())?.id, (await panel())?.title], ["frame", "loop"], "shift-F10 too");
	await escapePanel();
}

async function hiding(url) {
	await go(url);
	await menuOf("loop");
	await press("hide-frame");
	ok(await until(async () => await widest("loop") === null), "hide this frame");
	const whole = await widest("main");
	ok((await widest("parse")).width > 0.6 * whole.width, "what is left takes the room");
	await keys("x");
	ok((await panel()).text.includes("main \u2192 run \u2192 run \u2192 loop"), "the list of what is hidden", (await panel()).text);
	await press("unhide-0");
	ok(await until(async () => await widest("loop") !== null), "undo one");
	await escapePanel();
	await menuOf("alloc");
	await press("hide-name");
	ok(await until(async () => await widest("alloc") === null), "hide this function: everywhere");
	await menuOf("irq");
	await press("hide-name");
	ok(await until(async () => await widest("irq") === null), "and another");
	await reload();
	ok(await until(async () => await widest("main") !== null && await widest("irq") === null && await widest("alloc") === null),
	    "the URL keeps both");
	await keys("m");
	await press("unhide-all");
	ok(await until(async () => await widest("irq") !== null && await widest("alloc") !== null), "show all");
	await escapePanel();
	await menuOf("irq");
	await keys(KEY.escape);
	await keys("h");
	ok(await until(async () => await widest("irq") === null), "h hides the selected frame");
	await keys("u");
	ok(await until(async () => await widest("irq") !== null), "u undoes it");
	await menuOf("alloc");
	await keys(KEY.escape);
	await keys("H");
	ok(await until(async () => await widest("alloc") === null), "H hides the selected function");
	await keys("u");
	await keys("r");
	ok(await until(async () => await widest("alloc") !== null), "callers");
	await menuOf("parse");
	await press("hide-frame");
	ok(await until(async () => (await widest("main")) !== null && (await state()).hide !== undefined), "a frame of the callers' view", await state());
	await keys("r");
	ok(await until(async () => await widest("loop") !== null), "back");
}

async function longPath() {
	const names = Array.from({ length: 12 }, (v, i) => `f${i}`);

	await go(picture("path", `${names.join(";")} 100\nother 100\n`));
	await menuOf("f11");
	await press("hide-frame");
	await keys("x");
	ok((await panel()).text.includes("\u2026 \u2192 f6 \u2192 f7 \u2192 f8 \u2192 f9 \u2192 f10 \u2192 f11"), "of a long path the end is shown",
	    (await panel()).text);
	await escapePanel();
	await keys("u");
	ok(await until(async () => await widest("f11") !== null), "undone");
	const before = await run("return [location.href, history.length]");
	await keys("u");
	is(await run("return [location.href, history.length]"), before, "u does not leave the picture");
}

// Frames that the table has only as a sum.
async function sums() {
	let text = "";

	for (let i = 0; i < 3000; i++)
		text += `main;f${i % 50};g${i * 7919 % 3001};h${i * 104729 % 3001} ${1 + i % 3}\n`;
	const bound = () => run("return document.querySelector('.panel-bound')?.textContent ?? null");
	const least = "Not all frames are in the file: the numbers of a function are the least that it has.";
	await go(picture("all", "main;f 1\n"));
	await keys("t");
	is(await bound(), null, "all frames are there: no word of that");
	await go(picture("not-full", "main;f 1\n", ["--no-full"]));
	await keys("t");
	is(await bound(), least, "--no-full: sums of functions are the least");
	await go(picture("sums", text, ["--full-limit", "2000", "--minwidth", "3"]));
	await keys("t");
	is(await bound(), least, "and where frames are merged");
	await run("location.hash = '#s=f1'");
	await escapePanel();
	await keys("g");
	is(await bound(), least, "also beside the matches");
	await escapePanel();
	await run("location.hash = ''");
	await keys("a");
	ok(/ of the frames are only there as [\d,]+ sums?, "\(N more\)": together [\d,]+ samples \([\d.]+%\)/.test((await panel()).text), "about: what is only a sum", await panel());
	await escapePanel();
	const title = await run("return Array.from(document.querySelectorAll('.frames title'), (t) => t.textContent).find((t) => / more\\) \\(/.test(t))");
	ok(title !== undefined, "a sum is drawn", title);
	const name = title.slice(0, title.indexOf(" more)") + 6);
	await menuOf(name);
	is(await run("return Array.from(document.querySelectorAll('.panel-menu > *'), (e) => e.dataset.key)"), ["zoom"], "a sum can be zoomed to and nothing else");
	await escapePanel();
}

async function focusing(url) {
	await go(url);
	await menuOf("alloc");
	await press("focus");
	ok(await until(async () => (await widest("alloc")).width > 1000), "focus: the function is as wide as the picture");
	const callers = [await widest("parse"), await widest("run")];
	ok(callers[0] !== null && callers[1] !== null && await widest("loop") === null, "focus: its callers and nothing else");
	await keys("m");
	ok((await panel()).text.includes("alloc"), "the menu names the focus");
	await press("focus");
	ok(await until(async () => await widest("loop") !== null), "and ends it");
	await escapePanel();
	await menuOf("run");
	await keys(KEY.escape);
	await keys("f");
	ok(await until(async () => await widest("parse") === null), "f focuses on the selected function");
	await keys("f");
	ok(await until(async () => await widest("parse") !== null), "and ends that");
}

async function copying(url) {
	await go(url);
	await run("Object.defineProperty(navigator, 'clipboard', { value: { writeText: (t) => { window.copied = t; return Promise.resolve(); } } })");
	await menuOf("tick");
	await press("copy");
	ok(await until(async () => await run("return window.copied") === "tick"), "copy the name");
	await go("data:,");
	await go(url);
	await run("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
	await menuOf("tick");
	await press("copy");
	is(await run("const e = document.activeElement; return [e.localName, e.value, e.selectionEnd - e.selectionStart]"), ["input", "tick", 4],
	    "where it may not be copied the name is selected in a field");
	await escapePanel();
}

// A picture whose table tells the viewer something else; returns its URL.
function forged(name, url, edit) {
	const text = readFileSync(fileURLToPath(url), "utf8"), [, head, packed, tail] = /^([^]*<metadata class="table">)([^<]*)([^]*)$/.exec(text);
	const table = inflateSync(Buffer.from(packed, "base64")), end = 4 + table.readUInt32LE(0), meta = JSON.parse(table.subarray(4, end));

	edit(meta);
	const json = Buffer.from(JSON.stringify(meta)), length = Buffer.alloc(4);
	length.writeUInt32LE(json.length);
	return page(name, head + deflateSync(Buffer.concat([length, json, table.subarray(end)])).toString("base64") + tail);
}

async function links() {
	const attrs = join(dir, "attrs"), bad = ["javascript:window.pwned=1", " java\nscript:window.pwned=1", "\u0001javascript:window.pwned=1",
	    "data:text/html,x", "vbscript:x", "blob:x", "https://[", 7, null];

	writeFileSync(attrs, `good\thref=https://example.org/a?b=1&c="2"\ttarget=_blank\n`);
	const url = picture("links", `good 100\n${bad.map((b, i) => `bad${i} 100\n`).join("")}`, ["--nameattr", attrs]);
	await go(forged("forged.svg", url, (meta) => bad.forEach((href, i) => { meta.attrs[`bad${i}`] = { href }; })));
	await menuOf("good");
	is(await run("const a = document.querySelector('.panel a'); return [a.getAttribute('href'), a.target, a.rel]"),
	    ["https://example.org/a?b=1&c=\"2\"", "_blank", "noopener"], "a link of the function");
	await escapePanel();
	for (const i of bad.keys()) {
		await menuOf(`bad${i}`);
		is(await run("return document.querySelectorAll('.panel a').length"), 0, `no link: ${JSON.stringify(bad[i])}`);
		await escapePanel();
	}
	is(await run("return window.pwned ?? null"), null, "no script of a link ran");
}

const HOSTILE = ["<script>window.pwned=1</script>", "\"><img src=x onerror=\"window.pwned=2\">", "]]><b>bold</b>", "__proto__", "constructor",
    "\ufffdgnp.exe", "$&$1\\b(", "x".repeat(10000)];

async function hostile() {
	await go(picture("hostile", HOSTILE.map((h) => `${h};${h} 10\n`).join("")));
	for (const [n, h] of HOSTILE.entries()) {
		await menuOf(h);
		await press("hide-name");
		await keys("x");
		is(await run("return document.querySelector('.panel-list .panel-name').textContent"), `all stacks through ${h}`,
		    `hidden: ${h.slice(0, 40)}`);
		await press("unhide-all");
		await keys(KEY.escape);
		await menuOf(h);
		await press("search");
		await keys("g");
		is(await run("return Array.from(document.querySelectorAll('.panel tbody button'), (b) => b.textContent)"), [h],
		    `matches: ${h.slice(0, 40)}`);
		await keys(KEY.escape);
		await menuOf(h);
		await press("focus");
		await keys("m");
		is(await run("return document.querySelector('.panel-section .panel-name').textContent"), h, `focus: ${n}`);
		await press("focus");
		await keys(KEY.escape);
	}
	await keys("t");
	is((await run("return Array.from(document.querySelectorAll('.panel tbody button'), (b) => b.textContent)")).sort(), [...HOSTILE].sort(),
	    "the table has them all as text");
	const r = await run("const p = document.querySelector('.panel'), r = p.getBoundingClientRect(); return [r.right <= innerWidth, p.scrollWidth <= p.clientWidth]");
	is(r, [true, true], "a long name is broken into lines");
	is(await run("return [window.pwned ?? null, document.querySelectorAll('script, img, b').length]"), [null, 1], "nothing ran, nothing became an element");
	await escapePanel();
}

// u goes back to what this picture has shown, and no further.
async function undoing(url) {
	const stays = async (what) => {
		const before = await run("return location.href");
		await keys("u");
		await wait(300);
		is(await run("return location.href"), before, what);
	};

	await go("data:text/html,before");
	await go(`${url}#x=50&y=2`);
	ok((await widest("parse")).width > 1000, "a link with a zoom");
	await stays("u does not leave a picture that a link has opened");
	await keys(KEY.escape);
	is(await state(), {}, "the zoom ends");
	await keys("u");
	ok(await until(async () => (await state()).x === "50"), "u undoes that");
	await stays("and then nothing more");
	await keys("i");
	await reload();
	await keys("u");
	ok(await until(async () => (await state()).inverted === undefined), "also after the page was loaded again");
	const svg = (name) => readFileSync(fileURLToPath(picture(name, `${STACKS}${name} 100\n`)), "utf8").replace(/^<\?xml.*?\?>/, "");
	await go(page("undo.html", `<!DOCTYPE html><meta charset="utf-8"><div>${svg("one")}</div><div>${svg("two")}</div>`));
	const first = () => run("document.querySelector('.bt-flame').focus()"), second = () => run("document.querySelectorAll('.bt-flame')[1].focus()");
	await first();
	await keys("i");
	await second();
	await keys("i");
	await first();
	await stays("u does not undo what another picture did last");
	await second();
	await keys("u");
	ok(await until(async () => Object.keys(await state()).length === 1), "which undoes it", await state());
	await first();
	await keys("u");
	ok(await until(async () => Object.keys(await state()).length === 0), "then it is the other's turn", await state());
}

// What is pressed beside a menu is eaten once, and only where it is the picture's.
async function beside(url) {
	await go("data:,");
	await go(url);
	await menuOf("loop");
	await run("const o = { bubbles: true, button: 0 }, t = document.querySelector('.background');" +
	    "t.dispatchEvent(new PointerEvent('pointerdown', o)); t.dispatchEvent(new PointerEvent('pointercancel', o))");
	await wait(50);
	is(await panel(), null, "a touch beside it closes the menu");
	await run("document.querySelectorAll('.frames > g')[1].querySelector('rect').dispatchEvent(new MouseEvent('click', { bubbles: true }))");
	ok(await until(async () => (await state()).y === "1"), "after a touch that became a gesture the next click counts", await state());
	const svg = readFileSync(fileURLToPath(url), "utf8").replace(/^<\?xml.*?\?>/, "");
	await go(page("beside.html", `<!DOCTYPE html><meta charset="utf-8"><button id="own" onclick="this.textContent = 'pressed'">press</button><div>${svg}</div>`));
	await menuOf("loop");
	await click("#own");
	is([await panel(), await run("return document.getElementById('own').textContent")], [null, "pressed"], "a button of the page is pressed, and the menu closes");
}

await start(process.argv[2]);
const url = picture("frame", STACKS);
for (const test of [items, keyboard, hiding, longPath, sums, focusing, undoing, beside, copying, links, hostile]) {
	await test(url);
	await noErrors(test.name);
	await go("data:,");
}
await finish();
