/* SPDX-License-Identifier: BSD-2-Clause */
/* The keyboard. */

/* { keys, text, run }: keys are as keyName() has them, alternatives with ", " between.  RUN returns false where it has done nothing. */
const bindings = [
	{ keys: "Up, Down", text: "select the frame above or below", run: (key) => moveRow(key === "Up" ? 1 : -1) },
	{ keys: "Left, Right", text: "select the frame beside", run: (key) => moveColumn(key === "Left" ? -1 : 1) },
	{ keys: "Enter", text: "zoom to the selected frame", run: zoomSelected },
	{ keys: "Esc", text: "close what is open, end the search, the zoom, the focus", run: escape },
	{ keys: "Home", text: "end zoom and focus, select the root", run: goHome },
	{ keys: "Ctrl-F, Cmd-F, F3, /", text: "search", run: openSearch },
	{ keys: "n", text: "next match", run: () => nextMatch(1) },
	{ keys: "N", text: "match before", run: () => nextMatch(-1) },
	{ keys: "Ctrl-I", text: "search in any case, or in exact case", run: switchCase }
];
const runOf = new Map();		/* by key */
const KEYS = { ArrowUp: "Up", ArrowDown: "Down", ArrowLeft: "Left", ArrowRight: "Right", Escape: "Esc", " ": "Space" };

/* On a layout without Latin letters the one that the key has elsewhere. */
function letterOf(e, key) {
	const place = /^Key([A-Z])$/.exec(e.code);

	return key.length > 1 ? key : key < "\x80" || place === null ? key.toUpperCase() : place[1];
}

/* "Ctrl-F", "Up", "n", "N" whatever Caps Lock is; "" for what is nobody's. */
function keyName(e) {
	const key = KEYS[e.key] || e.key;

	if (e.altKey || key === undefined || e.isComposing)
		return "";
	if (e.ctrlKey || e.metaKey)
		return e.shiftKey ? "" : (e.ctrlKey ? "Ctrl-" : "Cmd-") + letterOf(e, key);
	if (/^[a-z]$/i.test(key))
		return e.shiftKey ? key.toUpperCase() : key.toLowerCase();
	return e.shiftKey && key.length > 1 ? "Shift-" + key : key;
}

function escape() {
	if (closeSearch() || closePanel())
		return true;
	if (state.s !== "")
		searchFor("");
	else if (view.zoom.node !== 0)
		unzoom();
	else if (state.focus !== "")
		change({ focus: "" });
	else
		return false;
	return true;
}

function onKey(e) {
	const key = keyName(e), run = runOf.get(key);

	if (run === undefined || e.defaultPrevented || /^(input|textarea|select)$/.test(e.target.localName || ""))
		return;
	if (run(key) !== false)
		e.preventDefault();
	mouse.keyed = true;
}

/* On a page of others the keys are heard only where the focus is inside the picture. */
function startKeys() {
	bindings.push(...panelBindings());
	for (const b of bindings)
		for (const key of b.keys.split(", "))
			runOf.set(key, b.run);
	(page.own ? window : page.svg).addEventListener("keydown", onKey);
}
