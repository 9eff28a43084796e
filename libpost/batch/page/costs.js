/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * functions.js: what functions cost in which traces.  It comes by a script
 * element, which is all that works from a disk, when something of it is first
 * looked for.  page.h tells its form.
 *
 * costs.trace, self and total have a number for each cost; those of function f
 * are from costs.start[f] to costs.start[f + 1], in the order of the traces.
 */
let costs = null, asked = false, problem = "";

const DIGIT = new Uint8Array(128);
for (const [i, c] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].entries())
	DIGIT[c.charCodeAt(0)] = i;

/* The numbers of TEXT, onto those in TO from AT; returns where they end. */
function readNumbers(text, to, at) {
	let n = 0, shift = 0;

	for (let i = 0; i < text.length; i++) {
		const d = DIGIT[text.charCodeAt(i) & 127];

		n |= (d & 31) << shift;
		shift += 5;
		if (d < 32) {
			to[at++] = n;
			n = shift = 0;
		}
	}
	return at;
}

/* One cost for each trace at most; NUMBERS is room for all of a function's. */
function readCosts(texts, unit) {
	const start = new Uint32Array(texts.length + 1), most = texts.reduce((n, t) => n + Math.floor(t.length / 3), 0);
	const c = { start, trace: new Uint32Array(most), self: new Float32Array(most), total: new Float32Array(most) };
	const numbers = new Uint32Array(texts.reduce((n, t) => Math.max(n, t.length), 0));
	let at = 0;

	for (const [f, text] of texts.entries()) {
		const n = readNumbers(text, numbers, 0);

		for (let i = 0, next = 0; i + 2 < n; i += 3, at++) {
			c.trace[at] = next + numbers[i];
			c.self[at] = numbers[i + 1] / unit;
			c.total[at] = (numbers[i + 1] + numbers[i + 2]) / unit;
			next = c.trace[at] + 1;
		}
		start[f + 1] = at;
	}
	return c;
}

/* The mean over the TRACES, by which names are put in order. */
function meanOf(c, of, traces) {
	const mean = new Float64Array(c.start.length - 1), counts = new Uint8Array(data.traces.length);

	for (const t of traces)
		counts[t.index] = 1;
	for (let f = 0; f < mean.length; f++) {
		let sum = 0;

		for (let i = c.start[f]; i < c.start[f + 1]; i++)
			sum += of[i] * counts[c.trace[i]];
		mean[f] = sum / Math.max(1, traces.length);
	}
	return mean;
}

function scopeTraces() {
	return state.scope === "" ? data.traces : groupByKey.get(state.scope)?.members ?? [];
}

/* The means over the traces that are chosen. */
function means() {
	if (costs.scope !== state.scope) {
		costs.scope = state.scope;
		costs.mean = { self: meanOf(costs, costs.self, scopeTraces()), total: meanOf(costs, costs.total, scopeTraces()) };
	}
	return costs.mean;
}

function takeCosts(read) {
	if (read.form !== 1 || read.stamp !== data.stamp) {
		problem = "functions.js is of other traces than this page: make both again.";
		return;
	}
	const c = readCosts(read.costs, read.unit);

	c.names = read.names;
	c.lower = read.names.map((n) => n.toLowerCase());
	c.least = read.least / read.unit;
	c.of = new Map(read.names.map((n, f) => [n, f]));
	costs = c;
}

/* True when they are there; else they come, and all is shown again. */
function needCosts() {
	if (costs !== null || asked)
		return costs !== null;
	asked = true;
	window.btFunctions = takeCosts;
	const script = el("script", { src: `./functions.js?${encodeURIComponent(data.stamp)}` });
	script.addEventListener("load", show);
	script.addEventListener("error", () => {
		problem = "functions.js is not beside this page: there is no search for functions.";
		show();
	});
	document.head.append(script);
	return false;
}

/* Functions of one trace, [function, self, total]. */
function functionsOf(trace) {
	const list = [];

	for (let f = 0; f < costs.names.length; f++) {
		const i = costAt(f, trace.index);

		if (i !== -1)
			list.push({ f, name: costs.names[f], self: costs.self[i], total: costs.total[i] });
	}
	return list;
}

/* Where the cost of function F in trace T is, or -1. */
function costAt(f, t) {
	let low = costs.start[f], high = costs.start[f + 1];

	while (low < high) {
		const middle = (low + high) >> 1;

		if (costs.trace[middle] < t)
			low = middle + 1;
		else
			high = middle;
	}
	return low < costs.start[f + 1] && costs.trace[low] === t ? low : -1;
}
