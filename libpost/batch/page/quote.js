/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File names as words of a shell.  What is shown of a name is not always the
 * name: its bytes are in its address, which the C side made of them.
 */
function bytesOf(url) {
	const bytes = [];

	for (let i = 0; i < url.length; i++)
		if (url[i] === "%") {
			bytes.push(parseInt(url.slice(i + 1, i + 3), 16));
			i += 2;
		} else {
			bytes.push(url.charCodeAt(i));
		}
	return Uint8Array.from(bytes);
}

/* Their text, or null where they are none, or one that a terminal would obey or a reader not see. */
function plainText(bytes) {
	try {
		const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

		return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}]/u.test(text) ? null : text;
	} catch {
		return null;
	}
}

/* A word as POSIX has it, or $'...' of bash, zsh and ksh, whose octal digits are three. */
function quoted(bytes) {
	const text = plainText(bytes);

	if (text === null)
		return `$'${Array.from(bytes, (b) => b < 0x20 || b > 0x7e || b === 0x27 || b === 0x5c ?
			`\\${b.toString(8).padStart(3, "0")}` : String.fromCharCode(b)).join("")}'`;
	if (/^[\w.\/@%+=:,-]+$/.test(text) && !text.startsWith("-"))
		return text;
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/* Where the page is a file, its directory, so that the command runs anywhere. */
function fileWord(url) {
	const here = location.protocol === "file:" ? location.pathname.replace(/[^/]*$/, "") + url.slice(2) : url;

	return quoted(bytesOf(here));
}
