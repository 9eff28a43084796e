// SPDX-License-Identifier: BSD-2-Clause
// panels-lists.mjs BINDIR - functions, matches, notes and keys; prints TAP.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { click, clickAt, finish, go, is, KEY, keys, noErrors, ok, page, picture, pointAt, run, start, type, until } from "./driver.mjs";
import { hash as state } from "./frames.mjs";
import { active, escapePanel, middleOf, openPanel, panel, press, STACKS, widest } from "./panels-page.mjs";

const rows = () => run(`return Array.from(document.querySelectorAll(".panel tbody tr"), (tr) => Array.from(tr.children, (td) =>
	Array.from(td.childNodes, (n) => n.textContent).join(" ")))`);
const sorted = () => run("return Array.from(document.querySelectorAll('.panel th'), (th) => th.getAttribute('aria-sort'))");

async function functions(url) {
	await go(url);
	await openPanel("t", "top");
	is(await active(), "filter", "the focus is in the filter");
	is((await rows())[0], ["400 40.00%", "400 40.00%", "loop"], "the function with most of its own comes first");
	is((await rows()).find((r) => r[2] === "run"), ["0 0.00%", "550 55.00%", "run"], "recursion counts once");
	is((await rows()).find((r) => r[2] === "alloc"), ["250 25.00%", "250 25.00%", "alloc"], "a function in two places is one");
	is((await rows()).find((r) => r[2] === "tick"), ["50 5.00%", "50 5.00%", "tick"], "marks are not shown");
	is(await sorted(), ["descending", "none", "none"], "aria-sort says so");
	await press("sort-total");
	is([(await rows())[0][2], await sorted()], ["main", ["none", "descending", "none"]], "a click on a head sorts");
	is(await active(), "sort-total", "and keeps the focus");
	await press("sort-total");
	is([(await rows())[0][2], await sorted()], ["irq", ["none", "ascending", "none"]],
	    "another click turns it");
	await press("sort-name");
	is((await rows()).map((r) => r[2]), ["alloc", "irq", "loop", "main", "parse", "read [libc.so.6]", "run", "tick"], "by name");
	await click(".panel-filter");
	await type("LO");
	is((await rows()).map((r) => r[2]), ["alloc", "loop"], "the filter, in any case");
	is(await state(), {}, "keys in the filter are no commands");
	await click(".panel tbody tr:nth-child(2) button");
	ok(await until(async () => (await state()).s === "^loop$"), "a click on a function searches it", await state());
	await escapePanel();
}

async function manyFunctions() {
	let text = "";

	for (let i = 0; i < 450; i++)
		text += `main;function_${i} ${1000 + i}\n`;
	await go(picture("many", text));
	await keys("t");
	is((await rows()).length, 200, "200 rows at first");
	await press("more");
	is((await rows()).length, 400, "more");
	await press("more");
	is([(await rows()).length, await run("return document.querySelector('[data-key=more]').hidden")], [451, true], "all");
	const box = await run("const r = document.querySelector('.panel').getBoundingClientRect(); return [r.top >= 0, r.bottom <= innerHeight]");
	is(box, [true, true], "a long panel stays in the window");
	await run("document.querySelector('.panel-filter').scrollIntoView()");
	await escapePanel();
}

async function matches(url) {
	await go(`${url}#s=al%7Crun`);
	await openPanel("g", "matches");
	is(await rows(), [["550 55.00%", "0 0.00%", "run"], ["250 25.00%", "250 25.00%", "alloc"]], "the matching functions, the largest first");
	const before = await widest("alloc");
	await click(".panel tbody tr:nth-child(2) button");
	ok(await until(async () => (await widest("alloc")).width > before.width), "a click zooms to the widest of it");
	await escapePanel();
	await go("data:,");
	await go(url);
	await keys("g");
	ok((await panel()).text.startsWith("Nothing is searched for"), "without a search it says so");
	await escapePanel();
}

async function help(url) {
	await go(url);
	await openPanel("?", "help");
	const keysShown = await run("return Array.from(document.querySelectorAll('.panel kbd'), (k) => k.textContent)");
	for (const k of ["m", "t", "g", "i", "r", "s", "l", "c", "k", "h", "H", "f", "u", "."])
		ok(keysShown.includes(k), `help has ${k}`);
	is(new Set(keysShown).size, keysShown.length, "each key once");
	await escapePanel();
}

async function about(url) {
	await go(url);
	await openPanel("a", "remarks");
	const { text } = await panel();
	ok(text.includes("1,000 samples in 10 frames"), "the table: frames and samples", text);
	ok(text.includes("All frames are in the file"), "and that nothing is missing");
	await escapePanel();
}

