// SPDX-License-Identifier: BSD-2-Clause
// viewer-model.mjs [BINDIR] - the part of the viewer that needs no page, against naive models; prints TAP.
import { GAP, M, MORE, NAMED, ROOT, anyName, differs, encode, end, is, mapped, nest, ok, property, put, random, same, wrongIn } from "./viewer/support.mjs";
import { testCompared, testPictures, testTable } from "./viewer/table.mjs";

function testNames() {
	is(["a_[k]", "a_[j]_[i]", "[k]", "_[w]", "a_[x]", "a [m]_[k]", "a_[k]b"].map(M.bareName),
	    ["a", "a_[j]", "[k]", "", "a_[x]", "a [m]", "a_[k]b"], "names without the mark for a colour");
	const cases = [
		["main", "main", "", ""],
		["poll [libc-2.17.so]", "poll", "libc-2.17.so", ""],
		["sys_read [kernel]_[k]", "sys_read", "kernel", ""],
		["[libc-2.17.so]", "[libc-2.17.so]", "libc-2.17.so", ""],
		["[unknown]", "[unknown]", "", ""],
		["[tail]", "[tail]", "", ""],
		["<unknown>", "<unknown>", "", ""],
		["main(shop.c:31)", "main", "", "shop.c:31"],
		["App::read(int, char*)(a.cc:7) [app]", "App::read(int, char*)", "app", "a.cc:7"],
		["App::read(int)", "App::read(int)", "", ""],
		["std::map<a, b>::find", "std::map<a, b>::find", "", ""],
		["foo at /src/c++/a.c:12", "foo", "", "/src/c++/a.c:12"],
		["foo [a.c:12]", "foo", "", "a.c:12"],
		["tax_[i]", "tax", "", ""],
		["@/opt/app/a.lua:12", "@/opt/app/a.lua:12", "a.lua", "/opt/app/a.lua:12"],
		["T:@/opt/app/a.lua:12", "T:@/opt/app/a.lua:12", "a.lua", "/opt/app/a.lua:12"],
		["=content_by_lua(nginx.conf:90):3", "=content_by_lua(nginx.conf:90):3", "content_by_lua(nginx.conf:90)", "content_by_lua(nginx.conf:90):3"],
		["access_by_lua:1", "access_by_lua:1", "access_by_lua", "access_by_lua:1"],
		["resty.cache:M.get", "M.get", "resty.cache", ""],
		["cache.lua:M.a:b:3", "M.a:b", "cache.lua", "cache.lua:3"],
		["resty.cache:<anon in M.get>:12", "<anon in M.get>", "resty.cache", "resty.cache:12"],
		["cache.lua:0", "cache.lua:0", "cache.lua", "cache.lua:0"],
		["C:ngx_http_lua_ngx_echo", "ngx_http_lua_ngx_echo", "C", ""],
		["builtin:string.byte", "string.byte", "builtin", ""],
		["[string \"local a\"]:1", "[string \"local a\"]:1", "", "[string \"local a\"]:1"],
		["LazyCompile:~foo /x.js:1", "LazyCompile:~foo /x.js:1", "", ""],
		["", "", "", ""]
	];
	for (const [text, func, module, from] of cases)
		is(M.sourceOf(text), { func, module, source: from }, `the source of "${text}"`);
}

async function testTree() {
	await property("derived columns, of random trees", (p, t) => wrongIn(t, false));
	await property("findPath finds the first of each path", (p, t) => {
		const first = new Map();
		for (let i = 1; i < t.n; i++) {
			const path = M.pathOf(t, i), key = path.join();
			first.set(key, first.get(key) ?? i);
			if (M.findPath(t, path) !== first.get(key))
				return `path ${key}: ${M.findPath(t, path)} instead of ${first.get(key)}`;
		}
		return M.findPath(t, [99]) === -1 ? "" : "found what is not there";
	});
	await property("own samples include those in gaps", (p, t) => {
		for (let i = 0; i < t.n; i++) {
			let sum = t.self[i];
			for (let k = i + 1; k <= t.last[i]; k++)
				sum += t.parent[k] === i && t.name[k] === GAP ? t.self[k] : 0;
			if (sum !== M.selfOf(t, i))
				return `node ${i}`;
		}
		return "";
	});
}

function collapsed(path) {
	return path.filter((id, i) => i === 0 || id !== path[i - 1]);
}

