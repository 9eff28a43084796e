/* SPDX-License-Identifier: BSD-2-Clause */
/* Other trees of the same stacks: frames merged, turned around, left out. */

/* Items in groups, one above the other: the topmost is taken, and parts of it are put back. */
class Groups {
	constructor(cap) {
		this.items = new Int32Array(cap);
		this.end = 0;			/* of the items of all groups */
		this.n = 0;
		this.first = new Int32Array(64);
		this.name = new Int32Array(64);
		this.depth = new Int32Array(64);
		this.from = this.to = 0;	/* the items that were taken, good until a group is put on */
		this.takenName = this.takenDepth = 0;
	}

	begin(items, name) {
		this.items.set(items);
		this.end = items.length;
		this.put(0, name, 0);
	}

	put(first, name, depth) {
		if (this.n === this.first.length) {
			this.first = grown(this.first);
			this.name = grown(this.name);
			this.depth = grown(this.depth);
		}
		this.first[this.n] = first;
		this.name[this.n] = name;
		this.depth[this.n++] = depth;
	}

	take() {
		if (this.n === 0)
			return false;
		this.to = this.end;
		this.end = this.from = this.first[--this.n];
		this.takenName = this.name[this.n];
		this.takenDepth = this.depth[this.n];
		return true;
	}
}

/*
 * Parts items by their names.  add() each, then putOn() puts them on GROUPS, those
 * of the name that came first topmost.  With NEIGHBOURS equal names that do
 * not follow each other stay apart.
 */
class Parts {
	constructor(cap, names, neighbours) {
		this.neighbours = neighbours;
		this.n = this.items = 0;
		this.item = new Int32Array(cap);
		this.part = new Int32Array(cap);
		this.of = new Int32Array(names).fill(-1);	/* by name: its part */
		this.name = new Int32Array(64);
		this.size = new Int32Array(64);
	}

	add(item, name) {
		let part = this.of[name];

		if (part < 0 || this.neighbours && part !== this.n - 1) {
			part = this.n++;
			if (part === this.name.length) {
				this.name = grown(this.name);
				this.size = grown(this.size);
			}
			this.of[name] = part;
			this.name[part] = name;
			this.size[part] = 0;
		}
		this.size[part]++;
		this.item[this.items] = item;
		this.part[this.items++] = part;
	}

	putOn(groups, depth) {
		const { size, part, item } = this;
		let at = groups.end;

		for (let p = this.n - 1; p >= 0; p--) {
			groups.put(at, this.name[p], depth);
			this.of[this.name[p]] = -1;
			at += size[p];
			size[p] = at - size[p];		/* where its next item goes */
		}
		for (let k = 0; k < this.items; k++)
			groups.items[size[part[k]]++] = item[k];
		groups.end = at;
		this.n = this.items = 0;
	}
}

/*
 * One tree of subtrees, equal paths merged.  Items are nodes, or ~node: a frame
 * that was merged, of which only its own samples are left, as a gap.
 */
class SubtreeMerge {
	constructor(tree, collapse, chart) {
		this.tree = tree;
		this.collapse = collapse;
		this.chart = chart;
		this.groups = new Groups(tree.n + 1);
		this.parts = new Parts(tree.n + 1, namesIn(tree), chart);
		this.out = new Columns(tree, tree.n + 1);
		this.out.chart = chart;
		this.out.mixed = true;
	}

	/* The samples of NODE are those of TO; in a chart, unless it is the FIRST there, where they lie. */
	takeSelf(node, to, first) {
		if (this.chart && !first && this.tree.self[node] > 0 && this.out.name[to] !== GAP)
			this.parts.add(~node, GAP);
		else
			this.out.take(to, this.tree, node);
	}

