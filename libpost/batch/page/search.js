/* SPDX-License-Identifier: BSD-2-Clause */
/* The view of a function: where it costs most, and how that changes. */
const NAMES_SHOWN = 100;
let costTable, shownNames = "", shownCosts = "";

/* Those of the traces that are chosen: the one with just that name first, then by mean share. */
function matching(query) {
	const words = wordsOf(query), mean = means()[state.by], all = means().total, found = [], whole = query.trim().toLowerCase();

	for (let f = 0; f < costs.names.length; f++)
		if (all[f] > 0 && words.every((w) => costs.lower[f].includes(w)))
			found.push(f);
	return found.sort((a, b) => (costs.lower[b] === whole) - (costs.lower[a] === whole) || mean[b] - mean[a]);
}

function nameItem(f, most) {
	const name = costs.names[f], mean = means()[state.by][f], on = name === state.f;

	return el("li", {}, viewLink({ f: name }, [el("span", { class: "fn" }, named(name)),
		el("span", { class: "share" }, shareCell(mean, most))], { "aria-current": on ? "true" : null, title: name }));
}

function showNames() {
	const now = JSON.stringify([state.fq, state.by, state.f, state.scope]);

	if (now === shownNames)
		return;
	shownNames = now;
	const found = matching(state.fq), most = found.reduce((m, f) => Math.max(m, means()[state.by][f]), 0);
	const had = byId("names").contains(document.activeElement);
	byId("names").replaceChildren(...found.slice(0, NAMES_SHOWN).map((f) => nameItem(f, most)),
		found.length > NAMES_SHOWN ? el("li", { class: "dim" }, `and ${grouped(found.length - NAMES_SHOWN)} more`) : "");
	byId("fcount").textContent = `${counted(found.length, "function")}; the share is the mean over ${state.scope === "" ? "all traces" : counted(scopeTraces().length, "trace")}`;
	if (had)
		byId("names").querySelector("[aria-current]")?.focus();
}

/* The traces of the scope, and the function's part of each; those that left it out have none. */
function costsOf(f) {
	return scopeTraces().filter((t) => t.count > 0).map((t) => {
		const i = costAt(f, t.index);

		return { t, at: i, self: i === -1 ? 0 : costs.self[i], total: i === -1 ? 0 : costs.total[i] };
	});
}

function costColumn(id, title) {
	return { id, title, cls: `share ${id}`, value: (r) => r.at === -1 ? undefined : r[id], down: true,
		cell: (r) => shareCell(r[id], costTable.most[id]) };
}

const COST_COLUMNS = [
	{ id: "rank", title: "", cls: "num rank", cell: (r, i) => String(i + 1) },
	costColumn("self", "Self"), costColumn("total", "Total"),
	{ id: "name", title: "Trace", cls: "name", cell: (r) => nameCell(r.t), value: (r) => r.t.path },
	{ id: "when", title: "When (UTC)", cls: "when mid", cell: (r) => whenText(r.t.when), value: (r) => r.t.when, down: true },
	{ id: "group", title: "Group", cls: "group wide", cell: (r) => named(r.t.of.name), value: (r) => r.t.of.name },
	{ id: "files", title: "Files", cls: "files wide", cell: (r) => traceFiles(r.t, -1) }
];

/* What is known of a share. */
function knownShare(r) {
	return r.at === -1 ? `at most ${shareText(costs.least)}` : shareText(r[state.by]);
}

/* "in 12 of 80 traces; self share: median 1.20%, most 9.90%". */
function sumText(rows, seen) {
	const least = costs.least > 0 ? ` over ${shareText(costs.least)} in total` : "", by = [...rows].sort((a, b) => a[state.by] - b[state.by] || a.at - b.at);

	return `in ${grouped(seen.length)} of ${counted(rows.length, "trace")}${least}` +
		(seen.length === 0 ? "" : `; ${state.by} share: median ${knownShare(by[by.length >> 1])}, most ${knownShare(by[by.length - 1])}`);
}

function showFunction() {
	const f = costs.of.get(state.f), now = JSON.stringify([state.f, state.by, state.scope, state.fsort]);

	if (now === shownCosts) {
		paintRows(costTable);
		return;
	}
	shownCosts = now;
	byId("fname").replaceChildren(state.f === "" ? "" : named(state.f, "fn"));
	byId("fsum").textContent = state.f === "" ? "Choose a function to see which traces it costs most in." : f === undefined ? "No trace has this function." : "";
	const rows = f === undefined ? [] : costsOf(f), seen = rows.filter((r) => r.at !== -1);
	costTable.most = { self: Math.max(0, ...seen.map((r) => r.self)), total: Math.max(0, ...seen.map((r) => r.total)) };
	if (f !== undefined)
		byId("fsum").textContent = sumText(rows, seen);
	setTrend(rows);
	byId("cost-table").hidden = f === undefined;
	setRows(costTable, seen);
}

function startFunctions() {
	fillSelect("scope", "scope", "all groups", data.groups.map((g) => [g.key, g.name]));
	byId("fq").addEventListener("input", () => setState({ fq: byId("fq").value }, true));
	byId("fq").addEventListener("keydown", (e) => {
		const first = byId("names").querySelector("a");

		if (e.key === "Enter" && first !== null)
			setState({ f: first.title });
		if ((e.key === "Enter" || e.key === "ArrowDown") && first !== null)
			first.focus();
	});
	byId("names").addEventListener("keydown", (e) => {
		const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[e.key];

		if (step === undefined)
			return;
		(e.target.closest("li")?.[step]?.querySelector("a") ?? byId("fq")).focus();
		e.preventDefault();
	});
	costTable = makeTable(byId("cost-table"), { label: "Traces with this function", columns: COST_COLUMNS, height: 44, field: "fsort",
		sort: () => `-${state.by}`, none: "None of these traces has it.", open: (r) => setState({ trace: r.t.key }) });
}

function showFunctions() {
	setValue("fq", state.fq);
	setValue("scope", state.scope);
	setNote("fnote", needCosts() ? "" : problem || "Reading functions.js \u2026");
	if (costs === null)
		return;
	showNames();
	showFunction();
}
