/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table of any length: rows have one height, and only those in sight are
 * elements.  Two empty rows stand for those above and below.
 *
 * A table is what makeTable is given: columns { id, title, cell, value, cls,
 * down }, of which those with a value can be sorted by; the field of the state
 * that says how it is sorted; and what is done with a row.
 */
const AHEAD = 6, PRINTED = 5000;

function makeTable(place, spec) {
	const t = { ...spec, rows: [], made: new Map(), from: 0, to: 0, active: 0, printing: false };

	t.above = el("tr", { "aria-hidden": "true" }, el("td", {}));
	t.below = t.above.cloneNode(true);
	t.head = el("tr", { "aria-rowindex": 1 });
	t.body = el("tbody", {}, t.above, t.below);
	t.table = el("table", { "aria-label": t.label }, el("thead", {}, t.head), t.body);
	t.empty = el("p", { class: "empty", hidden: true }, t.none);
	t.scroll = el("div", { class: "scroll", tabindex: -1 }, t.table, t.empty);
	place.append(t.scroll);
	t.scroll.addEventListener("scroll", () => paintRows(t), { passive: true });
	t.scroll.addEventListener("keydown", (e) => onTableKey(t, e));
	new ResizeObserver(() => paintRows(t)).observe(t.scroll);
	tables.push(t);
	return t;
}

const tables = [];

/* "-samples" is down by samples. */
function sortOf(t) {
	const wanted = state[t.field] || t.sort(), id = wanted.replace(/^-/, "");
	const column = t.columns.find((c) => c.id === id && c.value !== undefined);

	return column === undefined ? null : { column, down: wanted.startsWith("-") };
}

function sortBy(t, column) {
	const now = sortOf(t), same = now !== null && now.column === column;
	const down = same ? !now.down : column.down === true;

	setState({ [t.field]: (down ? "-" : "") + column.id });
	t.head.querySelector(`[data-column="${column.id}"] button`)?.focus();
}

function paintHead(t, sort) {
	t.head.replaceChildren(...t.columns.map((c) => {
		const on = sort !== null && sort.column === c;
		const order = on ? sort.down ? "descending" : "ascending" : c.value === undefined ? null : "none";

		return el("th", { scope: "col", class: c.cls, "aria-sort": order, "data-column": c.id },
			c.value === undefined ? el("span", {}, c.title) :
			button(c.title, { class: "sort" }, () => sortBy(t, c)));
	}));
}

/* ROWS, which are the table's from now on. */
function setRows(t, rows) {
	const sort = sortOf(t);

	if (sort !== null) {
		const value = new Map(rows.map((r) => [r, sort.column.value(r)]));
		rows.sort((a, b) => compareValues(value.get(a), value.get(b), sort.down));
	}
	t.rows = rows;
	t.active = Math.min(t.active, Math.max(0, rows.length - 1));
	t.table.setAttribute("aria-rowcount", rows.length + 1);
	t.empty.hidden = rows.length > 0;
	paintHead(t, sort);
	dropRows(t);
	paintRows(t);
}

function dropRows(t) {
	const had = t.body.contains(document.activeElement);

	for (const tr of t.made.values())
		tr.remove();
	t.made.clear();
	t.from = t.to = 0;
	if (had)
		t.scroll.focus({ preventScroll: true });
}

function inSight(t) {
	const top = Math.floor(t.scroll.scrollTop / t.height) - AHEAD;
	const n = Math.ceil(t.scroll.clientHeight / t.height) + 2 * AHEAD;
	const from = Math.max(0, Math.min(top, t.rows.length - n));

	return t.printing ? [0, Math.min(t.rows.length, PRINTED)] : [from, Math.min(t.rows.length, from + n)];
}

