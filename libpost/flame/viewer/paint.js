/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames become elements: a pool of them, of which only what differs is written. */

const WIDE = 2;				/* px: from here on a group with title and label; else only a box */
const FADE = 0.55;			/* of the way to the background, for ancestors of the zoomed frame */

/* Elements in use are the first ones; slotOf finds what an element shows. */
const pools = { wide: [], narrow: [], wideUsed: 0, narrowUsed: 0 };
const slotOf = new WeakMap();
let narrowBox = null, ring = null;
let colors = { back: 0xffffff, match: 0xe600e6 };

/* ---- colours ---- */

/* "#rgb", "#rrggbb" or what a browser makes of another colour. */
function rgbOf(text, fallback) {
	const probe = el("g", { style: "color:" + fallback }, page.svg);

	probe.style.color = text;
	const m = /(\d+)\D+(\d+)\D+(\d+)/.exec(getComputedStyle(probe).color);
	probe.remove();
	return m === null ? 0 : Number(m[1]) << 16 | Number(m[2]) << 8 | Number(m[3]);
}

function readColors() {
	const style = getComputedStyle(page.svg), value = (name, fallback) => style.getPropertyValue(name).trim() || fallback;

	colors = { back: rgbOf(value("--bt-back", "#fff"), "#fff"), match: rgbOf(value("--bt-match", page.meta.match || "#e600e6"), "#e600e6") };
}

const modules = new Map();		/* by number of a name */

/* The module of a function, "" if its name has none. */
function moduleOf(id) {
	let module = modules.get(id);

	if (module === undefined)
		modules.set(id, module = sourceOf(page.profile.names[id]).module);
	return module;
}

const tints = {
	name: (id) => hueColor(page.profile.shown[id]),
	module: (id) => moduleOf(id) === "" ? 0xd0d0d0 : hueColor(moduleOf(id)),
	kind: (id) => kindTint(page.profile.kind[id])
};
const tinted = {};			/* by choice of colours: by name, 0 as long as it is not known */

function kindTint(kind) {
	const color = (page.meta.kindColors || [])[kind];

	return color === undefined ? 0xc8c8c8 : parseInt(color.slice(1), 16);
}

function tintOf(id) {
	const of = state.color;

	if (tinted[of] === undefined)
		tinted[of] = new Uint32Array(page.profile.names.length);
	if (tinted[of][id] === 0)
		tinted[of][id] = 0x1000000 | tints[of](id);
	return tinted[of][id] & 0xffffff;
}

const maxima = {};			/* by what changes are of */

/* The largest change of a frame, in units: at least that of one sample; in a comparison as deltaOf has it. */
function maxDelta() {
	const tree = page.profile.tree, of = state.delta;

	if (comparison() !== null)
		return comparison().max;
	if (maxima[of] === undefined) {
		maxima[of] = Math.pow(10, page.meta.scale);
		for (let i = of === "inclusive" ? 1 : 0; tree.before !== null && i < tree.n; i++)
			if (tree.name[i] !== GAP)
				maxima[of] = Math.max(maxima[of], Math.abs(deltaOf(tree, i)));
	}
	return maxima[of];
}

const heaviest = new WeakMap();		/* by tree */

/* The most samples that any frame of the view has of its own. */
function maxSelf() {
	let most = 0;

	for (const { tree } of view.parts) {
		if (!heaviest.has(tree))
			heaviest.set(tree, mostSelf(tree));
		most = Math.max(most, heaviest.get(tree));
	}
	return most;
}

function mostSelf(tree) {
	let most = 0;

	for (let i = tree.name[0] === ROOT ? 1 : 0; i < tree.n; i++)
		if (tree.name[i] !== GAP && tree.name[i] !== MORE)
			most = Math.max(most, selfOf(tree, i));
	return most;
}

/* Frames that stand for nothing of their own keep their colour. */
function plainColor(part, node, id) {
	const tree = view.parts[part].tree;

	if (id === ROOT)
		return page.rootColor;
	if (id === MORE)
		return page.profile.color[MORE];
	switch (state.color) {
	case "self":
		return heatColor(maxSelf() > 0 ? selfOf(tree, node) / maxSelf() : 0);
	case "delta":
		if (tree.before === null || /^--?$/.test(page.profile.names[id]))
			return page.profile.color[id];
		if (comparison() !== null && isGrey(tree, node))
			return NOT_SIGNIFICANT;
		return deltaColor(deltaOf(tree, node), maxDelta(), state.blind, page.meta.negate);
	case "palette":
		return page.profile.color[id];
	default:
		return tintOf(id);
	}
}