/* Of a chart, what covers each sample, in the order of time. */
function timeline(t, change = x => x) {
	const runs = [], spans = [];

	for (let i = 0; i < t.n; i++)
		if (t.self[i] > 0)
			spans.push([t.start[i], t.self[i], JSON.stringify(change(M.pathOf(t, t.name[i] === GAP ? t.parent[i] : i)))]);
	spans.sort((a, b) => a[0] - b[0]);
	for (const [, self, path] of spans)
		if (runs.length > 0 && runs[runs.length - 1][1] === path)
			runs[runs.length - 1][0] += self;
		else
			runs.push([self, path]);
	return JSON.stringify(runs);
}

async function testShapes() {
	await property("collapseRecursion", (p, t, s) => {
		const c = M.collapseRecursion(t);
		for (let i = 1; i < c.n; i++)
			if (c.name[i] === c.name[c.parent[i]])
				return `node ${i} is in itself`;
		return differs(c, mapped(s, collapsed)) || (t.chart && timeline(c) !== timeline(t, collapsed) ? "time " + timeline(c) + timeline(t, collapsed) : "");
	});
	await property("reverseTree", (p, t, s) => {
		const r = M.reverseTree(t), more = a => a === null ? 0 : a.reduce((x, y) => x + y, 0);
		if (more(r.more) !== more(t.more))
			return "frames of MORE are lost";
		const wrong = wrongIn(r);
		return wrong || (same(r, mapped(s, path => path.reverse()), true) ? "" : "stacks differ");
	});
	await property("reverseTree twice is the tree", (p, t, s) => {
		const r = M.reverseTree(M.reverseTree(t));
		return wrongIn(r) || (same(r, s, true) ? "" : "stacks differ");
	});
	await property("calleesOf", (p, t, s) => {
		const id = anyName(p), c = M.calleesOf(t, id);
		return c.name[0] !== id ? "root" : differs(c, mapped(s, path => path.includes(id) ? path.slice(path.indexOf(id) + 1) : null));
	});
	await property("callersOf", (p, t, s) => {
		const id = anyName(p), c = M.callersOf(t, id);
		const want = mapped(s, path => path.includes(id) ? path.slice(0, path.indexOf(id)).reverse() : null);
		return c.name[0] !== id ? "root" : wrongIn(c) || (same(c, want, true) ? "" : "stacks differ");
	});
	await property("own samples of a leaf-first tree are those of the functions on its root", (p, t, s) => {
		const r = M.reverseTree(t), n = p.names.length, want = M.functionTotals(t, n).self, got = new Float64Array(n), back = M.reverseTree(r);
		for (let i = 0; i < r.n; i++)
			got[r.name[i]] += M.selfOf(r, i);
		if (String(got) !== String(want))
			return `self ${got} ${want}`;
		const own = new Map();
		for (let i = 0; i < back.n; i++) {
			const [other, after] = [0, 1].map(k => back.others.length > k ? M.ownOf(back, back.others[k], i) : 0);
			if (M.selfOf(back, i) > 0 || other > 0 || after > 0)
				put(own, M.pathOf(back, i), M.selfOf(back, i), other, 0, after);
		}
		return same(back, own, true) ? "" : "twice";
	});
	await property("who has own samples: not the callers of one function", (p, t) => {
		const id = anyName(p), r = M.reverseTree(t), o = M.orderBySize(M.collapseRecursion(M.hide(M.widthsBefore(r), [])));
		const has = [t, r, o, M.calleesOf(t, id), M.callersOf(t, id), M.calleesOf(r, id), M.callersOf(r, id)].map(M.hasOwn);
		return String(has) === String([true, true, true, true, false, false, true]) && o.callers && M.selfOf(M.callersOf(t, id), 0) === 0 ? "" : String(has);
	});
	await property("a function's own samples in its callees, of a leaf-first tree", (p, t) => {
		const id = anyName(p), c = M.callersOf(M.reverseTree(t), id);
		return M.selfOf(c, 0) === M.functionTotals(t, p.names.length + NAMED).self[id] ? "" : `name ${id}`;
	});
	await property("callers and callees are as wide as the function's total", (p, t) => {
		const id = anyName(p), totals = M.functionTotals(t, NAMED + p.names.length);
		return M.calleesOf(t, id).total[0] === totals.total[id] && M.callersOf(t, id).total[0] === totals.total[id] ? "" : `name ${id}`;
	});
	await property("without recursion collapsing changes nothing", (p, t) => {
		for (let i = 2; i < t.n; i++)
			if (t.name[i] === t.name[t.parent[i]])
				return "";
		const c = M.collapseRecursion(t), columns = x => String([x.n, x.name, x.depth, x.self, x.others]);
		return t.more !== null || columns(c) === columns(t) ? "" : "columns differ";
	});
}

