/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions that match the search, the largest first. */

const MATCH_ROWS = 300;

function openMatches() {
	togglePanel("matches", "Matches", function (body) {
		const box = addHtml(body, "div", {});
		let totals = null, matched = null;
		const refresh = function () {
			if (totals === view.totals() && matched === view.matched)
				return;
			totals = view.totals();
			matched = view.matched;
			fillMatches(box);
		};

		refresh();
		return refresh;
	});
}

function fillMatches(box) {
	const list = view.matched === null ? [] : matchingFunctions(view.totals(), view.matched, page.profile);

	box.textContent = "";
	addHtml(box, "p", { class: "panel-quiet", role: "status" }, state.s === "" ? "Nothing is searched for: / opens the search." :
	    (list.length === 1 ? "1 function matches " : commas(String(list.length)) + " functions match ") + state.s);
	if (list.length === 0)
		return;
	addBoundNote(box);
	const table = addHtml(box, "table", { class: "panel-table" });
	const head = addHtml(addHtml(table, "thead", {}), "tr", {}), rows = addHtml(table, "tbody", {});
	for (const text of comparison() === null ? ["Total", "Self", "Function"] : ["New", "Base", "Function"])
		addHtml(head, "th", text === "Function" ? { scope: "col" } : { scope: "col", class: "panel-number" }, text);
	for (const m of list.slice(0, MATCH_ROWS))
		addMatch(rows, m);
	if (list.length > MATCH_ROWS)
		addHtml(box, "p", { class: "panel-quiet" }, "and " + commas(String(list.length - MATCH_ROWS)) + " more: search for less");
}

function addMatch(rows, m) {
	const tr = addHtml(rows, "tr", {});

	const t = view.totals(), both = comparison() !== null;

	addSamples(tr, both ? t.totalAfter[m.name] : m.total, AFTER);
	addSamples(tr, both ? t.totalBefore[m.name] : m.self, BEFORE);
	addButton(addHtml(tr, "td", { class: "panel-name" }), "match-" + m.name, page.profile.shown[m.name],
	    () => zoomToWidest(m.name), { class: "panel-link", title: "Zoom to the widest frame of it" });
}

/* Zoom to the widest frame of a function and select it. */
function zoomToWidest(name) {
	let part = -1, node = -1, most = -1;

	view.parts.forEach(function (p, i) {
		for (let k = 0; k < p.tree.n; k++)
			if (p.tree.name[k] === name && p.tree.total[k] > most) {
				most = p.tree.total[k];
				part = i;
				node = k;
			}
	});
	if (part < 0)
		return;
	const active = document.activeElement;
	zoomTo(part, node);
	selectNode(part, node);
	active.focus({ preventScroll: true });
}
