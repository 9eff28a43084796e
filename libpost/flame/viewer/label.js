/* SPDX-License-Identifier: BSD-2-Clause */
/* Words and numbers: labels that fit, counts, percentages, titles. */

/* As much of a name as fits into a number of characters, which are code points. */
function fitLabel(name, chars, left) {
	if (chars < 3)
		return "";
	if (name.length <= chars)
		return name;
	const points = name.length > 2 * chars + 4 && !left ? Array.from(name.slice(0, 2 * chars + 4)) : Array.from(name);
	if (points.length <= chars)
		return name;
	return left ? ".." + points.slice(2 - chars).join("") : points.slice(0, chars - 2).join("") + "..";
}

function commas(digits) {
	return digits.length < 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/* Halves go to the even number, as printf rounds. */
function roundEven(v) {
	const low = Math.floor(v);

	return v - low === 0.5 ? low + low % 2 : Math.round(v);
}

/* Units of the table as what was counted, and as a whole number of that. */
function shownUnits(units) {
	return units * page.meta.factor / Math.pow(10, page.meta.scale);
}

function countOf(units) {
	return roundEven(shownUnits(units));
}

function countText(units) {
	const n = countOf(Math.abs(units));

	return (units < 0 && n > 0 ? "-" : "") + commas(n < 1e21 ? String(n) : BigInt(n).toString());
}

function signedText(units) {
	return (units > 0 ? "+" : "") + countText(units);
}

/* With so many decimals; exact halves, which with two are odd eighths, go to the even one. */
function fixed(v, decimals) {
	const parts = v * Math.pow(2, decimals + 1), tens = Math.pow(10, decimals);

	return Number.isInteger(parts) && parts % 2 !== 0 ? (roundEven(v * tens) / tens).toFixed(decimals) : v.toFixed(decimals);
}

function fixed2(v) {
	return fixed(v, 2);
}

function percentText(units, whole) {
	return whole > 0 ? fixed2(100 * units / whole) + "%" : "0.00%";
}

function signedPercent(units, whole) {
	return (units > 0 ? "+" : "") + percentText(units, whole);
}

/* What a node is called where it is drawn. */
function nameText(part, node) {
	const tree = view.parts[part].tree, id = tree.name[node];

	if (id !== MORE)
		return page.profile.shown[id];
	return "(" + commas(String(tree.more === null ? 0 : tree.more[node])) + " more)";
}

/*
 * The change of a node, in units: its own, or that of all that stands on it.  A picture made leaf first keeps its static numbers.
 * In a comparison it is always of all, as a share.
 */
function deltaOf(tree, node) {
	if (tree.before === null)
		return 0;
	if (comparison() !== null)
		return shareOf(tree.totalAfter[node], AFTER) - shareOf(tree.totalBefore[node], BEFORE);
	if (state.delta === "inclusive" || !hasOwn(tree))
		return tree.totalAfter[node] - tree.totalBefore[node];
	const own = tree.callers && page.meta.reversed ? endsOf : ownOf;
	return own(tree, tree.after, node) - own(tree, tree.before, node);
}

/* A change as it is shown. */
function changeOf(before, after) {
	return page.meta.negate ? before - after : after - before;
}

/* The root of the profile itself, which the static picture calls "all". */
function isAll(part, node) {
	return node === 0 && view.parts[part].tree.name[0] === ROOT;
}

/* "NAME (1,234 samples, 1.23%)", in a differential "NAME (1,234 samples, 1.23%; +0.12%)"; in a comparison the shares of both sides. */
function titleOf(part, node) {
	if (comparison() !== null)
		return nameText(part, node) + " (" + comparedText(view.parts[part].tree, node) + ")";
	const tree = view.parts[part].tree, meta = page.meta, all = isAll(part, node);
	const units = all ? view.whole : tree.total[node], share = countOf(units) / shownUnits(view.whole) || 0;
	let text = nameText(part, node) + " (" + countText(units) + " " + meta.unit + ", " + (all ? "100" : fixed2(100 * share)) + "%";

	if (tree.before !== null && !all) {
		text += "; " + signedPercent(changeOf(0, deltaOf(tree, node)), view.whole);
	}
	return text + ")";
}
