/* SPDX-License-Identifier: BSD-2-Clause */
/* Traces and groups, as the C side wrote them into the page. */
const VERDICTS = ["usable", "usable with care", "no profile", "error"];
const VERDICT_CLASS = { "usable": "good", "usable with care": "care", "no profile": "none", "error": "bad",
	"pass": "good", "insufficient data": "none", "fail": "bad" };

/* By which a link names each: what is shown, and where two show alike their number, too. */
function addKeys(things, text) {
	const seen = new Map(), byKey = new Map();

	for (const t of things) {
		const n = (seen.get(text(t)) ?? 0) + 1;

		seen.set(text(t), n);
		t.key = n === 1 ? text(t) : `${text(t)}~${n}`;
		while (byKey.has(t.key))
			t.key += "~";
		byKey.set(t.key, t);
	}
	return byKey;
}

function addFacts(t, i) {
	const slash = t.path.lastIndexOf("/");

	t.index = i;
	t.count = Number(t.samples);
	t.base = t.path.slice(slash + 1);
	t.dir = t.path.slice(0, slash + 1);
	t.findings ??= [];
	t.of = data.groups[t.group];
	t.of.members.push(t);
	if (!VERDICTS.includes(t.verdict))
		t.verdict = "error";
}

/* [verdict, how many traces have it], of those that any has. */
function verdictCounts(traces) {
	return VERDICTS.map((v) => [v, traces.filter((t) => t.verdict === v).length]).filter(([, n]) => n > 0);
}

/* What the filter looks at. */
function searchText(t) {
	t.text ??= [t.path, t.of.name, t.error ?? "", ...t.findings.map((f) => f[0])].join("\n").toLowerCase();
	return t.text;
}

const data = JSON.parse(byId("data").textContent);

for (const [i, g] of data.groups.entries()) {
	g.members = [];
	g.index = i;
	g.count = Number(g.samples);
}
data.traces.forEach(addFacts);
const traceByKey = addKeys(data.traces, (t) => t.path);
const groupByKey = addKeys(data.groups, (g) => g.name);
