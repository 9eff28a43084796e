/* SPDX-License-Identifier: BSD-2-Clause */
/* Panels: HTML over the picture, one at a time, inside what can be seen of it. */

const PANEL_GAP = 8;			/* px between a panel and the edge of what is seen */
const PANEL_LOW = 340;			/* px: a picture lower than this grows while a panel is open; */
const PANEL_HIGH = 640;			/* where the picture is the page, lower than this or the window */

/* The open one: { id, place, frame, body, refresh, at, back, low }, or null. */
let panel = null;

/* A button of a panel.  KEY tells it from the others of the panel: focus stays with it when the panel is filled again. */
function addButton(parent, key, text, run, attrs) {
	const button = addHtml(parent, "button", Object.assign({ type: "button", "data-key": key }, attrs), text);

	button.addEventListener("click", run);
	return button;
}

/*
 * Open a panel, and close the one that is open.  BUILD(body) fills it and may
 * return a function that brings it up to date, called after each change of
 * the state.  OPTIONS: at {x, y} in client px (without it the panel stands in
 * the upper right corner), wide, modal: a click beside it closes it, and so
 * does each change.
 */
function openPanel(id, title, build, options) {
	const back = panel === null ? document.activeElement : panel.back;

	removePanel();
	panel = Object.assign({ id, back, refresh: null, at: null, wide: false, modal: false }, options);
	makePanel(title);
	panel.refresh = build(panel.body) || null;
	growPicture();
	placePanel();
	focusPanel();
}

/* The same as a switch: closes panel ID where it is the open one. */
function togglePanel(id, title, build, options) {
	if (panel !== null && panel.id === id)
		closePanel();
	else
		openPanel(id, title, build, options);
}

function makePanel(title) {
	const name = page.prefix + "panel-title", frameAttrs = { class: "panel", role: "dialog",
	    "aria-labelledby": name, tabindex: "-1", "data-panel": panel.id };

	panel.place = el("foreignObject", { class: "panel-place" });
	panel.frame = addHtml(panel.place, "div", frameAttrs);
	const head = addHtml(panel.frame, "div", { class: "panel-head" });
	addHtml(head, "h2", { id: name }, title);
	addButton(head, "close", "\u00d7", closePanel, { class: "panel-close", "aria-label": "Close", title: "Close (Esc)" });
	panel.body = addHtml(panel.frame, "div", { class: "panel-body" });
	panel.frame.addEventListener("keydown", onPanelKey);
	panel.frame.addEventListener("contextmenu", onPanelContextMenu);
	for (const type of ["click", "pointerdown", "mousedown", "wheel", "dblclick"])
		panel.frame.addEventListener(type, (e) => e.stopPropagation(), { passive: true });
	page.svg.appendChild(panel.place);
}

/* Close the open panel; returns whether there was one.  Focus goes back to where it was. */
function closePanel() {
	if (panel === null)
		return false;
	const back = panel.back, had = panel.frame.contains(document.activeElement) || isNobody(document.activeElement);

	removePanel();
	if (had)
		focusBack(back);
	return true;
}

/* Elements of frames come to show other frames: the selected one is where the focus was. */
function focusBack(back) {
	const frame = !isNobody(back) && (page.frames.contains(back) || narrowBox.contains(back));

	if (frame && tabStop !== null)
		tabStop.focus({ preventScroll: true });
	else if (!isNobody(back) && back.isConnected)
		back.focus({ preventScroll: true });
	else if (!page.own)
		page.svg.focus({ preventScroll: true });
}

function isNobody(element) {
	return element === null || element === document.body || element === document.documentElement;
}

function removePanel() {
	if (panel === null)
		return;
	panel.place.remove();
	if (panel.low) {
		page.svg.style.minHeight = "";
		page.svg.removeAttribute("preserveAspectRatio");
	}
	panel = null;
}

/* Esc, Tab and what moves in a panel are the panel's; in a field all keys are. */
function onPanelKey(e) {
	const field = e.target.localName === "input" || e.target.localName === "textarea";

	if (e.isComposing)
		return void e.stopPropagation();
	if (e.key === "Escape")
		closePanel();
	else if (e.key === "Tab")
		cycleFocus(panel.frame, e.shiftKey ? -1 : 1);
	else if (panel.arrows && (e.key === "ArrowDown" || e.key === "ArrowUp"))
		cycleFocus(panel.body, e.key === "ArrowUp" ? -1 : 1);
	else {
		if (field || e.key === "Enter" || e.key === " " || /^(Arrow|Page|Home|End)/.test(e.key))
			e.stopPropagation();
		return;
	}
	e.preventDefault();
	e.stopPropagation();
}

/* The key that has opened a frame's menu asks for the browser's own too, when it is let go. */
function onPanelContextMenu(e) {
	e.stopPropagation();
	if (panel.arrows)
		e.preventDefault();
}

/* The next or previous thing in BOX that takes the focus; after the last one comes the first. */
function cycleFocus(box, step) {
	const list = Array.from(box.querySelectorAll("button, input, a[href]")).filter((n) => !n.hidden), n = list.length;
	const at = list.indexOf(document.activeElement), next = at < 0 ? (step > 0 ? 0 : n - 1) : (at + step + n) % n;

	if (n > 0)
		list[next].focus();
}

function focusPanel() {
	const first = panel.body.querySelector("[data-first], input, button, a[href]");

	(first === null ? panel.frame : first).focus({ preventScroll: true });
}

/* Too low a picture would cut its panels off. */
function growPicture() {
	const svg = page.svg, least = svg === document.documentElement ? Math.min(PANEL_HIGH, window.innerHeight) : PANEL_LOW;

	panel.low = svg.getBoundingClientRect().height < least && !svg.hasAttribute("preserveAspectRatio") && svg.style.minHeight === "";
	if (!panel.low)
		return;
	svg.style.minHeight = least + "px";
	svg.setAttribute("preserveAspectRatio", "xMidYMin meet");
}

