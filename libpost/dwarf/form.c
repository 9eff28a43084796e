/* SPDX-License-Identifier: BSD-2-Clause */
#include "form.h"

enum { OF_ADDRESS = 32, OF_OFFSET, OF_VALUE };	/* beyond any number of bytes */

/* Bytes by form, and one more, so that 0 is a form that is not known. */
static const unsigned char bytes[] = {
	[DW_FORM_addr] = 1 + OF_ADDRESS,
	[DW_FORM_block2] = 1 + OF_VALUE,	[DW_FORM_block4] = 1 + OF_VALUE,
	[DW_FORM_data2] = 1 + 2,		[DW_FORM_data4] = 1 + 4,
	[DW_FORM_data8] = 1 + 8,		[DW_FORM_string] = 1 + OF_VALUE,
	[DW_FORM_block] = 1 + OF_VALUE,		[DW_FORM_block1] = 1 + OF_VALUE,
	[DW_FORM_data1] = 1 + 1,		[DW_FORM_flag] = 1 + 1,
	[DW_FORM_sdata] = 1 + OF_VALUE,		[DW_FORM_strp] = 1 + OF_OFFSET,
	[DW_FORM_udata] = 1 + OF_VALUE,		[DW_FORM_ref_addr] = 1 + OF_OFFSET,
	[DW_FORM_ref1] = 1 + 1,			[DW_FORM_ref2] = 1 + 2,
	[DW_FORM_ref4] = 1 + 4,			[DW_FORM_ref8] = 1 + 8,
	[DW_FORM_ref_udata] = 1 + OF_VALUE,	[DW_FORM_indirect] = 1 + OF_VALUE,
	[DW_FORM_sec_offset] = 1 + OF_OFFSET,	[DW_FORM_exprloc] = 1 + OF_VALUE,
	[DW_FORM_flag_present] = 1 + 0,		[DW_FORM_strx] = 1 + OF_VALUE,
	[DW_FORM_addrx] = 1 + OF_VALUE,		[DW_FORM_ref_sup4] = 1 + 4,
	[DW_FORM_strp_sup] = 1 + OF_OFFSET,	[DW_FORM_data16] = 1 + 16,
	[DW_FORM_line_strp] = 1 + OF_OFFSET,	[DW_FORM_ref_sig8] = 1 + 8,
	[DW_FORM_implicit_const] = 1 + 0,	[DW_FORM_loclistx] = 1 + OF_VALUE,
	[DW_FORM_rnglistx] = 1 + OF_VALUE,	[DW_FORM_ref_sup8] = 1 + 8,
	[DW_FORM_strx1] = 1 + 1,		[DW_FORM_strx2] = 1 + 2,
	[DW_FORM_strx3] = 1 + 3,		[DW_FORM_strx4] = 1 + 4,
	[DW_FORM_addrx1] = 1 + 1,		[DW_FORM_addrx2] = 1 + 2,
	[DW_FORM_addrx3] = 1 + 3,		[DW_FORM_addrx4] = 1 + 4,
	[POST_FORM_REF_ALT] = 1 + OF_OFFSET,
};

uint8_t
post_form_of(uint64_t form)
{
	switch (form) {
	case DW_FORM_GNU_addr_index: return DW_FORM_addrx;
	case DW_FORM_GNU_str_index: return DW_FORM_strx;
	case DW_FORM_GNU_strp_alt: return DW_FORM_strp_sup;
	case DW_FORM_GNU_ref_alt: return POST_FORM_REF_ALT;
	default: return form < POST_FORM_REF_ALT && bytes[form] != 0 ? (uint8_t)form : 0;
	}
}

int
post_form_size(uint8_t form, struct post_format f)
{
	if (form == DW_FORM_ref_addr && f.version == 2)
		return f.address_size;
	switch (bytes[form] - 1) {
	case OF_ADDRESS: return f.address_size;
	case OF_OFFSET: return f.offset_size;
	case OF_VALUE: return -1;
	default: return bytes[form] - 1;
	}
}

static void
read_block(struct post_cursor *c, uint64_t n, struct post_value *v)
{
	v->u = n;
	v->p = c->p;
	post_skip(c, n);
}

static void
read_by_value(struct post_cursor *c, struct post_value *v)
{
	switch (v->form) {
	case DW_FORM_string:
		v->p = c->p;
		v->u = post_read_cstr(c).n;
		break;
	case DW_FORM_block1:
		read_block(c, post_read_u8(c), v);
		break;
	case DW_FORM_block2:
		read_block(c, post_read_u16(c), v);
		break;
	case DW_FORM_block4:
		read_block(c, post_read_u32(c), v);
		break;
	case DW_FORM_block:
	case DW_FORM_exprloc:
		read_block(c, post_read_uleb(c), v);
		break;
	case DW_FORM_sdata:
		v->u = (uint64_t)post_read_sleb(c);
		break;
	default:
		v->u = post_read_uleb(c);
	}
}

enum post_reading
post_value_read(struct post_cursor *c, uint8_t form, struct post_format f, int64_t constant, struct post_value *v)
{
	int n;

	if (form == DW_FORM_indirect) {
		uint64_t real = post_read_uleb(c);

		form = post_form_of(real);
		if (c->bad || real == DW_FORM_indirect || real == DW_FORM_implicit_const)
			return POST_CORRUPT;
		if (form == 0)
			return POST_UNREAD;
	}
	*v = (struct post_value){ .p = c->p, .form = form };
	n = post_form_size(form, f);
	if (n < 0)
		read_by_value(c, v);
	else if (n == 16)
		post_skip(c, 16);
	else if (n > 0)
		v->u = post_read_size(c, (unsigned)n);
	else
		v->u = form == DW_FORM_implicit_const ? (uint64_t)constant : 1;
	return c->bad ? POST_CORRUPT : POST_READ;
}
