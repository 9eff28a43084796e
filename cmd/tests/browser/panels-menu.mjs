// SPDX-License-Identifier: BSD-2-Clause
// panels-menu.mjs BINDIR - the menu and its switches, by mouse and by key; prints TAP.
import { back, click, clickAt, finish, go, is, KEY, keys, noErrors, ok, picture, run, start, until } from "./driver.mjs";
import { hash as state } from "./frames.mjs";
import { active, escapePanel, fillOf, middleOf, openPanel, panel, press, pressed, STACKS, widest } from "./panels-page.mjs";

// Of each switch its key, its value in the URL after one step, and what can be seen of that.
const SWITCHES = [
	{ name: "inverted", key: "i", to: "true", seen: async () => (await widest("main")).y < (await widest("parse")).y },
	{ name: "reversed", key: "r", to: "true", seen: async () => (await widest("loop")).width === (await widest("run")).width &&
	    (await widest("loop")).y > (await widest("run")).y },
	{ name: "order", key: "s", to: "size", seen: async () => (await widest("run")).x < (await widest("parse")).x },
	{ name: "cut", key: "l", to: "left", seen: async () => (await widest(LONG)).label.startsWith("..") },
	{ name: "collapse", key: "k", to: "true", seen: async () => (await run("return document.querySelectorAll('.frames > g')" +
	    ".length")) > 0 && await depthOf("loop") === await depthOf("run") + 1 },
	{ name: "color", key: "c", to: "name", seen: async (before) => await fillOf("main") !== before }
];
const LONG = "a_function_with_a_name_that_is_far_longer_than_what_its_frame_has_room_for_in_this_picture";

const depthOf = async (name) => Math.round((await widest("main")).y / 16) - Math.round((await widest(name)).y / 16);

async function opening(url) {
	await go(url);
	await openPanel("m", "menu");
	is(await active(), "inverted:false", "m opens the menu, and the focus is in it");
	await keys(KEY.tab);
	is(await active(), "inverted:true", "Tab goes on in it");
	await keys(KEY.shift, KEY.tab);
	await keys(KEY.shift, KEY.tab);
	await keys(KEY.shift, KEY.tab);
	is(await active(), "help", "and from the first to the last");
	await escapePanel();
	await click("[id$='menu']");
	is((await panel())?.id, "menu", "the Menu button opens it");
	await press("close");
	is(await panel(), null, "the close button closes it");
	await keys("m");
	await keys("m");
	is(await panel(), null, "m closes it again");
	await keys("m");
	await press("help");
	is((await panel())?.id, "help", "one panel at a time");
	is(await run("return document.querySelectorAll('.panel').length"), 1, "and no other left in the document");
	await escapePanel();
}

async function switches(url) {
	for (const s of SWITCHES) {
		await go("data:,");
		await go(url);
		const fill = await fillOf("main");
		ok(!await s.seen(fill), `${s.name}: not at first`);
		await keys("m");
		await press(`${s.name}:${s.to}`);
		is(await pressed(`${s.name}:${s.to}`), "true", `${s.name}: the button is pressed`);
		is(await active(), `${s.name}:${s.to}`, `${s.name}: and has the focus still`);
		ok(await s.seen(fill), `${s.name}: the picture follows`);
		ok((await state())[s.name] !== undefined, `${s.name}: the URL has it`, await state());
		await escapePanel();
		await back();
		ok(!await s.seen(fill), `${s.name}: Back undoes it`);
		await keys(s.key);
		ok(await s.seen(fill), `${s.name}: key ${s.key}`);
		await keys("u");
		ok(await until(async () => !await s.seen(fill)), `${s.name}: u undoes it`);
	}
}

async function colours(url) {
	await go("data:,");
	await go(url);
	await keys("m");
	await press("color:module");
	const entries = await run("return Array.from(document.querySelectorAll('.panel-color'), (e) => e.textContent)");
	is(entries[0], "libc.so.6 28.30%", "by module: the largest is named, with its share");
	is(await run("return document.querySelector('.legend').textContent.includes('libc.so.6')"), true, "and below the picture");
	const swatch = await run("return getComputedStyle(document.querySelector('.panel-color i')).backgroundColor");
	is(await fillOf("read [libc.so.6]"), swatch, "the frame has the colour of the legend");
	is(entries.at(-1), "no module 71.70%", "and what has none");
	await press("color:kind");
	is(await run("return Array.from(document.querySelectorAll('.panel-color'), (e) => e.textContent)"), ["user", "kernel"],
	    "by kind: the kinds that are there");
	await press("color:self");
	const ramp = await run("return Array.from(document.querySelectorAll('.panel-color i'), (e) => getComputedStyle(e).backgroundColor)");
	ok(ramp.length >= 5, "by self weight: a ramp");
	is(await fillOf("loop"), ramp.at(-1), "its end is the frame with the most samples of its own");
	is(await fillOf("main"), ramp[0], "its beginning what has none");
	await press("color:name");
	is(await run("return document.querySelectorAll('.panel-color, .legend').length"), 0, "by name: no legend");
}

async function chart() {
	await go(picture("chart", "zeta 100\nalpha 50\nzeta 200\n", ["--flamechart"]));
	await keys("m");
	is(await pressed("order:time"), "true", "a chart is in the order of time");
	ok((await widest("zeta")).x > (await widest("alpha")).x, "its later half stands right");
	await press("order:name");
	ok(await until(async () => (await widest("alpha")).x < (await widest("zeta")).x && await pressed("order:name") === "true"), "by name", await state());
	await press("order:size");
	ok(await until(async () => (await widest("zeta")).x < (await widest("alpha")).x), "by size");
	await press("order:time");
	is(await state(), {}, "and in time again");
	await keys("m");
	await clickAt(await middleOf("zeta"), "right");
	is(await run("return document.querySelector('[data-key=hide-frame]').textContent"), "Hide these frames", "of a chart all frames of that path are hidden");
	await press("hide-frame");
	ok(await until(async () => await widest("zeta") === null), "so they are");
	await keys("x");
	ok((await panel()).text.includes("the frames zeta"), "and called so", (await panel()).text);
	await escapePanel();
}

// Black on white and white on black, or nearly: the contrast of the text of all that a panel holds.
async function contrast(options) {
	await go(picture(`contrast${options.length}`, STACKS, options));
	for (const [key, id] of [["m", "menu"], ["t", "top"], ["?", "help"], ["a", "remarks"]]) {
		await openPanel(key, id);
		const least = await run(`
			const paint = document.createElement ? document.createElementNS("http://www.w3.org/1999/xhtml", "canvas").getContext("2d") : null;
			const rgb = (c) => { paint.clearRect(0, 0, 1, 1); paint.fillStyle = c; paint.fillRect(0, 0, 1, 1); return Array.from(paint.getImageData(0, 0, 1, 1).data); };
			const light = (c) => c.slice(0, 3).map((b) => b / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
				.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
			const back = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
			let least = 21;
			for (const e of document.querySelectorAll(".panel *"))
				if (Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim() !== "")) {
					const a = light(rgb(getComputedStyle(e).color)), b = light(back(e));
					least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
				}
			return least;`);
		ok(least >= 4.5, `${options.join(" ")} ${id}: contrast of text`, least);
		await escapePanel();
	}
}

await start(process.argv[2]);
const url = picture("menu", `${STACKS}${LONG} 60\n`);
for (const test of [opening, switches, colours, chart]) {
	await test(url);
	await noErrors(test.name);
}
await contrast([]);
await contrast(["--theme", "dark"]);
await noErrors("contrast");
await finish();
