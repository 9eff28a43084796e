/* SPDX-License-Identifier: BSD-2-Clause */
/* Zoom, and the frame that is selected: by mouse and by arrows. */

let selected = null;			/* { part, node } or null */
let tabStop = null;			/* the element that Tab finds */

function zoomTo(part, node) {
	const tree = view.parts[part].tree;

	if (tree.total[node] === 0 || view.zoom.part === part && view.zoom.node === node)
		return;
	change(node === 0 ? { x: 0, y: 0, part: 0 } : { x: tree.start[node], y: tree.depth[node], part });
}

function unzoom() {
	if (state.x !== 0 || state.y !== 0 || state.part !== 0)
		change({ x: 0, y: 0, part: 0 });
}

function selectNode(part, node) {
	selected = { part, node };
	showSelected(true);
	keepInSight(selected);
	showDetails(selected);
}

/* The element of a frame, as an assistant has to know it. */
function makeItem(slot) {
	const element = slot.g === null ? slot.rect : slot.g, tree = view.parts[slot.part].tree;

	element.setAttribute("tabindex", "0");
	element.setAttribute("role", "treeitem");
	element.setAttribute("aria-label", titleOf(slot.part, slot.node));
	element.setAttribute("aria-level", tree.depth[slot.node] + 1);
	element.setAttribute("aria-selected", String(selected !== null));
	return element;
}

/* The ring stands around the selected frame; Tab finds it, or else the zoomed one.  FOCUS: it gets the focus. */
function showSelected(focus) {
	const at = selected === null ? null : rectOf(selected.part, selected.node);
	const slot = slotFor(at === null ? { part: selected === null ? 0 : view.zoom.part, node: zoomIn(view.zoom.part) } : selected) || slotFor({ part: 0, node: 0 });
	const before = tabStop;

	ring.classList.toggle("hide", at === null);
	if (at !== null)
		for (const key of ["x", "y", "width"])
			ring.setAttribute(key, key === "width" ? Math.max(at.width, 1) : at[key]);
	tabStop = slot === null ? null : makeItem(slot);
	if (before !== null && before !== tabStop)
		for (const key of ["tabindex", "role", "aria-label", "aria-level", "aria-selected"])
			before.removeAttribute(key);
	if (focus)
		(tabStop !== null && selected !== null ? tabStop : page.svg).focus({ preventScroll: true });
}

/* Scroll until a frame stands between the bars. */
function keepInSight(frame) {
	const at = rectOf(frame.part, frame.node), meta = page.meta;

	if (at === null)
		return;
	const slot = page.own ? null : slotFor(frame);
	if (slot !== null)
		slot.rect.scrollIntoView({ block: "nearest", inline: "nearest" });
	const seen = seenRange();
	const above = at.y - seen.top - 3 * meta.font, below = at.y + at.height - seen.bottom + meta.bottom;
	const right = Math.min(at.x + at.width - seen.right, at.x - seen.left) + MARGIN, left = at.x + at.width - seen.left - 2 * MARGIN;
	const x = left < 0 ? at.x - seen.left - MARGIN : at.x > seen.right - 2 * MARGIN ? right : 0, y = above < 0 ? above : Math.max(below, 0);
	if (x === 0 && y === 0)
		return;
	scrollPage(x * seen.scale, y * seen.scale);
	layBars();
}

/* Among what is drawn: the widest that stands on a frame, or -1. */
function childOf(part, node) {
	const d = drawnParts[part], { parent, last } = view.parts[part].tree;
	let best = -1;

	for (let k = d.find(node) + 1; k > 0 && k < d.n && d.node[k] <= last[node]; k++)
		if (parent[d.node[k]] === node && (best < 0 || d.x2[k] - d.x1[k] > d.x2[best] - d.x1[best]))
			best = k;
	return best < 0 ? -1 : d.node[best];
}

/* The next one drawn in the same row, or -1. */
function besides(part, node, step) {
	const d = drawnParts[part], depth = view.parts[part].tree.depth;

	for (let k = d.find(node) + step; k >= 0 && k < d.n; k += step)
		if (depth[d.node[k]] === depth[node])
			return d.node[k];
	return -1;
}

