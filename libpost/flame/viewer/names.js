/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of frames: their numbers, and what their text tells. */

/* Numbers of names: these three, and from NAMED on those of the table. */
const ROOT = 0, MORE = 1, GAP = 2, NAMED = 3;
const OWN_NAMES = ["all", "(more)", ""];

/* A name without the mark at its end that is only a colour. */
function bareName(s) {
	return /_\[[kwij]\]$/.test(s) ? s.slice(0, -4) : s;
}

function lastPart(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}

const LUA_CHUNK = /^(?:\w+:)?[@=](.+):(\d+)$/;
const LUA_FUNCTION = /^([\w.\/+-]+):((?:[\w.]+(?::[\w.]+)?|<[^<>]*>)(?:\|.*)?)(?::(\d+))?$/;
const LUA_STRING = /^(\[string ".*"\]):(\d+)$/;
const NO_MODULE = new Set(["unknown", "truncated", "tail"]);

function luaSource(name) {
	let m = LUA_CHUNK.exec(name);

	if (m !== null)
		return { func: name, module: lastPart(m[1]), source: m[1] + ":" + m[2] };
	m = LUA_STRING.exec(name);
	if (m !== null)
		return { func: name, module: "", source: m[1] + ":" + m[2] };
	m = LUA_FUNCTION.exec(name);
	if (m === null)
		return null;
	if (/^\d+$/.test(m[2]))
		return { func: name, module: m[1], source: m[1] + ":" + m[2] };
	return { func: m[2], module: m[1], source: m[3] === undefined ? "" : m[1] + ":" + m[3] };
}

/*
 * What the text of a frame says of it: the function, its module (a library, a
 * program, or a file of Lua) and the line of its source; "" where it does not.
 */
function sourceOf(text) {
	let func = bareName(text), module = "", source = "";
	let m = /^(?:(.*\S) )?\[([^\[\]"]+)\]$/.exec(func);

	if (m !== null && m[1] === undefined)
		return { func, module: NO_MODULE.has(m[2]) ? "" : m[2], source };
	if (m !== null) {
		func = m[1];
		if (/:\d+$/.test(m[2]))
			source = m[2];
		else
			module = m[2];
	}
	m = /^(.+) at (\S.*:\d+)$/.exec(func) || /^(.+)\(([^()]*[^():]:\d+)\)$/.exec(func);
	if (m !== null)
		return { func: m[1], module, source: m[2] };
	return module === "" && source === "" && luaSource(func) || { func, module, source };
}

/* Numbers of names by their order as text; each with a blank behind it ("ends") and with ";" ("goes on"). */
const nameOrders = new WeakMap();

/* UTF-16 in the order of code points: surrogates behind all others. */
function sortable(text) {
	return /[\ud800-\uffff]/.test(text) ? text.replace(/[\ud800-\uffff]/g,
	    c => String.fromCharCode(c.charCodeAt(0) + (c < "\ue000" ? 0x2000 : -0x800))) : text;
}

function orderOfNames(names) {
	let order = nameOrders.get(names);

	if (order !== undefined)
		return order;
	const lines = [];
	for (let id = 0; id < names.length; id++) {
		const text = sortable(names[id]);
		lines.push({ id, text: text + " ", ends: true }, { id, text: text + ";", ends: false });
	}
	lines.sort((a, b) => a.text < b.text ? -1 : a.text > b.text ? 1 : a.id - b.id);
	order = { ends: new Float64Array(names.length), goesOn: new Float64Array(names.length) };
	lines.forEach((line, i) => {
		(line.ends ? order.ends : order.goesOn)[line.id] = i;
	});
	nameOrders.set(names, order);
	return order;
}
