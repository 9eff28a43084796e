/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines that say what a frame is, and how much of the picture matches. */

/*
 * { name, title, lines } of a frame: title as in the static picture, lines
 * for its own samples, its shares, what changed, and where it comes from.
 */
function describe(part, node) {
	const tree = view.parts[part].tree, id = tree.name[node], whole = view.whole, lines = [];

	if (tree.before !== null)
		lines.push(...changeLines(tree, node));
	if (lines.length < 2)
		lines.push("self " + countText(selfOf(tree, node)) + " (" + percentText(selfOf(tree, node), whole) + ")");
	if (view.zoom.node !== 0 && view.zoom.part === part && !isFaded(part, node))
		lines.push(percentText(tree.total[node], tree.total[view.zoom.node]) + " of the zoomed frame");
	if (node > 0)
		lines.push(percentText(tree.total[node], tree.parent[node] === 0 ? wholeOf(part) : tree.total[tree.parent[node]]) + " of its parent");
	if (id >= NAMED)
		lines.push(...sourceLines(page.profile.names[id]));
	return { name: nameText(part, node), title: titleOf(part, node), lines };
}

/* In samples, in percent of all, and of what it was before. */
function changeText(what, before, after) {
	const d = (page.meta.negate ? before - after : after - before) || 0, whole = view.whole;

	return what + " before " + countText(before) + ", after " + countText(after) + ", " + signedText(d) + " (" + signedPercent(d, whole) + " of all, " +
	    (before > 0 ? signedPercent(d, before) + " of before" : after > 0 ? "new" : "none before") + ")";
}

/* Of all that stands on the frame, and of its own samples where these changed otherwise. */
function changeLines(tree, node) {
	const before = ownOf(tree, tree.before, node), after = ownOf(tree, tree.after, node);
	const lines = [changeText("total", tree.totalBefore[node], tree.totalAfter[node])];

	if (before !== after && (before !== tree.totalBefore[node] || after !== tree.totalAfter[node]))
		lines.push(changeText("self", before, after));
	return lines;
}

function sourceLines(name) {
	const from = sourceOf(name), lines = [];

	if (from.module !== "")
		lines.push("in " + from.module);
	if (from.source !== "")
		lines.push("at " + from.source);
	return lines;
}

/* A line in CHARS characters: its beginning and its end. */
function cutMiddle(text, chars) {
	const tail = Math.min(Math.floor(chars / 2), 60);

	if (text.length <= chars)
		return text;
	const head = Array.from(text.slice(0, 2 * chars)).slice(0, Math.max(chars - tail - 2, 1)).join("");
	return head + ".." + Array.from(text.slice(-2 * tail)).slice(-tail).join("");
}

function setText(node, text) {
	if (node.textContent !== text)
		node.textContent = text;
}

function setLines(first, second) {
	const seen = seenRange(), chars = Math.floor((seen.right - seen.left - 2 * MARGIN) / page.meta.char);
	const room = Math.max(chars - controls.matched.textContent.length - 2, 10);

	setText(controls.details, cutMiddle(first, room));
	setText(controls.more, second === "" ? "" : cutMiddle(second, chars));
	if (controls.note !== null)
		controls.note.classList.toggle("hide", first !== "" || controls.matched.textContent !== "");
	layBars();
}

/* Of a frame, or of none (null). */
function showDetails(at) {
	controls.details.setAttribute("aria-live", "off");
	if (at === null) {
		setLines("", "");
		return;
	}
	const d = describe(at.part, at.node), label = page.meta.label ? page.meta.label + " " : "";
	setLines(label + d.title, d.lines.join(" \u00b7 "));
}

/* A message, until the next frame is pointed at. */
function say(text) {
	controls.details.setAttribute("aria-live", "polite");
	setLines(text, "");
}

/* "Matched: 12.3%", of what is zoomed and of all. */
function matchedText() {
	const share = (sum, whole) => (whole > 0 && sum === whole ? "100" : whole > 0 ? (100 * sum / whole).toFixed(1) : "0.0") + "%";
	const { part, node } = view.zoom, tree = view.parts[part].tree;

	if (view.matched === null)
		return "";
	const here = share(matchedIn(tree, view.matched, node), node === 0 ? wholeOf(part) : tree.total[node]);
	if (node === 0)
		return "Matched: " + here;
	return "Matched: " + here + " (" + share(matchedIn(tree, view.matched, 0), wholeOf(part)) + " of all)";
}

/* Buttons and lines as the state has them. */
function showControls() {
	controls.unzoom.classList.toggle("hide", view.zoom.node === 0);
	setText(controls.search, state.s === "" ? "Search" : "Reset Search");
	controls.search.classList.toggle("on", state.s !== "");
	controls.ignorecase.classList.toggle("on", state.ic);
	controls.ignorecase.setAttribute("aria-pressed", String(state.ic));
	setText(controls.matched, matchedText());
	showDetails(selected);
}

/* Where there is no table: the static picture stays, and says why. */
function showProblem(text) {
	const size = parseFloat(page.svg.getAttribute("font-size")) || 12;
	const line = el("text", { id: page.prefix + "details", class: "control", x: MARGIN, y: page.high - size - 5 }, page.svg);

	for (const note of page.svg.querySelectorAll("text.note"))
		note.remove();
	line.textContent = text;
}
