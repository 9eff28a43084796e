// SPDX-License-Identifier: BSD-2-Clause
// Reading tables: good and broken ones made here, and those that bt-svg writes.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import zlib from "node:zlib";
import { M, MORE, encode, is, nest, node, ok, packed, put, random, randomStacks, skip, stacksOf, wrongIn } from "./support.mjs";

async function refused(base64, what) {
	let message = "";

	try {
		await M.readTable(base64);
	} catch (e) {
		message = e.message;
	}
	ok(/^The table of frames cannot be read: ./.test(message), what, message);
}

export async function testTable() {
	const root = nest([{ path: ["a", "b_[k]"], self: 3, before: 1 }, { path: ["a"], self: 2 ** 40 + 1, before: 0 },
	    { path: ["c"], self: 0, before: 7 }], false);
	root.kids.push({ ...node(MORE), self: 300, more: 1000, kids: [] });
	const text = encode(root, { diff: true, title: "T" }), p = await M.readTable(text), t = p.tree;

	is([p.names, p.shown], [["all", "(more)", "", "a", "b_[k]", "c"], ["all", "(more)", "", "a", "b", "c"]], "names by number");
	is([p.color.length, p.color[4], p.kind.length, p.meta.title], [6, 0x808080, 6, "T"], "colours, kinds and the object");
	is([...t.name], [0, 3, 4, 5, 1], "nodes' names");
	is([[...t.parent], [...t.depth], [...t.last], t.maxDepth], [[-1, 0, 1, 0, 0], [0, 1, 2, 1, 1], [4, 2, 2, 3, 4], 2], "the shape");
	is([[...t.self], [...t.total]], [[0, 2 ** 40 + 1, 3, 0, 300], [2 ** 40 + 304, 2 ** 40 + 4, 3, 0, 300]], "own samples and sums");
	is([...t.start], [0, 0, 2 ** 40 + 1, 2 ** 40 + 4, 2 ** 40 + 4], "where frames begin");
	is([[...t.before], [...t.totalBefore], t.after === t.self], [[0, 0, 1, 7, 0], [8, 1, 1, 7, 0], true], "samples before");
	is([...t.more], [0, 0, 0, 0, 1000], "frames that one stands for");
	is([M.pathOf(t, 2), M.findPath(t, [3, 4]), M.findPath(t, [4]), M.findPath(t, [])], [[3, 4], 2, -1, 0], "paths");
	is((await M.readTable(encode(node(""), {}))).tree.n, 1, "a root alone");
	ok((await M.readTable(text.replace(/.{76}/g, "$&\n"))).tree.n === 5, "lines in the text are no matter");

	await refused("", "no table");
	await refused("!!!", "no base64");
	await refused("AAAA", "no zlib stream");
	await refused(text.slice(0, text.length >> 3 << 2), "a cut stream");
	const parts = [], bytes = zlib.inflateSync(Buffer.from(text, "base64"));
	for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32LE(at))
		parts.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at)));
	await refused(zlib.deflateSync(bytes.subarray(0, bytes.length - 1)).toString("base64"), "a cut column");
	for (let k = 0; k < parts.length; k++) {
		await refused(packed(parts.slice(0, k)), `${k} columns`);
		await refused(packed(parts.map((c, i) => i === k ? c.subarray(0, c.length - 1) : c)), `column ${k} a byte short`);
		await refused(packed(parts.map((c, i) => i === k ? Buffer.concat([c, Buffer.from("\u0001")]) : c)), `column ${k} a byte long`);
	}
	await refused(packed(parts.map((c, i) => i === 4 ? Buffer.from([0, 0, 2, 2]) : c)), "a frame below the root");
	await refused(packed(parts.map((c, i) => i === 5 ? Buffer.from([2, 3, 5, 0]) : c)), "a frame without a name");
	for (const bad of ["null", "[]", "{", '{"v":2,"nodes":5,"names":3}', '{"v":1,"nodes":0,"names":3}', '{"v":1,"nodes":"5","names":3}',
	    '{"v":1,"nodes":500000000,"names":3}'])
		await refused(packed(parts.map((c, i) => i === 0 ? Buffer.from(bad) : c)), `the object ${bad}`);
}

/* Three counts a node, and a mark. */
export async function testCompared() {
	const root = nest([{ path: ["a", "b"], self: 5, before: 3, after: 7 }, { path: ["a"], self: 2, before: 0, after: 2 }], false);
	root.kids[0].kids[0].mark = 1;
	const text = encode(root, { diff: true, compare: {} }), t = (await M.readTable(text)).tree;

	is([[...t.total], [...t.totalBefore], [...t.totalAfter], [...t.mark]], [[7, 7, 5], [3, 3, 3], [9, 9, 7], [0, 0, 1]], "a comparison: width, before, after, marks");
	is([[...t.self], [...t.before], [...t.after], t.others.length, t.mixed], [[0, 2, 5], [0, 0, 3], [0, 2, 7], 2, false], "and its own samples");
	const bytes = zlib.inflateSync(Buffer.from(text, "base64")), parts = [];
	for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32LE(at))
		parts.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at)));
	for (const k of [9, 10]) {
		await refused(packed(parts.slice(0, k)), `a comparison of ${k} columns`);
		await refused(packed(parts.map((c, i) => i === k ? c.subarray(1) : c)), `its column ${k} a byte short`);
	}
}

function foldedOf(stacks, diff) {
	return stacks.map(s => `${s.path.join(";")} ${diff ? s.before + " " : ""}${s.self}\n`).join("");
}

function tableOf(bindir, text, options) {
	const run = spawnSync(join(bindir, "bt-svg"), ["-q", ...options], { input: text, maxBuffer: 1 << 30, encoding: "utf8" });
	const table = /<metadata class="table">([^<]*)<\/metadata>/.exec(run.stdout);

	return table === null ? null : table[1];
}