	takeChildren(node, to) {
		const { name, last } = this.tree, end = last[node];

		for (let i = node + 1; i <= end;)
			if (name[i] === GAP && !this.chart) {
				this.out.take(to, this.tree, i);
				i = last[i] + 1;
			} else if (!this.collapse || name[i] !== this.out.name[to]) {
				this.parts.add(i, name[i]);
				i = last[i] + 1;
			} else {
				this.takeSelf(i, to, false);
				this.out.stand(to, this.tree, i);
				i++;
			}
	}

	takeItem(item, to, first) {
		if (item < 0) {
			this.out.take(to, this.tree, ~item);
			return;
		}
		this.takeSelf(item, to, first);
		this.out.stand(to, this.tree, item);
		this.takeChildren(item, to);
	}

	/* TOPS are nodes of which none is in another's subtree. */
	run(tops, rootName) {
		const { groups, parts, out } = this;

		groups.begin(tops, rootName);
		while (groups.take()) {
			const to = out.add(groups.takenName, groups.takenDepth);
			for (let k = groups.from; k < groups.to; k++)
				this.takeItem(groups.items[k], to, k === groups.from);
			parts.putOn(groups, out.depth[to] + 1);
		}
		return treeOf(out);
	}
}

/* A function that calls itself is one frame. */
function collapseRecursion(tree) {
	return new SubtreeMerge(tree, true, tree.chart).run([0], ROOT);
}

/* The frames of a function of which no caller is the same function. */
function topmostOf(tree, id) {
	const { n, name, last } = tree, found = [];

	for (let i = 0; i < n;)
		if (name[i] === id) {
			found.push(i);
			i = last[i] + 1;
		} else
			i++;
	return found;
}

/* What function ID calls; the root is that function. */
function calleesOf(tree, id) {
	return new SubtreeMerge(tree, false, false).run(topmostOf(tree, id), id);
}

/*
 * One tree of the paths from the nodes FROM[k] down to the root, each a stack that
 * begins with FROM[k] and has SELF[k] samples, OTHERS[..][k] of the other columns, and the mark of NODES[k].
 */
class PathMerge {
	constructor(tree, from, nodes, self, others) {
		this.tree = tree;
		this.from = from;
		this.nodes = nodes;
		this.self = self;
		this.others = others;
		this.at = Int32Array.from(from);	/* by k: the next node of the path */
		this.out = new Columns(tree, Math.max(2 * from.length, 64));
		this.out.callers = !tree.callers;
		this.out.mixed = true;
	}

	end(k, to) {
		this.out.self[to] += this.self[k];
		for (let i = 0; i < this.others.length; i++)
			this.out.others[i][to] += this.others[i][k];
	}

	stand(k, to) {
		if (this.out.mark !== null)
			this.out.mark[to] |= this.tree.mark[this.nodes[k]];
	}

	/* The next frame of path K is TO. */
	step(k, to) {
		const node = this.at[k];

		if (this.tree.more !== null && node === this.from[k])
			this.out.more[to] += this.tree.more[node];
		this.stand(k, to);
		this.at[k] = this.tree.parent[node];
	}

	/* Path K shares no more with others. */
	addAlone(k, depth) {
		const { name, parent } = this.tree, out = this.out;
		let to = out.n - 1;

		if (this.at[k] > 0) {
			to = out.add(name[this.at[k]], depth++);
			this.step(k, to);
		}
		for (let node = this.at[k]; node > 0; node = parent[node]) {
			to = out.add(name[node], depth++);
			this.stand(k, to);
		}
		this.end(k, to);
	}

	run(rootName) {
		const { at, out } = this, n = at.length, name = this.tree.name;
		const groups = new Groups(n), parts = new Parts(n, namesIn(this.tree), false);

		groups.begin(at.map((_, k) => k), rootName);
		while (groups.take()) {
			const { items, from, to: end, takenDepth: depth } = groups, to = out.add(groups.takenName, depth);
			for (let i = from; i < end; i++)
				if (depth > 0)
					this.step(items[i], to);
				else
					this.stand(items[i], to);
			if (end - from === 1) {
				this.addAlone(items[from], depth + 1);
				continue;
			}
			for (let i = from; i < end; i++)
				if (at[items[i]] > 0)
					parts.add(items[i], name[at[items[i]]]);
				else
					this.end(items[i], to);
			parts.putOn(groups, depth + 1);
		}
		return treeOf(out);
	}
}

