/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of all functions: own samples, total, and in a differential before and change. */

const TOP_ROWS = 200;			/* in the document at once, at first and with each "more" */

/* How the table stands; it is kept while the panel is closed. */
const topTable = { sort: "self", down: true, filter: "", shown: TOP_ROWS };

/* COMPARED is the text in a comparison, SIDE what it is of there. */
const topColumns = [
	{ key: "self", text: "Self", compared: "Self new", side: 1, value: (r) => r.self },
	{ key: "selfBefore", text: "before", compared: "base", diff: true, side: 0, value: (r) => r.selfBefore },
	{ key: "selfDelta", text: "change", compared: "change", diff: true, delta: true, value: (r) => sideDelta(r.selfBefore, r.self) },
	{ key: "total", text: "Total", compared: "Total new", side: 1, value: (r) => r.total },
	{ key: "totalBefore", text: "before", compared: "base", diff: true, side: 0, value: (r) => r.totalBefore },
	{ key: "totalDelta", text: "change", compared: "change", diff: true, delta: true, value: (r) => sideDelta(r.totalBefore, r.total) },
	{ key: "name", text: "Function", compared: "Function", value: (r) => r.text }
];

/* Of shares in a comparison, else in units. */
function sideDelta(before, after) {
	return comparison() === null ? changeOf(before, after) : shareOf(after, AFTER) - shareOf(before, BEFORE);
}

function deltaText(delta) {
	return comparison() === null ? signedText(delta) : signedShare(delta, shareDecimals(Math.abs(delta)));
}

function openTop() {
	topTable.shown = TOP_ROWS;
	togglePanel("top", "Functions", buildTop, { wide: true });
}

function buildTop(body) {
	const bar = addHtml(body, "div", { class: "panel-bar" });
	const filter = addHtml(bar, "input", { type: "search", class: "panel-filter", placeholder: "part of a name",
	    "aria-label": "Only functions whose names hold", "data-key": "filter" });
	const count = addHtml(bar, "span", { class: "panel-quiet", role: "status" });
	const table = addHtml(body, "table", { class: "panel-table" });
	const head = addHtml(addHtml(table, "thead", {}), "tr", {}), rows = addHtml(table, "tbody", {});
	const more = addButton(body, "more", "More", function () { topTable.shown += TOP_ROWS; keepFocus(refresh); });
	const refresh = () => fillTop({ head, rows, count, more });
	let totals = view.totals();

	addBoundNote(body);
	filter.value = topTable.filter;
	filter.addEventListener("input", function () {
		topTable.filter = filter.value;
		topTable.shown = TOP_ROWS;
		refresh();
	});
	for (const c of topColumns.filter((col) => !col.diff || page.meta.diff))
		addHead(head, c, () => keepFocus(refresh));
	refresh();
	return function () {
		if (totals !== view.totals())
			refresh();
		totals = view.totals();
	};
}

/* Where frames are missing. */
function addBoundNote(box) {
	if (page.profile.tree.more !== null || page.meta.full === false)
		addHtml(box, "p", { class: "panel-quiet panel-bound" }, "Not all frames are in the file: the numbers of a function are the least that it has.");
}

function addHead(row, column, refresh) {
	const th = addHtml(row, "th", { scope: "col", "data-column": column.key });

	const names = comparison() === null ? [] : comparison().names, file = names[column.side];

	addButton(th, "sort-" + column.key, comparison() === null ? column.text : column.compared, function () {
		topTable.down = topTable.sort === column.key ? !topTable.down : column.key !== "name";
		topTable.sort = column.key;
		refresh();
	}, file === undefined ? {} : { title: SIDES[column.side] + ": " + file });
}

/* The functions of the view, in a differential with what they have after and before. */
function topFunctions() {
	const t = view.totals(), diff = page.meta.diff, list = [];
	const self = diff ? t.selfAfter : t.self, total = diff ? t.totalAfter : t.total;

	for (let id = NAMED; id < self.length; id++)
		if (t.total[id] > 0 || diff && (t.totalBefore[id] > 0 || total[id] > 0))
			list.push({ id, text: page.profile.shown[id], self: self[id], total: total[id],
			    selfBefore: diff ? t.selfBefore[id] : 0, totalBefore: diff ? t.totalBefore[id] : 0 });
	return list;
}

function sortTop(list) {
	const value = topColumns.find((c) => c.key === topTable.sort).value, sign = topTable.down ? -1 : 1;

	return list.sort(function (a, b) {
		const x = value(a), y = value(b);
		return x < y ? -sign : x > y ? sign : a.text < b.text ? -1 : a.text > b.text ? 1 : a.id - b.id;
	});
}

function fillTop(parts) {
	const part = topTable.filter.toLowerCase(), all = topFunctions();
	const list = sortTop(part === "" ? all : all.filter((r) => r.text.toLowerCase().includes(part)));
	const columns = topColumns.filter((c) => !c.diff || page.meta.diff);

	for (const th of parts.head.children)
		th.setAttribute("aria-sort", th.getAttribute("data-column") !== topTable.sort ? "none" :
		    topTable.down ? "descending" : "ascending");
	parts.rows.textContent = "";
	for (const r of list.slice(0, topTable.shown))
		addTopRow(parts.rows, r, columns);
	parts.count.textContent = (list.length === all.length ? "" : commas(String(list.length)) + " of ") + commas(String(all.length)) + " functions";
	parts.more.hidden = list.length <= topTable.shown;
	parts.more.textContent = "More (" + commas(String(list.length - topTable.shown)) + ")";
}

function addTopRow(rows, r, columns) {
	const tr = addHtml(rows, "tr", {});

	for (const c of columns) {
		if (c.key === "name") {
			addButton(addHtml(tr, "td", { class: "panel-name" }), "function-" + r.id, r.text,
			    () => searchFor(exactPattern(r.text)), { class: "panel-link", title: "Search for it" });
			continue;
		}
		if (c.delta)
			addHtml(addHtml(tr, "td", { class: "panel-number" }), "span", {}, deltaText(c.value(r)));
		else
			addSamples(tr, c.value(r), c.side);
	}
}

/* The regular expression that only this name matches. */
function exactPattern(name) {
	return "^" + name.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&") + "$";
}
