// SPDX-License-Identifier: BSD-2-Clause
// What the tests of panels read from the page, and how they open and close panels.
import { click, is, KEY, keys, run } from "./driver.mjs";

export const STACKS = `main;parse;read [libc.so.6] 300
main;parse;alloc 100
main;run;run;loop 400
main;run;alloc 150
irq_[k];tick_[k] 50
`;

// { id, title, text } of the open panel, or null.
export const panel = () => run(`const p = document.querySelector(".panel");
	return p && { id: p.dataset.panel, title: p.querySelector("h2").textContent, text: p.querySelector(".panel-body").textContent }`);

// Of what has the focus: its data-key, or its element.
export const active = () => run("const e = document.activeElement; return e === null ? null : e.getAttribute('data-key') ?? e.localName");

export const press = (key) => click(`.panel [data-key="${key}"]`);
export const pressed = (key) => run("return document.querySelector(arguments[0])?.getAttribute('aria-pressed')", `.panel [data-key="${key}"]`);

export async function openPanel(key, id) {
	await keys(key);
	is((await panel())?.id, id, `${key} opens ${id}`);
}

export async function escapePanel() {
	await keys(KEY.escape);
	is(await panel(), null, "Esc closes the panel");
}

// The widest frame of that name, in client px: { x, y, width, height, label, fill }, or null.
export const widest = (name) => run(`let best = null;
	for (const g of document.querySelectorAll(".frames > g")) {
		const rect = g.querySelector("rect"), box = rect.getBoundingClientRect();
		if (g.querySelector("title").textContent.startsWith(arguments[0] + " (") && (best === null || box.width > best.width))
			best = { x: Math.round(box.x * 10) / 10, y: Math.round(box.y), width: Math.round(box.width * 10) / 10, height: box.height,
				label: g.querySelector("text")?.textContent ?? "", fill: getComputedStyle(rect).fill };
	}
	return best`, name);

export const fillOf = async (name) => (await widest(name))?.fill;

export async function middleOf(name) {
	const f = await widest(name);

	return { x: Math.round(f.x + f.width / 2), y: Math.round(f.y + f.height / 2) };
}