function isMatch(id) {
	return view.matched !== null && view.matched[id] === 1;
}

function isFaded(part, node) {
	const zoom = zoomIn(part);

	return node < zoom && view.parts[part].tree.last[node] >= zoom;
}

function fillOf(part, node, id) {
	const rgb = isMatch(id) ? colors.match : plainColor(part, node, id);

	return isFaded(part, node) ? mixColor(rgb, colors.back, FADE) : rgb;
}

/* ---- elements ---- */

/* Write an attribute that is not as it was when last written. */
function put(slot, node, key, value) {
	if (slot[key] === value)
		return;
	slot[key] = value;
	if (value === null)
		node.removeAttribute(key);
	else
		node.setAttribute(key, value);
}

function newSlot(g, rect) {
	const slot = { part: 0, node: 0, g, rect, title: null, text: null, mark: null, label: "", fillRgb: -1,
	    x: null, y: null, width: null, class: null, shownTitle: "" };

	slotOf.set(g === null ? rect : g, slot);
	return slot;
}

function newWide() {
	const g = el("g", {}), title = el("title", {}, g), slot = newSlot(g, el("rect", { height: page.meta.pitch - 1 }, g));

	slot.title = title;
	return slot;
}

function newNarrow() {
	return newSlot(null, el("rect", { height: page.meta.pitch - 1 }));
}

function putBox(slot, x1, x2, y) {
	const left = Math.round(x1 * 10), right = Math.round(x2 * 10);

	put(slot, slot.rect, "x", left / 10);
	put(slot, slot.rect, "width", (right - left) / 10);
	put(slot, slot.rect, "y", y);
}

function putFill(slot, rgb) {
	if (slot.fillRgb === rgb)
		return;
	slot.fillRgb = rgb;
	slot.rect.setAttribute("fill", cssColor(rgb));
}

/* What says that a frame is only on one side. */
function putMark(slot, mark, x1, x2, y) {
	const height = page.meta.pitch - 1;

	if (mark === "" || x2 - x1 < MARK_LEAST || height < MARK_LEAST) {
		if (slot.mark !== null)
			slot.mark.remove();
		slot.mark = null;
		return;
	}
	if (slot.mark === null) {
		slot.mark = el("path", {});
		slot.rect.after(slot.mark);
	}
	for (const [key, value] of Object.entries(markLook(mark, slot.fillRgb, x1, x2, y, height)))
		slot.mark.setAttribute(key, value);
}

/* The words in a frame; what they are written in follows from its colour. */
function putLabel(slot, label, x, y) {
	if (label === "") {
		if (slot.label !== "") {
			slot.text.g.remove();
			slot.label = "";
		}
		return;
	}
	if (slot.text === null)
		slot.text = { g: el("text", {}), x: null, y: null, fill: null };
	if (slot.label !== label) {
		slot.text.g.textContent = label;
		if (slot.label === "")
			slot.g.appendChild(slot.text.g);
		slot.label = label;
	}
	put(slot.text, slot.text.g, "x", Math.round((x + 3) * 100) / 100);
	put(slot.text, slot.text.g, "y", y + 3 + (page.meta.pitch - 1) / 2);
	put(slot.text, slot.text.g, "fill", textOn(slot.fillRgb) === 0 ? null : "#fff");
}

function classOf(slot, id) {
	const attrs = own(page.meta.attrs, page.profile.names[id]), list = [];

	if (isFaded(slot.part, slot.node))
		list.push("parent");
	if (isMatch(id))
		list.push("match");
	if (attrs !== null && typeof attrs.class === "string")
		list.push(attrs.class);
	return list.length > 0 ? list.join(" ") : null;
}

/* A member of an object that others have made, or null. */
function own(object, key) {
	return object && Object.hasOwn(object, key) ? object[key] : null;
}

function putTitle(slot, text) {
	if (slot.shownTitle !== text)
		slot.title.textContent = slot.shownTitle = text;
}

/* What a browser shows beside the mouse: an attribute of the user's, or the title. */
function tipOf(part, node) {
	const attrs = own(page.meta.attrs, page.profile.names[view.parts[part].tree.name[node]]);

	return attrs !== null && typeof attrs.title === "string" ? attrs.title : titleOf(part, node);
}