/* Each stack leaf first: the callers of a function that is a leaf are merged. */
function reverseTree(tree) {
	const { n, name, parent, last } = tree, from = new Int32Array(n), ends = new Int32Array(n);
	let m = 0;

	for (let i = 0; i < n; i++)
		if (last[i] === i || weighs(tree, i)) {
			ends[m] = i;
			from[m++] = name[i] === GAP ? parent[i] : i;
		}
	const nodes = ends.subarray(0, m), pick = column => Float64Array.from(nodes, i => column[i]), paths = from.subarray(0, m);
	return new PathMerge(tree, paths, paths, pick(tree.self), tree.others.map(pick)).run(ROOT);
}

/* Who calls function ID, the next caller first; the root is that function. */
function callersOf(tree, id) {
	const tops = topmostOf(tree, id), from = tops.map(i => tree.parent[i]), pick = column => Float64Array.from(tops, i => column[i]);

	return new PathMerge(tree, from, tops, pick(tree.total), tree.others.map(column => pick(sumsOf(tree, column)))).run(id);
}

const FEW = 16;

/* The first N of LIST by their keys; equal ones stay in the order of a walk. */
function sortNodes(list, n, key) {
	if (n > FEW) {
		list.subarray(0, n).sort((a, b) => key[a] - key[b]);
		return;
	}
	for (let i = 1; i < n; i++) {
		const node = list[i];
		let j = i;
		for (; j > 0 && key[list[j - 1]] > key[node]; j--)
			list[j] = list[j - 1];
		list[j] = node;
	}
}

/* The same tree, siblings in the order of their keys, by node.  Gaps become their parents' own samples. */
function orderBy(tree, key) {
	const { n, name, depth, last } = tree, out = new Columns(tree, n);
	const waiting = new Int32Array(n), children = new Int32Array(n);
	let top = 1;			/* of what waits; the root is there */

	while (top > 0) {
		const node = waiting[--top], to = out.add(name[node], depth[node]);
		let m = 0;
		out.take(to, tree, node);
		out.stand(to, tree, node);
		for (let i = node + 1; i <= last[node]; i = last[i] + 1)
			if (name[i] === GAP)
				out.take(to, tree, i);
			else
				children[m++] = i;
		if (m > 1)
			sortNodes(children, m, key);
		while (m > 0)
			waiting[top++] = children[--m];
	}
	return treeOf(out);
}

/* Keys of nodes; those that stand for several come last. */
function keysOf(tree, keyOf) {
	const { n, name } = tree, key = new Float64Array(n);

	for (let i = 0; i < n; i++)
		key[i] = name[i] === MORE ? Infinity : keyOf(i);
	return key;
}

function orderBySize(tree) {
	const total = tree.total;

	return orderBy(tree, keysOf(tree, i => -total[i]));
}

/* As bt-svg orders them: by the bytes of a name and of the blank or ";" behind it in the first of the sorted lines. */
function orderByName(tree, names) {
	const plain = tree.chart ? orderBy(tree, keysOf(tree, () => 0)) : tree;		/* no gaps */
	const { ends, goesOn } = orderOfNames(names), { name, last } = plain;

	return orderBy(plain, keysOf(plain, i => last[i] === i || weighs(plain, i) ? ends[name[i]] : goesOn[name[i]]));
}

