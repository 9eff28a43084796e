// SPDX-License-Identifier: BSD-2-Clause
// compare.mjs BINDIR - the picture of two profiles compared: both sides, what is new, gone, or not significant; prints TAP.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { back, dir, filter, finish, go, is, keys, noErrors, ok, page, pointAt, run, start, until } from "./driver.mjs";
import { hash, searchFor } from "./frames.mjs";
import { escapePanel, fillOf, middleOf, panel, press, widest } from "./panels-page.mjs";

const BASE = { "main;same": 4000, "main;grown;inner": 500, "main;parent;core": 2500, "main;gone;deep": 1000, "main;little": 300 };
const NEW = { "main;same": 4000, "main;grown;inner": 2500, "main;parent;core": 800, "main;new;fresh": 1000, "main;little": 310 };
const GREY = "rgb(210, 210, 210)";

// Makes the picture of two profiles, in files of these names; returns its URL.
function compared(name, sides, names, options = []) {
	const files = sides.map((side, i) => join(dir, names[i]));

	files.forEach((file, i) => writeFileSync(file, Object.entries(sides[i]).map(([stack, n]) => `${stack} ${n}\n`).join("")));
	return page(`${name}.svg`, filter("bt-diff", ["--no-fail", "-f", "svg", ...options, ...files]));
}

// Every frame of at least 2 px in the document TEXT, or in the page: what it says, where it is, how it looks.
const frames = (text) => run(`const doc = arguments[0] === null ? document : new DOMParser().parseFromString(arguments[0], "image/svg+xml");
	const color = (c) => /^#...$/.test(c ?? "") ? c.replace(/[^#]/g, "$&$&") : c;
	return Array.from(doc.querySelectorAll(".frames > g"), (g) => {
		const rect = g.querySelector("rect"), mark = g.querySelector("path");
		return [g.querySelector("title").textContent, ...["x", "y", "width"].map((key) => +rect.getAttribute(key)), color(rect.getAttribute("fill")),
			g.querySelector("text")?.textContent ?? "", mark && ["d", "fill", "stroke", "stroke-dasharray"].map((key) => color(mark.getAttribute(key)) ?? "none")];
	}).filter((f) => f[3] >= 2).map((f) => JSON.stringify(f)).sort()`, text);

// What stands over a frame: "hatched", "dashed" or "".
const markOf = (name) => run(`for (const g of document.querySelectorAll(".frames > g"))
		if (g.querySelector("title").textContent.startsWith(arguments[0] + " (")) {
			const mark = g.querySelector("path");
			return mark === null ? "" : /^url\\(#.*new\\)$/.test(mark.getAttribute("fill")) ? "hatched" : mark.hasAttribute("stroke-dasharray") ? "dashed" : "?";
		}
	return null`, name);
const titleOf = (name) => run(`return Array.from(document.querySelectorAll(".frames title"), (t) => t.textContent.split("\\n")[0])
	.find((t) => t.startsWith(arguments[0] + " ("))`, name);
const text = (css) => run("return document.querySelector(arguments[0])?.textContent", css);

async function asDrawn(url) {
	const file = readFileSync(fileURLToPath(url), "utf8");

	await go(url);
	is(await frames(null), await frames(file), "the viewer draws what the static picture is");
	is(await text(".legend"), await run(`return new DOMParser().parseFromString(arguments[0], "image/svg+xml").querySelector(".legend").textContent`, file),
	    "and its legend");
	ok(/base: \S*before\.folded.*new: \S*after\.folded/.test(await text("[id$=sides]")), "both sides are named", await text("[id$=sides]"));
	is([await markOf("new"), await markOf("fresh"), await markOf("gone"), await markOf("grown")], ["hatched", "hatched", "dashed", ""], "marks");
	is([await titleOf("gone"), await titleOf("new")], ["gone (base 12.05%, new 0.00%, -12.05 points, gone, -100.0%)",
		"new (base 0.00%, new 11.61%, +11.61 points, new)"], "what is gone has lost all of itself");
	is([await titleOf("little"), await fillOf("little")], ["little (base 3.61%, new 3.60%, -0.01 points, -0.4%; not significant)", GREY], "grey: not significant");
	ok(/^rgb\(230, 97, 0\)$/.test(await fillOf("grown")), "what grew most is orange", await fillOf("grown"));
	ok(/^rgb\((\d+), (\d+), (\d+)\)$/.exec(await fillOf("gone")).slice(1).map(Number).every((c, i, a) => i === 0 || a[i - 1] < c), "what is gone is blue", await fillOf("gone"));
}

async function sides(url) {
	await go(url);
	await keys("m");
	ok(/new: \S*after\.folded/.test((await panel()).text), "the menu names the sides");
	ok(!/Change of|Change colours/.test((await panel()).text), "and has no other colours of change");
	await press("show:after");
	ok(await until(async () => await widest("gone") === null && await widest("new") !== null), "new: what is gone has no frame");
	await press("show:before");
	ok(await until(async () => await widest("new") === null && await widest("gone") !== null), "base: what is new has none");
	is(await titleOf("grown"), "grown (base 6.02%, new 29.04%, +23.01 points, +382.0%)", "shares are of each side, whatever is shown");
	await press("show:elided");
	ok(await until(async () => await widest("same") === null && await widest("deep") !== null), "gone: nothing else");
	is(await hash(), { show: "elided" }, "the URL says so");
	await escapePanel();
	await back();
	ok(await until(async () => await widest("same") !== null), "Back undoes it");
}

