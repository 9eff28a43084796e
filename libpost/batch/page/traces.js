/* SPDX-License-Identifier: BSD-2-Clause */
/* The view of all traces. */
let traceTable;

function pickCell(t) {
	const box = el("input", { type: "checkbox", "aria-label": `Compare ${t.path}`, tabindex: -1 });

	box.checked = isPicked(t);
	box.addEventListener("change", () => pick(t));
	return box;
}

const TRACE_COLUMNS = [
	{ id: "pick", title: "", cls: "pick", cell: pickCell },
	{ id: "thumb", title: "", cls: "thumb wide", cell: (t) => fileLink(t.svg, picture(t.thumb, "thumb"),
		{ tabindex: -1, "aria-label": `Flame graph of ${t.path}` }) ?? picture(t.thumb, "thumb") },
	{ id: "name", title: "Trace", cls: "name", cell: nameCell, value: (t) => t.path },
	{ id: "when", title: "When (UTC)", cls: "when mid", cell: (t) => whenText(t.when), value: (t) => t.when, down: true },
	{ id: "group", title: "Group", cls: "group wide", cell: (t) => groupLink(t.of), value: (t) => t.of.name },
	{ id: "samples", title: "Samples", cls: "num mid", cell: (t) => grouped(t.samples), value: (t) => t.count, down: true },
	{ id: "stacks", title: "Stacks", cls: "num wide", cell: (t) => grouped(t.stacks), value: (t) => t.stacks, down: true },
	{ id: "size", title: "Size", cls: "num wider", cell: (t) => sizeText(t.bytes), value: (t) => t.bytes, down: true },
	{ id: "verdict", title: "Verdict", cls: "verdict", cell: verdictCell, down: true,
		value: (t) => VERDICTS.indexOf(t.verdict) * 1e6 + t.findings.length },
	{ id: "files", title: "Files", cls: "files mid", cell: (t) => traceFiles(t, -1) }
];

function fits(t, words) {
	return (state.verdict === "" || t.verdict === state.verdict) && (state.group === "" || t.of.key === state.group) &&
		words.every((w) => searchText(t).includes(w));
}

function fillSelect(id, field, all, options) {
	const select = byId(id);

	select.replaceChildren(el("option", { value: "" }, all), ...options.map(([value, text]) => el("option", { value }, text)));
	select.addEventListener("change", () => setState({ [field]: select.value }));
}

function startTraces() {
	fillSelect("verdict", "verdict", "all", verdictCounts(data.traces).map(([v, n]) => [v, `${v} (${grouped(n)})`]));
	fillSelect("group", "group", "all", data.groups.map((g) => [g.key, g.name]));
	byId("q").addEventListener("input", () => setState({ q: byId("q").value }, true));
	byId("q").addEventListener("keydown", (e) => {
		if (e.key === "Enter" || e.key === "ArrowDown")
			focusRow(traceTable, 0);
	});
	traceTable = makeTable(byId("trace-table"), { label: "Traces", columns: TRACE_COLUMNS, height: 52, field: "sort",
		sort: () => data.traces.some((t) => t.when !== undefined) ? "-when" : "name", none: "No trace fits.",
		open: (t) => setState({ trace: t.key }), pick: (t) => pick(t), rowClass: (t) => isPicked(t) ? "picked" : null });
}

let shownTraces = "";

/* What the rows depend on; nothing is done while it is the same. */
function showTraces() {
	const now = JSON.stringify([state.q, state.verdict, state.group, state.sort]), words = wordsOf(state.q);

	setValue("q", state.q);
	setValue("verdict", state.verdict);
	setValue("group", state.group);
	if (now === shownTraces) {
		paintRows(traceTable);
		return;
	}
	shownTraces = now;
	setRows(traceTable, data.traces.filter((t) => fits(t, words)));
	const n = traceTable.rows.length, all = data.traces.length;
	byId("count").textContent = n === all ? counted(all, "trace") : `${grouped(n)} of ${counted(all, "trace")}`;
}

/* Not while it is typed into: the caret would jump. */
function setValue(id, value) {
	if (byId(id).value !== value)
		byId(id).value = value;
}
