/* SPDX-License-Identifier: BSD-2-Clause */
/* A tree of frames as columns: a number for each node in a typed array, in the order of a walk. */

/*
 * Node 0 is the root; parents come first, siblings from left to right.
 * All samples are integers in units of 10^-scale, exact up to 2^53.
 *
 *	n		nodes
 *	name		names.js's numbers
 *	parent		a node; -1 of the root
 *	depth		0 of the root
 *	last		the last node of the subtree; the node itself if it has no child
 *	self, total	own samples, and those of the subtree: what it is wide of
 *	start		where it begins; its own samples stand left of its children
 *	more		of MORE: the frames that it stands for; null: there are none
 *	chart		siblings are in the order of time, and equal ones may be several
 *	callers		stacks stand leaf first: self is what ends at an outermost caller
 *	maxDepth
 *
 * In a differential, else null:
 *	before, totalBefore, after, totalAfter
 * after and totalAfter are self and total themselves; in a tree that is as wide
 * as before (`past`) before and totalBefore are.  In a comparison, whose frames
 * are wide of something else, all four are of their own, and there is
 *	mark		1 where the change of the subtree is significant (else null)
 *	mixed		frames do not stand for the stacks that they had: then a
 *			mark is of some of what is in a frame
 * others are the columns beside self: [], [before] or [after], [before, after].
 *
 * A GAP is a frame's own samples between two of its children: it takes room
 * and is not shown, and its self belongs to its parent.
 */
class Tree {
	constructor(n) {
		this.n = n;
		this.parent = new Int32Array(n);
		this.last = new Int32Array(n);
		this.total = new Float64Array(n);
		this.start = new Float64Array(n);
		this.maxDepth = 0;
	}
}

/* The number of names that have to be counted for: one more than the largest. */
function namesIn(tree) {
	const name = tree.name, n = tree.n;
	let most = NAMED - 1;

	for (let i = 0; i < n; i++)
		if (name[i] > most)
			most = name[i];
	return most + 1;
}

function setParents(tree) {
	const { n, depth, parent, last } = tree;
	let open = new Int32Array(64), deepest = 0;

	parent[0] = -1;
	for (let i = 1; i < n; i++) {
		const d = depth[i];
		if (d > deepest)
			deepest = d;
		if (d >= open.length)
			open = grown(open);
		parent[i] = open[d - 1];
		open[d] = i;
	}
	for (let i = n - 1; i > 0; i--) {
		if (last[i] === 0)
			last[i] = i;
		if (last[parent[i]] === 0)
			last[parent[i]] = last[i];
	}
	tree.maxDepth = deepest;
}

/* A longer copy of a typed array. */
function grown(array) {
	const copy = new array.constructor(array.length * 2);

	copy.set(array);
	return copy;
}

function sumUp(parent, self, total) {
	total.set(self);
	for (let i = total.length - 1; i > 0; i--)
		total[parent[i]] += total[i];
}

function setStarts(tree) {
	const { n, depth, self, total, start } = tree;
	const next = new Float64Array(tree.maxDepth + 1);	/* by depth: where the next child begins */

	next[0] = self[0];
	for (let i = 1; i < n; i++) {
		const d = depth[i], x = next[d - 1];
		start[i] = x;
		next[d - 1] = x + total[i];
		next[d] = x + self[i];
	}
}

/*
 * A tree of { n, name, depth, self }, and if there are such { others, past,
 * more, chart, callers, mark, mixed }: OTHERS is self before, with PAST self after, or both.
 * The arrays may be longer than N; they become the tree's.
 */
function treeOf(columns) {
	const n = columns.n, tree = new Tree(n), cut = a => a.length === n ? a : a.subarray(0, n);

	tree.name = cut(columns.name);
	tree.depth = cut(columns.depth);
	tree.self = cut(columns.self);
	tree.more = columns.more ? cut(columns.more) : null;
	tree.chart = Boolean(columns.chart);
	tree.past = Boolean(columns.past);
	tree.callers = Boolean(columns.callers);
	tree.mark = columns.mark ? cut(columns.mark) : null;
	tree.mixed = Boolean(columns.mixed);
	setParents(tree);
	sumUp(tree.parent, tree.self, tree.total);
	setStarts(tree);
	setSides(tree, (columns.others || []).map(cut));
	return tree;
}

