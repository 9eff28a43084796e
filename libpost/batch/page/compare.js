/* SPDX-License-Identifier: BSD-2-Clause */
/* Two traces beside each other.  They are picked in the table, and wait in the tray. */
let compareTable, shownCompare = "";

function isPicked(t) {
	return t.key === state.a || t.key === state.b;
}

function pick(t) {
	setState(t.key === state.a ? { a: state.b, b: "" } : t.key === state.b ? { b: "" } :
		state.a === "" ? { a: t.key } : { b: t.key }, true);
	repaintRows(traceTable);
}

function unpick() {
	setState({ a: "", b: "" }, true);
	repaintRows(traceTable);
}

function trayName(key, letter) {
	const t = traceByKey.get(key);

	return t === undefined ? el("span", { class: "dim" }, "pick another trace") :
		el("span", { class: "pickname" }, el("b", {}, letter), " ", viewLink({ trace: t.key }, named(t.base), { title: t.path }));
}

function showTray() {
	const tray = byId("tray");

	tray.hidden = state.view !== "traces" || (state.a === "" && state.b === "");
	if (tray.hidden)
		return;
	tray.replaceChildren(trayName(state.a, "A"), trayName(state.b, "B"), el("span", { class: "gap" }),
		traceByKey.has(state.a) && traceByKey.has(state.b) ?
			viewLink({ view: "compare", trace: "" }, "Compare", { class: "main" }) : "",
		button("Clear", { class: "quiet" }, unpick));
}

function sideCard(t, letter) {
	if (t === undefined)
		return el("div", { class: "card" }, el("p", {}, el("b", {}, letter), " ", el("span", { class: "dim" }, "No trace: "),
			viewLink({ view: "traces" }, "pick one in the table"), el("span", { class: "dim" }, " (space on its row).")));
	return el("div", { class: "card" }, el("h2", {}, el("b", { class: "letter" }, letter), " ", viewLink({ trace: t.key }, named(t.path))),
		fileLink(t.svg, picture(t.thumb, "large"), { "aria-label": `Flame graph of ${t.path}` }) ?? "",
		el("p", {}, badge(t.verdict), el("span", { class: "dim" }, ` ${whenText(t.when)} \u00b7 ${grouped(t.samples)} samples \u00b7 ${counted(t.stacks, "stack")}`)),
		el("p", {}, traceFiles(t)));
}

function commandLine(text) {
	const code = el("code", { tabindex: 0 }, text);
	const copy = button("Copy", { class: "quiet" }, async () => {
		getSelection().selectAllChildren(code);
		try {
			await navigator.clipboard.writeText(text);
			copy.textContent = "Copied";
		} catch {
			copy.textContent = "Selected";
		}
	});

	return el("p", { class: "command" }, code, copy);
}

/* What is more than noise is bt-diff's to tell. */
function showCommand(a, b) {
	const place = byId("command");

	if (a === undefined || b === undefined)
		place.replaceChildren();
	else if (!isFile(a.folded) || !isFile(b.folded))
		place.replaceChildren(el("p", { class: "note" }, "One of them has no folded file to compare."));
	else
		place.replaceChildren(el("p", { class: "dim" }, "Which of these differences are more than noise, and the picture of them:"),
			commandLine(`bt-diff ${fileWord(a.folded)} ${fileWord(b.folded)}`),
			commandLine(`bt-diff --format=svg -o diff.svg ${fileWord(a.folded)} ${fileWord(b.folded)}`));
}

/* A function that one of them left out has no more than the least there. */
function sidesOf(a, b) {
	const of = new Map();

	for (const [t, side] of [[a, "a"], [b, "b"]])
		for (const x of functionsOf(t))
			of.set(x.f, { a: null, b: null, ...of.get(x.f), name: x.name, [side]: x[state.by] });
	return [...of.values()].map((r) => ({ ...r, change: (r.b ?? 0) - (r.a ?? 0) })).filter((r) => (r.a ?? 0) + (r.b ?? 0) > 0);
}

function sideCell(share) {
	return shareCell(share ?? 0, compareTable.most, share === null ? costs.least > 0 ? `\u2264 ${shareText(costs.least)}` : "\u2013" : null);
}

function changeCell(r) {
	const bar = el("span", { class: `change ${r.change > 0 ? "more" : "less"}` });

	bar.style.width = `${compareTable.mostChange > 0 ? Math.abs(r.change) / compareTable.mostChange * 32 : 0}%`;
	return [bar, el("span", {}, changeText(r.change))];
}

const COMPARE_COLUMNS = [
	{ id: "name", title: "Function", cls: "name", value: (r) => r.name,
		cell: (r) => viewLink({ view: "functions", f: r.name, fq: r.name, trace: "" }, named(r.name, "fn"), { title: r.name, tabindex: -1 }) },
	{ id: "a", title: "A", cls: "share", value: (r) => r.a ?? 0, cell: (r) => sideCell(r.a), down: true },
	{ id: "b", title: "B", cls: "share", value: (r) => r.b ?? 0, cell: (r) => sideCell(r.b), down: true },
	{ id: "change", title: "B \u2212 A, points", cls: "changes", value: (r) => Math.abs(r.change), cell: changeCell, down: true }
];

function startCompare() {
	compareTable = makeTable(byId("compare-table"), { label: "Functions of both traces", columns: COMPARE_COLUMNS, height: 30,
		field: "csort", sort: () => "-change", none: "Neither has a function.",
		open: (r) => setState({ view: "functions", f: r.name, fq: r.name }) });
}

function showFunctionsOfBoth(a, b) {
	const rows = sidesOf(a, b);

	compareTable.most = Math.max(0, ...rows.map((r) => Math.max(r.a ?? 0, r.b ?? 0)));
	compareTable.mostChange = Math.max(0, ...rows.map((r) => Math.abs(r.change)));
	byId("ccount").textContent = `${counted(rows.length, "function")}, by ${state.by} share`;
	setRows(compareTable, rows);
}

function showCompare() {
	const a = traceByKey.get(state.a), b = traceByKey.get(state.b), both = a !== undefined && b !== undefined;
	const ready = both && needCosts(), now = JSON.stringify([state.a, state.b, state.by, state.csort, ready, problem]);

	byId("ctools").hidden = byId("compare-table").hidden = !ready;
	setNote("cnote", !both || ready ? "" : problem || "Reading functions.js \u2026");
	if (now === shownCompare) {
		paintRows(compareTable);
		return;
	}
	shownCompare = now;
	byId("sides").replaceChildren(sideCard(a, "A"),
		button("\u21c4", { class: "quiet swap", title: "Swap", "aria-label": "Swap A and B" }, () => setState({ a: state.b, b: state.a })), sideCard(b, "B"));
	showCommand(a, b);
	if (ready)
		showFunctionsOfBoth(a, b);
}
