/* SPDX-License-Identifier: BSD-2-Clause */
/* The search: a box in the picture, matches while typing, and steps from one to the next. */

let searchBox = null;			/* { place, input, problem, typed } while it is open */
let patternProblem = "";
let matchesMade = { of: "", flags: null };

/* view.matched of the state; a pattern that is none matches nothing. */
function makeMatches() {
	const pattern = compilePattern(state.s, state.ic);

	patternProblem = pattern.error || "";
	if (!pattern.re)
		matchesMade = { of: "", flags: null };
	else if (matchesMade.of !== pattern.re.toString())
		matchesMade = { of: pattern.re.toString(), flags: matchNames(page.profile, pattern.re) };
	view.matched = matchesMade.flags;
}

function searchFor(text) {
	if (text !== state.s)
		change({ s: text });
}

function switchCase() {
	change({ ic: !state.ic });
}

function searchButton() {
	if (state.s === "")
		openSearch();
	else
		searchFor("");
}

/* ---- the box ---- */

function openSearch() {
	if (searchBox === null)
		makeBox();
	searchBox.input.focus({ preventScroll: true });
	searchBox.input.select();
}

function makeBox() {
	const font = page.meta.font, place = el("foreignObject", { class: "search-place", width: 22 * font, height: 6 * font }, controls.top);
	const frame = addHtml(place, "div", { class: "search-box" });
	const input = addHtml(frame, "input", { type: "text", placeholder: "regular expression", "aria-label": "Search: a regular expression",
		spellcheck: "false", autocomplete: "off" });

	searchBox = { place, input, problem: addHtml(frame, "p", { role: "alert" }), typed: false };
	input.value = state.s;
	input.addEventListener("input", onType);
	input.addEventListener("keydown", onBoxKey);
	place.addEventListener("click", (e) => e.stopPropagation());
	layBars();
}

/* Left of the buttons, where RIGHT is. */
function layBox(right, high) {
	if (searchBox === null)
		return;
	const width = 22 * page.meta.font;

	place(searchBox.place, Math.max(right - 6 * page.meta.char - width, seenRange().left + MARGIN), high - page.meta.font * 1.4);
}

/* The first letter is a step that Back undoes, the others change it. */
function onType() {
	const text = searchBox.input.value, pattern = compilePattern(text, state.ic);

	searchBox.problem.textContent = pattern.error || "";
	searchBox.input.setAttribute("aria-invalid", String(Boolean(pattern.error)));
	if (pattern.error || text === state.s)
		return;
	change({ s: text }, { replace: searchBox.typed });
	searchBox.typed = true;
}

function onBoxKey(e) {
	const key = keyName(e);

	e.stopPropagation();
	if (key === "Enter") {
		onType();
		if (searchBox.problem.textContent === "")
			closeSearch();
	} else if (key === "Esc")
		closeSearch();
	else if (key === "F3" || key === "Ctrl-F" || key === "Cmd-F")
		searchBox.input.select();
	else if (key === "Ctrl-I")
		switchCase();
	else
		return;
	e.preventDefault();
}

/* Returns whether it was open.  The focus goes back to the frames. */
function closeSearch() {
	if (searchBox === null)
		return false;
	searchBox.place.remove();
	searchBox = null;
	if (selected !== null || !page.own)
		(tabStop || page.svg).focus({ preventScroll: true });
	return true;
}

/* ---- steps ---- */

/* All matching nodes of a part that can be seen, in the order of the tree. */
function matchingNodes(part) {
	const { n, name, total } = view.parts[part].tree, list = [];

	for (let i = part === 0 ? 0 : 1; i < n; i++)
		if (view.matched[name[i]] === 1 && total[i] > 0)
			list.push(i);
	return list;
}

/* Select the next match, or with -1 the one before; one that cannot be seen is zoomed to. */
function nextMatch(step) {
	if (view.matched === null) {
		say("Nothing is searched for.");
		return;
	}
	const list = view.parts.flatMap((p, part) => matchingNodes(part).map((node) => ({ part, node })));
	if (list.length === 0) {
		say("Nothing matches.");
		return;
	}
	const from = selected === null ? { part: 0, node: step > 0 ? -1 : Infinity } : selected;
	const later = (at) => at.part > from.part || at.part === from.part && at.node > from.node;
	const earlier = (at) => at.part < from.part || at.part === from.part && at.node < from.node;
	const to = (step > 0 ? list.find(later) : list.findLast(earlier)) || (step > 0 ? list[0] : list[list.length - 1]);
	showMatch(to, list.indexOf(to) + 1, list.length);
}

function showMatch(at, number, of) {
	if (rectOf(at.part, at.node) === null)
		zoomTo(at.part, commonZoom(at));
	selectNode(at.part, at.node);
	setLines(controls.details.textContent, "Match " + commas(String(number)) + " of " + commas(String(of)) + " \u00b7 " + controls.more.textContent);
}

/* The frame to zoom to so that a node can be seen: the nearest around it and the zoomed one, or itself. */
function commonZoom(at) {
	const { parent, last, total } = view.parts[at.part].tree;
	let node = view.zoom.part === at.part ? view.zoom.node : 0;

	while (node > 0 && !(node <= at.node && at.node <= last[node]))
		node = parent[node];
	return (page.width() - 2 * MARGIN) * total[at.node] / total[node] >= WIDE && node !== zoomIn(at.part) ? node : at.node;
}
