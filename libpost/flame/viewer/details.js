/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines that say what a frame is, and how much of the picture matches. */

/*
 * { name, title, lines } of a frame: title as in the static picture, lines
 * for its own samples, its shares, what changed, and where it comes from.
 */
function describe(part, node) {
	const tree = view.parts[part].tree, id = tree.name[node];

	if (comparison() !== null)
		return { name: nameText(part, node), title: titleOf(part, node),
			lines: comparedLines(tree, node).concat(id >= NAMED ? sourceLines(page.profile.names[id]) : []) };
	const [change, own = selfText(tree, node)] = tree.before === null ? [] : changeLines(tree, node), lines = [change || own];

	if (view.zoom.node !== 0 && view.zoom.part === part && !isFaded(part, node))
		lines.push(percentText(tree.total[node], tree.total[view.zoom.node]) + " of the zoomed frame");
	if (node > 0)
		lines.push(percentText(tree.total[node], tree.parent[node] === 0 ? wholeOf(part) : tree.total[tree.parent[node]]) + " of its parent");
	if (id >= NAMED)
		lines.push(...sourceLines(page.profile.names[id]));
	if (change)
		lines.push(own);
	return { name: nameText(part, node), title: titleOf(part, node), lines: lines.filter((line) => line !== "") };
}

/* "" where it is not known. */
function selfText(tree, node) {
	const self = selfOf(tree, node);

	return hasOwn(tree) ? "self " + countText(self) + " (" + percentText(self, view.whole) + ")" : "";
}

/* In samples, in percent of all, and of what it was before. */
function changeText(what, before, after) {
	const d = changeOf(before, after), whole = view.whole;

	return what + " before " + countText(before) + ", after " + countText(after) + ", " + signedText(d) + " (" + signedPercent(d, whole) + " of all, " +
	    (before > 0 ? signedPercent(d, before) + " of before" : after > 0 ? "new" : "none before") + ")";
}

/* Of all that stands on the frame, and of its own samples where these changed otherwise. */
function changeLines(tree, node) {
	if (comparison() !== null)
		return comparedLines(tree, node);
	const before = ownOf(tree, tree.before, node), after = ownOf(tree, tree.after, node);
	const lines = [changeText("total", tree.totalBefore[node], tree.totalAfter[node])];

	if (hasOwn(tree) && before !== after && (before !== tree.totalBefore[node] || after !== tree.totalAfter[node]))
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

/* A line in CHARS characters: its beginning, and up to MOST of its end. */
function cutMiddle(text, chars, most = 60) {
	const tail = Math.min(Math.floor(chars / 2), most);

	if (text.length <= chars)
		return text;
	const head = Array.from(text.slice(0, 2 * chars)).slice(0, Math.max(chars - tail - 2, 1)).join("");
	return head + ".." + (tail > 0 ? Array.from(text.slice(-2 * tail)).slice(-tail).join("") : "");
}

function setText(node, text) {
	if (node.textContent !== text)
		node.textContent = text;
}

/* TEXT, cut where it is wider than ROOM px; it is measured only where that can be. */
function setLine(line, text, room, tail = 60) {
	const font = page.meta.font, most = cutMiddle(text, Math.max(Math.floor(4 * room / font), 10), tail);

	setText(line, most);
	if (most.length * font <= room)
		return;
	const width = line.getComputedTextLength();
	if (width > room)
		setText(line, cutMiddle(most, Math.max(Math.floor(Array.from(most).length * room / width) - 1, 10), tail));
}

/* How much of the bottom row a legend leaves. */
function roomOfMore(seen, room) {
	return seen.bottom < page.high - 1 ? room : Math.min(Math.max(legendLeft() - seen.left - 2 * MARGIN, room / 2), room);
}

function setLines(first, second) {
	const seen = seenRange(), room = seen.right - seen.left - 2 * MARGIN, matched = controls.matched.textContent.length;

	setLine(controls.details, first, matched === 0 ? room : room - (matched + 2) * page.meta.char);
	setLine(controls.more, second, roomOfMore(seen, room), page.meta.diff ? 0 : 60);
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

/* "12.3%"; what is only a sum in the subtree of NODE may match too. */
function partText(sum, whole, tree, node) {
	const text = (whole > 0 && sum === whole ? "100" : whole > 0 ? (100 * sum / whole).toFixed(1) : "0.0") + "%";

	return sum < whole && tree.name.subarray(node, tree.last[node] + 1).includes(MORE) ? "at least " + text : text;
}

/* "Matched: 12.3%", of what is zoomed or has the focus, and of all. */
function matchedText() {
	const { parts, stacks, matched } = view, { part, node } = view.zoom, tree = parts[part].tree;

	if (matched === null)
		return "";
	if (comparison() !== null)
		return matchedSides();
	const all = partText(matchedIn(stacks, matched, 0), view.whole, stacks, 0);
	if (node === 0 && parts.length === 1)
		return "Matched: " + all;
	const here = node === 0 ? partText(matchedWith(stacks, matched, tree.name[0]), tree.total[0], stacks, 0) :
	    partText(matchedIn(tree, matched, node), tree.total[node], tree, node);
	return "Matched: " + here + " (" + all + " of all)";
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
