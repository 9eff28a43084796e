// SPDX-License-Identifier: BSD-2-Clause
// Six typical pictures beside those in testdata/screens, which were looked at by eye.  BLESS=1 takes new ones.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

// The share of pixels that differ clearly, where both are as large; else 1.
const DIFFERENCE = `const done = arguments[arguments.length - 1], load = (data) => new Promise((resolve) => {
		const image = new Image();
		image.onload = () => { const c = document.createElement("canvas"), t = c.getContext("2d"); c.width = image.width; c.height = image.height;
			t.drawImage(image, 0, 0); resolve(t.getImageData(0, 0, c.width, c.height)); };
		image.src = "data:image/png;base64," + data;
	});
	Promise.all([load(arguments[0]), load(arguments[1])]).then(([a, b]) => {
		let bad = 0;
		if (a.width !== b.width || a.height !== b.height)
			return done(1);
		for (let i = 0; i < a.data.length; i += 4)
			bad += [0, 1, 2].some((k) => Math.abs(a.data[i + k] - b.data[i + k]) > 64);
		done(bad / (a.data.length / 4));
	})`;

async function compare(name, png) {
	const file = join(KEPT, `${name}.png`);

	if (process.env.BLESS)
		writeFileSync(file, Buffer.from(png, "base64"));
	ok(existsSync(file), `${file} is there; else: make bless`);
	await go(page("compare.html", "<!DOCTYPE html><title>compare</title>"));
	const share = await call("POST", "/execute/async", { script: DIFFERENCE, args: [png, readFileSync(file).toString("base64")] });
	ok(share < 0.04, `${file} is what the picture looks like, but for its letters; else look at it, and: make bless`, share);
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
	for (const [name, input, options, act] of screens) {
		await go(drawn(`screen-${name}`, input === "lua.folded" ? lua : input, options));
		if (act !== undefined)
			await act();
		await wait(100);
		await noErrors(name);
		await compare(name, await call("GET", "/screenshot"));
	}
	await windowSize(1300, 900);
}
