// SPDX-License-Identifier: BSD-2-Clause
#include "zoo.h"

namespace zoo {

// One function for each type, inlined or not.
template <typename T, int N> struct box {
	T v[N];

	box(T x) { for (int i = 0; i < N; i++) v[i] = x + i; }
	ALONE T sum() const { T s = 0; for (T x : v) s += zoo_leaf(static_cast<int>(x)); return s; }
	T operator[](int i) const { return v[i & (N - 1)]; }
	box &operator+=(const box &o) { for (int i = 0; i < N; i++) v[i] += o[i]; return *this; }
};

namespace {
ALONE int hidden(int x) { return zoo_branch(x) - 2; }
}

// A virtual base: two constructors (C1, C2) of one text.
struct base { int a; ALONE base(int x) : a(zoo_leaf(x)) {} };
struct left : virtual base { int b; ALONE left(int x) : base(x), b(zoo_trunk(x)) {} };
struct below : left { ALONE below(int x) : base(x + 1), left(x) { b += hidden(a); } };

// Functions whose entries are inside another function's.
ALONE int nested(int x)
{
	struct local {
		ALONE static int far(int y) { return zoo_branch(y) + 3; }
		static int near(int y) { return zoo_leaf(y) + far(y); }
	};
	auto twice = [x](int y) __attribute__((noinline)) { return zoo_branch(y) + local::near(x); };
	auto once = [&](auto y) { return twice(static_cast<int>(y)) + zoo_sink; };

	return once(x) + once(1L) + local::near(2);
}

template <typename F> ALONE int apply(F f, int n)
{
	int s = 0;

	for (int i = 0; i < n; i++)
		s += f(i);
	return s;
}

ALONE bool operator<(const base &x, const base &y) { return zoo_leaf(x.a) < y.a; }

inline namespace v2 {
ALONE int visible(int x, const base &b)
{
	return apply([&](int i) { return i + zoo_leaf(x); }, x) + apply([&](int i) { return i * b.a; }, x);
}
}

}

int zoo_shapes(int x)
{
	zoo::box<int, 4> i(x), k(3);
	zoo::box<long, 8> l(x);
	zoo::left one(x);
	zoo::below two(x);

	i += k;
	return i.sum() + static_cast<int>(l.sum()) + zoo::nested(x) + zoo::visible(x, two) + (one < two);
}