async function testOrders() {
	const ordered = (t, cmp) => {
		for (let i = 1; i < t.n; i++)
			if (t.last[i] + 1 < t.n && t.parent[t.last[i] + 1] === t.parent[i] && cmp(i, t.last[i] + 1) > 0)
				return `nodes ${i} and ${t.last[i] + 1}`;
		return wrongIn(t, false);
	};
	await property("orderBySize", (p, t, s) => {
		const r = M.orderBySize(t), big = i => r.name[i] === MORE ? -1 : r.total[i];
		return ordered(r, (a, b) => big(b) - big(a)) || (r.chart || r.name.includes(GAP) ? "a chart" : same(r, s) ? "" : "stacks differ");
	});
	await property("orderByName", (p, t, s) => {
		const r = M.orderByName(t, p.names);
		const text = i => p.names[r.name[i]] + (r.last[i] === i || [r.self, ...r.others].some(column => column[i] > 0) ? " " : ";");
		return ordered(r, (a, b) => r.name[b] === MORE ? 0 : r.name[a] === MORE || text(a) > text(b) ? 1 : 0) || (same(r, s) ? "" : "stacks differ");
	});
	const stacks = ["\u{1F600}", "\ufffd", "a", "\ue000", "z"].map((name, i) => ({ path: [name], self: 1 + i, before: 0 }));
	const p = await M.readTable(encode(nest(stacks, false), {})), r = M.orderByName(p.tree, p.names);
	is(Array.from(r.name.subarray(1), id => p.names[id]), ["a", "z", "\ue000", "\ufffd", "\u{1F600}"], "names are ordered by code points");
	const wide = Array.from({ length: 1000 }, (_, i) => ({ path: ["f" + i * 7919 % 1000], self: i % 50, before: 0 }));
	const w = M.orderBySize((await M.readTable(encode(nest(wide, false), {}))).tree);
	ok(w.total.subarray(1).every((x, i, a) => i === 0 || a[i - 1] >= x), "a thousand siblings by size");
	for (const n of [9, 900]) {
		const even = Array.from({ length: n }, (_, i) => ({ path: ["f" + i], self: 1 + i % 3, before: 0 })), e = (await M.readTable(encode(nest(even, false), {}))).tree;
		const want = [2, 1, 0].flatMap(k => even.flatMap((x, i) => i % 3 === k ? [NAMED + i] : []));
		is([...M.orderBySize(e).name.subarray(1)], want, `${n} siblings: those of a size stay in order`);
	}
}

async function testHide() {
	await property("hide a function", (p, t, s) => {
		const id = anyName(p), h = M.hide(t, [{ kind: "name", name: id }]);
		return wrongIn(h, false) || (same(h, mapped(s, path => path.includes(id) ? null : path)) ? "" : `name ${id}`);
	});
	await property("hide a frame", (p, t, s) => {
		const path = M.pathOf(t, random(t.n)), h = M.hide(t, [{ kind: "path", path }]), begin = path.join() + ",";
		const want = mapped(s, x => path.length > 0 && path[path.length - 1] !== GAP && (x.join() + ",").startsWith(begin) ? null : x);
		return path.includes(GAP) ? "" : wrongIn(h, false) || (same(h, want) ? "" : `path ${path}`);
	});
	await property("hide stacks that end so", (p, t, s) => {
		const whole = M.pathOf(t, random(t.n)), path = whole.reverse().slice(0, 1 + random(3)), begin = path.join() + ",";
		if (path.length === 0 || path.includes(GAP))
			return "";
		const h = M.hide(t, [{ kind: "leaf", path }]);
		const want = mapped(s, x => (Array.from(x).reverse().join() + ",").startsWith(begin) ? null : x);
		return wrongIn(h, false) || (same(h, want, true) ? "" : `leaf ${path}`);
	});
	await property("hide what a tree without recursion shows", (p, t, s) => {
		const c = M.collapseRecursion(t), path = M.pathOf(c, random(c.n)), begin = path.join() + ",", last = path.slice().reverse().slice(0, 1 + random(3));
		if (path.length === 0 || path.includes(GAP))
			return "";
		const h = M.hide(t, [{ kind: "path", path, collapsed: true }]), l = M.hide(t, [{ kind: "leaf", path: last, collapsed: true }]);
		const want = mapped(s, x => (collapsed(x).join() + ",").startsWith(begin) ? null : x);
		const ends = mapped(s, x => (collapsed(x).reverse().join() + ",").startsWith(last.join() + ",") ? null : x);
		return wrongIn(h, false) || wrongIn(l, false) || (same(h, want) ? "" : `path ${path}`) || (same(l, ends, true) ? "" : `leaf ${last}`);
	});
	await property("frames stay that a stack needs, and no others", (p, t) => {
		const ids = [anyName(p), anyName(p)], h = M.hide(t, ids.map(name => ({ kind: "name", name }))), want = new Set([""]);
		for (let i = 0; i < t.n; i++) {
			const path = M.pathOf(t, i), ends = t.last[i] === i || t.self[i] > 0 || t.before !== null && t.before[i] > 0;
			for (let k = 1; ends && !ids.some(id => path.includes(id)) && k <= path.length; k++)
				want.add(path.slice(0, k).join());
		}
		const got = new Set(Array.from({ length: h.n }, (_, i) => M.pathOf(h, i).join()));
		return got.size === want.size && Array.from(want).every(path => got.has(path)) ? "" : `${Array.from(got)} ${Array.from(want)}`;
	});
	await property("hiding nothing changes nothing", (p, t) =>
		String([t.name, t.self, t.start]) === String((h => [h.name, h.self, h.start])(M.hide(t, []))) ? "" : "columns differ");
}