function makeRow(t, i) {
	const row = t.rows[i];
	const tr = el("tr", { "aria-rowindex": i + 2, tabindex: i === t.active ? 0 : -1, class: t.rowClass?.(row) },
		...t.columns.map((c) => el("td", { class: c.cls }, c.cell(row, i))));

	tr.addEventListener("focusin", () => makeActive(t, i));
	tr.addEventListener("dblclick", () => t.open?.(row));
	t.made.set(i, tr);
	return tr;
}

/*
 * The keys go on where the row with the focus scrolls out of sight.  That is
 * looked at while the table is whole: a question for the focus makes the
 * browser measure it, and a table with rows missing would scroll back.
 */
function keepFocus(t, from, to) {
	for (const [i, tr] of t.made)
		if ((i < from || i >= to) && tr.contains(document.activeElement)) {
			t.scroll.focus({ preventScroll: true });
			return;
		}
}

function paintRows(t) {
	if (t.scroll.clientHeight === 0 && !t.printing)
		return;
	const [from, to] = inSight(t);
	let next = t.below;

	if (from === t.from && to === t.to)
		return;
	keepFocus(t, from, to);
	for (const [i, tr] of t.made)
		if (i < from || i >= to) {
			tr.remove();
			t.made.delete(i);
		}
	for (let i = to - 1; i >= from; i--) {
		const tr = t.made.get(i) ?? makeRow(t, i);

		if (tr.nextSibling !== next)
			t.body.insertBefore(tr, next);
		next = tr;
	}
	t.above.style.height = `${from * t.height}px`;
	t.below.style.height = `${(t.printing ? 0 : t.rows.length - to) * t.height}px`;
	t.from = from;
	t.to = to;
}

function makeActive(t, i) {
	t.made.get(t.active)?.setAttribute("tabindex", -1);
	t.active = i;
	t.made.get(i)?.setAttribute("tabindex", 0);
}

function focusRow(t, i) {
	const at = Math.max(0, Math.min(t.rows.length - 1, i)), y = at * t.height;
	const head = t.head.offsetHeight, room = t.scroll.clientHeight - head;

	if (t.rows.length === 0)
		return;
	if (y < t.scroll.scrollTop)
		t.scroll.scrollTop = y;
	else if (y + t.height > t.scroll.scrollTop + room)
		t.scroll.scrollTop = y + t.height - room;
	paintRows(t);
	makeActive(t, at);
	t.made.get(at)?.focus({ preventScroll: true });
}

/* The row where KEY leads, or none. */
function rowOfKey(t, key) {
	const page = Math.max(1, Math.floor(t.scroll.clientHeight / t.height) - 2);
	const to = { ArrowDown: t.active + 1, j: t.active + 1, ArrowUp: t.active - 1, k: t.active - 1, Home: 0, End: t.rows.length - 1,
		PageDown: t.active + page, PageUp: t.active - page };

	return to[key];
}

function onTableKey(t, e) {
	const onRow = e.target === t.scroll || e.target.parentNode === t.body, row = t.rows[t.active];

	if (e.ctrlKey || e.metaKey || e.altKey || t.head.contains(e.target))
		return;
	if (rowOfKey(t, e.key) !== undefined)
		focusRow(t, rowOfKey(t, e.key));
	else if (e.key === "Enter" && onRow && row !== undefined)
		t.open?.(row);
	else if ((e.key === " " || e.key === "x") && onRow && row !== undefined)
		t.pick?.(row);
	else
		return;
	e.preventDefault();
}

/* Rows as they are now, in their old places: something that they show has changed. */
function repaintRows(t) {
	const had = t.body.contains(document.activeElement);

	dropRows(t);
	paintRows(t);
	if (had)
		t.made.get(t.active)?.focus({ preventScroll: true });
}

/* On paper there is no scrolling. */
function printTables(yes) {
	for (const t of tables) {
		t.printing = yes && t.scroll.clientHeight > 0;
		paintRows(t);
	}
}

window.addEventListener("beforeprint", () => printTables(true));
window.addEventListener("afterprint", () => printTables(false));
