/* SPDX-License-Identifier: BSD-2-Clause */
/* The table that a picture carries, unpacked.  libpost/flame/table.h has its form. */

const COLUMNS = { meta: 0, names: 1, colors: 2, kinds: 3, ups: 4, what: 5, self: 6, more: 7, before: 8, after: 9, marks: 10 };

function bytesOfBase64(text) {
	if (Uint8Array.fromBase64 !== undefined)
		return Uint8Array.fromBase64(text);
	const binary = atob(text), bytes = new Uint8Array(binary.length);
	for (let i = 0; i < bytes.length; i++)
		bytes[i] = binary.charCodeAt(i);
	return bytes;
}

function joined(chunks, n) {
	const bytes = new Uint8Array(n);
	let at = 0;

	for (const chunk of chunks) {
		bytes.set(chunk, at);
		at += chunk.length;
	}
	return bytes;
}

/* Neither Blob nor Response: a browser may refuse to fetch from these in a file. */
async function inflated(packed) {
	if (typeof DecompressionStream === "undefined")
		throw new Error("this browser cannot unpack the table of frames");
	const stream = new DecompressionStream("deflate"), writer = stream.writable.getWriter(), reader = stream.readable.getReader();
	const chunks = [], written = Promise.all([writer.write(packed), writer.close()]);
	let n = 0;

	written.catch(() => {});		/* the reader meets the same error */
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		chunks.push(part.value);
		n += part.value.length;
	}
	return joined(chunks, n);
}

function columnsOf(bytes) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), columns = [];

	for (let at = 0; at < bytes.length;) {
		if (at + 4 > bytes.length || at + 4 + view.getUint32(at, true) > bytes.length)
			throw new Error("a column is cut");
		const end = at + 4 + view.getUint32(at, true);
		columns.push(bytes.subarray(at + 4, end));
		at = end;
	}
	if (columns.length <= COLUMNS.more)
		throw new Error("columns are missing");
	return columns;
}

/* The N numbers of a column, the first at [FROM].  One kind of array for all: that is compiled once. */
function numbersOf(bytes, n, from) {
	const into = new Float64Array(from + n);
	let at = 0;

	if (n > bytes.length)
		throw new Error("a column is too short");
	for (let i = from; i < from + n; i++) {
		let byte = bytes[at++], value = byte & 127;
		for (let unit = 128; byte > 127; unit *= 128) {
			if (at === bytes.length || unit > 2 ** 63)
				throw new Error("a number is cut or too large");
			byte = bytes[at++];
			value += (byte & 127) * unit;
		}
		into[i] = value;
	}
	if (at !== bytes.length)
		throw new Error("a column is too long");
	return into;
}

function metaOf(bytes) {
	const meta = JSON.parse(new TextDecoder().decode(bytes));

	if (meta === null || typeof meta !== "object" || meta.v !== 1)
		throw new Error("its version is not known");
	for (const key of ["nodes", "names"])
		if (!Number.isInteger(meta[key]) || meta[key] < 0 || meta[key] > 0x3fffffff)
			throw new Error(`"${key}" is not a number`);
	if (meta.nodes === 0)
		throw new Error("it has no root");
	return meta;
}

function namesOf(bytes, n) {
	const names = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n");

	if (names.pop() !== "" || names.length !== n)
		throw new Error("names are missing");
	return OWN_NAMES.concat(names);
}

function colorsOf(bytes, n) {
	const colors = new Uint32Array(NAMED + n);

	if (bytes.length !== 3 * n)
		throw new Error("colours are missing");
	colors[ROOT] = colors[MORE] = 0xe0e0e0;
	for (let i = 0; i < n; i++)
		colors[NAMED + i] = bytes[3 * i] << 16 | bytes[3 * i + 1] << 8 | bytes[3 * i + 2];
	return colors;
}

function kindsOf(bytes, n) {
	const kinds = new Uint8Array(NAMED + n);

	if (bytes.length !== n)
		throw new Error("kinds are missing");
	kinds.set(bytes, NAMED);
	return kinds;
}

/* From levels up to depths. */
function depthsOf(bytes, n) {
	const ups = numbersOf(bytes, n - 1, 1), depth = new Int32Array(n);

	for (let i = 1; i < n; i++) {
		depth[i] = depth[i - 1] + 1 - ups[i];
		if (depth[i] < 1 || ups[i] >= n)
			throw new Error("a frame is below the root");
	}
	return depth;
}

function moreOf(bytes, name) {
	let n = 0;

	for (let i = 1; i < name.length; i++)
		if (name[i] === MORE)
			n++;
	const frames = numbersOf(bytes, n, 0), more = n > 0 ? new Float64Array(name.length) : null;
	for (let i = name.length - 1; n > 0; i--)
		if (name[i] === MORE)
			more[i] = frames[--n];
	return more;
}

/* The numbers of nodes' names; the table's POST_NODE_MORE is 0, as it has no root. */
function whatOf(bytes, n, names) {
	const what = numbersOf(bytes, n - 1, 1), name = new Int32Array(n);

	for (let i = 1; i < n; i++) {
		if (what[i] + MORE >= NAMED + names)
			throw new Error("a frame has no name");
		name[i] = what[i] + MORE;
	}
	return name;
}

/* A byte for each node: is its change significant? */
function marksOf(bytes, n) {
	if (bytes.length !== n)
		throw new Error("marks are missing");
	return bytes;
}

function treeOfColumns(meta, columns) {
	const n = meta.nodes, name = whatOf(columns[COLUMNS.what], n, meta.names), both = Boolean(meta.compare);

	if (columns.length <= (both ? COLUMNS.marks : meta.diff ? COLUMNS.before : COLUMNS.more))
		throw new Error("columns are missing");
	const others = both ? [COLUMNS.before, COLUMNS.after] : meta.diff ? [COLUMNS.before] : [];
	return treeOf({ n, name, others: others.map(c => numbersOf(columns[c], n, 0)), mark: both ? marksOf(columns[COLUMNS.marks], n) : null,
	    chart: meta.chart, callers: meta.reversed,
	    depth: depthsOf(columns[COLUMNS.ups], n), self: numbersOf(columns[COLUMNS.self], n, 0),
	    more: moreOf(columns[COLUMNS.more], name) });
}

function profileOf(bytes) {
	const columns = columnsOf(bytes), meta = metaOf(columns[COLUMNS.meta]), n = meta.names;
	const names = namesOf(columns[COLUMNS.names], n);

	return { meta, names, shown: names.map(bareName), color: colorsOf(columns[COLUMNS.colors], n),
	    kind: kindsOf(columns[COLUMNS.kinds], n), tree: treeOfColumns(meta, columns) };
}

/*
 * { meta, names, shown, color, kind, tree } of the text of <metadata>.  names
 * and the rest are by a name's number; shown are names as they are drawn.
 * Throws an Error to be shown.
 */
async function readTable(base64) {
	try {
		return profileOf(await inflated(bytesOfBase64(base64)));
	} catch (e) {
		throw new Error("The table of frames cannot be read: " + e.message, { cause: e });
	}
}
