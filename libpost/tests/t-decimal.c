/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers against printf. */
#include <locale.h>
#include "../flame/decimal.h"
#include "support.h"

static void
same_as_printf(double v)
{
	struct post_buf b = { 0 };
	char s[400];
	int d;

	for (d = 0; d <= 9; d++) {
		b.n = 0;
		post_put_fixed(&b, v, d);
		snprintf(s, sizeof s, "%.*f", d, v);
		assert_string_equal(b.s, s);
	}
	b.n = 0;
	post_put_real(&b, v);
	snprintf(s, sizeof s, "%.15g", v);
	assert_string_equal(b.s, s);
	post_buf_free(&b);
}

static void
numbers_as_printf(void **state)
{
	static const double odd[] = { 0, -0.0, 0.05, 0.5, 1.5, 2.5, 0.25, 0.75, 0.125, 0.005, 1e-300, 5e-324, 0.04999999999999999,
	    9007199254740991.0, 9007199254740992.0, 4503599627370495.5, 1e22, 1.7976931348623157e308, -1.25, 1e14, 1e15, 99999999999999.5 };
	struct rng r = rng_start("decimal");
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(odd); i++)
		same_as_printf(odd[i]);
	for (i = 0; i < 100000; i++) {
		same_as_printf((double)(rng(&r) % 12000000) / 10000.0);
		same_as_printf((double)(rng(&r) >> (rng(&r) % 64)) / (double)(1 << rng(&r) % 20));
		same_as_printf((double)(rng(&r) % 240000) / 200.0);	/* ties, nearly or really */
	}
}

/* Where the locale has a decimal comma, the documents have none. */
static void
numbers_in_a_locale(void **state)
{
	struct post_buf b = { 0 };

	(void)state;
	if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL && setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL)
		skip();
	post_put_fixed(&b, -1.25, 1);
	post_put_real(&b, 0.3);
	setlocale(LC_NUMERIC, "C");
	assert_string_equal(b.s, "-1.20.3");
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_as_printf),
		cmocka_unit_test(numbers_in_a_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