/* UP is 1 for the row above on the screen, -1 for the one below. */
function moveRow(up) {
	if (!startSelection())
		return;
	const out = (state.inverted ? -up : up) * view.parts[selected.part].dir, { part, node } = selected;

	if (node === 0 && view.parts.length > 1) {
		const other = out > 0 ? part : 1 - part, child = childOf(other, 0);
		return child < 0 ? undefined : selectNode(other, child);
	}
	const to = out > 0 ? childOf(part, node) : view.parts[part].tree.parent[node];
	if (to >= 0)
		selectNode(to === 0 ? 0 : part, to);
	else if (out > 0 && view.parts[part].tree.last[node] > node)
		say("What stands on it is too narrow: Enter zooms in.");
}

function moveColumn(step) {
	if (!startSelection())
		return;
	const to = besides(selected.part, selected.node, step);

	if (to >= 0)
		selectNode(selected.part, to);
}

/* The first arrow selects the zoomed frame and moves nothing. */
function startSelection() {
	if (selected !== null && rectOf(selected.part, selected.node) !== null)
		return true;
	selectNode(view.zoom.part, view.zoom.node);
	return false;
}

function zoomSelected() {
	if (selected === null)
		return false;
	zoomTo(selected.part, selected.node);
	return true;
}

function goHome() {
	change({ x: 0, y: 0, part: 0, focus: "" });
	selectNode(0, 0);
}

/* ---- mouse ---- */

/* Where it is in the window; keyed: a key was pressed since it moved. */
const mouse = { x: -1, y: -1, keyed: false };

function onMove(e) {
	Object.assign(mouse, { x: e.clientX, y: e.clientY, keyed: false });
}

function onOut() {
	mouse.x = mouse.y = -1;
}

/* What a key has put under the mouse is not pointed at. */
function isStill(e) {
	return mouse.keyed && e.clientX === mouse.x && e.clientY === mouse.y;
}

/* { part, node } under the mouse, or null. */
function pointedFrame() {
	return nodeAt(document.elementFromPoint(mouse.x, mouse.y));
}

function onClick(e) {
	const at = nodeAt(e.target);

	if (at === null || e.button !== 0)
		return;
	const id = view.parts[at.part].tree.name[at.node], link = id < NAMED ? null : linkOf(page.profile.names[id]);
	if (link !== null && !e.ctrlKey && !e.metaKey) {
		window.open(link.href, link.target, "noopener");
		return;
	}
	selected = at;
	if (view.zoom.part === at.part && view.zoom.node === at.node)
		selectNode(at.part, at.node);
	else {
		zoomTo(at.part, at.node);
		showSelected(true);
		keepInSight(selected);
	}
	showDetails(selected);
}

/* The words beside the mouse: those of narrow frames come now, and what changed. */
function tellTip(at) {
	const slot = slotFor(at), tree = view.parts[at.part].tree;
	const lines = [tipOf(at.part, at.node)].concat(tree.before === null ? [] : changeLines(tree, at.node));

	if (slot.title === null)
		slot.title = el("title", {}, slot.rect);
	putTitle(slot, lines.join("\n"));
}

function onPoint(e) {
	const at = nodeAt(e.target);

	if (at === null)
		return;
	tellTip(at);
	if (!isStill(e))
		showDetails(at);
}

function onLeave(e) {
	if (!isStill(e))
		showDetails(selected);
}

/* Tab comes to a frame: it is selected, so that the focus can be seen. */
function onFocus(e) {
	const at = nodeAt(e.target);

	if (at === null || selected !== null)
		return;
	selected = at;
	showSelected(false);
	showDetails(selected);
}

function startZoom() {
	for (const box of [page.frames, narrowBox]) {
		box.addEventListener("click", onClick);
		box.addEventListener("mouseover", onPoint);
		box.addEventListener("mouseout", onLeave);
	}
	page.svg.addEventListener("mousemove", onMove);
	page.svg.addEventListener("mouseleave", onOut);
	page.svg.addEventListener("focusin", onFocus);		/* a group that listens would itself take the focus */
}