async function testDifferences() {
	await property("widthsBefore", (p, t, s) => {
		const b = M.widthsBefore(t);
		if (t.before === null)
			return b === t ? "" : "not the tree";
		if (b.total[0] !== t.totalBefore[0] || b.totalBefore[0] !== t.totalBefore[0] || b.totalAfter[0] !== t.totalAfter[0])
			return "sums";
		const want = new Map(Array.from(s, ([key, [self, other, more, after]]) => [key, t.mark === null ? [other, self, more, 0] : [other, other, more, after]]));
		return wrongIn(b, false) || (same(b, want) ? "" : "stacks");
	});
	await property("widthsAfter, of a comparison", (p, t, s) => {
		if (t.mark === null)
			return "";
		const a = M.widthsAfter(t), want = new Map(Array.from(s, ([key, [, other, more, after]]) => [key, [after, other, more, after]]));
		return wrongIn(a, false) || (same(a, want) ? "" : "stacks");
	});
	await property("elided", (p, t, s) => {
		const e = M.elided(t), want = new Map();
		if (t.before === null)
			return e.n === 1 ? "" : "frames";
		for (let i = 0; i < t.n; i++)
			if (t.after[i] === 0 && t.before[i] > 0)
				put(want, M.pathOf(t, t.name[i] === GAP ? t.parent[i] : i), t.before[i], t.mark === null ? 0 : t.before[i], 0);
		if (e.last.some((last, i) => i > 0 && last === i && e.self[i] === 0))
			return "frames of nothing";
		return e.totalAfter[0] !== 0 ? "after" : wrongIn(e, false) || (same(e, want, true) ? "" : "stacks");
	});
	await property("differential columns go with the frames", (p, t) => {
		if (t.before === null)
			return "";
		for (const x of [M.collapseRecursion(t), M.reverseTree(t), M.orderBySize(t), M.reverseTree(M.widthsBefore(t)), M.collapseRecursion(M.widthsBefore(t))])
			if (x.totalBefore[0] !== t.totalBefore[0] || x.totalAfter[0] !== t.totalAfter[0])
				return "sums";
		return "";
	});
}

/* By path, as text: is one of the nodes LIST that have it marked? */
function marksBy(list) {
	const map = new Map();

	for (const [path, mark] of list)
		map.set(path.join(), (map.get(path.join()) ?? 0) | mark);
	return map;
}

const sameMarks = (x, want) => Array.from(x.mark).every((mark, i) => mark === (want.get(M.pathOf(x, i).join()) ?? 0));

