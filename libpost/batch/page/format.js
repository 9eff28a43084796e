/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers and times as they are read.  Sums of samples are decimal texts: they may be too large for a number. */
function grouped(decimal) {
	const [whole, part] = String(decimal).split(".");

	return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (part === undefined ? "" : `.${part}`);
}

function counted(n, one, many) {
	return `${grouped(n)} ${n === 1 ? one : many ?? `${one}s`}`;
}

function sizeText(bytes) {
	const units = ["B", "kB", "MB", "GB", "TB"];
	let n = bytes, i = 0;

	for (; n >= 999.5 && i < units.length - 1; i++)
		n /= 1000;
	return `${i > 0 && n < 9.95 ? n.toFixed(1) : Math.round(n)} ${units[i]}`;
}

/* In UTC, as the table without a script has it. */
function whenText(seconds) {
	return seconds === undefined ? "" : new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}

function shareText(share) {
	const p = share * 100;

	return `${p >= 9.995 ? p.toFixed(1) : p.toFixed(2)}%`;
}

function changeText(change) {
	const p = change * 100;

	return Math.abs(p) < .005 ? "0" : `${p < 0 ? "\u2212" : "+"}${Math.abs(p).toFixed(Math.abs(p) >= 9.995 ? 1 : 2)}`;
}

const collator = new Intl.Collator("en", { numeric: true });

/* What is not known comes last, however it is sorted. */
function compareValues(a, b, down) {
	if (a === undefined || b === undefined)
		return (a === undefined) - (b === undefined);
	const order = typeof a === "number" ? a - b : collator.compare(a, b);
	return down ? -order : order;
}

/* The words of a query, all of which must be found. */
function wordsOf(query) {
	return query.toLowerCase().split(/\s+/).filter((w) => w !== "");
}
