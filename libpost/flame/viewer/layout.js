/* SPDX-License-Identifier: BSD-2-Clause */
/* Geometry: which nodes are wide enough to be drawn, and where. */

const LEAST = 0.5;			/* px: no element for less */

/* The nodes that a part shows, ascending, with their left and right ends in px. */
class Drawn {
	constructor() {
		this.n = 0;
		this.deepest = 0;
		this.node = new Int32Array(1024);
		this.x1 = new Float64Array(1024);
		this.x2 = new Float64Array(1024);
		this.slot = new Int32Array(1024);	/* paint.js's */
	}

	add(node, x1, x2) {
		if (this.n === this.node.length)
			for (const key of ["node", "x1", "x2", "slot"])
				this[key] = grown(this[key]);
		this.node[this.n] = node;
		this.x1[this.n] = x1;
		this.x2[this.n++] = x2;
	}

	/* Where NODE is in the list, or -1. */
	find(node) {
		let low = 0, high = this.n - 1;

		while (low <= high) {
			const mid = low + high >> 1;
			if (this.node[mid] === node)
				return mid;
			if (this.node[mid] < node)
				low = mid + 1;
			else
				high = mid - 1;
		}
		return -1;
	}
}

/* By part; below: rows of what stands under the common root. */
let drawnParts = [], rowsBelow = 0;

/* The units of a part's root: with a pretended total more than its frames have. */
function wholeOf(part) {
	return view.parts.length === 1 ? view.whole : view.parts[part].tree.total[0];
}

function zoomIn(part) {
	return view.zoom.part === part ? view.zoom.node : 0;
}

function addAncestors(drawn, tree, node) {
	const chain = [];

	for (let i = tree.parent[node]; i >= 0; i = tree.parent[i])
		chain.push(i);
	while (chain.length > 0)
		drawn.add(chain.pop(), MARGIN, page.width() - MARGIN);
}

/* Subtrees too narrow are skipped as a whole: time follows what is drawn and its children. */
function drawnOf(part) {
	const { name, depth, last, total, start } = view.parts[part].tree, drawn = new Drawn(), zoom = zoomIn(part);
	const units = zoom === 0 ? wholeOf(part) : total[zoom], from = start[zoom], end = last[zoom];
	const scale = units > 0 ? (page.width() - 2 * MARGIN) / units : 0;
	const least = scale > 0 ? Math.max(LEAST, page.meta.least || 0) / scale * (1 - 1e-12) : Infinity;

	addAncestors(drawn, view.parts[part].tree, zoom);
	drawn.add(zoom, MARGIN, page.width() - MARGIN);
	drawn.deepest = depth[zoom];
	for (let i = zoom + 1; i <= end;) {
		if (total[i] < least || name[i] === GAP) {
			i = last[i] + 1;
			continue;
		}
		if (depth[i] > drawn.deepest)
			drawn.deepest = depth[i];
		const x1 = MARGIN + (start[i] - from) * scale;
		drawn.add(i, x1, MARGIN + (start[i] + total[i] - from) * scale);
		i++;
	}
	return drawn;
}

function layOut() {
	const meta = page.meta;

	drawnParts = view.parts.map((p, part) => drawnOf(part));
	rowsBelow = drawnParts.length > 1 ? drawnParts[1].deepest : 0;
	const rows = drawnParts[0].deepest + rowsBelow + 1;
	return Math.max(page.least, rows * meta.pitch + meta.top + meta.bottom);
}

function rowOf(part, node) {
	const { tree, dir } = view.parts[part];

	return rowsBelow + dir * tree.depth[node];
}

function topOf(row) {
	const meta = page.meta;

	return state.inverted ? meta.top + row * meta.pitch : page.height() - meta.bottom - (row + 1) * meta.pitch + 1;
}

/* { x, y, width, height } in px of the picture, or null if it is not drawn. */
function rectOf(part, node) {
	const drawn = drawnParts[part], k = drawn === undefined ? -1 : drawn.find(node);

	return k < 0 ? null : { x: drawn.x1[k], y: topOf(rowOf(part, node)), width: drawn.x2[k] - drawn.x1[k], height: page.meta.pitch - 1 };
}
