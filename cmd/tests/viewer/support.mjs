// SPDX-License-Identifier: BSD-2-Clause
// For tests of the part of the viewer that needs no page: that part as M, tables, naive models, random profiles.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import zlib from "node:zlib";

const viewer = join(dirname(fileURLToPath(import.meta.url)), "../../../libpost/flame/viewer");
const NAMES = ["ROOT", "MORE", "GAP", "NAMED", "bareName", "sourceOf", "readTable", "treeOf", "pathOf", "findPath", "selfOf", "ownOf", "hasOwn",
    "collapseRecursion", "reverseTree", "calleesOf", "callersOf", "orderBySize", "orderByName", "hide", "elided", "widthsBefore", "widthsAfter",
    "functionTotals", "compilePattern", "matchNames", "matchedIn", "matchedWith", "matchingFunctions", "textOn", "mixColor", "cssColor", "deltaColor",
    "hueColor", "heatColor", "luminance"];
const source = ["names", "table", "tree", "shape", "totals", "match", "color"].map(f => readFileSync(join(viewer, f + ".js"), "utf8"));
export const M = vm.runInThisContext(`(function () { "use strict"; ${source.join("\n")}; return { ${NAMES.join(", ")} }; }())`);
export const { ROOT, MORE, GAP, NAMED } = M;
let tests = 0, failed = 0;

export function ok(yes, what, got) {
	console.log(`${yes ? "ok" : "not ok"} ${++tests} - ${what}`);
	if (yes)
		return;
	failed++;
	if (got !== undefined)
		console.log(`# ${JSON.stringify(got).slice(0, 2000)}`);
}

export function is(got, want, what) {
	ok(JSON.stringify(got) === JSON.stringify(want), what, { got, want });
}

export function skip(what, why) {
	console.log(`ok ${++tests} - ${what} # SKIP ${why}`);
}

/* The plan; returns the exit status. */
export function end() {
	console.log(`1..${tests}`);
	return failed > 0 ? 1 : 0;
}