function byNames(map, names) {
	const list = Array.from(map, ([key, v]) => [JSON.parse(key).map(id => typeof id === "number" ? names[id] : id).join(";"), v[0], v[1]]);

	return JSON.stringify(list.filter(s => s[1] + s[2] > 0).sort((a, b) => a[0] < b[0] ? -1 : 1));
}

function framesOf(stacks) {
	const paths = new Set();

	for (const s of stacks)
		for (let k = 1; k <= s.path.length; k++)
			paths.add(s.path.slice(0, k).join(";"));
	return paths.size;
}

/* Names of real traces, and a stack count of at least one. */
function svgStacks(diff) {
	const stacks = randomStacks({ letters: 6, diff }).filter(s => s.path.length > 0);

	stacks.push({ path: ["root", "leaf"], self: 1, before: diff ? 1 : 0, more: 0 });
	return stacks;
}

async function compared(bindir, i) {
	const diff = i % 2 === 1, chart = i % 4 === 2, stacks = svgStacks(diff), want = new Map();
	const options = [diff ? "--diff" : "--no-diff", ...(chart ? ["--flamechart"] : [])];
	const table = tableOf(bindir, foldedOf(stacks, diff), options);

	if (table === null)
		return "no table";
	for (const s of stacks)
		put(want, s.path, s.self, s.before, 0);
	const p = await M.readTable(table), total = stacks.reduce((sum, s) => sum + s.self, 0);
	if (p.meta.total !== total || p.tree.total[0] !== total || p.meta.scale !== 0)
		return `total ${p.meta.total} ${p.tree.total[0]} ${total}`;
	if (!chart && p.meta.frames !== framesOf(stacks))
		return `frames ${p.meta.frames} ${framesOf(stacks)}`;
	if (!chart && stacks.every(x => x.self + x.before > 0) && String(M.orderByName(p.tree, p.names).name) !== String(p.tree.name))
		return "orderByName has another order";
	return wrongIn(p.tree, false) || (byNames(stacksOf(p.tree), p.names) === byNames(want, p.names) ? "" : "stacks differ");
}

/* A table under a limit: every sum is there, and what stands for others counts them. */
async function limited(bindir, diff) {
	const stacks = Array.from({ length: 3000 }, () => ({ path: Array.from({ length: 1 + random(12) }, () => "f" + random(50)),
	    self: 1 + random(99), before: diff ? random(99) : 0 }));
	const table = tableOf(bindir, foldedOf(stacks, diff), [diff ? "--diff" : "--no-diff", "--full-limit", "2000"]);

	if (table === null)
		return "no table";
	const p = await M.readTable(table), t = p.tree;
	let frames = 0, kept = 0;
	for (let i = 1; i < t.n; i++) {
		frames += t.name[i] === MORE ? t.more[i] : 1;
		kept += t.name[i] === MORE ? 0 : 1;
	}
	if (diff && t.totalBefore[0] !== stacks.reduce((sum, s) => sum + s.before, 0))
		return `before ${t.totalBefore[0]}`;
	if (t.total[0] !== stacks.reduce((sum, s) => sum + s.self, 0) || frames !== framesOf(stacks) || p.meta.frames !== frames || kept === frames)
		return `sums ${t.total[0]} ${frames} ${p.meta.frames} ${framesOf(stacks)} ${kept}`;
	const whole = new Map();
	for (const s of stacks)
		for (let k = 1; k <= s.path.length; k++) {
			const key = s.path.slice(0, k).join(";");
			whole.set(key, (whole.get(key) || 0) + s.self);
		}
	for (let i = 1; i < t.n; i++)
		if (t.name[i] !== MORE && whole.get(M.pathOf(t, i).map(id => p.names[id]).join(";")) !== t.total[i])
			return `node ${i}`;
	return wrongIn(t, false);
}

async function fractions(bindir) {
	const table = tableOf(bindir, "a;b 1.25\na 0.5\nc 3\n", []);

	if (table === null)
		return "no table";
	const p = await M.readTable(table);
	return p.meta.scale === 2 && p.tree.total.join() === "475,175,125,300" ? "" : `${p.meta.scale} ${p.tree.total.join()}`;
}

export async function testPictures(bindir) {
	if (bindir === undefined || tableOf(bindir, "a 1\n", []) === null) {
		skip("tables of bt-svg", "no bt-svg that writes them");
		return;
	}
	let wrong = "";
	for (let i = 0; i < 60 && wrong === ""; i++)
		wrong = await compared(bindir, i).then(w => w && `${i}: ${w}`);
	ok(wrong === "", "tables of bt-svg hold the stacks that went in", wrong);
	wrong = await limited(bindir, false) || await limited(bindir, true);
	ok(wrong === "", "under a limit every sum is there", wrong);
	wrong = await fractions(bindir);
	ok(wrong === "", "fractions are exact", wrong);
	const names = ["<script>alert(1)</script>", "]]>", "\"'&amp", "-->", "\u00e9\u4e2d\u{1F600}", "\ufffdabc", "x".repeat(10000)];
	const p = await M.readTable(tableOf(bindir, names.map(n => n + " 1\n").join(""), []));
	is(p.names.slice(3).sort(), names.sort(), "any name is read back");
	const q = await M.readTable(tableOf(bindir, "b;c 1\na b 2\na;x 3\na 4\na-b 5\n\u00e9 6\n\u{1F600} 1\n\ufffd 1\n", []));
	is([...M.orderByName(q.tree, q.names).name], [...q.tree.name], "orderByName's order is bt-svg's");
}