/* What is merged is marked where one of its parts is. */
async function testMarks() {
	await property("marks go with the frames", (p, t) => {
		if (t.mark === null)
			return [M.collapseRecursion(t), M.reverseTree(t), M.widthsBefore(t)].every(x => x.mark === null && !(x.mixed && x === t)) ? "" : "marks of none";
		const nodes = Array.from(t.mark.keys()), own = marksBy(nodes.map(i => [M.pathOf(t, i), t.mark[i]]));
		if (t.more === null && [M.orderBySize(t), M.widthsBefore(t), M.widthsAfter(t), M.hide(t, [])].some(x => !sameMarks(x, own)))
			return "the same frames";
		if (t.more === null && !sameMarks(M.collapseRecursion(t), marksBy(nodes.map(i => [collapsed(M.pathOf(t, i)), t.mark[i]]))))
			return "collapsed";
		const ends = nodes.filter(i => t.last[i] === i || t.self[i] > 0 || t.before[i] > 0 || t.after[i] > 0);
		const back = ends.flatMap(i => Array.from(M.pathOf(t, i), (_, k) => [M.pathOf(t, i).reverse().slice(0, k + 1), t.mark[i]]));
		const root = ends.map(i => [[], t.mark[i]]);
		return sameMarks(M.reverseTree(t), marksBy(back.concat(root))) ? "" : "reversed";
	});
	await property("frames that were merged or lost stacks say so", (p, t) =>
		[M.collapseRecursion(t), M.reverseTree(t), M.hide(t, []), M.orderBySize(M.reverseTree(t)), M.calleesOf(t, NAMED)].every(x => x.mixed) &&
		    [t, M.orderBySize(t), M.widthsBefore(t)].every(x => !x.mixed) ? "" : "mixed");
}

async function testTotals() {
	await property("functionTotals", (p, t, s) => {
		const n = p.names.length, got = M.functionTotals(t, n), self = new Array(n).fill(0), total = new Array(n).fill(0);
		const selfOther = new Array(n).fill(0), totalOther = new Array(n).fill(0);
		for (const [key, [count, other]] of s) {
			const path = [ROOT].concat(JSON.parse(key));
			self[path[path.length - 1]] += count;
			selfOther[path[path.length - 1]] += other;
			for (const id of new Set(path)) {
				total[id] += count;
				totalOther[id] += other;
			}
		}
		if (String([...got.self]) !== String(self) || String([...got.total]) !== String(total))
			return "samples";
		if (t.before === null)
			return got.selfBefore === null ? "" : "before";
		const past = M.functionTotals(M.widthsBefore(t), n), totalAfter = t.mark === null ? total : M.functionTotals(M.widthsAfter(t), n).total;
		return String([...got.selfBefore]) === String(selfOther) && String([...got.totalBefore]) === String(totalOther) &&
		    String([...past.total]) === String(totalOther) && String([...past.totalAfter]) === String(Array.from(totalAfter)) &&
		    String([...got.totalAfter]) === String(Array.from(totalAfter)) ? "" : "before";
	});
}

async function testMatches() {
	is([M.compilePattern("a.c", false).re.test("xabcx"), M.compilePattern("A", true).re.test("a"), M.compilePattern("", false).re],
	    [true, true, null], "patterns");
	ok(typeof M.compilePattern("(", false).error === "string", "what is no pattern is told");
	const q = await M.readTable(encode(nest([{ path: ["all_[k]", "(more)", "x_[k]"], self: 1, before: 0 }], false), {}));
	is([...M.matchNames(q, /k|all|more/)], [0, 0, 0, 1, 1, 0], "matched is what is shown, and never the root or what stands for many");
	is([...M.matchNames(q, null)], [0, 0, 0, 0, 0, 0], "no pattern, no matches");
	await property("matchedIn", (p, t) => {
		const flags = M.matchNames(p, /[ab]/);
		for (let i = 0; i < t.n; i++) {
			let sum = 0;
			for (let k = i; k <= t.last[i]; k++) {
				let hit = false;
				for (let up = t.name[k] === GAP ? t.parent[k] : k; up >= i; up = t.parent[up])
					hit = hit || flags[t.name[up]] === 1;
				sum += hit ? t.self[k] : 0;
			}
			if (sum !== M.matchedIn(t, flags, i))
				return `node ${i}: ${sum} ${M.matchedIn(t, flags, i)}`;
		}
		return "";
	});
	await property("matchedWith", (p, t, s) => {
		const flags = M.matchNames(p, /[ab]/), id = anyName(p);
		let sum = 0;
		for (const [key, [self]] of s) {
			const path = JSON.parse(key);
			sum += path.includes(id) && path.some(x => flags[x] === 1) ? self : 0;
		}
		return sum === M.matchedWith(t, flags, id) ? "" : `name ${id}: ${sum} ${M.matchedWith(t, flags, id)}`;
	});
	await property("matchingFunctions", (p, t) => {
		const totals = M.functionTotals(t, p.names.length), flags = M.matchNames(p, /[ab]/), list = M.matchingFunctions(totals, flags, p);
		const want = Array.from(flags.keys()).filter(id => flags[id] && totals.total[id] > 0);
		return list.length === want.length && list.every((f, i) => f.total === totals.total[f.name] && f.self === totals.self[f.name] &&
		    (i === 0 || list[i - 1].total >= f.total)) ? "" : "list";
	});
}