/* A random number below N, the same in each run. */
let seed = 12345;
export function random(n) {
	seed = Math.imul(seed ^ seed >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
	const x = Math.imul(seed ^ seed >>> 12, 0x297a2d39);
	return ((x ^ x >>> 15) >>> 0) % n;
}

/* ---- the table of a list of stacks, { path: [texts], self, before, more }, in a comparison with after ---- */

function leb(out, value) {
	while (value > 127) {
		out.push(value % 128 + 128);
		value = Math.floor(value / 128);
	}
	out.push(value);
}

export function node(what) {
	return { what, kids: [], byName: new Map(), self: 0, before: 0, after: 0, mark: 0, more: 0 };
}

/* Nodes of stacks; in a chart only neighbours merge, and a frame's own samples are gaps unless it is a leaf of its own. */
export function nest(stacks, chart) {
	const root = node("");

	for (const s of stacks) {
		let at = root;
		for (const name of s.path) {
			let kid = chart ? at.kids[at.kids.length - 1] : at.byName.get(name);
			if (kid === undefined || kid.what !== name) {
				at.kids.push(kid = node(name));
				at.byName.set(name, kid);
			}
			at = kid;
		}
		if (chart && at.kids.length > 0) {
			at.kids.push(at = node(GAP));
		}
		at.self += s.self;
		at.before += s.before;
		at.after += s.after ?? 0;
	}
	return root;
}

export function encode(root, meta) {
	const names = new Map(), ups = [], what = [], self = [], more = [], before = [], after = [], marks = [];
	let next = 0, frames = 0, total = 0, nodes = 0;

	for (const todo = [[root, 0]]; todo.length > 0;) {
		const [at, depth] = todo.pop();
		nodes++;
		if (depth > 0) {
			leb(ups, next - depth);
			if (typeof at.what === "string" && !names.has(at.what))
				names.set(at.what, NAMED + names.size);
			leb(what, (typeof at.what === "string" ? names.get(at.what) : at.what) - MORE);
			frames += at.what === MORE ? at.more : 1;
		}
		if (at.what === MORE)
			leb(more, at.more);
		leb(self, at.self);
		leb(before, at.before);
		leb(after, at.after);
		marks.push(at.mark);
		total += at.self;
		next = depth + 1;
		for (let k = at.kids.length - 1; k >= 0; k--)
			todo.push([at.kids[k], depth + 1]);
	}
	const text = Array.from(names.keys(), n => n + "\n").join("");
	const json = JSON.stringify({ v: 1, nodes, names: names.size, scale: 0, total, frames, diff: false, ...meta });
	const columns = [Buffer.from(json), Buffer.from(text), Buffer.alloc(3 * names.size, 0x80), Buffer.alloc(names.size),
	    ups, what, self, more];
	return packed(meta && meta.compare ? columns.concat([before, after, marks]) : meta && meta.diff ? columns.concat([before]) : columns);
}

export function packed(columns) {
	const parts = [];

	for (const c of columns) {
		const length = Buffer.alloc(4);
		length.writeUInt32LE(c.length);
		parts.push(length, Buffer.from(c));
	}
	return zlib.deflateSync(Buffer.concat(parts)).toString("base64");
}

/* ---- naive models: a Map from a path, as JSON of ids, to [self, other, more, after], the last in a comparison ---- */

export function put(map, path, self, other, more, after = 0) {
	const key = JSON.stringify(path), had = map.get(key) || [0, 0, 0, 0];

	map.set(key, [had[0] + self, had[1] + other, had[2] + more, had[3] + after]);
}

/* The stacks of a tree that weigh something; gaps are their parents'. */
export function stacksOf(t) {
	const map = new Map();

	for (let i = 0; i < t.n; i++) {
		const [other, after] = [0, 1].map(k => t.others.length > k ? t.others[k][i] : 0), more = t.more === null ? 0 : t.more[i];
		if (t.self[i] > 0 || other > 0 || more > 0 || after > 0)
			put(map, M.pathOf(t, t.name[i] === GAP ? t.parent[i] : i), t.self[i], other, more, after);
	}
	return map;
}

export function mapped(stacks, change) {
	const map = new Map();

	for (const [key, [self, other, more, after]] of stacks) {
		const path = change(JSON.parse(key), self, other);
		if (path !== null)
			put(map, path, self, other, more, after);
	}
	return map;
}

/* What weighs nothing any more leaves no trace. */
export function sorted(map) {
	return Array.from(map).filter(([, v]) => v.some(x => x > 0)).sort((a, b) => a[0] < b[0] ? -1 : 1);
}

export function same(tree, map, weighOnly) {
	let a = sorted(stacksOf(tree)), b = sorted(map);

	if (weighOnly)
		[a, b] = [a, b].map(list => list.map(([k, v]) => [k, [v[0], v[1], v[3]]]).filter(([, v]) => v[0] + v[1] + v[2] > 0));
	return JSON.stringify(a) === JSON.stringify(b);
}

/* Everything that treeOf derives, computed again in the simplest way; in all but charts siblings differ. */
export function wrongIn(t, merged = true) {
	for (let i = 0; i < t.n; i++) {
		let parent = i - 1, last = i, total = t.self[i];
		const others = t.others.map(column => column[i]), sums = [t.past ? t.totalAfter : t.totalBefore, t.totalAfter];
		while (parent >= 0 && t.depth[parent] !== t.depth[i] - 1)
			parent--;
		while (last + 1 < t.n && t.depth[last + 1] > t.depth[i]) {
			total += t.self[++last];
			t.others.forEach((column, k) => { others[k] += column[last]; });
		}
		if (t.parent[i] !== parent || t.last[i] !== last || t.total[i] !== total)
			return `node ${i}: parent ${t.parent[i]} ${parent} last ${t.last[i]} ${last} total ${t.total[i]} ${total}`;
		if (others.some((sum, k) => sum !== sums[k][i]))
			return `node ${i}: other total`;
		let start = parent < 0 ? 0 : t.start[parent] + t.self[parent];
		const seen = new Set();
		for (let k = parent + 1; parent >= 0 && k < i; k = t.last[k] + 1) {
			start += t.total[k];
			seen.add(t.name[k]);
		}
		if (t.start[i] !== start)
			return `node ${i}: start ${t.start[i]} ${start}`;
		if (merged && !t.chart && seen.has(t.name[i]) && t.name[i] !== MORE)
			return `node ${i}: a second ${t.name[i]}`;
		if (!t.chart && t.name[i] === GAP && merged)
			return `node ${i}: a gap`;
	}
	return "";
}

/* ---- random profiles ---- */

export function randomStacks(o) {
	const stacks = [], n = random(o.few ? 4 : 40);

	for (let i = 0; i < n; i++) {
		const path = Array.from({ length: random(8) }, () => "abcdefgh".charAt(random(o.letters)) + (random(9) === 0 ? " x" : ""));
		stacks.push({ path, self: random(4) === 0 ? 0 : 1 + random(9), before: o.diff ? random(3) * random(5) : 0,
		    after: o.compare ? random(3) * random(5) : 0, more: 0 });
	}
	return stacks;
}

function addMore(root) {
	for (const todo = [root]; todo.length > 0;) {
		const at = todo.pop();
		todo.push(...at.kids);
		if (random(5) === 0 && at.what !== GAP)
			at.kids.splice(random(at.kids.length + 1), 0, { ...node(MORE), self: random(5), more: 1 + random(9), kids: [] });
	}
}

function addMarks(root) {
	for (const todo = [root]; todo.length > 0;) {
		const at = todo.pop();
		todo.push(...at.kids);
		at.mark = random(3) === 0 ? 1 : 0;
	}
}

async function randomProfile(o) {
	const stacks = randomStacks(o), root = nest(stacks, o.chart);

	if (o.compare)
		addMarks(root);
	if (o.more)
		addMore(root);
	return M.readTable(encode(root, { diff: Boolean(o.diff), chart: Boolean(o.chart), compare: o.compare ? {} : undefined }));
}

/* Run CHECK of many random profiles: it returns "" or what is wrong. */
export async function property(what, check) {
	for (let i = 0; i < 300; i++) {
		const o = { letters: 1 + random(6), diff: i % 2 === 1, chart: i % 5 === 4, more: i % 3 === 2, few: i % 7 === 6 };
		o.compare = i % 4 === 3 && !o.chart;
		const p = await randomProfile(o), wrong = check(p, p.tree, stacksOf(p.tree), o);
		if (wrong !== "") {
			ok(false, what, { i, o, wrong, tree: Array.from(p.tree.name, (n, k) => [p.tree.depth[k], n, p.tree.self[k]]) });
			return;
		}
	}
	ok(true, what);
}

export function differs(tree, map, why = "stacks differ") {
	return wrongIn(tree) || (same(tree, map) ? "" : why + JSON.stringify([sorted(stacksOf(tree)), sorted(map)]));
}

export function anyName(p) {
	return NAMED + random(Math.max(p.names.length - NAMED, 1));
}
