/* SPDX-License-Identifier: BSD-2-Clause */
/* The upper row between its buttons: what the view leaves out or turns around, and the title. */

const STATUS_LEAST = 16;		/* characters of a text that is cut */
const TITLE_LEAST = 8;

/* KEY is a member of the state; a click takes it back to what it is at first.  TEXT is "" where there is nothing to say. */
const statuses = [
	{ key: "focus", text: () => hasFocus() ? "focus: " + bareName(state.focus) : "" },
	{ key: "hide", text: hiddenStatus },
	{ key: "reversed", text: () => hasFocus() || state.reversed === initial.reversed ? "" : state.reversed ? "callers" : "normal stacks" },
	{ key: "show", text: () => showStatusText() },
	{ key: "collapse", text: () => state.collapse ? "recursion collapsed" : "" }
];
const titleLine = { node: null, text: "", width: 0, char: 1 };
let focusMark = null;			/* around the function in focus */

function hasFocus() {
	return view.parts.length > 1;
}

function hiddenStatus() {
	const n = hiddenItems().length, base = page.profile.tree;

	if (n === 0)
		return "";
	const tree = !page.meta.diff || state.show === usualShow() ? base : memo("/" + state.show, () => shownTree(base));
	const gone = tree.total[0] - view.stacks.total[0];
	return n + " hidden (" + (comparison() === null ? countText(gone) + " " + page.meta.unit : percentText(gone, tree.total[0]) + " of the width") + ")";
}

function addStatuses() {
	for (const s of statuses)
		s.node = addControl("status-" + s.key, "start", "", "", () => change({ [s.key]: initial[s.key] }));
}

function startStatus() {
	const node = document.getElementById(page.prefix + "title");

	focusMark = el("rect", { class: "focus-mark hide", fill: "none", height: page.meta.pitch - 1 });
	ring.before(focusMark);
	if (node !== null) {
		const text = node.textContent, width = node.getComputedTextLength();
		Object.assign(titleLine, { node, text, width, char: width / Math.max(text.length, 1) || 1 });
	}
	onChange(showStatus);
}

function showStatus() {
	const at = hasFocus() ? rectOf(0, 0) : null;

	focusMark.classList.toggle("hide", at === null);
	if (at !== null)
		for (const key of ["x", "y", "width"])
			focusMark.setAttribute(key, at[key]);
	for (const s of statuses) {
		s.shown = s.text();
		s.node.classList.toggle("hide", s.shown === "");
		s.node.setAttribute("aria-label", "End: " + s.shown);
	}
	layBars();
}

/* With the blanks and the cross behind it. */
function statusLength(s) {
	return s.shown.length + 4;
}

/* Between LEFT and RIGHT.  The title goes where little would be left of the texts. */
function layStatus(left, right, high) {
	const char = page.meta.char, list = statuses.filter((s) => s.shown), middle = page.width() / 2;
	const wanted = list.reduce((sum, s) => sum + statusLength(s), 0) * char;
	const beside = middle - titleLine.width / 2 - char - left, hides = list.length > 0 && beside < Math.min(wanted, STATUS_LEAST * char * list.length);
	const room = Math.max(Math.min(wanted, hides ? right - left : beside), 0);

	layTexts(list, left, high, Math.floor(room / char));
	layTitle(hides ? 0 : 2 * Math.min(middle - left - room, right - middle));
}

/* Short texts first get what they need. */
function layTexts(list, left, high, chars) {
	let rest = list.length, x = left;

	for (const s of list.slice().sort((a, b) => a.shown.length - b.shown.length)) {
		s.chars = Math.min(statusLength(s), Math.floor(chars / rest--));
		chars -= s.chars;
	}
	for (const s of list) {
		setText(s.node, cutMiddle(s.shown, Math.max(s.chars - 4, 1)) + " \u00d7");
		place(s.node, x, high);
		x += s.chars * page.meta.char;
	}
}

function layTitle(room) {
	const { node, text, width, char } = titleLine, chars = width <= room ? text.length : Math.floor(room / char) - 1;

	if (node === null)
		return;
	node.classList.toggle("hide", chars < Math.min(text.length, TITLE_LEAST));
	setText(node, cutMiddle(text, Math.max(chars, 1)));
}
