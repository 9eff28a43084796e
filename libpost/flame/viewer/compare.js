/* SPDX-License-Identifier: BSD-2-Clause */
/* A comparison: shares of each side's own total, as the static picture tells them; which side is which. */

const NOT_SIGNIFICANT = 0xd2d2d2;
const BEFORE = 0, AFTER = 1;
const SIDES = ["base", "new"];
const MARK_LEAST = 4;			/* px: on less a mark would hide the frame */

/* { names, before, after, work, max } of a comparison, else null. */
function comparison() {
	return page.meta.compare || null;
}

/* What a view without a choice shows. */
function usualShow() {
	return comparison() === null ? "after" : "union";
}

/* Units of the table as a part of a side's total, or per unit of its work. */
function shareOf(units, side) {
	return units / Math.pow(10, page.meta.scale) / (side === BEFORE ? comparison().before : comparison().after);
}

/* Of percents two; of what is as large as MOST, as many as show four digits. */
function shareDecimals(most) {
	let limit = 1000, n = 0;

	if (!comparison().work || most === 0)
		return 2;
	for (; n < 9 && most < limit; limit /= 10)
		n++;
	return n;
}

function asTold(share) {
	return comparison().work ? share : 100 * share;
}

function shareText(share, decimals) {
	return fixed(asTold(share), decimals) + (comparison().work ? "" : "%");
}

/* With its sign, unless it is told as 0. */
function signedFixed(v, decimals) {
	const text = fixed(Math.abs(v), decimals);

	return /[1-9]/.test(text) ? (v < 0 ? "-" : "+") + text : text;
}

function signedShare(share, decimals) {
	return signedFixed(asTold(share), decimals) + (comparison().work ? " per unit" : " points");
}

/* "base 5.54%, new 10.76%" of units. */
function sharesText(before, after) {
	const shares = [shareOf(before, BEFORE), shareOf(after, AFTER)], decimals = shareDecimals(Math.max(...shares));

	return shares.map((share, side) => SIDES[side] + " " + shareText(share, decimals)).join(", ");
}

/* "base 5.54%, new 10.76%, +5.22 points, +94.2%" of units. */
function sidesText(before, after) {
	const x = shareOf(before, BEFORE), y = shareOf(after, AFTER), text = sharesText(before, after) + ", " + signedShare(y - x, shareDecimals(Math.max(x, y)));

	if (before === 0)
		return text + (after === 0 ? "" : ", new");
	return text + (after === 0 ? ", gone, -100.0%" : ", " + signedFixed(100 * (y - x) / x, 1) + "%");
}

/* The own samples of NODE before and after, or null where it has none but its own, or they are not known. */
function ownSides(tree, node) {
	const own = [ownOf(tree, tree.before, node), ownOf(tree, tree.after, node)];

	return !hasOwn(tree) || own[0] === tree.totalBefore[node] && own[1] === tree.totalAfter[node] ? null : own;
}

/* In the parentheses of a title. */
function comparedText(tree, node) {
	const before = tree.totalBefore[node], after = tree.totalAfter[node], own = ownSides(tree, node);
	let text = sidesText(before, after);

	if (tree.name[node] === MORE)
		return text;
	if (own !== null) {
		const self = signedShare(shareOf(own[1], AFTER) - shareOf(own[0], BEFORE), shareDecimals(Math.max(shareOf(before, BEFORE), shareOf(after, AFTER))));
		text += /^[+-]/.test(self) ? "; self " + self : "";
	}
	return text + (isGrey(tree, node) && !tree.mixed ? "; not significant" : "");
}

/* Is the change of a named frame not significant? */
function isGrey(tree, node) {
	return tree.name[node] >= NAMED && tree.mark !== null && tree.mark[node] === 0;
}

/* The lines about a frame that its title has not. */
function comparedLines(tree, node) {
	const own = ownSides(tree, node), parent = tree.parent[node], unit = " " + page.meta.unit;
	const lines = ["base " + countText(tree.totalBefore[node]) + unit + ", new " + countText(tree.totalAfter[node]) + unit];

	if (own !== null && tree.name[node] !== MORE)
		lines.push("self: " + sidesText(own[0], own[1]));
	if (parent > 0)
		lines.push("of its parent: base " + percentText(tree.totalBefore[node], tree.totalBefore[parent]) + ", new " +
		    percentText(tree.totalAfter[node], tree.totalAfter[parent]));
	return lines;
}