/* The same tree without the stacks that end in a node with GONE; frames of which no stack is left go. */
function withoutStacks(tree, gone) {
	const { n, name, depth, parent, last } = tree;
	const out = new Columns(tree, n), stays = new Uint8Array(n);

	stays[0] = 1;
	for (let i = n - 1; i > 0; i--) {
		if (gone[i] === 0 && (last[i] === i || weighs(tree, i)))
			stays[i] = 1;
		if (stays[i] === 1)
			stays[parent[i]] = 1;
	}
	for (let i = 0; i < n; i++) {
		if (stays[i] === 0)
			continue;
		const to = out.add(name[i], depth[i]);
		if (gone[i] === 0)
			out.take(to, tree, i);
		out.stand(to, tree, i);
	}
	out.chart = tree.chart;
	out.mixed = true;
	return treeOf(out);
}

function goSubtree(tree, node, gone) {
	gone.fill(1, node, tree.last[node] + 1);
}

/* What stands on the frames that PATH leads to; where it is COLLAPSED a frame in itself counts as one with it. */
function goPath(tree, path, collapsed, gone) {
	const { n, name, depth, last } = tree, met = new Int32Array(tree.maxDepth + 1);	/* by depth: so much of PATH leads there */

	for (let i = 1; i < n;) {
		const d = depth[i], k = met[d - 1], repeats = collapsed && k > 0 && name[i] === path[k - 1];
		met[d] = repeats ? k : k + 1;
		if (!repeats && name[i] !== path[k])
			i = last[i] + 1;
		else if (met[d] < path.length)
			i++;
		else {
			goSubtree(tree, i, gone);
			i = last[i] + 1;
		}
	}
}

/* Stacks whose last frames are PATH, leaf first. */
function goLeaves(tree, path, collapsed, gone) {
	const { n, name, parent } = tree;

	for (let i = 0; i < n; i++) {
		let node = name[i] === GAP ? parent[i] : i, k = 0;
		while (k < path.length && node > 0 && name[node] === path[k]) {
			do
				node = parent[node];
			while (collapsed && node > 0 && name[node] === path[k]);
			k++;
		}
		if (k === path.length)
			gone[i] = 1;
	}
}

/*
 * The same tree without what ITEMS say, each of
 *	{ kind: "name", name }	stacks through a function
 *	{ kind: "path", path }	what stands on a frame and itself
 *	{ kind: "leaf", path }	stacks that end so, leaf first
 * With { collapsed: true } a path is one of the tree without recursion.
 */
function hide(tree, items) {
	const gone = new Uint8Array(tree.n);

	for (const item of items)
		if (item.kind === "name")
			for (const node of topmostOf(tree, item.name))
				goSubtree(tree, node, gone);
		else if (item.kind === "leaf")
			goLeaves(tree, item.path, item.collapsed, gone);
		else if (item.path.length > 0)
			goPath(tree, item.path, item.collapsed, gone);
	return withoutStacks(tree, gone);
}

/* The tree of a differential as wide as SELF is, which in all but comparisons is of what is before; frames stay where they are. */
function wideOf(tree, self, before, after) {
	const past = tree.others.length < 2;

	return treeOf({ n: tree.n, name: tree.name, depth: tree.depth, more: tree.more, chart: tree.chart, callers: tree.callers,
	    mark: tree.mark, mixed: tree.mixed, past, self, others: past ? [after] : [before, after] });
}

/* The same tree, as wide as it was before. */
function widthsBefore(tree) {
	return tree.before === null ? tree : wideOf(tree, tree.before, tree.before, tree.after);
}

/* The tree of a comparison, as wide as it is after. */
function widthsAfter(tree) {
	return wideOf(tree, tree.after, tree.before, tree.after);
}

/* What vanished: stacks with nothing after and something before, as wide as before. */
function elided(tree) {
	const { n, before, after } = tree, self = new Float64Array(n), gone = new Uint8Array(n);

	for (let i = 0; i < n; i++)
		if (before !== null && after[i] === 0 && before[i] > 0)
			self[i] = before[i];
		else
			gone[i] = 1;
	return withoutStacks(wideOf(tree, self, self, new Float64Array(n)), gone);
}