/* What can be seen of the picture, in client px. */
function seenBox() {
	const r = page.svg.getBoundingClientRect(), root = document.documentElement;
	const w = page.svg === root ? window.innerWidth : root.clientWidth;
	const h = page.svg === root ? window.innerHeight : root.clientHeight;
	const left = Math.max(r.left, 0), top = Math.max(r.top, 0);

	return { left, top, right: Math.max(Math.min(r.right, w), left + 160), bottom: Math.max(Math.min(r.bottom, h), top + 160) };
}

/* Lay the panel out in client px, whatever the scale of the picture is. */
function placePanel() {
	if (panel === null)
		return;
	const seen = seenBox(), wanted = panel.at === null ? (panel.wide ? 880 : 460) : 340;
	const w = Math.min(wanted, seen.right - seen.left - 2 * PANEL_GAP);
	const h = seen.bottom - seen.top - 2 * PANEL_GAP;
	let x = seen.right - PANEL_GAP - w, y = seen.top + PANEL_GAP;

	panel.place.setAttribute("width", w);
	panel.place.setAttribute("height", h);
	panel.frame.style.maxHeight = h + "px";
	if (panel.at !== null) {
		x = Math.max(seen.left + PANEL_GAP, Math.min(panel.at.x, x));
		y = Math.max(y, Math.min(panel.at.y, y + h - panel.frame.offsetHeight));
	}
	movePanel(x, y);
}

function movePanel(x, y) {
	const m = page.svg.getScreenCTM();

	if (m === null)
		return;
	const p = new DOMPoint(x, y).matrixTransform(m.inverse()), scale = Math.abs(m.a - 1) < 0.001 ? "" : " scale(" + 1 / m.a + ")";
	panel.place.setAttribute("transform", "translate(" + p.x + " " + p.y + ")" + scale);
}

/* After each change of the state. */
function refreshPanel() {
	if (panel === null)
		return;
	if (panel.modal)
		return void closePanel();
	if (panel.refresh !== null)
		keepFocus(panel.refresh);
	if (page.svg.lastElementChild !== panel.place)
		raisePanel();
	placePanel();
}

/* Above all that has been drawn since.  To move an element takes its focus and its scrolling away. */
function raisePanel() {
	const top = panel.body.scrollTop;

	keepFocus(() => page.svg.appendChild(panel.place));
	panel.body.scrollTop = top;
}

/* Run FILL, which may replace the button that has the focus. */
function keepFocus(fill) {
	const active = document.activeElement, inside = panel.frame.contains(active);
	const key = inside ? active.getAttribute("data-key") : null;

	fill();
	if (!inside || document.activeElement === active && active.isConnected && !active.hidden)
		return;
	const same = key === null ? null : panel.frame.querySelector("[data-key=" + CSS.escape(key) + "]");
	(same === null || same.hidden ? panel.frame : same).focus({ preventScroll: true });
}

/* A click beside a modal panel closes it and does nothing else; the page of others hears its own. */
function onPressBeside(e) {
	const stop = function (click) {
		if (!page.own && !page.svg.contains(click.target))
			return;
		click.stopPropagation();
		click.preventDefault();
	};

	if (panel === null || !panel.modal || panel.place.contains(e.target))
		return;
	closePanel();
	if (e.button !== 0)
		return;
	window.addEventListener("click", stop, true);
	for (const type of ["pointerup", "pointercancel"])
		window.addEventListener(type, () => setTimeout(() => window.removeEventListener("click", stop, true)), { once: true });
}

/* What hears of clicks beside a panel, of scrolling, and of changes; once, at load. */
function startPanels() {
	onChange(refreshPanel);
	for (const type of ["scroll", "resize"])
		window.addEventListener(type, placePanel, { capture: true, passive: true });
	window.addEventListener("pointerdown", onPressBeside, true);
	startFrameMenu();
	startRemarks();
	drawLegend();
	onChange(drawLegend);
}

const LAST_STEP = "bt-flame";		/* in the history's state: the prefix of the picture that made the step */

/* What the history's state is to be after this picture's next step, or with STEP 0 now: its count of steps, and what others have there. */
function historyState(step) {
	const had = history.state !== null && typeof history.state === "object" ? history.state : {}, steps = had[page.prefix] || 0;

	return Object.assign({}, had, { [page.prefix]: steps + step }, step > 0 ? { [LAST_STEP]: page.prefix } : {});
}

/* Not beyond what this picture has in the history. */
function undoChange() {
	const at = historyState(0);

	if (at[page.prefix] > 0 && at[LAST_STEP] === page.prefix)
		history.back();
	else
		say("Nothing to undo.");
}

/* The keys of what panels can do; keys.js has the others. */
function panelBindings() {
	return menuBindings().concat([
		{ keys: "., ContextMenu, Shift-F10", text: "menu of the selected frame, or of the one pointed at", run: menuOfSelected },
		{ keys: "f", text: "focus on the function of that frame, or end the focus", run: focusSelected },
		{ keys: "h", text: "hide that frame", run: hideSelectedFrame },
		{ keys: "H", text: "hide its function", run: hideSelectedFunction },
		{ keys: "u", text: "undo the last change", run: undoChange },
		{ keys: "m", text: "menu", run: openMenu },
		{ keys: "t", text: "table of all functions", run: openTop },
		{ keys: "g", text: "functions that match the search", run: openMatches },
		{ keys: "x", text: "what is hidden", run: openHidden },
		{ keys: "a", text: "about this picture", run: openRemarks },
		{ keys: "?", text: "this help", run: openHelp }
	]);
}

