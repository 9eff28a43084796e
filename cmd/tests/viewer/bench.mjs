// SPDX-License-Identifier: BSD-2-Clause
// bench.mjs FOLDED - how long what needs no page takes for a large profile.
import { readFileSync } from "node:fs";
import zlib from "node:zlib";
import { M, encode, nest } from "./support.mjs";

function timed(what, run) {
	let least = Infinity, result;

	for (let i = 0; i < 5; i++) {
		const begin = performance.now();
		result = run();
		least = Math.min(least, performance.now() - begin);
	}
	console.log(`# ${what}: ${least.toFixed(1)} ms${result && result.n ? `, ${result.n} nodes` : ""}`);
	return result;
}

async function bench(file) {
	const stacks = readFileSync(file, "utf8").trimEnd().split("\n").map(line => {
		const blank = line.lastIndexOf(" ");
		return { path: line.slice(0, blank).split(";"), self: Number(line.slice(blank + 1)), before: 0 };
	});
	stacks.sort((a, b) => a.path.join(";") < b.path.join(";") ? -1 : 1);
	const text = encode(nest(stacks, false), {});
	let p = null, least = Infinity;
	for (let i = 0; i < 5; i++) {
		const begin = performance.now();
		p = await M.readTable(text);
		least = Math.min(least, performance.now() - begin);
	}
	console.log(`# readTable: ${least.toFixed(1)} ms, ${p.tree.n} nodes, ${p.names.length} names, ${text.length} bytes`);
	const bytes = Buffer.from(text, "base64");
	timed("of it zlib (node:zlib)", () => zlib.inflateSync(bytes));
	const t = p.tree, n = p.names.length, totals = timed("functionTotals", () => M.functionTotals(t, n));
	const reversed = timed("reverseTree", () => M.reverseTree(t));
	timed("collapseRecursion", () => M.collapseRecursion(t));
	timed("orderBySize", () => M.orderBySize(t));
	timed("orderByName", () => M.orderByName(t, Array.from(p.names)));
	timed("orderByName again", () => M.orderByName(t, p.names));
	timed("orderBySize of the reversed", () => M.orderBySize(reversed));
	const counts = new Map(), count = id => counts.get(id) || 0;
	for (const id of t.name)
		counts.set(id, count(id) + 1);
	const busy = Array.from(counts.keys()).reduce((a, b) => count(b) > count(a) ? b : a);
	timed("calleesOf", () => M.calleesOf(t, busy));
	timed("callersOf", () => M.callersOf(t, busy));
	timed("hide a function", () => M.hide(t, [{ kind: "name", name: busy }]));
	timed("hide stacks", () => M.hide(t, [{ kind: "leaf", path: [busy] }]));
	timed("matchNames and matchedIn", () => M.matchedIn(t, M.matchNames(p, /cache.*read/), 0));
	timed("matchedIn, nothing matches", () => M.matchedIn(t, new Uint8Array(n), 0));
	timed("matchingFunctions", () => M.matchingFunctions(totals, M.matchNames(p, /e/), p).length);
}

await bench(process.argv[2]);
