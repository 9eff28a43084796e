/* SPDX-License-Identifier: BSD-2-Clause */
/* What the colours mean, where they mean something: a row below the frames, and in the menu. */

const LEGEND_MODULES = 12;		/* the largest ones are named */
const LEGEND_STEPS = 7;			/* of a ramp */

/* The entries made last, and what for. */
let legendMade = { key: "", totals: null, list: [] };

/* Entries { color: CSS, before, text, mark }: texts stand at both sides and may be empty; MARK is one of compare.js. */
function legendEntries() {
	const key = [state.color, state.blind, state.delta, state.show, state.color === "self" ? maxSelf() : 0].join(" ");
	const totals = state.color === "module" ? view.totals() : null;

	if (legendMade.key !== key || legendMade.totals !== totals)
		legendMade = { key, totals, list: makeLegend() };
	return legendMade.list;
}

function makeLegend() {
	const meta = page.meta;

	switch (state.color) {
	case "palette":
		return (meta.legend || []).map((e) => ({ color: e[0], text: e[1] }));
	case "kind":
		return legendOfKinds();
	case "module":
		return legendOfModules();
	case "self":
		return legendRamp((t) => heatColor(t), "0% self", percentText(maxSelf(), view.whole));
	case "delta":
		return legendOfChange();
	default:
		return [];
	}
}

function legendOfKinds() {
	const meta = page.meta, there = new Set(page.profile.kind.subarray(NAMED));

	const text = (t, k) => k === 0 && !there.has(1) ? t + " or kernel" : t;

	return (meta.kinds || []).map((t, k) => ({ color: cssColor(kindTint(k)), text: text(t, k), k }))
		.filter((e) => there.has(e.k));
}

/* By the samples of their own; the last entry is for what names no module. */
function legendOfModules() {
	const t = view.totals(), sums = new Map();

	for (let id = NAMED; id < page.profile.names.length; id++)
		if (t.self[id] > 0)
			sums.set(moduleOf(id), (sums.get(moduleOf(id)) || 0) + t.self[id]);
	const none = sums.get("") || 0;
	sums.delete("");
	const list = Array.from(sums).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, LEGEND_MODULES)
		.map((e) => ({ color: cssColor(hueColor(e[0])), text: e[0] + " " + percentText(e[1], view.whole) }));
	if (none > 0)
		list.push({ color: "#d0d0d0", text: "no module " + percentText(none, view.whole) });
	return list;
}

function legendRamp(color, from, to) {
	const list = [];

	for (let i = 0; i < LEGEND_STEPS; i++)
		list.push({ color: cssColor(color(i / (LEGEND_STEPS - 1))), text: i === LEGEND_STEPS - 1 ? to : "", before: i === 0 ? from : "" });
	return list;
}

/* With meta.negate the numbers shown are before minus after, and so are these. */
function legendOfChange() {
	if (comparison() !== null)
		return legendOfComparison();
	const max = maxDelta(), negate = page.meta.negate;

	return legendRamp((t) => deltaColor((negate ? 1 - 2 * t : 2 * t - 1) * max, max, state.blind, negate),
	    "less: " + signedText(-max), "more: " + signedText(max));
}

/* In the menu. */
function fillLegend(box) {
	box.textContent = "";
	for (const e of legendEntries()) {
		const item = addHtml(box, "span", { class: e.text === "" ? "panel-color step" : "panel-color" });
		if (e.before)
			addHtml(item, "span", { class: "panel-color-text" }, e.before);
		addHtml(item, "i", { class: e.mark || "" }).style.backgroundColor = e.color;
		if (e.text !== "")
			addHtml(item, "span", { class: "panel-color-text" }, e.text);
	}
}

/* What the row of the picture was drawn of, and where it begins. */
let legendDrawn = { list: null, width: 0, height: 0, left: Infinity };

/* Where the room beside the row ends, in px of the picture: Infinity where there is no row, or too little room to speak of. */
function legendLeft() {
	return legendDrawn.left < page.width() / 2 ? Infinity : legendDrawn.left;
}

/* The row at the lower edge of the picture; the static one goes. */
function drawLegend() {
	const list = legendEntries(), width = page.width(), height = page.height();

	if (legendDrawn.list === list && legendDrawn.width === width && legendDrawn.height === height)
		return;
	for (const old of page.svg.querySelectorAll(".legend"))
		old.remove();
	legendDrawn = { list, width, height, left: list.length > 0 ? drawLegendRow(list, width, height) : Infinity };
}

/* At the right; returns where it begins. */
function drawLegendRow(list, width, height) {
	const font = { size: page.meta.font * 0.85, box: page.meta.font * 0.7, char: page.meta.char * 0.85 };
	const row = el("g", { class: "legend", "font-size": font.size, role: "list", "aria-label": "Colours" });
	const room = Math.max(Math.floor((width - 2 * MARGIN) / list.length / font.char - 4), 4);
	const entries = list.map((e) => Object.assign({ shown: e.before === undefined ? cutEnd(e.text, room) : e.text }, e));
	const left = Math.max(width - MARGIN - entries.reduce((sum, e) => sum + entryWidth(e, font), 0), MARGIN);
	let x = left;

	page.frames.after(row);
	for (const e of entries) {
		drawLegendEntry(row, e, x, height - 4, font);
		x += entryWidth(e, font);
	}
	return left;
}

function cutEnd(text, chars) {
	const points = Array.from(text);

	return points.length <= chars ? text : points.slice(0, chars - 2).join("") + "..";
}

function legendTextWidth(text, font) {
	return text ? (Array.from(text).length + 1) * font.char : 0;
}

function entryWidth(e, font) {
	return legendTextWidth(e.before, font) + font.box + (e.shown ? font.box / 2 + legendTextWidth(e.shown, font) : 0);
}

function drawLegendEntry(row, e, x, y, font) {
	const item = el("g", { role: "listitem" }, row), box = x + legendTextWidth(e.before, font);

	if (e.before)
		el("text", { x, y }, item).textContent = e.before;
	el("rect", { x: box, y: y - font.box, width: font.box, height: font.box, fill: e.color }, item);
	if (e.mark)
		el("path", Object.assign(markLook(e.mark, 0xffffff, box, box + font.box, y - font.box, font.box, 0.5), e.mark === "gone" ? { "stroke-dasharray": "2 1" } : {}), item);
	if (e.shown)
		el("text", { x: box + font.box * 1.5, y }, item).textContent = e.shown;
	if (e.shown !== e.text)
		el("title", {}, item).textContent = e.text;
}