// The static badge and legend: one becomes a button, the other follows the colours.
async function margins() {
	await go(picture("margins", "main;read_[k] 5\nmain;jit_[j] 3\nmain;a::b 2\n", ["--colors", "java"]));
	const badge = await run("const r = document.querySelector('.remarks').getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }");
	await clickAt(badge);
	is((await panel())?.id, "remarks", "a click on the badge opens the notes");
	ok((await panel()).text.includes("only 10 samples"), "their text", await panel());
	await escapePanel();
	await run("document.querySelector('.remarks').focus()");
	await keys(KEY.enter);
	is((await panel())?.id, "remarks", "so does Enter");
	await escapePanel();
	is(await run("return document.activeElement.getAttribute('class')"), "remarks button", "the focus goes back to the badge");
	const legend = () => run("return Array.from(document.querySelectorAll('.legend text'), (t) => t.textContent)");
	const palette = await legend();
	ok(palette.includes("kernel") && palette.length === new Set(palette).size, "the legend of the palette, once", palette);
	const place = await run("const r = document.querySelector('.legend').getBoundingClientRect(); return [r.left, r.right, document.querySelector('.legend text').getAttribute('y')]");
	ok(place[0] > 600 && place[1] <= 1195 && place[1] > 1150, "it stands at the right", place);
	await pointAt(await middleOf("main"));
	is(await run("const r = document.querySelector('.legend rect').getBoundingClientRect(); return document.elementFromPoint(r.x + 2, r.y + 2).closest('.legend') !== null &&" +
	    " document.querySelectorAll('.backdrop:not(.hide)').length"), 0, "and the details do not cover it");
	await keys("c");
	is(await legend(), [], "by name: none");
	await keys("u");
	ok(await until(async () => JSON.stringify(await legend()) === JSON.stringify(palette)), "and it comes back");
}

// Two pictures in one page of others: each has its own panel, and hears keys only when the focus is in it.
async function inlined() {
	const svgs = ["one", "two"].map((name) => readFileSync(fileURLToPath(picture(name, `${STACKS}${name} 100\n`)), "utf8").replace(/^<\?xml.*?\?>/, ""));

	await go(page("inlined.html", `<!DOCTYPE html><meta charset="utf-8"><p><a href="#">before</a></p><div>${svgs.join("</div><p>between</p><div>")}</div>`));
	await keys("m");
	is(await panel(), null, "on a page of others no key is heard outside");
	await click("svg:nth-of-type(1) [id$='menu']");
	is((await panel())?.id, "menu", "the button works");
	await press("inverted:true");
	is(await run("return Array.from(document.querySelectorAll('svg.bt-flame'), (s) => s.querySelectorAll('.panel').length)"), [1, 0], "in its own picture");
	is(await run("const ids = Array.from(document.querySelectorAll('[id]'), (e) => e.id); return ids.length - new Set(ids).size"), 0, "no id twice");
	await escapePanel();
	await keys("t");
	is((await panel())?.id, "top", "with the focus inside keys are heard");
	is(await run("return Array.from(document.querySelectorAll('svg.bt-flame'), (s) => s.querySelectorAll('.panel').length)"), [1, 0], "by this picture alone");
	await escapePanel();
}

async function htmlPage() {
	await go(picture("page", STACKS, ["--html"], "html"));
	await openPanel("m", "menu");
	await press("order:size");
	is((await state()).order, "size", "in a page of our own all is as in the picture");
	await escapePanel();
}

// A picture lower than its panels, and one higher than the window.
async function placing() {
	const inside = () => run(`const r = document.querySelector(".panel").getBoundingClientRect();
		return [r.left >= 0, r.top >= 0, r.right <= innerWidth, r.bottom <= innerHeight, r.height > 150]`);

	await go(picture("low", "a 1\n"));
	await keys("m");
	is(await inside(), [true, true, true, true, true], "a panel of a low picture is whole");
	await keys(KEY.escape);
	is(await run("return document.documentElement.style.minHeight"), "", "and the picture is low again");
	await go(picture("high", `${Array.from({ length: 150 }, (v, i) => `f${i}`).join(";")} 10\n`));
	await run("window.scrollTo(0, 1200)");
	await keys("m");
	is(await inside(), [true, true, true, true, true], "a panel of a scrolled picture is seen");
	await run("window.scrollTo(0, 100)");
	ok(await until(async () => (await inside()).every((v) => v)), "and moves when it is scrolled");
	await escapePanel();
}

await start(process.argv[2]);
const url = picture("lists", STACKS);
for (const test of [functions, manyFunctions, matches, help, about, margins, inlined, htmlPage, placing]) {
	await test(url);
	await noErrors(test.name);
	await go("data:,");
}
await finish();