async function zooms(url) {
	await go(url);
	await run(`document.querySelectorAll(".frames > g").forEach((g) => g.querySelector("title").textContent.startsWith("new (") && g.dispatchEvent(new MouseEvent("click", { bubbles: true })))`);
	ok(await until(async () => (await widest("new"))?.width > 1000), "zoomed");
	is([await markOf("new"), await markOf("fresh"), await markOf("main")], ["hatched", "hatched", ""], "marks go along");
	is(await run(`return document.querySelectorAll(".frames path").length`), 2, "and none is left over");
	await keys("i");
	is([await markOf("new"), await markOf("fresh")], ["hatched", "hatched"], "the other way round, too");
}

async function details(url) {
	await go(url);
	await pointAt(await middleOf("grown"));
	ok(/grown \(base 6\.02%, new 29\.04%, \+23\.01 points, \+382\.0%\)$/.test(await text("[id$=details]")), "the frame", await text("[id$=details]"));
	ok(/^base 500 samples, new 2,500 samples/.test(await text("[id$=more]")), "its samples on both sides", await text("[id$=more]"));
	await searchFor("grown|gone");
	ok(await until(async () => await text("[id$=matched]") === "Matched: base 18.07%, new 29.04%"), "matches, of each side", await text("[id$=matched]"));
}

async function table(url) {
	await go(url);
	await keys("t");
	await press("sort-totalDelta");
	const rows = await run(`return Array.from(document.querySelectorAll(".panel tbody tr"), (tr) => Array.from(tr.children, (td) =>
		Array.from(td.childNodes, (n) => n.textContent).join(" ")))`);
	is(rows.find((r) => r[6] === "inner"), ["2,500 29.04%", "500 6.02%", "+23.01 points", "2,500 29.04%", "500 6.02%", "+23.01 points", "inner"], "samples and shares of both sides");
	ok(["core", "parent"].includes(rows.at(-1)[6]), "what lost most comes last", rows.at(-1));
	is(rows.find((r) => r[6] === "deep").slice(0, 3), ["0 0.00%", "1,000 12.05%", "-12.05 points"], "what is gone is there");
	await escapePanel();
}

// Merged and turned around, the sums of both sides stay right.
async function turned(url) {
	await go(url);
	await keys("r");
	ok(await until(async () => await titleOf("core") === "core (base 30.12%, new 9.29%, -20.83 points, -69.2%)"), "callers", await titleOf("core"));
	is([await markOf("fresh"), await markOf("deep"), await fillOf("little")], ["hatched", "dashed", GREY], "have marks, too");
	await keys("k");
	is(await titleOf("little"), "little (base 3.61%, new 3.60%, -0.01 points, -0.4%)", "where frames were merged nothing is said of significance");
}

const EVIL = "<b>&'\" \u202e]]>.folded";

async function hostile() {
	await go(compared("hostile", [{ "a;<i>": 5000, "a;b": 900 }, { "a;<i>": 5000, "a;c": 3000 }], [EVIL, "x".repeat(200) + ".folded"]));
	is(await run("return document.querySelectorAll('b, i:not(.panel i)').length"), 0, "names of files are text");
	ok((await text("[id$=sides]")).includes("<b>&'\" \ufffd]]>.folded"), "and can be read", await text("[id$=sides]"));
	ok(/xx\.\.x+\.folded$/.test(await text("[id$=sides]")), "a long one is cut in its middle");
	await keys("m");
	ok((await panel()).text.includes("<b>&'\""), "in the menu, too");
	await keys("m");
}

// Two pictures on one page: each has its own hatching.
async function inlined(url) {
	const svg = [url, compared("second", [NEW, BASE], ["before2.folded", "after2.folded"])].map((u) => readFileSync(fileURLToPath(u), "utf8").replace(/^<\?xml.*\n/, ""));

	await go(page("two.html", `<!DOCTYPE html><meta charset="utf-8">${svg.join("\n")}\n${svg[0]}`));
	is(await run(`const ids = Array.from(document.querySelectorAll("pattern"), (p) => p.id);
		return Array.from(document.querySelectorAll(".bt-flame"), (s) => Array.from(s.querySelectorAll(".frames path[fill^=url]"), (p) => ids.includes(p.getAttribute("fill").slice(5, -1))))`),
	[[true, true], [true, true], [true, true]], "hatching is found where three pictures are on a page");
	is(await run(`return Array.from(document.querySelectorAll("[id$=sides]"), (s) => s.children.length)`), [2, 2, 2], "each names its sides");
}

await start(process.argv[2]);
const url = compared("compare", [BASE, NEW], ["before.folded", "after.folded"]);
for (const test of [asDrawn, sides, zooms, details, table, turned, hostile, inlined]) {
	await test(url);
	await noErrors(test.name);
	await go("data:,");
}
await finish();
