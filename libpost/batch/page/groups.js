/* SPDX-License-Identifier: BSD-2-Clause */
/* The view of the groups. */
let groupTable;

function newest(g) {
	return g.members.reduce((w, t) => t.when !== undefined && (w === undefined || t.when > w) ? t.when : w, undefined);
}

function diffCell(g) {
	if (g.index === data.baseline)
		return el("span", { class: "dim" }, "the baseline");
	return g.verdict === undefined ? null : [badge(g.verdict), el("div", { class: "dim dir", title: g.why }, g.why ?? "")];
}

function groupFiles(g) {
	return fileCell([fileLink(g.svg, "SVG", { tabindex: -1 }), fileLink(g.folded, "folded", { tabindex: -1 }),
		fileLink(g.diffSvg, "diff SVG", { tabindex: -1 }), fileLink(g.diffText, "diff", { tabindex: -1 })]);
}

const GROUP_COLUMNS = [
	{ id: "thumb", title: "", cls: "thumb wide", cell: (g) => fileLink(g.svg, picture(g.thumb, "thumb"),
		{ tabindex: -1, "aria-label": `Flame graph of ${g.name}` }) ?? picture(g.thumb, "thumb") },
	{ id: "name", title: "Group", cls: "name", cell: (g) => groupLink(g), value: (g) => g.name },
	{ id: "traces", title: "Traces", cls: "num", cell: (g) => grouped(g.members.length), value: (g) => g.members.length, down: true },
	{ id: "newest", title: "Newest (UTC)", cls: "when mid", cell: (g) => whenText(newest(g)), value: newest, down: true },
	{ id: "samples", title: "Samples", cls: "num mid", cell: (g) => grouped(g.samples), value: (g) => g.count, down: true },
	{ id: "stacks", title: "Stacks", cls: "num wider", cell: (g) => grouped(g.stacks), value: (g) => g.stacks, down: true },
	{ id: "verdict", title: "Verdicts", cls: "verdicts mid", down: true,
		cell: (g) => verdictCounts(g.members).map(([v, n]) => el("span", { class: `badge ${VERDICT_CLASS[v]}`, role: "img", title: `${n} ${v}`, "aria-label": `${n} ${v}` }, grouped(n))),
		value: (g) => verdictCounts(g.members).reduce((sum, [v, n]) => sum + (VERDICTS.indexOf(v) + 1) ** 2 * n, 0) / g.members.length },
	{ id: "diff", title: "To the baseline", cls: "diff", cell: diffCell,
		value: (g) => g.verdict === undefined ? undefined : ["pass", "insufficient data", "fail"].indexOf(g.verdict), down: true },
	{ id: "files", title: "Files", cls: "files mid", cell: groupFiles }
];

function startGroups() {
	const compared = data.groups.some((g) => g.verdict !== undefined);

	groupTable = makeTable(byId("group-table"), { label: "Groups", columns: GROUP_COLUMNS.filter((c) => compared || c.id !== "diff"),
		height: 52, field: "gsort", sort: () => "name", none: "There are no groups.",
		open: (g) => setState({ view: "traces", group: g.key }) });
}

let shownGroups = null;

function showGroups() {
	if (shownGroups === state.gsort) {
		paintRows(groupTable);
		return;
	}
	shownGroups = state.gsort;
	setRows(groupTable, [...data.groups]);
}
