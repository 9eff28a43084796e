// SPDX-License-Identifier: BSD-2-Clause
// Typical pictures beside those in testdata/screens, which were looked at by eye.  BLESS=1 takes new ones.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { call, clickAt, dir, drawn, filter, go, KEY, keys, noErrors, ok, page, run, type, wait, windowSize } from "./driver.mjs";
import { middleOf } from "./panels-page.mjs";

const KEPT = "testdata/screens", demo = "testdata/demo";

async function searchFor(text) {
	await keys("/");
	await type(text);
	await keys(KEY.enter);
}

// NAME, what is drawn, with which options, and what is done to it.
const screens = [
	["native", `${demo}/native.bt`, ["--title", "sqlite3, on CPU"]],
	["lua", "lua.folded", ["--title", "A shop in LuaJIT", "--colors", "kind"]],
	["differential", `${demo}/change.folded.zst`, ["--title", "sqlite3, with a slower comparison", "--diff-inclusive"]],
	["dark", `${demo}/inlined.folded.zst`, ["--title", "sqlite3, with its inlined calls", "--colors", "java", "--theme", "dark", "--inverted"]],
	["zoomed", `${demo}/native.bt`, ["--title", "sqlite3, on CPU"], async () => {
		await clickAt(await middleOf("sqlite3BtreeInsert"));
		await searchFor("balance");
	}],
	["focus", `${demo}/inlined.folded.zst`, ["--title", "sqlite3, with its inlined calls"], async () => {
		await run("location.hash = 'focus=' + encodeURIComponent(arguments[0])", "sqlite3VdbeExec");
		await wait(300);
		await keys("t");
	}]
];

const BLOCK = 8, CLEAR = 40, SHARE = 0.004;

// The share of blocks whose mean colours differ clearly, where both are as large; else 1.  In a mean the letters of another font are much the same.
const DIFFERENCE = `const done = arguments[arguments.length - 1], load = (data) => new Promise((resolve) => {
		const image = new Image();
		image.onload = () => { const c = document.createElement("canvas"), t = c.getContext("2d"); c.width = image.width; c.height = image.height;
			t.drawImage(image, 0, 0); resolve(t.getImageData(0, 0, c.width, c.height)); };
		image.src = "data:image/png;base64," + data;
	});
	const mean = (image, x0, y0, k) => {
		const x1 = Math.min(x0 + ${BLOCK}, image.width), y1 = Math.min(y0 + ${BLOCK}, image.height);
		let sum = 0;
		for (let y = y0; y < y1; y++)
			for (let x = x0; x < x1; x++)
				sum += image.data[4 * (y * image.width + x) + k];
		return sum / ((x1 - x0) * (y1 - y0));
	};
	Promise.all([load(arguments[0]), load(arguments[1])]).then(([a, b]) => {
		let bad = 0, all = 0;
		if (a.width !== b.width || a.height !== b.height)
			return done(1);
		for (let y = 0; y < a.height; y += ${BLOCK})
			for (let x = 0; x < a.width; x += ${BLOCK}, all++)
				bad += [0, 1, 2].some((k) => Math.abs(mean(a, x, y, k) - mean(b, x, y, k)) > ${CLEAR});
		done(bad / all);
	})`;

const difference = (a, b) => call("POST", "/execute/async", { script: DIFFERENCE, args: [a, b] });

export async function compare(name, png) {
	const file = join(KEPT, `${name}.png`);

	if (process.env.BLESS)
		writeFileSync(file, Buffer.from(png, "base64"));
	ok(existsSync(file), `${file} is there; else: make bless`);
	await go(page("compare.html", "<!DOCTYPE html><title>compare</title>"));
	const share = await difference(png, readFileSync(file).toString("base64"));
	ok(share < SHARE, `${file} is what the picture looks like, but for its letters; else look at it, and: make bless`, share);
}

// A row of frames in another colour is a difference; letters of another font are none.
async function sensitive() {
	const shot = () => call("GET", "/screenshot"), style = (text) => run("const s = document.createElementNS('http://www.w3.org/2000/svg', 'style');" +
	    "s.className.baseVal = 'mine'; document.querySelectorAll('.mine').forEach((m) => m.remove()); s.textContent = arguments[0]; document.documentElement.append(s)", text);

	await go(drawn("screen-sensitive", `${demo}/native.bt`, []));
	const before = await shot();
	await style("text { font-family: serif; }");
	const letters = await shot();
	await style("");
	await run("const r = document.createElementNS('http://www.w3.org/2000/svg', 'rect'); for (const [k, v] of [['x', 100], ['y', 303], ['width', 700], ['height', 16], ['fill', '#60c060']])" +
	    " r.setAttribute(k, v); document.documentElement.append(r)");
	const row = await shot();
	await go(page("compare.html", "<!DOCTYPE html><title>compare</title>"));
	const shares = [await difference(before, before), await difference(before, letters), await difference(before, row)];
	ok(shares[0] === 0 && shares[1] < SHARE && shares[2] > SHARE, "letters of another font are no difference, a row of another colour is", shares);
}

// What the main pipeline makes of the demo's Lua trace: the name of a file.
function luaFolded() {
	const folded = filter("bt-collapse", ["-q", `${demo}/lua.bt.zst`]);

	writeFileSync(join(dir, "lua.folded"), filter("bt-fixlua", ["-q", "--map", `/opt/shop=${demo}/shop`], folded));
	return join(dir, "lua.folded");
}

export default async function screensTests() {
	const lua = luaFolded();

	await windowSize(1216, 740);
	await sensitive();
	for (const [name, input, options, act] of screens) {
		await go(drawn(`screen-${name}`, input === "lua.folded" ? lua : input, options));
		if (act !== undefined)
			await act();
		await wait(100);
		await noErrors(name);
		await compare(name, await call("GET", "/screenshot"));
	}
	const runs = ["fsync-alone.txt", "fsync-with-a-writer.txt"].map((f) => `${demo}/${f}`), picture = join(dir, "screen-hist.svg");
	writeFileSync(picture, filter("bt-hist", runs));
	await windowSize(992, 572);
	await go(pathToFileURL(picture).href);
	await noErrors("hist");
	await compare("hist", await call("GET", "/screenshot"));
	await windowSize(1300, 900);
}
