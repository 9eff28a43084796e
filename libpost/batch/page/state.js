/* SPDX-License-Identifier: BSD-2-Clause */
/* What is looked at.  It stands in the hash, so that a link shows the same view. */
const DEFAULTS = { view: "traces", q: "", verdict: "", group: "", sort: "", gsort: "", csort: "", fsort: "", trace: "",
	f: "", fq: "", by: "self", scope: "", a: "", b: "" };
let state = readHash();

function readHash() {
	const read = new URLSearchParams(location.hash.slice(1)), s = {};

	for (const [name, value] of Object.entries(DEFAULTS))
		s[name] = read.get(name) ?? value;
	if (s.by !== "total")
		s.by = "self";
	return s;
}

function hashOf(changes) {
	const all = { ...state, ...changes }, p = new URLSearchParams();

	for (const [name, value] of Object.entries(DEFAULTS))
		if (all[name] !== value)
			p.set(name, all[name]);
	return `#${p}`;
}

/* QUIETLY: no step in the browser's history, as for each letter that is typed. */
function setState(changes, quietly) {
	const hash = hashOf(changes);

	Object.assign(state, changes);
	if (hash !== (location.hash === "" ? "#" : location.hash))
		history[quietly ? "replaceState" : "pushState"](null, "", hash);
	show();
}

window.addEventListener("popstate", () => {
	state = readHash();
	show();
});
