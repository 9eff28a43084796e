#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""special.py BUILD [N]: libpost's special functions beside those of mpmath and scipy.

N (50) random arguments for each function, of SEED in the environment; TAP.
What is not installed is skipped.  mpmath works with 40 digits; of scipy 1.10,
whose own error in tails is larger than ours, less is asked.

special.py --golden: libpost/tests/special-golden.h anew, by mpmath.
"""
import ctypes
import os
import random
import subprocess
import sys

LOG = lambda r, low, high: 10 ** r.uniform(low, high)


def beta_arguments(r):
    a, b = LOG(r, -0.6, 3), LOG(r, -0.6, 3)
    wide = (a * b / (a + b + 1)) ** 0.5 / (a + b)
    x = r.gauss(a / (a + b), 3 * wide) if r.random() < 0.7 else r.random()
    return a, b, min(max(x, 1e-8), 1 - 1e-8)


def gamma_arguments(r):
    a = LOG(r, -3, 3.5)
    return a, abs(r.gauss(a, 4 * a ** 0.5)) if r.random() < 0.6 else LOG(r, -4, 2.8)


def student_arguments(r):
    df = LOG(r, -0.3, 5.99)
    return r.choice([LOG(r, -6, 1.3), LOG(r, 0, 1.57), LOG(r, 1, 12) if df < 20 else 3.0]), df


# Name, arguments, formula with mpmath, formula with scipy, what scipy is good for.
FUNCTIONS = [
    ("digamma", lambda r: (r.choice([LOG(r, -6, 6), r.uniform(1.2, 1.8)]),),
     lambda m, x: m.psi(0, x), lambda s, x: s.psi(x), 1e-12),
    ("trigamma", lambda r: (LOG(r, -6, 6),), lambda m, x: m.psi(1, x), lambda s, x: s.polygamma(1, x), 1e-12),
    ("tetragamma", lambda r: (LOG(r, -6, 6),), lambda m, x: m.psi(2, x), lambda s, x: s.polygamma(2, x), 1e-12),
    ("trigamma_inverse", lambda r: (LOG(r, -5.9, 6.9),), lambda m, y: trigamma_inverse(m, y), None, None),
    ("beta", beta_arguments, lambda m, a, b, x: m.betainc(a, b, 0, x, regularized=True),
     lambda s, a, b, x: s.betainc(a, b, x), 1e-10),
    ("gamma_upper", gamma_arguments, lambda m, a, x: m.gammainc(a, x, regularized=True),
     lambda s, a, x: s.gammaincc(a, x), 1e-11),
    ("student_both", student_arguments,
     lambda m, t, df: m.betainc(df / 2, m.mpf(1) / 2, 0, df / (df + t * t), regularized=True),
     lambda s, t, df: 2 * s.stdtr(df, -t), 1e-11),
    ("student_normal", lambda r: (r.uniform(0, 37), r.choice([1e6, LOG(r, 6, 300)])),
     lambda m, t, df: m.erfc(t / m.sqrt(2)), lambda s, t, df: s.erfc(t / 2 ** 0.5), 1e-12),
    ("student_quantile", lambda r: (r.choice([0.95, r.uniform(1e-6, 1 - 1e-6)]), LOG(r, -0.3, 5.99)), None,
     lambda s, p, df: s.stdtrit(df, (1 + p) / 2), 1e-8),
    ("chi2_upper", lambda r: (LOG(r, -3, 3), r.randrange(1, 200)),
     lambda m, x, df: m.gammainc(df / 2, x / 2, regularized=True), lambda s, x, df: s.chdtrc(df, x), 1e-11),
]
# The quantile's golden values come from its definition: the tail at them is 1 - p.
QUANTILES = [(p, df) for p in (0.05, 0.5, 0.8, 0.95, 0.99, 0.999) for df in (0.5, 1, 2, 4, 10, 14, 30.5, 1000)]


def halve(m, falling, low, high):
    """Where a falling function has its zero, e^low to e^high."""
    low, high = m.mpf(low), m.mpf(high)
    for _ in range(100):
        u = (low + high) / 2
        low, high = (u, high) if falling(m.exp(u)) > 0 else (low, u)
    return m.exp(low)


def trigamma_inverse(m, y):
    return halve(m, lambda x: m.psi(1, x) - y, -9, 15)


def quantile(m, p, df):
    return halve(m, lambda t: m.betainc(df / 2, m.mpf(1) / 2, 0, df / (df + t * t), regularized=True) - (1 - p), -9, 20)


def precise():
    from mpmath import mp
    mp.dps = 40
    return mp


def library(build):
    lib = ctypes.CDLL(os.path.join(build, "libpost.so"))

    def call(name, arguments):
        f = getattr(lib, "post_" + name.replace("_normal", "_both"))
        f.restype, f.argtypes = ctypes.c_double, [ctypes.c_double] * len(arguments)
        return f(*arguments)
    return call


def differs(got, want):
    return 0.0 if got == want else float(abs((got - want) / want)) if want != 0 else abs(got)


def compare(call, name, arguments, formula, peer, allowed, n):
    """The worst difference and its arguments; results under the least normal double are not compared."""
    r = random.Random(name + os.environ.get("SEED", ""))
    worst = (0.0, ())
    for _ in range(n):
        a = arguments(r)
        want = formula(peer, *[peer.mpf(x) for x in a] if hasattr(peer, "mpf") else a)
        if abs(want) < 1e-300:
            continue
        worst = max(worst, (differs(call(name, a), want), a))
    return worst[0] <= allowed, "worst %.2g of %g at %s" % (worst[0], allowed, worst[1])


def peers():
    found = []
    try:
        found.append(("mpmath", precise(), 2, lambda limit: 1e-12))
    except ImportError:
        pass
    try:
        found.append(("scipy", __import__("scipy.special").special, 3, lambda limit: limit))
    except ImportError:
        pass
    return found


def loads(build):
    """A library under a sanitizer ends the program that loads it late."""
    program = "import ctypes, sys; ctypes.CDLL(sys.argv[1]).post_beta"
    return subprocess.run([sys.executable, "-c", program, os.path.join(build, "libpost.so")], capture_output=True).returncode == 0


def check(build, n):
    count, bad = 0, False
    if not peers() or not loads(build):
        print("1..0 # skip no %s" % ("mpmath or scipy" if not peers() else "library to load"))
        return 0
    call = library(build)
    for function in FUNCTIONS:
        for peer, module, formula, limit in peers():
            if function[formula] is None:
                continue
            count += 1
            good, text = compare(call, *function[:2], function[formula], module, limit(function[4]), n)
            bad |= not good
            print("%sok %d - %s, %s: %s" % ("" if good else "not ", count, function[0], peer, text))
    print("1..%d" % count)
    return 1 if bad else 0


FIXED = {
    "digamma": [(x,) for x in (1e-300, 0.5, 1, 1.4616321449683622, 1.4616321449683625, 1.5616321449683, 2, 14.999, 15, 1e300)],
    "trigamma": [(x,) for x in (1e-100, 0.5, 1, 14.999, 15, 1e300)],
    "tetragamma": [(x,) for x in (1e-90, 0.5, 1, 14.999, 15, 1e140)],
    "beta": [(0.5, 0.5, 0.5), (1, 1, 0.25), (3000, 3000, 0.49), (5, 1e-3, 0.2), (1, 2, 1e-200)],
    "gamma_upper": [(0.5, 0), (1, 1), (1e-8, 0.5), (0.999, 0.999), (1, 690), (1e6, 1e6), (1e6, 1.01e6)],
    "student_both": [(t, df) for df in (0.5, 1, 2, 14, 999999) for t in (0, 1e-160, 1e-9, 1, 5.51396, 36)]
    + [(1e200, 0.5), (1e155, 1), (1e149, 2)],
    "student_normal": [(t, df) for t in (0, 1e-9, 1.96, 37) for df in (1e6, 1e9)],
    "chi2_upper": [(0, 1), (3.841, 1), (1e-9, 1), (1300, 1), (10, 10)],
}


def golden_rows(m, name, arguments, formula):
    r = random.Random("golden " + name)
    fixed = FIXED.get(name, [])
    for a in fixed + [arguments(r) for _ in range(40)]:
        want = formula(m, *[m.mpf(x) for x in a])
        if abs(want) > 1e-300:
            yield a, want


def golden(path):
    m = precise()
    with open(path, "w") as f:
        f.write("/* SPDX-License-Identifier: BSD-2-Clause */\n/* Made by cmd/tests/special.py --golden, to 20 digits of 40. */\n")
        for name, arguments, formula, _, _ in FUNCTIONS:
            rows = golden_rows(m, name, arguments, formula) if formula else \
                ((a, quantile(m, *[m.mpf(x) for x in a])) for a in QUANTILES)
            f.write("\nstatic const struct golden golden_%s[] = {\n" % name)
            for a, want in rows:
                f.write("\t{ { %s }, %s },\n" % (", ".join(repr(float(x)) for x in a), m.nstr(want, 20)))
            f.write("};\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["--golden"]:
        golden("libpost/tests/special-golden.h")
    elif len(sys.argv) in (2, 3):
        sys.exit(check(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 50))
    else:
        sys.exit(__doc__)
