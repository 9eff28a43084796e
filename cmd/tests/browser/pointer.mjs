// SPDX-License-Identifier: BSD-2-Clause
// The mouse: what lies under the bars can be reached, and what a key moves under it is not pointed at.
import { clickAt, go, is, KEY, keys, noErrors, ok, picture, pointAt, run, until } from "./driver.mjs";
import { clickFrame, frame, hash, pointFrame, SMALL, shown } from "./frames.mjs";

const HIGH = `${Array.from({ length: 120 }, (v, i) => `level_${i}`).join(";")} 100\n`;

// A picture higher than the window: the details stand over its frames.
async function strip() {
	const url = picture("pointer-high", HIGH), name = (y) => run("return document.elementFromPoint(600, arguments[0]).closest('.frames > g')" +
	    "?.querySelector('title').textContent.replace(/ \\(.*/, '') ?? null", y);
	const high = await run("return innerHeight");

	for (const above of [10, 20, 30]) {
		await go("data:,");
		await go(url);
		await run("scrollTo(0, 300)");
		await pointAt({ x: 600, y: 300 });
		const at = await name(high - above);
		ok(at !== null, `${above} px above the edge a frame is reached`);
		await pointAt({ x: 600, y: high - above });
		for (let i = 0; i < 4; i++)
			await pointAt({ x: 600 + i, y: high - above });
		ok((await shown("details")).startsWith(`Function: ${at} (`), `${above} px: its details are shown`, await shown("details"));
		is(await name(high - above), at, `${above} px: and it is still there`);
		await clickAt({ x: 600, y: high - above });
		is((await hash()).y, String(Number(at.slice(6)) + 1), `${above} px: a click zooms to it`);
	}
	await go(`${url}#s=level_7`);
	await run("scrollTo(0, 300)");
	await run("return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
	const box = await run("const r = document.querySelector('[id$=matched]').getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }");
	await clickAt(box);
	is(await run("return document.querySelector('.panel')?.dataset.panel ?? null"), "matches", "a click on what matches opens the list");
}

async function still(url) {
	await go(url);
	await pointFrame("beta");
	await keys(KEY.up);
	await keys(KEY.up);
	const before = await shown("details");
	ok(before.startsWith("Function: main"), "an arrow selects", before);
	const { at } = await frame("beta");
	const over = (dx) => run("document.elementFromPoint(arguments[0], arguments[1]).dispatchEvent(new MouseEvent('mouseover', " +
	    "{ bubbles: true, clientX: arguments[0] + arguments[2], clientY: arguments[1] }))", Math.round(at.x), Math.round(at.y), dx);
	await over(0);
	is(await shown("details"), before, "what comes under a still mouse changes no details");
	await over(3);
	ok((await shown("details")).startsWith("Function: beta"), "a mouse that moves does", await shown("details"));
}

async function pointed(url) {
	const fresh = async (name) => {
		await go("data:,");
		await go(url);
		await pointFrame(name);
	};

	await fresh("beta");
	await keys("h");
	is([await frame("beta"), await hash()], [null, { hide: "[{\"kind\":\"path\",\"path\":[\"main\",\"beta\"]}]" }], "h hides the frame under the mouse");
	await fresh("alpha");
	await keys("H");
	is(await hash(), { hide: "[{\"kind\":\"name\",\"name\":\"alpha\"}]" }, "H its function");
	await fresh("beta");
	await keys("f");
	is(await hash(), { focus: "beta" }, "f focuses on it");
	await keys("f");
	is(await hash(), {}, "and again ends that, whatever is under the mouse now");
	await keys("f");
	await pointFrame("main");
	await keys("f");
	is(await hash(), { focus: "main" }, "once the mouse has moved it is another one");
	await fresh("leaf");
	await keys(".");
	is(await run("return document.querySelector('.panel h2').textContent"), "leaf", ". opens its menu");
	await keys(KEY.escape);
	await go("data:,");
	await go(url);
	await clickFrame("beta");
	await pointFrame("main");
	await keys("h");
	is(await hash(), { hide: "[{\"kind\":\"path\",\"path\":[\"main\",\"beta\"]}]" }, "a selected frame goes before it");
	await go("data:,");
	await go(url);
	await pointAt({ x: 600, y: 600 });
	await keys("h");
	ok(await until(async () => /^Point at a frame/.test(await shown("details"))), "without either it says what to do", await shown("details"));
}

export default async function () {
	const url = picture("pointer", SMALL);

	for (const test of [strip, still, pointed]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}