function paintWide(slot, part, node, x1, x2) {
	const id = view.parts[part].tree.name[node], y = topOf(rowOf(part, node)), all = isAll(part, node);

	slot.part = part;
	slot.node = node;
	putBox(slot, x1, x2, y);
	putFill(slot, fillOf(part, node, id));
	putMark(slot, markOf(view.parts[part].tree, node), x1, x2, y);
	put(slot, slot.g, "class", classOf(slot, id));
	putTitle(slot, tipOf(part, node));
	putLabel(slot, all ? "" : fitLabel(nameText(part, node), Math.floor((x2 - x1) / page.meta.char), state.cut === "left"), x1, y);
}

function paintNarrow(slot, part, node, x1, x2) {
	const id = view.parts[part].tree.name[node];

	slot.part = part;
	slot.node = node;
	putBox(slot, x1, x2, topOf(rowOf(part, node)));
	putFill(slot, fillOf(part, node, id));
	put(slot, slot.rect, "class", isMatch(id) ? "match" : null);
}

/* Elements that are not needed leave the document, those that are come in. */
function fitPool(pool, used, want, box, make) {
	const added = document.createDocumentFragment();

	for (let i = used; i < want; i++) {
		if (i === pool.length)
			pool.push(make());
		added.appendChild(pool[i].g === null ? pool[i].rect : pool[i].g);
	}
	for (let i = want; i < used; i++)
		(pool[i].g === null ? pool[i].rect : pool[i].g).remove();
	if (added.firstChild !== null)
		box.appendChild(added);
	return want;
}

/* The common root of two parts is drawn once. */
function firstOf(part) {
	return part === 0 ? 0 : drawnParts[part].find(0) + 1;
}

function countWide() {
	let wide = 0, narrow = 0;

	drawnParts.forEach(function (d, part) {
		for (let k = firstOf(part); k < d.n; k++)
			if (d.x2[k] - d.x1[k] >= WIDE)
				wide++;
			else
				narrow++;
	});
	return { wide, narrow };
}

/* Draw the view as it is now.  Returns whether the picture is of another height. */
function paint() {
	let wide = 0, narrow = 0;

	const higher = setHeight(layOut());
	const want = countWide(), focused = [page.frames, narrowBox].some((box) => box.contains(document.activeElement));
	pools.wideUsed = fitPool(pools.wide, pools.wideUsed, want.wide, page.frames, newWide);
	pools.narrowUsed = fitPool(pools.narrow, pools.narrowUsed, want.narrow, narrowBox, newNarrow);
	drawnParts.forEach(function (d, part) {
		for (let k = firstOf(part); k < d.n; k++)
			if (d.x2[k] - d.x1[k] >= WIDE) {
				d.slot[k] = wide;
				paintWide(pools.wide[wide++], part, d.node[k], d.x1[k], d.x2[k]);
			} else {
				d.slot[k] = ~narrow;
				paintNarrow(pools.narrow[narrow++], part, d.node[k], d.x1[k], d.x2[k]);
			}
	});
	showSelected(focused);
	showControls();
	return higher;
}

/* { part, node } that an element of the picture shows, or null. */
function nodeAt(element) {
	for (let at = element; at && at !== page.svg; at = at.parentNode) {
		const slot = slotOf.get(at);
		if (slot !== undefined)
			return { part: slot.part, node: slot.node };
	}
	return null;
}

/* The slot that shows a node, or null. */
function slotFor(at) {
	const d = drawnParts[at.part], k = d.find(at.node);

	if (k < firstOf(at.part))
		return null;
	return d.slot[k] < 0 ? pools.narrow[~d.slot[k]] : pools.wide[d.slot[k]];
}

function startPaint() {
	const row = Array.from(page.frames.classList).filter((c) => c !== "frames").join(" ");

	page.rootColor = page.meta.root ? parseInt(page.meta.root.slice(1), 16) : page.profile.color[ROOT];
	page.frames.replaceChildren();
	page.svg.classList.remove("bt-loading");
	page.frames.setAttribute("role", "tree");
	page.frames.setAttribute("aria-label", page.meta.title || "frames");
	narrowBox = el("g", { id: page.prefix + "narrow", class: "narrow " + row, role: "group" });
	page.frames.setAttribute("aria-owns", narrowBox.id);
	ring = el("rect", { class: "ring hide", fill: "none", height: page.meta.pitch - 1 });
	page.frames.after(narrowBox, ring);
	readColors();
}
