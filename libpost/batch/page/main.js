/* SPDX-License-Identifier: BSD-2-Clause */
/* What happens when the page is loaded, and when its state changes. */
const VIEWS = { traces: showTraces, groups: showGroups, functions: showFunctions, compare: showCompare };

/* "1,000 traces in 12 groups, ...": what the page is of. */
function sumOf() {
	return `${counted(data.traces.length, "trace")} in ${counted(data.groups.length, "group")}: ` +
		verdictCounts(data.traces).map(([v, n]) => `${grouped(n)} ${v}`).join(", ");
}

function startSwitches() {
	for (const place of document.querySelectorAll(".switch"))
		place.append(...["self", "total"].map((by) => button(by, { "data-by": by }, () => setState({ by, fsort: "" }))));
}

function showNavigation() {
	for (const a of document.querySelectorAll("nav a")) {
		a.href = hashOf({ view: a.dataset.view, trace: "" });
		if (a.dataset.view === state.view)
			a.setAttribute("aria-current", "page");
		else
			a.removeAttribute("aria-current");
	}
	for (const b of document.querySelectorAll(".switch button"))
		b.setAttribute("aria-pressed", b.dataset.by === state.by);
}

function show() {
	if (!Object.hasOwn(VIEWS, state.view))
		state.view = "traces";
	for (const view of Object.keys(VIEWS))
		byId(view).hidden = view !== state.view;
	showNavigation();
	VIEWS[state.view]();
	showTray();
	showDetails();
}

byId("sum").textContent = sumOf();
startSwitches();
startTraces();
startGroups();
startFunctions();
startTrend();
startCompare();
startKeys();
byId("app").hidden = false;
show();
document.documentElement.setAttribute("data-page", "ready");
