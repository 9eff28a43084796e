// SPDX-License-Identifier: BSD-2-Clause
// How long a large picture takes; times are printed and not judged.
import { readFileSync } from "node:fs";
import { call, go, is, noErrors, ok, picture, run } from "./driver.mjs";

// About 550,000 frames: stacks of depth 30 that share their beginnings, with weights of all sizes.
function folded() {
	const path = [], lines = [];
	let s = 12345;
	const random = (n) => {
		s = Math.imul(s ^ s >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
		return ((s ^ s >>> 13) >>> 0) % n;
	};

	for (let i = 0; i < 100000; i++) {
		path.length = Math.max(0, path.length - 2 - random(8));
		while (path.length < 30)
			path.push(`module_${path.length}::function_${random(4000)}`);
		lines.push(`${path.join(";")} ${1 + Math.floor(2000 / (1 + random(2000)))}\n`);
	}
	return lines.join("");
}

const EVENTS = `const done = () => new Promise((r) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); }));
	const frames = () => document.querySelectorAll(".frames > g"), times = [];
	async function timed(what, act) { const t = performance.now(); act(); await done(); times.push(what + " " + Math.round(performance.now() - t)); }
	const click = (k) => frames()[k].querySelector("rect").dispatchEvent(new MouseEvent("click", { bubbles: true }));
	const key = (k) => window.dispatchEvent(new KeyboardEvent("keydown", { key: k }));
	const type = (text) => { const i = document.querySelector(".search-box input"); i.value = text; i.dispatchEvent(new Event("input")); };`;

export default async function () {
	const text = folded(), url = picture("speed", text);
	console.log(`# ${text.length} bytes folded, ${readFileSync(new URL(url)).length} bytes of picture, ${/([0-9,]+) frames are drawn/.exec(readFileSync(new URL(url), "latin1"))?.[1]} frames in it`);
	const { identifier } = await call("POST", "/goog/cdp/execute", { cmd: "Page.addScriptToEvaluateOnNewDocument", params: { source:
		"new MutationObserver((list, o) => { if (document.querySelector('[data-viewer]')) { o.disconnect(); requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); })); } })" +
		".observe(document, { subtree: true, attributes: true, attributeFilter: ['data-viewer'] })" } });

	await go(url);
	await call("POST", "/goog/cdp/execute", { cmd: "Page.removeScriptToEvaluateOnNewDocument", params: { identifier } });
	const drawn = await run("return new Promise((r) => setTimeout(() => r([performance.getEntriesByType('paint')[0].startTime, window.drawnAt," +
	    " document.querySelectorAll('.frames > g, .narrow > rect').length, document.querySelectorAll('*').length].map(Math.round)), 100))");
	console.log(`# first paint ${drawn[0]} ms, frames painted ${drawn[1]} ms; ${drawn[2]} frames, ${drawn[3]} elements`);
	const zoom = await run(`${EVENTS} for (const k of [2, 5, 9, 0, 1, 30, 0]) await timed("zoom", () => click(Math.min(k, frames().length - 1))); return times`);
	console.log(`# ms until painted: ${zoom.join(", ")}`);
	const search = await run(`${EVENTS} key("/"); for (const text of ["f", "fu", "function_1", "_2.*7$", "nothing", ""]) await timed("search", () => type(text)); return times`);
	console.log(`# ms until painted: ${search.join(", ")}`);
	const views = await run(`${EVENTS} for (const k of ["i", "i", "s", "s", "k", "k", "r", "r"]) await timed(k, () => key(k)); return times`);
	console.log(`# ms until painted: ${views.join(", ")}`);
	ok(drawn[2] > 1000, "a large picture loads", drawn);
	is(await run("return document.documentElement.getAttribute('data-viewer')"), "ready", "and its table is read");
	await noErrors("speed");
}
