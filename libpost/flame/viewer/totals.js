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
 * and totalAfter (else null), two of which are self and total.
 */
function functionTotals(tree, names) {
	const self = new Float64Array(names), total = new Float64Array(names), other = otherOf(tree);

	addTotals(tree, tree.self, tree.total, self, total);
	if (other === null)
		return { self, total, selfBefore: null, totalBefore: null, selfAfter: null, totalAfter: null };
	const selfOther = new Float64Array(names), totalOther = new Float64Array(names);
	addTotals(tree, other, tree.past ? tree.totalAfter : tree.totalBefore, selfOther, totalOther);
	return tree.past ?
	    { self, total, selfBefore: self, totalBefore: total, selfAfter: selfOther, totalAfter: totalOther } :
	    { self, total, selfBefore: selfOther, totalBefore: totalOther, selfAfter: self, totalAfter: total };
}
