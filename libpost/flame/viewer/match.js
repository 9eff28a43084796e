/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions that a pattern names, and how much is in them. */

/* { re } or { error }, a sentence; no text is { re: null }. */
function compilePattern(text, ignoreCase) {
	if (text === "")
		return { re: null };
	try {
		return { re: new RegExp(text, ignoreCase ? "i" : "") };
	} catch (e) {
		return { error: e.message };
	}
}

/* By name 1 if what is shown of it matches.  A null pattern matches nothing. */
function matchNames(profile, re) {
	const shown = profile.shown, flags = new Uint8Array(shown.length);

	if (re !== null)
		for (let id = NAMED; id < shown.length; id++)
			if (re.test(shown[id]))
				flags[id] = 1;
	return flags;
}

/* The samples, by their sums TOTAL, of all matching frames from NODE up; what stands on a match is in it. */
function matchedIn(tree, flags, node, total = tree.total) {
	const { name, last } = tree, end = last[node];
	let sum = 0;

	for (let i = node; i <= end;)
		if (flags[name[i]] === 1) {
			sum += total[i];
			i = last[i] + 1;
		} else
			i++;
	return sum;
}

/* The samples of all stacks through function ID that have a matching frame. */
function matchedWith(tree, flags, id, total = tree.total) {
	const { n, name, last } = tree;
	let sum = 0, end = -1;		/* of the topmost match */

	for (let i = 0; i < n;) {
		if (i > end && flags[name[i]] === 1)
			end = last[i];
		if (name[i] !== id) {
			i++;
			continue;
		}
		sum += i <= end ? total[i] : matchedIn(tree, flags, i, total);
		i = last[i] + 1;
	}
	return sum;
}

/* The matching functions that are in the tree, as { name, total, self }; the largest first. */
function matchingFunctions(totals, flags, profile) {
	const list = [];

	for (let id = NAMED; id < flags.length; id++)
		if (flags[id] === 1 && totals.total[id] > 0)
			list.push({ name: id, total: totals.total[id], self: totals.self[id] });
	return list.sort((a, b) => b.total - a.total || b.self - a.self ||
	    (profile.shown[a.name] < profile.shown[b.name] ? -1 : profile.shown[a.name] > profile.shown[b.name] ? 1 : a.name - b.name));
}
