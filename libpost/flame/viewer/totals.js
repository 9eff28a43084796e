/* SPDX-License-Identifier: BSD-2-Clause */
/* What each function has, wherever in the tree it stands. */

/* Add to SELF and TOTAL, by name, the own samples and the sums of a tree's column; recursion counts once. */
function addTotals(tree, column, sums, self, total) {
	const { n, name, parent, last } = tree;
	const end = new Int32Array(total.length).fill(-1);	/* of the last topmost frame of a name */

	for (let i = 0; i < n; i++) {
		const id = name[i];
		if (column[i] !== 0)
			self[id === GAP ? name[parent[i]] : id] += column[i];
		if (i > end[id] && id !== GAP) {
			total[id] += sums[i];
			end[id] = last[i];
		}
	}
}

/*
 * By name, Float64Array of NAMES numbers each: self and total of what the
 * tree is wide of, and in a differential selfBefore, totalBefore, selfAfter
 * and totalAfter (else null), of which some may be self and total.
 */
function functionTotals(tree, names) {
	const of = function (column, sums) {
		const self = new Float64Array(names), total = new Float64Array(names);
		addTotals(tree, column, sums, self, total);
		return { self, total };
	};
	const shown = of(tree.self, tree.total), none = { self: null, total: null };
	const side = (column, sums) => column === null ? none : column === tree.self ? shown : of(column, sums);
	const before = side(tree.before, tree.totalBefore), after = side(tree.after, tree.totalAfter);

	return { self: shown.self, total: shown.total, selfBefore: before.self, totalBefore: before.total, selfAfter: after.self, totalAfter: after.total };
}
