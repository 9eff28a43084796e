// SPDX-License-Identifier: BSD-2-Clause
// What the tests of frames read from the page, and how they reach one.
import { clickAt, keys, KEY, pointAt, run, type } from "./driver.mjs";

export const SMALL = `main;alpha;leaf 600
main;alpha;Alpha_inner;x 400
main;beta;alpha 1000
main;gamma;narrow_frame_name;its_child_name 2
main;gamma 7998
`;

// The text of a line or button, null while it is hidden.
export const shown = (id, nth = 0) => run("const e = document.querySelectorAll('.bt-flame [id$=\"-' + arguments[0] + '\"]')[arguments[1]];" +
    "return e === undefined || getComputedStyle(e).display === 'none' ? null : e.textContent", id, nth);

// { x, y, width, height } in the picture, the label, the classes, and the middle in the window, of the first frame with a title that begins so; or null.
export const frame = (start, nth = 0) => run(`const svg = document.querySelectorAll(".bt-flame")[arguments[1]];
	for (const g of svg.querySelectorAll(".frames > g")) {
		if (!g.querySelector("title").textContent.startsWith(arguments[0] + " ("))
			continue;
		const r = g.querySelector("rect"), box = r.getBoundingClientRect(), n = (key) => +r.getAttribute(key);
		return { x: n("x"), y: n("y"), width: n("width"), label: g.querySelector("text")?.textContent ?? "", class: g.getAttribute("class") ?? "",
			title: g.querySelector("title").textContent, fill: r.getAttribute("fill"), color: g.querySelector("text")?.getAttribute("fill") ?? "#000",
			at: { x: box.x + box.width / 2, y: box.y + box.height / 2 } };
	}
	return null`, start, nth);

// [x, width, label], what most tests ask for.
export const place = async (start) => {
	const f = await frame(start);

	return f === null ? null : [f.x, f.width, f.label];
};

export const clickFrame = async (start, nth = 0) => clickAt((await frame(start, nth)).at);
export const pointFrame = async (start) => pointAt((await frame(start)).at);

// Every frame that is drawn, as [title, x, y, width, class, label], and those too narrow for that as [x, y, width].
export const geometry = () => run(`const n = (r) => ["x", "y", "width"].map((key) => +r.getAttribute(key));
	return [Array.from(document.querySelectorAll(".frames > g"), (g) => [g.querySelector("title").textContent, ...n(g.querySelector("rect")),
		g.getAttribute("class") ?? "", g.querySelector("text")?.textContent ?? ""]), Array.from(document.querySelectorAll(".narrow > rect"), n)]`);

export const names = () => run(`return Array.from(document.querySelectorAll(".frames > g > title"), (t) => t.textContent.replace(/ \\([^(]*\\)$/, ""))`);

// The label of what has the focus.
export const focused = () => run("const e = document.activeElement; return e === null ? null : e.getAttribute('aria-label') ?? e.localName");

export async function search(text) {
	await keys(KEY.control, "f");
	await run("const i = document.querySelector('.search-box input'); i.value = ''; i.dispatchEvent(new Event('input'))");
	await type(text);
}

export async function searchFor(text) {
	await search(text);
	await keys(KEY.enter);
}

export const hash = () => run("return Object.fromEntries(new URLSearchParams(location.hash.slice(1)))");