/* What is before, and what after: [own samples, sums] each. */
function setSides(tree, others) {
	const sums = others.map(() => new Float64Array(tree.n)), shown = [tree.self, tree.total];

	others.forEach((column, k) => sumUp(tree.parent, column, sums[k]));
	const pairs = others.map((column, k) => [column, sums[k]]);
	const [before, after] = pairs.length === 0 ? [[null, null], [null, null]] : pairs.length === 2 ? pairs :
	    tree.past ? [shown, pairs[0]] : [pairs[0], shown];
	tree.others = others;
	[tree.before, tree.totalBefore] = before;
	[tree.after, tree.totalAfter] = after;
}

/* Has a node own samples of any kind? */
function weighs(tree, node) {
	const { self, others } = tree;

	return self[node] > 0 || others.length > 0 && others[0][node] > 0 || others.length > 1 && others[1][node] > 0;
}

/* The names from below the root to NODE. */
function pathOf(tree, node) {
	const path = new Array(tree.depth[node]);

	for (let i = node; i > 0; i = tree.parent[i])
		path[tree.depth[i] - 1] = tree.name[i];
	return path;
}

/* The first node that PATH leads to, or -1; a chart may have several. */
function findPath(tree, path) {
	const { n, name, depth, last } = tree;
	let met = 0;

	if (path.length === 0)
		return 0;
	for (let i = 1; i < n;) {
		met = Math.min(met, depth[i] - 1);
		if (depth[i] !== met + 1 || name[i] !== path[met]) {
			i = last[i] + 1;
			continue;
		}
		if (++met === path.length)
			return i;
		i++;
	}
	return -1;
}

/* What a column has of stacks that end at NODE, in gaps too. */
function endsOf(tree, column, node) {
	let sum = column[node];

	if (tree.chart)
		for (let i = node + 1; i <= tree.last[node]; i = tree.last[i] + 1)
			if (tree.name[i] === GAP)
				sum += column[i];
	return sum;
}

/* Are the frames' own samples known?  Not of the callers of one function. */
function hasOwn(tree) {
	return !tree.callers || tree.name[0] === ROOT;
}

/* The sums of a column of samples. */
function sumsOf(tree, column) {
	return column === tree.self ? tree.total : column === tree.before ? tree.totalBefore : tree.totalAfter;
}

/* A column's own samples of NODE: where stacks stand leaf first, those of the frames on the root. */
function ownOf(tree, column, node) {
	if (!tree.callers || node === 0)
		return hasOwn(tree) ? endsOf(tree, column, node) : 0;
	return hasOwn(tree) && tree.depth[node] === 1 ? sumsOf(tree, column)[node] : 0;
}

function selfOf(tree, node) {
	return ownOf(tree, tree.self, node);
}

/* Columns for treeOf, filled node by node; OF is the tree they are made from. */
class Columns {
	constructor(of, cap) {
		this.n = 0;
		this.name = new Int32Array(cap);
		this.depth = new Int32Array(cap);
		this.self = new Float64Array(cap);
		this.others = of.others.map(() => new Float64Array(cap));
		this.more = of.more === null ? null : new Float64Array(cap);
		this.mark = of.mark === null ? null : new Uint8Array(cap);
		this.mixed = of.mixed;
		this.past = of.past;
		this.chart = false;
		this.callers = of.callers;
	}

	add(name, depth) {
		if (this.n === this.name.length) {
			for (const key of ["name", "depth", "self", "more", "mark"])
				if (this[key] !== null)
					this[key] = grown(this[key]);
			this.others = this.others.map(grown);
		}
		this.name[this.n] = name;
		this.depth[this.n] = depth;
		return this.n++;
	}

	/* The own samples of node FROM of a tree are added to node TO. */
	take(to, tree, from) {
		this.self[to] += tree.self[from];
		for (let k = 0; k < this.others.length; k++)
			this.others[k][to] += tree.others[k][from];
	}

	/* Node TO stands for node FROM of a tree. */
	stand(to, tree, from) {
		if (this.more !== null)
			this.more[to] += tree.more[from];
		if (this.mark !== null)
			this.mark[to] |= tree.mark[from];
	}
}
