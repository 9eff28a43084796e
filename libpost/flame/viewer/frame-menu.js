/* SPDX-License-Identifier: BSD-2-Clause */
/* The menu of one frame, by the right button, a long touch or the keyboard; and what it does, by keys too. */

/* What a link may be; relative ones take the picture's own. */
const linkSchemes = ["http:", "https:", "ftp:", "mailto:", "file:"];

/* X and Y in client px; without them it stands at the frame. */
function openFrameMenu(part, node, x, y) {
	const at = x === undefined ? frameCorner(part, node) : { x, y };

	selectNode(part, node);
	openPanel("frame", nameText(part, node), (body) => buildFrameMenu(body, part, node), { at, modal: true, arrows: true });
}

function buildFrameMenu(body, part, node) {
	const id = view.parts[part].tree.name[node], name = page.profile.names[id], text = page.profile.shown[id];
	const list = addHtml(body, "div", { class: "panel-menu" });
	const item = (key, label, run) => addButton(list, key, label, function () { closePanel(); run(); });
	const link = id < NAMED ? null : linkOf(name);

	item("zoom", "Zoom to this frame", () => zoomTo(part, node));
	if (id < NAMED)
		return;
	if (state.focus !== name)
		item("focus", "Focus on this function", () => focusOn(name));
	if (state.focus !== "")
		item("unfocus", "End the focus", () => focusOn(""));
	if (frameItem(part, node) !== null)
		item("hide-frame", page.meta.chart ? "Hide these frames" : "Hide this frame", () => hideItem(frameItem(part, node)));
	item("hide-name", "Hide this function", () => hideItem({ kind: "name", name }));
	item("search", "Search for it", () => searchFor(exactPattern(text)));
	addButton(list, "copy", "Copy its name", () => copyName(list, text));
	if (link !== null)
		addHtml(list, "a", { href: link.href, target: link.target, rel: "noopener", "data-key": "link" }, "Open its link");
}

/* What hides this frame and no other, or null: in a focus it stands for many. */
function frameItem(part, node) {
	const ids = state.focus === "" ? pathOf(view.parts[part].tree, node) : [];

	if (ids.length === 0 || ids.some((id) => id < NAMED))
		return null;
	return { kind: state.reversed ? "leaf" : "path", path: Array.from(ids, (id) => page.profile.names[id]) };
}

function focusOn(name) {
	closePanel();
	change({ focus: name });
}

/* { href, target } where the function has a link that is no script, else null. */
function linkOf(name) {
	const attrs = own(page.meta.attrs, name);

	if (attrs === null || typeof attrs.href !== "string" || attrs.href === "")
		return null;
	try {
		const url = new URL(attrs.href, document.baseURI);
		if (!linkSchemes.includes(url.protocol))
			return null;
	} catch (e) {
		return null;
	}
	return { href: attrs.href, target: typeof attrs.target === "string" && attrs.target !== "" ? attrs.target : "_top" };
}

/* Where the browser does not let a page copy, the name stands in a field, selected. */
function copyName(list, text) {
	const byHand = function () {
		if (list.querySelector("input") !== null)
			return;
		const field = addHtml(list, "input", { type: "text", readonly: "", "aria-label": "The name: copy it from here", "data-key": "name" });
		field.value = text;
		field.focus();
		field.select();
	};

	if (navigator.clipboard === undefined)
		return byHand();
	navigator.clipboard.writeText(text).then(function () {
		closePanel();
		say("Copied: " + text);
	}, byHand);
}

/* The corner of a frame, in client px. */
function frameCorner(part, node) {
	const r = rectOf(part, node), m = page.svg.getScreenCTM();

	if (!r || m === null)
		return null;
	const p = new DOMPoint(r.x, r.y + page.meta.pitch).matrixTransform(page.frames.getScreenCTM());
	return { x: p.x, y: p.y };
}

function startFrameMenu() {
	page.svg.addEventListener("contextmenu", onContextMenu);
}

/* With shift the browser's own menu opens. */
function onContextMenu(e) {
	if (e.shiftKey && e.button === 2)
		return;
	const at = nodeAt(e.target);

	if (at === null || at === undefined) {
		if (e.button === 2 || !selected)
			return;
		menuOfSelected();
	} else if (e.button === 2 || e.pointerType === "touch")
		openFrameMenu(at.part, at.node, e.clientX, e.clientY);
	else
		openFrameMenu(at.part, at.node);
	e.preventDefault();
}

function menuOfSelected() {
	withSelected((at) => openFrameMenu(at.part, at.node));
}

/* The selected frame, or else the one under the mouse. */
function withSelected(run) {
	const at = selected || pointedFrame();

	if (at !== null)
		run(at);
	else
		say("Point at a frame first, or select one: the arrow keys do.");
}

function nameOf(at) {
	const id = view.parts[at.part].tree.name[at.node];

	return id < NAMED ? null : page.profile.names[id];
}

/* What the focus itself has put under the mouse is not meant. */
function focusSelected() {
	const at = selected || (state.focus === "" || !mouse.keyed ? pointedFrame() : null), name = at === null ? null : nameOf(at);

	if (name !== null && name !== state.focus)
		focusOn(name);
	else if (state.focus !== "")
		focusOn("");
	else
		withSelected(() => say("This is not a function."));
}

function hideSelectedFrame() {
	withSelected(function (at) {
		const item = frameItem(at.part, at.node);

		if (item !== null)
			hideItem(item);
		else
			say("Only a whole function can be hidden here: H does.");
	});
}

function hideSelectedFunction() {
	withSelected(function (at) {
		const name = nameOf(at);

		if (name !== null)
			hideItem({ kind: "name", name });
	});
}