/* "new", "gone" or "" */
function markOf(tree, node) {
	if (comparison() === null || tree.name[node] < NAMED || tree.totalBefore[node] === 0 === (tree.totalAfter[node] === 0))
		return "";
	return tree.totalBefore[node] === 0 ? "new" : "gone";
}

/* The attributes of what is drawn over a box of that colour, px; INSET of what is gone. */
function markLook(mark, rgb, x1, x2, y, height, inset = 1.5) {
	const by = mark === "new" ? 0.5 : inset, left = Math.round(x1 * 10), width = Math.round((Math.round(x2 * 10) - left) - 20 * by) / 10;
	const d = "M" + (left / 10 + by).toFixed(1) + " " + (y + by) + "h" + width + "v" + (height - 2 * by) + "h" + -width + "z";

	return mark === "new" ? { d, fill: "url(#" + CSS.escape(page.meta.prefix) + "new)", stroke: "none", "stroke-width": 1, "stroke-dasharray": "none" } :
	    { d, fill: "none", stroke: cssColor(textOn(rgb)), "stroke-width": 1, "stroke-dasharray": "4 2" };
}

/* The switch that says what is shown. */
function showValues() {
	const names = comparison().names.map((name) => cutMiddle(name, 40));

	return [["union", "both sides"], ["after", "new: " + names[AFTER]], ["before", "base: " + names[BEFORE]], ["elided", "gone"]];
}

function showStatusText() {
	const texts = comparison() === null ? { before: "before", elided: "gone after" } : { before: "base only", after: "new only", elided: "gone" };

	return page.meta.diff && state.show !== usualShow() ? texts[state.show] : "";
}

/* The tree of the profile as wide as the view is to be. */
function shownTree(tree) {
	return { union: (t) => t, after: comparison() === null ? (t) => t : widthsAfter, before: widthsBefore, elided }[state.show](tree);
}

/* A number of samples of a function, with its share: of its side in a comparison, else of the view. */
function addSamples(row, units, side) {
	const td = addHtml(row, "td", { class: "panel-number" });

	addHtml(td, "span", {}, countText(units));
	addHtml(td, "span", { class: "panel-percent" }, comparison() === null ? percentText(units, view.whole) :
	    shareText(shareOf(units, side), shareDecimals(shareOf(units, side))));
}

function boundText(delta) {
	const text = signedFixed(asTold(delta), shareDecimals(Math.abs(delta)));

	return text + (comparison().work ? " " + page.meta.unit + " per unit" : " points");
}

/* With "before" there, texts are not cut. */
function legendOfComparison() {
	const max = comparison().max, ramp = (t) => deltaColor((2 * t - 1) * max, max, true, false);
	const list = max > 0 ? legendRamp(ramp, "less: " + boundText(-max), "more: " + boundText(max)) : [];

	return list.concat([{ color: cssColor(NOT_SIGNIFICANT), before: "", text: "not significant" }, { color: "#ffffff", text: "new", mark: "new" },
	    { color: "#ffffff", text: "gone", mark: "gone" }]);
}

/* The share of the samples that match on each side: in what is zoomed, and of all. */
function matchedSides() {
	const { parts, stacks, matched } = view, { part, node } = view.zoom, tree = parts[part].tree;
	const text = (t, sum) => (t.name.includes(MORE) ? "at least " : "") + sharesText(sum(t.totalBefore), sum(t.totalAfter));
	const all = text(stacks, (sums) => matchedIn(stacks, matched, 0, sums));

	if (node === 0 && parts.length === 1)
		return "Matched: " + all;
	return "Matched: " + (node === 0 ? text(stacks, (sums) => matchedWith(stacks, matched, tree.name[0], sums)) :
	    text(tree, (sums) => matchedIn(tree, matched, node, sums))) + " (" + all + " of all)";
}

/* The line of the sides: names are cut to the width of the picture. */
function fitSides() {
	const line = document.getElementById(page.prefix + "sides");

	if (line === null || comparison() === null)
		return;
	const names = comparison().names, room = Math.max(Math.floor((page.wide - 2 * MARGIN) / page.meta.char - 16), 16), half = Math.floor(room / 2);
	const lengths = names.map((name) => Array.from(name).length);
	names.forEach(function (name, side) {
		const chars = lengths[1 - side] < half ? room - lengths[1 - side] : half;
		setText(line.children[side], SIDES[side] + ": " + (lengths[side] <= chars ? name : cutMiddle(name, chars, Infinity)));
	});
}
