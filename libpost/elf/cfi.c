/* SPDX-License-Identifier: BSD-2-Clause */
#include "../dwarf/cursor.h"
#include "cfi.h"

/* How addresses are coded: the low four bits of an encoding. */
enum { ENCODED_ABSOLUTE = 0, ENCODED_ULEB = 1, ENCODED_SLEB = 9, ENCODED_FORM = 0xf, ENCODED_ALIGNED = 0x50, ENCODED_NONE = 0xff };

enum { CIE_LOOK = 64 };		/* bytes of one that are read: it may be read once for each FDE */

/* An entry: its bytes behind the length, and the offset in the section of what it says of its CIE. */
struct entry {
	struct post_cursor	c;
	uint64_t		id, id_at;
};

/* What a CIE says of the addresses in its FDEs. */
struct cie {
	uint64_t	at;		/* offset in the section; UINT64_MAX: none was read */
	unsigned	encoding;
	bool		known;
};

static uint64_t
read_encoded(struct post_cursor *c, unsigned encoding, unsigned address_size)
{
	static const unsigned char sizes[8] = { [2] = 2, [3] = 4, [4] = 8 };
	unsigned form = encoding & ENCODED_FORM;

	if (form == ENCODED_ULEB)
		return post_read_uleb(c);
	if (form == ENCODED_SLEB)
		return (uint64_t)post_read_sleb(c);
	return post_read_size(c, (form & 7) == ENCODED_ABSOLUTE ? address_size : sizes[form & 7]);
}

/* The augmentation "zPLR": which of its letters have bytes, and the encoding of addresses. */
static bool
read_augmentation(struct post_cursor *c, struct post_str letters, unsigned address_size, unsigned *encoding)
{
	if (letters.n == 0)
		return true;
	if (letters.p[0] != 'z')
		return false;
	post_read_uleb(c);
	for (size_t i = 1; i < letters.n; i++) {
		unsigned of;

		switch (letters.p[i]) {
		case 'R':
			*encoding = post_read_u8(c);
			return true;
		case 'P':
			of = post_read_u8(c);
			if (of == ENCODED_ALIGNED)
				return false;
			read_encoded(c, of, address_size);
			break;
		case 'L':
			post_read_u8(c);
			break;
		case 'S':
		case 'B':
			break;
		default:
			return false;
		}
	}
	return true;
}

static void
read_cie(const struct post_cfi *f, struct post_cursor c, struct cie *cie)
{
	unsigned version, address_size = f->address_size;
	struct post_str letters;

	if (post_left(&c) > CIE_LOOK)
		c.end = c.p + CIE_LOOK;
	version = post_read_u8(&c);
	letters = post_read_cstr(&c);
	cie->encoding = ENCODED_ABSOLUTE;
	if (!f->eh && version >= 4) {
		address_size = post_read_u8(&c);
		post_skip(&c, 1);
	}
	post_read_uleb(&c);
	post_read_sleb(&c);
	if (version == 1)
		post_skip(&c, 1);
	else
		post_read_uleb(&c);
	cie->known = read_augmentation(&c, letters, address_size, &cie->encoding) && !c.bad && address_size == f->address_size &&
	    cie->encoding != ENCODED_NONE;
}

/* The next entry, and C moved behind it; false: there is none, or it is corrupt. */
static bool
next_entry(const struct post_cfi *f, struct post_cursor *c, struct entry *e)
{
	const unsigned char *start = (const unsigned char *)f->bytes.p;
	unsigned width;
	uint64_t n = post_read_length(c, &width);

	if (c->bad || n == 0 || n > post_left(c))
		return false;
	e->c = (struct post_cursor){ c->p, c->p + n, false };
	e->id_at = (uint64_t)(c->p - start);
	e->id = post_read_size(&e->c, f->eh ? 4 : width);
	post_skip(c, n);
	return !e->c.bad;
}

static bool
is_cie(const struct post_cfi *f, const struct entry *e)
{
	return f->eh ? e->id == 0 : e->id == UINT32_MAX || e->id == UINT64_MAX;
}

/* The CIE at the offset AT, unless it is the last one that was read. */
static void
turn_to_cie(const struct post_cfi *f, uint64_t at, struct cie *cie)
{
	struct post_cursor c = post_cursor_at(f->bytes, at);
	struct entry e;

	if (at == cie->at)
		return;
	*cie = (struct cie){ .at = at };
	if (!c.bad && next_entry(f, &c, &e) && is_cie(f, &e))
		read_cie(f, e.c, cie);
}

uint64_t
post_cfi_covered(const struct post_cfi *f)
{
	struct post_cursor c = post_cursor_of(f->bytes);
	struct cie cie = { .at = UINT64_MAX };
	uint64_t covered = 0;
	struct entry e;

	while (post_left(&c) > 0 && next_entry(f, &c, &e)) {
		uint64_t n;

		if (is_cie(f, &e))
			continue;
		turn_to_cie(f, f->eh ? e.id_at - e.id : e.id, &cie);
		if (!cie.known)
			continue;
		read_encoded(&e.c, cie.encoding, f->address_size);
		n = read_encoded(&e.c, cie.encoding, f->address_size);
		if (!e.c.bad && n <= UINT32_MAX)
			covered += n;
	}
	return covered;
}