function contrast(a, b) {
	const [x, y] = [M.luminance(a), M.luminance(b)].sort((p, q) => q - p);

	return (x + 0.05) / (y + 0.05);
}

function testColors() {
	let least = 99, dark = 99, lost = "";

	for (let i = 0; i < 20000; i++) {
		const rgb = random(0x1000000), hue = M.hueColor("f" + i);
		least = Math.min(least, contrast(rgb, M.textOn(rgb)));
		dark = Math.min(dark, contrast(hue, 0));
		if (hue < 0 || hue > 0xffffff || !Number.isInteger(hue))
			lost = String(hue);
	}
	ok(least >= 4.5, "text can be read on any colour", least);
	ok(dark >= 4.5 && lost === "", "colours by name carry black text", { dark, lost });
	is([M.hueColor("main"), M.hueColor("main") === M.hueColor("maim")], [M.hueColor("main"), false], "a name's colour is its own");
	is([M.cssColor(0x0a0b0c), M.cssColor(0)], ["#0a0b0c", "#000000"], "colours as CSS has them");
	is([M.mixColor(0x000000, 0xffffff, 0.5), M.mixColor(0x102030, 0xffffff, 0), M.mixColor(0, 0xff8000, 1)], [0x808080, 0x102030, 0xff8000], "mixed colours");
	is([M.deltaColor(0, 9, false, false), M.deltaColor(9, 9, false, false), M.deltaColor(-9, 9, false, false), M.deltaColor(1, 3, false, false),
	    M.deltaColor(-1, 3, false, false), M.deltaColor(1, 3, false, true)],
	    [0xffffff, 0xff0000, 0x0000ff, 0xff8c8c, 0x8c8cff, 0x8c8cff], "the colours of flamegraph.pl for changes");
	is([M.deltaColor(9, 9, true, false), M.deltaColor(-9, 9, true, false), M.deltaColor(0, 9, true, false), M.deltaColor(9, 9, true, true)],
	    [0xe66100, 0x1a5fb4, 0xffffff, 0x1a5fb4], "and those for who cannot tell red from green");
	is([M.deltaColor(5, 0, false, false), M.deltaColor(50, 5, false, false), M.deltaColor(0, 0, false, false)], [0xff0000, 0xff0000, 0xffffff], "changes out of bounds");
	ok(contrast(M.heatColor(0), M.heatColor(1)) > 2.5 && M.heatColor(-1) === M.heatColor(0) && M.heatColor(2) === M.heatColor(1), "heat");
}

/* As many frames as a stack of a trace may have. */
async function testDeep() {
	const deep = 1 << 20, path = Array.from({ length: deep }, (_, i) => "abc"[i % 3]);
	const p = await M.readTable(encode(nest([{ path, self: 5, before: 0 }, { path: ["a"], self: 2, before: 0 }], false), {})), t = p.tree;
	const shapes = [M.collapseRecursion(t), M.reverseTree(t), M.calleesOf(t, NAMED), M.callersOf(t, NAMED + 2), M.orderBySize(t),
	    M.orderByName(t, p.names), M.hide(t, [{ kind: "leaf", path: [NAMED, NAMED + 2] }])];

	is(shapes.map(x => x.n), [deep + 1, deep + 1, deep, 3, deep + 1, deep + 1, 2], "a stack of a million frames in each shape");
	is(shapes.map(x => x.total[0]), [7, 7, 7, 5, 7, 7, 2], "and its samples");
	is([M.findPath(t, M.pathOf(t, deep)), M.matchedIn(t, M.matchNames(p, /b/), 0), [...M.functionTotals(t, 6).total]], [deep, 5, [7, 0, 0, 7, 5, 5]], "and its totals");
}

testNames();
await testTable();
await testCompared();
await testTree();
await testShapes();
await testOrders();
await testHide();
await testDeep();
await testDifferences();
await testMarks();
await testTotals();
await testMatches();
testColors();
await testPictures(process.argv[2]);
process.exit(end());
